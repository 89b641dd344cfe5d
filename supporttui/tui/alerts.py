"""Calls at the desk: bell, message of the terminal, its title, a program. What is told is short and made safe."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from supporttui import usecases
from supporttui.domain.alerts import LOUD, SECONDS_BETWEEN, Alert, Pressing, loudest_first
from supporttui.domain.marking import mark
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.domain.wall import to_wall
from supporttui.tui.calling import Call, NotifyOptions
from supporttui.tui.clipboard import through_screen

if TYPE_CHECKING:
    from supporttui.i18n.catalogue import Words
    from supporttui.tui.counting import Shows
    from supporttui.tui.frame import Frame
    from supporttui.usecases.ports import Transaction

LONGEST = 80
_HOOK_SECONDS = 20
_PUSH, _POP = "\x1b[22;2t", "\x1b[23;2t"
_TEXTS: Mapping[Alert, str] = {
    Alert.paged: mark("You are called: {ticket}"),
    Alert.p1: mark("New top priority: {ticket}"),
    Alert.breached: mark("Breached: {ticket}"),
    Alert.at_risk: mark("At risk: {ticket}"),
    Alert.handover: mark("A handover waits for you."),
}


class Calls:
    """What is told when: each thing once, the desk at most every so often, quiet hours but for what pages."""

    def __init__(self, options: NotifyOptions) -> None:
        self._options = options
        self._known: frozenset[Pressing] | None = None
        self._last = Instant(-SECONDS_BETWEEN)

    def due(self, found: Sequence[Pressing], now: Instant, *, minute: int) -> tuple[Pressing, ...]:
        """What is to be told now; ``minute`` is that of the reader's day. What stood at the start is known."""
        pressing = frozenset(found)
        if self._known is None:
            self._known = pressing
        self._known &= pressing  # what ended may come again
        wanted = [one for one in found if one not in self._known and one.alert in self._options.events]
        told = [one for one in wanted if one.alert in LOUD or not self._is_quiet(minute)]
        if now - self._last < SECONDS_BETWEEN:
            return ()
        self._known = pressing
        if told:
            self._last = now
        return loudest_first(told)

    def _is_quiet(self, minute: int) -> bool:
        hours = self._options.quiet_minutes()
        if hours is None:
            return False
        first, last = hours
        return first <= minute < last if first <= last else minute >= first or minute < last


class Alerts:
    """Reads what presses beside the first line, and calls."""

    def __init__(self, frame: Frame, write: Callable[[str], None]) -> None:
        self._frame = frame
        self._write = write
        self._options = frame.parts.options.notify
        self._env = frame.parts.programs.env
        self._calls = Calls(self._options)
        self._title = ""

    def counting(self, tx: Transaction) -> Shows:
        """What presses now; told once it is back in the app's thread."""
        now = self._frame.parts.clock()
        found = usecases.alerts.pressing(tx, now, self._frame.parts.me)
        return lambda: self.show(found, now)

    def end(self) -> None:
        """The title that was there before."""
        if self._title:
            self._write(_POP)

    def show(self, found: Sequence[Pressing], now: Instant) -> None:
        """Call if something new presses, and keep the title."""
        at = to_wall(now, self._frame.words.zone)
        told = self._calls.due(found, now, minute=at.hour * 60 + at.minute)
        if told:
            self._call(told)
        if Call.as_title in self._options.terminal and self._frame.status is not None:
            status = self._frame.status
            self._entitle(f"{status.site or 'supporttui'} {status.open} {status.breached}!")

    def _entitle(self, text: str) -> None:
        """Counts and the site's name only: others see titles."""
        title = clean(text)
        if title != self._title:
            self._write(f"{'' if self._title else _PUSH}\x1b]2;{title}\x07")
            self._title = title

    def _call(self, told: Sequence[Pressing]) -> None:
        text = clean(worded(self._frame.words, told, self._frame.prefix))
        if sent := "".join(sequences(self._options.terminal, text, self._env)):
            self._write(sent)
        if Call.hook in self._options.terminal and self._options.hook:
            facts = {
                "SUPPORTTUI_EVENT": told[0].alert.value, "SUPPORTTUI_TEXT": text,
                "SUPPORTTUI_TICKET": str(told[0].ticket or ""),
            }  # fmt: skip
            argv, env = tuple(self._options.hook), {**os.environ, **facts}
            threading.Thread(target=_run, args=(argv, env), name="notify-hook", daemon=True).start()


def worded(words: Words, told: Sequence[Pressing], prefix: str) -> str:
    """The loudest, and how many more there are; no ticket's own text."""
    first = told[0]
    text = words.t(_TEXTS[first.alert], ticket=f"{prefix}{first.ticket or ''}")
    return f"{text} (+{len(told) - 1})" if len(told) > 1 else text


def clean(text: str) -> str:
    """Short, and nothing that ends or begins a sequence."""
    return safe_text(text, one_line=True, limit=LONGEST).replace(";", ",")


def sequences(ways: Sequence[Call], text: str, env: Mapping[str, str]) -> tuple[str, ...]:
    """What the terminal is sent. With a message goes the bell always: inside tmux it may be all that arrives."""
    messages = {Call.osc9: f"\x1b]9;{text}\x07", Call.osc777: f"\x1b]777;notify;supporttui;{text}\x07"}
    sent = [_passed(messages[way], env) for way in messages if way in ways]
    return (*sent, "\x07") if sent or Call.bell in ways else ()


def _passed(sequence: str, env: Mapping[str, str]) -> str:
    """Through what stands between us and the terminal."""
    if env.get("TMUX"):
        return f"\x1bPtmux;{sequence.replace(chr(27), chr(27) * 2)}\x1b\\"
    return through_screen(sequence) if env.get("STY") else sequence


def _run(argv: Sequence[str], env: Mapping[str, str]) -> None:
    try:
        subprocess.run(  # noqa: S603  the person's own program, as an argument list
            argv, env=dict(env), timeout=_HOOK_SECONDS, check=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, ValueError, subprocess.SubprocessError):
        return  # a call that fails must not disturb the desk
