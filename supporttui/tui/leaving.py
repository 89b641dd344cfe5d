"""Ways out of the desk: back, quit, a signal, a terminal that is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import App

from supporttui.domain.faults import SupportError
from supporttui.i18n.catalogue import Words
from supporttui.tui import terminal, windows
from supporttui.tui.desk import Desk
from supporttui.tui.parts import AppParts
from supporttui.tui.widgets.message_line import Messages

if TYPE_CHECKING:  # loaded when somebody types
    from supporttui.drafts import Draft
    from supporttui.tui.drafting import Drafting

GONE = 129


class Leaving(App[int]):
    """Mixed into the app."""

    parts: AppParts
    words: Words
    desk: Desk
    messages: Messages
    _signals: terminal.Signals | None = None
    _drafting: Drafting | None = None

    @property
    def page_waiting(self) -> bool:
        """Whether a page of this desk has not left yet."""
        raise NotImplementedError

    def save_snapshot(self) -> None:
        """Keep the view for the next start."""
        raise NotImplementedError

    def repaint_messages(self) -> None:
        """The message line of every screen."""
        raise NotImplementedError

    def refuse(self, fault: SupportError) -> None:
        """Word a fault."""
        raise NotImplementedError

    @property
    def drafts(self) -> Drafting:
        """What was typed and not yet sent."""
        if self._drafting is None:
            from supporttui.tui.drafting import Drafting  # no first frame waits for it

            self._drafting = Drafting(
                self.parts.options.drafts, clock=self.parts.clock, later=self.set_timer, refused=self.refuse
            )
        return self._drafting

    def keep_drafts(self) -> None:
        """On disk with what was typed; from whichever thread ends the desk."""
        if self._drafting is not None:
            self._drafting.end()

    def deliver(self, call: Callable[[], None]) -> bool:
        """Run what a thread has to tell, in the app's own; once the desk is left it is for nobody."""
        return self.call_later(self._unless_left, call)

    def _unless_left(self, call: Callable[[], None]) -> None:
        if not self._exit:
            call()

    def install_signals(self) -> None:
        """SIGTERM and SIGHUP are ours from here on; not in tests, which have no terminal."""
        if not self.is_headless:
            self._signals = terminal.Signals(self.leave, loop=asyncio.get_running_loop(), at_the_end=self.keep_drafts)
            self._signals.install()

    def check_terminal(self) -> None:
        """A terminal that vanished without a signal ends the desk too."""
        if self._signals is not None and not terminal.is_there():
            self._signals.end(GONE)

    def input_ended(self) -> None:
        """Nothing will ever be typed again."""
        if self._signals is not None:
            self._signals.end(GONE)

    def go_back(self) -> None:
        """Close the screen on top; at the last one, leave."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            self.ask_to_leave()

    def close_or_clear(self) -> None:
        """Close the screen on top; at the last one, empty the message line."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            self.messages.clear()
            self.repaint_messages()

    def ask_to_leave(self) -> None:
        """Leave; asks only while a page waits, which then still goes out, or something typed was not sent."""
        drafts = self.drafts.all()
        if not self.page_waiting and not drafts:
            self.leave()
            return

        def answered(value: str | None) -> None:
            if value == "leave":
                self.leave()

        options = [
            windows.prompt.Option("n", self.words.t("stay"), "stay"),
            windows.prompt.Option("y", self.words.t("leave"), "leave"),
        ]
        told = [self.words.t("A page is about to leave and still will.")] if self.page_waiting else []
        told += [self._unsent(drafts)] if drafts else []
        question = " ".join((*told, self.words.t("Leave the desk?")))
        self.push_screen(windows.prompt.LineChoice(question, options), answered)

    def _unsent(self, drafts: Sequence[Draft]) -> str:
        return self.words.n("{n} draft is not sent.", "{n} drafts are not sent.", len(drafts))

    def leave(self, code: int = 0) -> None:
        """End the desk; the terminal is restored on the way."""
        self.keep_drafts()
        self.save_snapshot()
        self.exit(code, return_code=code)
