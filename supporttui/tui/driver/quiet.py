"""A terminal driver that sleeps until there is input, and that notices when there never will be again.

Textual's own wakes ten times a second, and at the end of input it reads nothing for ever, at full speed.
"""

import os
import select
import termios
from codecs import getincrementaldecoder
from collections.abc import Iterable
from typing import Any

from textual._parser import ParseError
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from supporttui.tui.driver.changed_cells import Sent

OTHER_SCREEN = "\x1b[?1049h"
HIDE_CURSOR, SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"


def fits() -> bool:
    """Whether this Textual has the private names that are used here."""
    return hasattr(XTermParser(), "_timeout_time") and hasattr(LinuxDriver, "run_input_thread")


class QuietDriver(LinuxDriver):
    """Input by a blocking ``select`` with a pipe to wake it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sent = Sent()
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_read, False)
        self._shows_cursor = getattr(self._app, "shows_cursor", False)
        self._already_painted = _is_quiet(self.fileno) and getattr(self._app, "saved", None) is not None

    def start_application_mode(self) -> None:
        """At the start, and when another program had the terminal meanwhile: nothing is known of what it shows."""
        self.sent.clear()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def write(self, data: str) -> None:
        """Over an early frame the other screen is not entered again: that would blank it for a moment.

        A cursor that somebody follows is not hidden, neither at the start nor after a while in the background.
        """
        if self._already_painted and data == OTHER_SCREEN:
            self._already_painted = False
            return
        super().write(SHOW_CURSOR if data == HIDE_CURSOR and self._shows_cursor else data)

    def disable_input(self) -> None:
        """Wake the input thread, so that it sees that it shall end."""
        os.write(self._wake_write, b"x")
        super().disable_input()

    def run_input_thread(self) -> None:
        """Wait for input and hand on its events; only an unfinished escape sequence has a time limit."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        if before := getattr(self._app, "typed_before", b""):
            self._hand_on(parser.feed(decode(before)))
        while not self.exit_event.is_set():
            ready, _, _ = select.select([self.fileno, self._wake_read], [], [], _patience(parser))
            if self._wake_read in ready:
                self.exit_event.wait(0.1)  # the byte stays until the thread has seen the event, however they race
                continue
            if self.fileno in ready and not self._read(parser, decode):
                break
            self._hand_on(parser.tick())
        _drain(self._wake_read)
        try:
            for _ in parser.feed(""):
                pass
        except (EOFError, ParseError):
            pass

    def _read(self, parser: XTermParser, decode: Any) -> bool:
        """Hand on what is there; False at the end of input."""
        try:
            data = os.read(self.fileno, 4096)
        except OSError:
            data = b""
        if not data:
            getattr(self._app, "input_ended", lambda: None)()
            return False
        self._hand_on(parser.feed(decode(data)))
        return True

    def _hand_on(self, events: Iterable[Message]) -> None:
        for event in events:
            self.process_message(event)

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:  # noqa: BLE001  a defect in a thread ends the app by its own crash path
            self._app.call_later(self._app._handle_exception, error)  # noqa: SLF001


def _drain(pipe: int) -> None:
    try:
        os.read(pipe, 64)
    except BlockingIOError:
        return


def _patience(parser: XTermParser) -> float | None:
    limit = parser._timeout_time  # noqa: SLF001  the reason why this room exists
    return None if limit is None else max(0.0, limit - get_time())


def _is_quiet(fileno: int) -> bool:
    """Whether somebody switched off echo and line editing before us: the early frame did."""
    try:
        return not termios.tcgetattr(fileno)[3] & (termios.ECHO | termios.ICANON)
    except termios.error:
        return False
