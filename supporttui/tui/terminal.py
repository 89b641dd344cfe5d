"""The terminal itself: signals that end the desk, the net under foreign text, what it can and who sits at it."""

import asyncio
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping, MutableMapping
from types import FrameType

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

if sys.platform != "win32":
    import termios

SECONDS_TO_LEAVE = 1.5
"""After a signal the loop has so long to leave properly; then the watchdog ends the process."""
RESTORE = (
    "\x1b[<u\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?2004l\x1b[?2048l\x1b[?1004l\x1b[?7h"
    "\x1b[?1049l\x1b[?25h\x1b[0m"
)
"""Keyboard mode, mouse, paste, resize reports, focus reports, wrapping, other screen, cursor, attributes."""

FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]")


class NoControls(LineFilter):
    """The net below ``safe_text``: whatever a widget shows, no control character, link or click action leaves."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The line without anything that a terminal obeys."""
        del background
        return [_harmless(segment) for segment in segments]


def _harmless(segment: Segment) -> Segment:
    text, style, control = segment
    if FORBIDDEN.search(text):
        text = FORBIDDEN.sub("?", text)
    elif style is None or not (style.link or style._meta):  # noqa: SLF001  asking ``style.meta`` unpickles it
        return segment
    if style is not None and style.link:
        style = style.update_link(None)
    return Segment(text, style, control)


class Signals:
    """SIGTERM and SIGHUP end the desk, its terminal restored, within two seconds, even if the loop is stuck.

    A plain handler and a watchdog thread: a handler of the loop never runs while the loop is blocked (tried).
    """

    def __init__(
        self, leave: Callable[[int], None], *, loop: asyncio.AbstractEventLoop, at_the_end: Callable[[], None]
    ) -> None:
        """``leave`` is called in the loop with the exit code; ``at_the_end`` by the watchdog, before it ends all."""
        self._leave = leave
        self._at_the_end = at_the_end
        self._loop = loop
        self._attributes = _terminal_attributes()

    def install(self) -> None:
        """From here on the signals are ours; only the main thread may do this."""
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, self._heard)

    def _heard(self, number: int, frame: FrameType | None) -> None:
        del frame
        self.end(128 + number)

    def end(self, code: int) -> None:
        """Ask the loop to leave, and see to it that the process ends."""
        threading.Thread(target=self._watch, args=(code,), name="leaving", daemon=True).start()
        self._loop.call_soon_threadsafe(self._leave, code)

    def _watch(self, code: int) -> None:
        time.sleep(SECONDS_TO_LEAVE)
        self._at_the_end()
        restore(self._attributes)
        os._exit(code)


def restore(attributes: list[object] | None) -> None:
    """Put the terminal back without Textual's help; a terminal that is gone is left alone."""
    try:
        os.set_blocking(2, False)
        os.write(2, RESTORE.encode())
    except OSError:
        return
    if attributes is not None and sys.platform != "win32":
        try:
            termios.tcsetattr(0, termios.TCSANOW, attributes)  # type: ignore[arg-type]
        except termios.error:
            return


def _terminal_attributes() -> list[object] | None:
    if sys.platform == "win32":
        return None
    try:
        return list(termios.tcgetattr(0))
    except (OSError, ValueError, termios.error):
        return None


def is_there() -> bool:
    """Whether the terminal still answers."""
    try:
        os.get_terminal_size(sys.__stderr__.fileno() if sys.__stderr__ else 2)
    except OSError:
        return False
    return True


def forget_empty_no_color(env: MutableMapping[str, str]) -> None:
    """Empty means unset by its convention; Textual only looks whether it is there."""
    if env.get("NO_COLOR") == "":
        del env["NO_COLOR"]


def few_colours(env: Mapping[str, str]) -> bool:
    """Whether the terminal has at most 16 colours, or none are wanted."""
    term = env.get("TERM", "")
    return bool(env.get("NO_COLOR")) or (not env.get("COLORTERM") and "256color" not in term and "direct" not in term)


def over_ssh(env: Mapping[str, str]) -> bool:
    """Whether the person sits at the other end of a network."""
    return any(env.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))


def has_windows(env: Mapping[str, str]) -> bool:
    """Whether programs with windows of their own show up before the person: never over SSH."""
    if over_ssh(env):
        return False
    return sys.platform in ("darwin", "win32") or bool(env.get("WAYLAND_DISPLAY") or env.get("DISPLAY"))
