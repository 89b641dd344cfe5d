"""The first frame: the last view, painted with its age before anything heavy is loaded.

Standard library only, and little of it (a test counts the modules). Here also stands the formatter of a queue
row, which the queue's view shares, so that the app's own first frame shows the same rows.
"""

import os
import sys

from supporttui import snapshot
from supporttui.i18n.cells import cell_width, fit
from supporttui.i18n.countdown import spell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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
    body = [
        row_runs(row, units=frame.units, glyphs=frame.glyphs, sla_width=frame.sla_width, now=now, cursor=index == 0)  # type: ignore[arg-type]
        for index, row in enumerate(frame.rows)
    ]
    space = height - len(frame.top) - len(frame.below)
    body = body[:space] + [()] * max(0, space - len(body))
    return [status_line(frame, now, width), *frame.top[1:], *body, *frame.below]


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
            out.append(f"\x1b[{number};1H" + "".join(f"\x1b[{SGR.get(style, '0')}m{shown}" for style, shown in runs))
    out.append("\x1b[0m")
    return "".join(out)


class Terminal:
    """The terminal as it was found, and whether a first frame stands on it."""

    __slots__ = ("_before", "painted")

    def __init__(self) -> None:
        """Nothing is touched yet."""
        self._before: list[object] | None = None
        self.painted = False

    def quiet(self) -> None:
        """No echo and no line editing: keys that are typed now wait for the desk, unseen."""
        import termios  # not on every system

        before = termios.tcgetattr(0)
        self._before = list(before)
        before[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(0, termios.TCSANOW, before)

    def restore(self) -> None:
        """Leave the terminal as it was found; harmless when nothing was done."""
        if self._before is not None:
            import termios  # not on every system

            termios.tcsetattr(0, termios.TCSANOW, self._before)  # type: ignore[arg-type]
            self._before = None
        if self.painted:
            self.painted = False  # before the write, which comes here again through LeavingFirst
            sys.stderr.write("\x1b[?1049l\x1b[?25h")
            sys.stderr.flush()


class LeavingFirst:
    """A stream that gives the terminal back before the first word through it, so that no message is lost."""

    def __init__(self, stream: "TextIO", terminal: Terminal) -> None:
        """Textual writes past this, to the stream below."""
        self._stream = stream
        self._terminal = terminal

    def write(self, text: str) -> int:
        """As the stream does."""
        self._terminal.restore()
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
    return terminal
