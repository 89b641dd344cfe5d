"""Keys typed faster than windows open: kept in order, and given once what they are meant for can take them.

Over a slow line the bytes of ``c``, a note and Enter arrive at once. Textual hands each key to whatever has the
focus at that moment: the letters of the note would act on the list below, or be lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message_pump import MessagePump
from textual.timer import Timer

from supporttui.domain.spans import Instant
from supporttui.tui.base_screen import BaseModal, BaseScreen
from supporttui.tui.parts import AppParts
from supporttui.tui.widgets.message_line import Message, Messages

KEPT = 500
LONGEST_SECONDS = 0.5
"""After so long a key counts as done, whatever became of the widget that had it."""
MOVING = frozenset({"j", "k", "down", "up", "pagedown", "pageup"})
"""Keys that open nothing in a list: held down, they wait for nothing."""
LETTING_GO = frozenset({"escape", "ctrl+c", "ctrl+q"})
"""Keys that act at once and drop what waits: a question may never come."""


class TypeAhead(App[int]):
    """Mixed into the app: one key at a time, each on its whole way before the next."""

    parts: AppParts
    messages: Messages
    last_key: Instant

    @property
    def message(self) -> Message | None:
        """What the message line shows now."""
        raise NotImplementedError

    def repaint_messages(self) -> None:
        """The message line of every screen."""
        raise NotImplementedError

    def begin_type_ahead(self) -> None:
        """No key waits."""
        self._ahead: deque[events.Key] = deque(maxlen=KEPT)
        self._settling = False
        self._turn = 0
        """Of the key that is on its way."""
        self._held = False
        """A window is on its way that only an answer of the database can open."""
        self._longest: Timer | None = None

    async def on_event(self, event: events.Event) -> None:
        """A key that is pressed, and not on its way back from a widget, takes its turn.

        One that comes when the desk is left, and its screens are gone, is for nobody.
        """
        if not isinstance(event, events.Key):
            await super().on_event(event)
        elif self._is_left:
            self.forget_keys()
        elif event.is_forwarded:
            await super().on_event(event)
        else:
            await self._take(event)

    async def _take(self, event: events.Key) -> None:
        """Let a key act, or keep it until it can."""
        if event.key in LETTING_GO:
            self.forget_keys()
        elif self._settling or self._ahead or not self._open:
            self._ahead.append(event)
            return
        await self._act(event)

    def hold_keys(self) -> None:
        """A window will open that the next keys are meant for."""
        self._held = True

    def release_keys(self) -> None:
        """Something opened."""
        self._held = False
        if not self._settling:
            self._next(self._turn)

    def forget_keys(self) -> None:
        """What they were meant for never came."""
        self._held = False
        self._ahead.clear()

    def _next(self, turn: int) -> None:
        """The key of this turn is through: the next one may act."""
        if turn != self._turn:
            return
        self._settling = False
        if self._longest is not None:
            self._longest.stop()
            self._longest = None
        if self._ahead and self._open:
            self._settling = True
            self.call_later(self._act, self._ahead.popleft())

    @property
    def _open(self) -> bool:
        return self.screen.takes_keys if isinstance(self.screen, BaseModal) else not self._held

    @property
    def _is_left(self) -> bool:
        return self._exit or not self.screen_stack

    async def _act(self, event: events.Key) -> None:
        if self._is_left:
            return
        target: DOMNode = self.focused or self.screen
        over_window = isinstance(self.screen, BaseModal)
        await self._press(event)
        self._turn += 1
        if event.key in MOVING and not over_window:
            self._next(self._turn)
            return
        self._settling = True
        self._longest = self.set_timer(LONGEST_SECONDS, partial(self._next, self._turn))
        # A key goes up to the app, whose action may make the widget send a message, which goes the same way again.
        self._go_up(self._turn, (*target.ancestors_with_self, *target.ancestors_with_self))

    async def _press(self, event: events.Key) -> None:
        """Remember when a key was last pressed: the order of rows stands still for a moment after it."""
        self.last_key = self.parts.clock()
        if self._answers_message(event):
            return
        if self.messages.current is not None and self.is_message_read(event):
            self.messages.clear()
        await super().on_event(event)

    def _answers_message(self, event: events.Key) -> bool:
        """Whether the key was an answer to what the message line asked; over a window it is none."""
        if not isinstance(self.screen, BaseScreen):
            return False
        answered = self.messages.answer(event.key, shown=self.message)
        if answered is None:
            return False
        self.messages.clear()
        self.repaint_messages()
        answered()
        return True

    def is_message_read(self, event: events.Key) -> bool:
        """A message stays until the key after it, so that it is seen and then out of the way."""
        return event.key != "u"

    def _go_up(self, turn: int, way: Sequence[MessagePump]) -> None:
        """Follow the key from queue to queue; whoever is gone is passed over."""
        for place, node in enumerate(way, 1):
            if node.call_later(self._go_up, turn, way[place:]):
                return
        self._next(turn)
