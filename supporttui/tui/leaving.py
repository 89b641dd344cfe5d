"""Ways out of the desk: back, quit, a signal, a terminal that is gone."""

from __future__ import annotations

import asyncio

from textual.app import App

from supporttui.i18n.catalogue import Words
from supporttui.tui import terminal, windows
from supporttui.tui.desk import Desk
from supporttui.tui.widgets.message_line import Messages

GONE = 129


class Leaving(App[int]):
    """Mixed into the app."""

    words: Words
    desk: Desk
    messages: Messages
    _signals: terminal.Signals | None = None

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

    def install_signals(self) -> None:
        """SIGTERM and SIGHUP are ours from here on; not in tests, which have no terminal."""
        if not self.is_headless:
            self._signals = terminal.Signals(self.leave, loop=asyncio.get_running_loop())
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
        """Leave; asks only while a page waits, which then still goes out."""
        if not self.page_waiting:
            self.leave()
            return

        def answered(value: str | None) -> None:
            if value == "leave":
                self.leave()

        options = [
            windows.prompt.Option("n", self.words.t("stay"), "stay"),
            windows.prompt.Option("y", self.words.t("leave"), "leave"),
        ]
        self.push_screen(
            windows.prompt.LineChoice(
                self.words.t("A page is about to leave and still will. Leave the desk?"), options
            ),
            answered,
        )

    def leave(self, code: int = 0) -> None:
        """End the desk; the terminal is restored on the way."""
        self.save_snapshot()
        self.exit(code, return_code=code)
