"""The desk as a Textual app: screens by digits, modal questions above them, one message line, one clock."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from rich.console import RenderableType
from textual.app import App
from textual.driver import Driver
from textual.screen import Screen

from supporttui import early, snapshot
from supporttui.domain.faults import StoreUnavailable, SupportError
from supporttui.domain.ids import DEFAULT_PREFIX, TicketId
from supporttui.domain.spans import Instant
from supporttui.i18n import fault_labels
from supporttui.tui import keymap, windows
from supporttui.tui.above import Above
from supporttui.tui.accessible import spot
from supporttui.tui.alerting import Alerting
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.continuing import Continuing
from supporttui.tui.counting import Shows, figures
from supporttui.tui.crash import CrashPath
from supporttui.tui.desk import Desk, Link, LinkState
from supporttui.tui.driver import quiet_driver
from supporttui.tui.driver.changed_cells import narrowed
from supporttui.tui.leaving import Leaving
from supporttui.tui.own_commands import OwnCommands
from supporttui.tui.parts import AppParts, DeskOptions
from supporttui.tui.queue.screen import QueueScreen
from supporttui.tui.taking_back import TakingBack
from supporttui.tui.themed import Themed
from supporttui.tui.ticker import Ticker
from supporttui.tui.type_ahead import TypeAhead
from supporttui.tui.undo import UndoStack
from supporttui.tui.widgets.message_line import Message, Messages, Severity
from supporttui.tui.widgets.status_line import Standing

if TYPE_CHECKING:  # the rules behind it are not loaded before the first frame
    from supporttui.tui.walk import Walk
    from supporttui.usecases.ports import Changed
    from supporttui.usecases.views import Status

SECONDS_BETWEEN_STATUS = 5
SECONDS_BETWEEN_SNAPSHOTS = 30
SECONDS_BETWEEN_TERMINAL_CHECKS = 5


class SupportApp(
    OwnCommands, Themed, TakingBack, Leaving, Above, Alerting, CrashPath, TypeAhead, Continuing, App[int],
    inherit_bindings=False,
):  # fmt: skip
    """One person's desk on one database."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, parts: AppParts) -> None:
        self.begin_theme(parts.options.theme)
        super().__init__(driver_class=_driver_of(parts.options))
        self.end_theme(parts.options.theme)
        self.parts = parts
        self.begin_type_ahead()
        self._cursor_before, self.typed_before = early.taken_from(sys.stderr)
        """The ticket that the cursor of the first frame stands on; bytes typed over it that the driver plays."""
        self.words = parts.words
        self.messages = Messages()
        self.undo = UndoStack()
        self.saved = snapshot.read(parts.options.snapshot) if parts.options.snapshot else None
        self.prefix = DEFAULT_PREFIX if self.saved is None else self.saved.prefix
        self.last_key = Instant(0)
        self.interrupted = Instant(0)
        self.desk = Desk(
            parts.open_store, clock=parts.clock, me=parts.me, deliver=self.deliver, listener=self,
            follow=parts.follow,
        )  # fmt: skip
        self._status: Status | None = None
        self._status_asked = Instant(0)
        self._good = Instant(self.saved.saved) if self.saved is not None else None
        self._previous = "queue"
        self._saved_at = Instant(0)
        self._ticker = Ticker(
            self, clock=parts.clock, to_next_second=parts.to_next_second, every=parts.options.tick, tick=self.tick
        )

    # --- Textual --------------------------------------------------------------------------------------

    def get_default_screen(self) -> Screen[None]:
        """The queue is where the desk begins."""
        saved = self.saved
        rows, view = (saved.rows, saved.view) if saved is not None else ((), "")
        screen = QueueScreen(rows, cursor=self._cursor_before, view=view)
        self.install_screen(screen, "queue")
        # Textual gives a first screen no callback, and ends in IndexError when another one is switched to.
        screen._push_result_callback(self, None)  # noqa: SLF001
        return screen

    def on_mount(self) -> None:
        """Signals and keys; the database is opened behind the first frame."""
        self.set_keymap(dict(self.parts.options.keys))
        self.begin_own()
        self.install_signals()
        self.call_after_refresh(self._begin)

    def on_unmount(self) -> None:
        """Writes in hand finish before the process does."""
        self._ticker.stop()
        self.end_alerting()
        self.keep_drafts()
        self.desk.close()

    def _begin(self) -> None:
        for clash in keymap.clashes(self.parts.options.keys, own=self.own_keys):
            self.say(keymap.clash_text(self.words, clash), Severity.warning)
        self.desk.start()
        self._ticker.start()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Textual's way to the terminal, with partial updates cut to what changed."""
        if self.parts.options.accessibility and (place := spot(self.screen)) is not None:
            self.cursor_position = place
        if not self.parts.options.plain_driver:
            renderable = narrowed(renderable, getattr(self._driver, "sent", None))
        super()._display(screen, renderable)

    def repaint_all(self) -> None:
        """Send every line again, whatever the terminal shows."""
        if (sent := getattr(self._driver, "sent", None)) is not None:
            sent.clear()
        self.refresh(repaint=True, layout=True)

    # --- told by the desk -----------------------------------------------------------------------------

    def linked(self, link: Link) -> None:
        """The connection changed, or the database gave a sign of life."""
        if link.state is LinkState.live:
            if self.messages.let_go():
                self.repaint_messages()
            self._ask_status()
        elif link.retry_at is not None and link.away_since is not None:
            self._say_away(self._away_text(link))
        elif link.state is LinkState.away:
            self._say_away(self.words.t("The database does not answer. Reading is fine, changes wait."))
        for screen in self._base_screens():
            screen.linked(link)
        self._repaint_status()

    def changed(self, changed: Changed) -> None:
        """Somebody committed something."""
        self._ask_status(at_once=True)
        for screen in self._base_screens():
            screen.changed(changed)

    def crashed(self, error: Exception) -> None:
        """A defect in a thread ends the desk like one in the app itself."""
        self._handle_exception(error)

    def unfit(self, fault: SupportError) -> None:
        """The database will never do."""
        self.fault = fault
        self.leave(1)

    def _ask_status(self, *, at_once: bool = False) -> None:
        now = self.parts.clock()
        if at_once or now - self._status_asked >= SECONDS_BETWEEN_STATUS or self._status is None:
            self.ask_figures()

    def ask_figures(self) -> None:
        """The first line's facts, and what the screen in sight counts beside them, as of one instant."""
        self._status_asked = now = self.parts.clock()
        seen = self._visible_screens()
        counting = [count for one in self._base_screens() if one in seen and (count := one.counting()) is not None]
        counting += self.alerting()
        self.desk.ask(figures, now, self.parts.me, counting, then=self._count, group="status")

    def _count(self, found: tuple[Status, Sequence[Shows]]) -> None:
        """All of it before anything is painted."""
        status, shows = found
        for show in shows:
            show()
        self._know(status)

    def _know(self, status: Status) -> None:
        first = self._status is None or self._status.prefix != status.prefix
        self._status, self.prefix = status, status.prefix
        self._good = None
        for screen in self._base_screens():
            screen.repaint_frame()
            if first:
                screen.relabelled()

    def _say_away(self, text: str) -> None:
        """As long as it is away, whatever is typed meanwhile; changes wait, and their authors want to know that."""
        self.messages.hold(Message(self.parts.clock(), text, Severity.warning, standing="link"))
        self.repaint_messages()

    def _away_text(self, link: Link) -> str:
        assert link.retry_at is not None
        wait = max(0, link.retry_at - self.parts.clock())
        # Translators: in the message line; at most 78 cells.
        return self.words.t(
            "No database, trying again in {seconds}s. Reading is fine, changes wait. ^r tries now", seconds=wait
        )

    # --- what screens see (frame.py) ------------------------------------------------------------------

    @property
    def shows_cursor(self) -> bool:
        """Whether the terminal's own cursor stays in sight."""
        return self.parts.options.accessibility

    @property
    def status(self) -> Status | None:
        """The last reading of the first line's facts."""
        return self._status

    @property
    def standing(self) -> Standing:
        """What the status line shows."""
        options = self.parts.options
        return Standing(
            self._status, self.desk.link, self.parts.clock(), self.parts.me, as_of=options.as_of, saved=self._good,
            read_only=options.read_only, zone_data=self.parts.zone_data,
        )  # fmt: skip

    def say(self, text: str, severity: Severity = Severity.info) -> None:
        """Put a text on the message line."""
        self.messages.add(Message(self.parts.clock(), text, severity))
        self.repaint_messages()

    def refuse(self, fault: SupportError) -> None:
        """Word a fault; an unreachable database is told by the connection itself."""
        if isinstance(fault, StoreUnavailable) and self.desk.link.state is LinkState.away:
            return
        self.say(self.fault_text(fault), Severity.warning)

    def fault_text(self, fault: SupportError) -> str:
        """A fault in words, with the site's prefix and everybody's name."""
        names = self.status.names if self.status is not None else {}
        return fault_labels.fault(self.words, fault, prefix=self.prefix, names=names)

    def ask_by_message(
        self, text: str, keys: Mapping[str, Callable[[], None]], severity: Severity = Severity.warning
    ) -> None:
        """Say something that the next key may answer."""
        self.messages.ask(Message(self.parts.clock(), text, severity), keys)
        self.repaint_messages()

    def repaint_messages(self) -> None:
        """The message line of every screen that is there."""
        for screen in self._base_screens():
            screen.repaint_message()

    def show_screen(self, name: str) -> None:
        """Go to one of the digit screens; what was opened above it is closed."""
        current = self._digit_screen
        self._close_opened()
        if name != current:
            self._previous = current
            if not self.is_screen_installed(name):
                self.install_screen(_digit_screen(name), name)
            self.switch_screen(name)

    def show_previous(self) -> None:
        """The digit screen that was shown before."""
        self.show_screen(self._previous)

    def show_queue(self, *, filter: str | None = None) -> None:
        """Go to the queue, with another filter."""
        screen = self.get_screen("queue")
        assert isinstance(screen, QueueScreen)
        if filter is not None:
            screen.filter_by(filter)
        self.show_screen("queue")

    def open_ticket(self, ticket: TicketId, walk: Walk | None = None) -> None:
        """Show one ticket above the screen it was opened from."""
        self.push_screen(_opened().TicketScreen(ticket, walk))

    def open_procedure(self, ticket: TicketId) -> None:
        """Show the procedures for one ticket above the screen it was opened from."""
        self.push_screen(_opened().ProcedureScreen(ticket))

    def reload(self) -> None:
        """Read again what is on screen; while the database is away, try at once."""
        self.desk.retry_now()
        self._ask_status(at_once=True)
        if isinstance(self.screen, BaseScreen):
            self.screen.reload()

    def showed(self, head: Instant, prefix: str) -> None:
        """The queue shows what the database answered: the start is over."""
        del head
        self.prefix = prefix
        if not gc.isenabled():  # off since the entry point: a collection while importing costs a tenth of the start
            gc.freeze()
            gc.enable()
        self.saved, self._good = None, None

    def copy(self, text: str, what: str) -> None:
        """Put text on the clipboard, and say by which way."""
        windows.copying.put(self, self, text, what)

    def speak(self, language: str) -> None:
        """Another language, everywhere at once."""
        try:
            self.words = self.parts.load_words(language)
        except SupportError as fault:
            self.refuse(fault)
            return
        for screen in self._base_screens():
            screen.relabelled()
            screen.repaint_frame()
        self.refresh_bindings()

    # --- the second -----------------------------------------------------------------------------------

    def tick(self, now: Instant) -> None:
        """What passes by itself, on the screen that is seen."""
        self.desk.check()
        self._repaint_status()
        self.count_pages(now)
        self.keep_continuity(now)
        for screen in self._base_screens():
            if screen in self._visible_screens():
                screen.ticked(now)
        if now % SECONDS_BETWEEN_TERMINAL_CHECKS == 0:
            self.check_terminal()
        if now - self._saved_at >= SECONDS_BETWEEN_SNAPSHOTS:
            self.save_snapshot()

    def save_snapshot(self) -> None:
        """Keep the view that is on screen for the next start, if it is one that a start would show."""
        path = self.parts.options.snapshot
        screen = self.screen_stack[0] if self.screen_stack else None
        if path and isinstance(screen, QueueScreen) and self.desk.link.heard is not None:
            frame = screen.snapshot(self.desk.link.heard)
            if frame is not None:
                self._saved_at = self.parts.clock()
                snapshot.write(path, frame)

    def _repaint_status(self) -> None:
        for screen in self._base_screens():
            if screen in self._visible_screens():
                screen.repaint_status()

    # --- screens --------------------------------------------------------------------------------------

    @property
    def _digit_screen(self) -> str:
        screen = self.screen_stack[0]
        return screen.NAME if isinstance(screen, BaseScreen) else "queue"

    def _close_opened(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def _visible_screens(self) -> Sequence[Screen[object]]:
        """The screen on top and, below a modal, the one that is seen through it."""
        stack = list(self.screen_stack)
        last = max((i for i, screen in enumerate(stack) if not screen.is_modal), default=0)
        return stack[last:]

    def _base_screens(self) -> Sequence[BaseScreen]:
        """Every screen of the desk that is alive, also those that another one covers.

        One that was just pushed has nothing to paint on yet; it asks for everything itself once it has.
        """
        known = dict.fromkeys((*self.screen_stack, *self._installed_screens.values()))
        return [one for one in known if isinstance(one, BaseScreen) and one.is_mounted and one.is_running]


def _digit_screen(name: str) -> Screen[None]:
    """A digit screen, loaded when its digit is first pressed: ``RotaScreen`` of ``supporttui.tui.rota.screen``."""
    made: Screen[None] = getattr(import_module(f"supporttui.tui.{name}.screen"), f"{name.title()}Screen")()
    return made


def _driver_of(options: DeskOptions) -> type[Driver] | None:
    """The quiet driver where it fits, else Textual's own."""
    return None if options.plain_driver else quiet_driver()


def _opened() -> ModuleType:
    from supporttui.tui import opened  # not on the way to the first frame

    return opened


__all__ = ["AppParts", "DeskOptions", "SupportApp"]
