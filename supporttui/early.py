"""The first frame: the last view, painted with its age before anything heavy is loaded.

Standard library only, and little of it (a test counts the modules). Here also stands the formatter of a queue
row, which the queue's view shares, so that the app's own first frame shows the same rows.
"""

import _thread
import os
import select
import sys

from supporttui import snapshot
from supporttui.i18n.cells import cell_width, fit
from supporttui.i18n.countdown import spell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, TextIO

    from supporttui.i18n.countdown import Units
    from supporttui.snapshot import Frame, Row

    Run = tuple[str, str]

SGR: "Mapping[str, str]" = {
    "": "0", "bold": "0;1", "dim": "0;2", "reverse": "0;7", "cursor": "0;7", "breached": "0;1;7", "critical": "0;1;4",
    "at_risk": "0;1", "running": "0", "paused": "0;2", "met": "0;2", "none": "0", "alarm": "0;1;7",
}  # fmt: skip
"""Style name → attributes; no colour, because none of ours says anything alone."""

CURSOR, MARK, BLANK = ">", "*", " "
MOVES: "Mapping[bytes, int]" = {b"j": 1, b"\x1b[B": 1, b"\x1bOB": 1, b"k": -1, b"\x1b[A": -1, b"\x1bOA": -1}
"""Bytes of the keys that move by a row."""


# --- the row formatter ------------------------------------------------------------------------------


def left_at(row: "Row", now: int) -> int:
    """Seconds that the row's promise still has; stands still from the end of its segment on.

    The segment's end is the next change of service hours, or due: who needs the time beyond asks again.
    """
    if not row.running:
        return row.remaining
    return row.remaining - (now - row.anchor)


def sign_at(row: "Row", now: int) -> str:
    """The sign by name: nothing but comparisons, its limits were found when the row was made."""
    if row.fixed:
        return row.fixed
    left = left_at(row, now)
    if left < 0:
        return "breached"
    if left <= row.critical:
        return "critical"
    return "at_risk" if left <= row.at_risk else "running"


def sla_text(row: "Row", units: "Units", now: int) -> str:
    """The countdown, or what stands in its place."""
    if row.fixed == "paused":
        return spell(units, None)
    if row.fixed:
        return "-"
    return spell(units, left_at(row, now), standing=not row.running)


def row_runs(
    row: "Row",
    *,
    units: "Units",
    glyphs: "Mapping[str, str]",
    sla_width: int,
    now: int,
    cursor: bool = False,
    marked: bool = False,
) -> "tuple[Run, ...]":
    """One row of the queue: cursor, sign, mark, number, countdown, and the columns that do not pass."""
    sign = sign_at(row, now)
    plain = "cursor" if cursor else ("bold" if marked else "")
    left = f"{CURSOR if cursor else BLANK}{glyphs[sign]}{MARK if marked else BLANK}{row.head}"
    return (
        (plain, left),
        ("" if cursor and sign == "breached" else plain if cursor or sign in ("running", "none") else sign,
         fit(sla_text(row, units, now), sla_width, right=True)),
        (plain, row.tail),
    )  # fmt: skip


def age_text(frame: "Frame", now: int) -> str:
    """``OLD 2m``: how long ago the view was good."""
    return f"{frame.age} {spell(frame.units, max(0, now - frame.saved))}"  # type: ignore[arg-type]


# --- painting ---------------------------------------------------------------------------------------


def lines(frame: "Frame", now: int) -> "list[tuple[Run, ...]]":
    """The whole screen, line by line, as many as it has rows."""
    width, height = frame.size
    body = [_line(frame, index, now, cursor=index == 0) for index in range(len(frame.rows))]
    space = height - len(frame.top) - len(frame.below)
    body = body[:space] + [()] * max(0, space - len(body))
    return [status_line(frame, now, width), *frame.top[1:], *body, *frame.below]


def _line(frame: "Frame", index: int, now: int, *, cursor: bool) -> "tuple[Run, ...]":
    return row_runs(
        frame.rows[index],
        units=frame.units,  # type: ignore[arg-type]
        glyphs=frame.glyphs,
        sla_width=frame.sla_width,
        now=now,
        cursor=cursor,
    )


def status_line(frame: "Frame", now: int, width: int) -> "tuple[Run, ...]":
    """The first line as it was, with how old the view is at its end."""
    runs, age = frame.top[0], age_text(frame, now)
    text = fit("".join(shown for _, shown in runs).rstrip(), width - cell_width(age) - 1)
    return (("", f"{text} "), ("reverse", age))


def painted(frame: "Frame", now: int) -> str:
    """What the terminal is sent: other screen, cursor hidden, every line."""
    out = ["\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J"]
    for number, runs in enumerate(lines(frame, now), start=1):
        if any(shown.strip() for _, shown in runs):
            out.append(_at(number, runs))
    return "".join(out)


def _at(number: int, runs: "Sequence[Run]") -> str:
    return f"\x1b[{number};1H" + "".join(f"\x1b[{SGR.get(style, '0')}m{shown}" for style, shown in runs) + "\x1b[0m"


class Preview:
    """Moves the cursor of the first frame while the program is still being loaded.

    The desk begins on the row where this ended, and is given every byte that was read and not followed. At the first
    key that is not a move this stops reading: what such a key does is the desk's business alone.
    """

    __slots__ = ("_cursor", "_ended", "_frame", "_now", "_typed", "_wake")

    def __init__(self, frame: "Frame", now: int) -> None:
        """The frame stands on the terminal."""
        self._frame = frame
        self._now = now
        self._cursor = 0
        self._typed = b""
        self._wake = os.pipe()
        self._ended = _thread.allocate_lock()
        self._ended.acquire()
        _thread.start_new_thread(self._run, ())

    def take(self) -> "tuple[int, bytes]":
        """End; gives the ticket under the cursor, and what was typed and not followed. Nothing is read any more."""
        os.write(self._wake[1], b"x")
        with self._ended:
            return self._frame.rows[self._cursor].id, self._typed

    def _run(self) -> None:
        try:
            while self._goes_on():
                pass
        finally:
            self._ended.release()

    def _goes_on(self) -> bool:
        ready = select.select([0, self._wake[0]], [], [])[0]
        if self._wake[0] in ready:
            return False
        data = os.read(0, 1024)
        self._typed += data
        return bool(data) and self._follow()

    def _follow(self) -> bool:
        """Move as far as the bytes are moves; False at anything else."""
        while self._typed:
            key = next((key for key in MOVES if self._typed.startswith(key)), None)
            if key is None:
                return any(known.startswith(self._typed) for known in MOVES)
            self._typed = self._typed[len(key) :]
            self._move(MOVES[key])
        return True

    def _move(self, by: int) -> None:
        before, self._cursor = self._cursor, max(0, min(len(self._frame.rows) - 1, self._cursor + by))
        top = len(self._frame.top) + 1
        changed = [(before, False), (self._cursor, True)] if before != self._cursor else []
        sent = "".join(_at(top + row, _line(self._frame, row, self._now, cursor=on)) for row, on in changed)
        os.write(2, sent.encode())


class Terminal:
    """The terminal as it was found, and whether a first frame stands on it."""

    __slots__ = ("_put_back", "painted", "preview")

    def __init__(self) -> None:
        """Nothing is touched yet."""
        self._put_back: Callable[[], None] | None = None
        self.preview: Preview | None = None
        self.painted = False

    def quiet(self) -> None:
        """No echo and no line editing: keys that are typed now wait for the desk, unseen."""
        import termios  # not on every system

        found = termios.tcgetattr(0)
        self._put_back = lambda: termios.tcsetattr(0, termios.TCSANOW, found)
        quiet = list(found)
        quiet[0] &= ~(termios.ICRNL | termios.IXON)  # Enter stays Enter
        quiet[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(0, termios.TCSANOW, quiet)

    def take(self) -> "tuple[int, bytes]":
        """Where the keys typed over the first frame led, 0 for nowhere, and what is left of them for the taker."""
        preview, self.preview = self.preview, None
        return preview.take() if preview is not None else (0, b"")

    def restore(self) -> None:
        """Leave the terminal as it was found; harmless when nothing was done."""
        self.take()
        if self._put_back is not None:
            self._put_back()
            self._put_back = None
        if self.painted:
            self.painted = False  # before the write, which comes here again through LeavingFirst
            sys.stderr.write("\x1b[?1049l\x1b[?25h")
            sys.stderr.flush()


class LeavingFirst:
    """A stream that gives the terminal back before the first word through it, so that no message is lost."""

    def __init__(self, stream: "TextIO", terminal: Terminal) -> None:
        """Textual writes past this, to the stream below."""
        self._stream = stream
        self.terminal = terminal

    def write(self, text: str) -> int:
        """As the stream does."""
        self.terminal.restore()
        return self._stream.write(text)

    def __getattr__(self, name: str) -> "Any":
        return getattr(self._stream, name)


def paint(argv: "Sequence[str]", env: "Mapping[str, str]", now: int) -> Terminal:
    """Paint the last view if there is one for exactly this start and this window; else do nothing."""
    terminal = Terminal()
    if env.get("TERM", "dumb") == "dumb" or env.get("SUPPORTTUI_RESTRICTED") or not (os.isatty(0) and os.isatty(2)):
        return terminal
    frame = snapshot.read(snapshot.place(argv, env))
    if frame is None:
        return terminal
    try:
        if tuple(os.get_terminal_size(2)) != frame.size:
            return terminal
        terminal.quiet()
    except (OSError, ImportError):
        return terminal
    terminal.painted = True
    sys.stderr.write(painted(frame, now))
    sys.stderr.flush()
    if frame.rows and frame.usual_keys:
        terminal.preview = Preview(frame, now)
    return terminal


def taken_from(stream: object) -> "tuple[int, bytes]":
    """As ``Terminal.take``, if a first frame stands behind this stream; its preview ends."""
    return stream.terminal.take() if isinstance(stream, LeavingFirst) else (0, b"")
