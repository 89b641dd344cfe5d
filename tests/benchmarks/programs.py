"""What is done with each program in a round, and the figures that come of it: seconds, bytes, MiB.

The honest reading of a start: ``ready`` is a ticket's row under the cursor, real and from this database;
``answered`` is the cursor on the row below, for a key that was typed at spawn, before the program could listen;
``obeyed`` the same for a key that only the desk itself can answer (it marks the row).
"""

import os
import re
import statistics
import sys
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.terminal import Terminal, now

HERE = Path(__file__).parent
DOWN, PAGE_DOWN, MARK = b"\x1b[B", b"\x1b[6~", b" "
SEARCH, ERASE, ESCAPE = b"/", b"\x15", b"\x1b"
SEARCHED = (
    b"certificate", b"vpn", b"disk printer", b"77", b"nowhere", b"cluster -node", b"latency cache", b"404", b"-mail",
    b"owner:@me", b"upload", b"export alert", b"rollback deploy proxy", b"id:9", b"replica", b"text:index", b"queue",
    b"ref:inc", b"webhook password timeout", b"8",
)  # fmt: skip
"""What most tickets have, a few, and none: each leaves another list on the screen."""
ROW = re.compile(r"^(?P<cursor>[> ])(?P<sign>.)(?P<mark>[* ])T-(?P<ticket>\d+) ")
STARTS, MOVES, PAGES, IDLE_SECONDS = 3, 100, 20, 10
Figures = dict[str, float]


class Rows:
    """The list as it stands on the screen of a terminal."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    @property
    def all(self) -> list[tuple[int, re.Match[str]]]:
        """Line of the screen and ticket row."""
        return [(n, row) for n, line in enumerate(self._terminal.screen.display) if (row := ROW.match(line))]

    @property
    def cursor(self) -> tuple[int, int] | None:
        """Line and ticket of the row under the cursor."""
        return next(((n, int(row["ticket"])) for n, row in self.all if row["cursor"] == ">"), None)

    @property
    def marked(self) -> bool:
        """Whether a row bears a mark."""
        return any(row["mark"] == "*" for _, row in self.all)


def environment(home: Path) -> dict[str, str]:
    """A person of their own, who keeps compiled modules as an installed program has them."""
    home.mkdir(exist_ok=True)
    keep = {key: os.environ[key] for key in ("PATH", "VIRTUAL_ENV") if key in os.environ}
    return {**keep, "HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONPATH": str(HERE.parents[1])}


def bare_start(home: Path) -> tuple[Terminal, Figures]:
    """The least that a Textual app can be, until it is there."""
    terminal = Terminal([sys.executable, str(HERE / "bare.py")], environment(home))
    ready = terminal.watch(lambda: "READY" in terminal.text()) - terminal.started
    figures = {"ready": ready, "cpu": terminal.cpu_seconds()}
    terminal.settle()
    return terminal, figures | {"bytes": terminal.bytes, "memory": terminal.private_mib()}


def bare(home: Path) -> Figures:
    """Starts, keys, rest."""
    figures = _several(lambda: bare_start(home))
    terminal, _ = bare_start(home)
    try:
        paints = []
        for _ in range(MOVES):
            before = terminal.text()
            pressed = terminal.send(DOWN)
            paints.append(terminal.watch(lambda before=before: terminal.text() != before) - pressed)
            terminal.settle(0.06)
        return figures | _spread("down", paints) | _idle(terminal)
    finally:
        terminal.close()


def warm(database: Path, home: Path) -> None:
    """An earlier run: when it is left it keeps the view that later starts paint first."""
    terminal = Terminal(_command(database), environment(home))
    try:
        terminal.watch(lambda: _is_live(terminal))
        terminal.settle()
    finally:
        terminal.close()
    assert list(home.glob(".local/state/supporttui/views/*")), "no view was kept"


def desk_start(database: Path, home: Path) -> tuple[Terminal, Figures]:
    """A start with a move typed at spawn, until the database has answered."""
    terminal = Terminal(_command(database), environment(home))
    rows = Rows(terminal)
    terminal.send(DOWN)
    ready = terminal.watch(lambda: rows.cursor is not None) - terminal.started
    first, cpu_ready = rows.cursor, terminal.cpu_seconds()
    answered = terminal.watch(lambda: _is_below(rows, first)) - terminal.started
    terminal.watch(lambda: _is_live(terminal))
    terminal.settle()
    figures = {"ready": ready, "answered": answered, "cpu": cpu_ready, "cpu_live": terminal.cpu_seconds()}
    return terminal, figures | {"bytes": terminal.bytes}


def obeyed(database: Path, home: Path) -> tuple[Terminal, Figures]:
    """A start with a key typed at spawn that only the desk itself can answer."""
    terminal = Terminal(_command(database), environment(home))
    terminal.send(MARK)
    seen = terminal.watch(lambda: Rows(terminal).marked) - terminal.started
    return terminal, {"obeyed": seen, "cpu_obeyed": terminal.cpu_seconds()}


def desk(database: Path, home: Path) -> Figures:
    """Starts, moves, pages, rest."""
    figures = _several(lambda: desk_start(database, home)) | _several(lambda: obeyed(database, home))
    terminal, _ = desk_start(database, home)
    try:
        figures |= _keys(terminal, "down", DOWN, MOVES)
        figures |= _keys(terminal, "page", PAGE_DOWN, PAGES)
        figures |= _searches(terminal)
        return figures | _idle(terminal) | {"memory": terminal.private_mib()}
    finally:
        terminal.close()


def quiet(database: Path, home: Path) -> Figures:
    """A desk on which nothing counts down and nobody does anything."""
    terminal = Terminal(_command(database), environment(home))
    try:
        terminal.watch(lambda: _is_live(terminal))
        terminal.settle()
        return _idle(terminal)
    finally:
        terminal.close()


def growth(database: Path, home: Path, *, rows: int) -> tuple[float, float]:
    """Private memory before and after paging through so many rows."""
    terminal = Terminal(_command(database), environment(home))
    try:
        terminal.watch(lambda: _is_live(terminal))
        _keys(terminal, "page", PAGE_DOWN, 20)
        before = terminal.private_mib()
        _keys(terminal, "page", PAGE_DOWN, rows // len(Rows(terminal).all))
        return before, terminal.private_mib()
    finally:
        terminal.close()


def _several(start: Callable[[], tuple[Terminal, Figures]]) -> Figures:
    """The median of some starts, each figure for itself: one start is at the mercy of the machine."""
    found = []
    for _ in range(STARTS):
        terminal, figures = start()
        terminal.close()
        found.append(figures)
    return {name: statistics.median(figures[name] for figures in found) for name in found[0]}


def _command(database: Path) -> list[str]:
    return [sys.executable, "-m", "supporttui", "--db", str(database), "--as", "ana"]


def _is_live(terminal: Terminal) -> bool:
    return "live" in terminal.screen.display[0] and Rows(terminal).cursor is not None


def _is_below(rows: Rows, first: tuple[int, int] | None) -> bool:
    """The cursor went down by one: on the next line, on another ticket."""
    return first is not None and (at := rows.cursor) is not None and at[0] == first[0] + 1 and at[1] != first[1]


def _keys(terminal: Terminal, name: str, key: bytes, count: int) -> Figures:
    rows, paints, sent = Rows(terminal), [], terminal.bytes
    for _ in range(count):
        before = rows.cursor
        pressed = terminal.send(key)
        paints.append(terminal.watch(lambda before=before: rows.cursor not in (None, before)) - pressed)
        terminal.settle(0.06)
    return _spread(name, paints) | {f"{name}.bytes": (terminal.bytes - sent) / count}


def _searches(terminal: Terminal) -> Figures:
    """From the last key of a search to the list that it leaves, while the line is open; the pause in typing counts."""
    rows, paints = Rows(terminal), []

    def tickets() -> list[str]:
        return [row["ticket"] for _, row in rows.all]

    terminal.send(SEARCH)
    terminal.settle()
    everything = tickets()
    for words in SEARCHED:
        typed = terminal.send(words)
        paints.append(terminal.watch(lambda everything=everything: tickets() != everything) - typed)
        terminal.settle()
        narrowed = tickets()
        terminal.send(ERASE)
        terminal.watch(lambda narrowed=narrowed: tickets() != narrowed)
        terminal.settle()
        everything = tickets()
    terminal.send(ESCAPE)
    terminal.settle()
    return _spread("search", paints)


def _spread(name: str, paints: list[float]) -> Figures:
    ordered = sorted(paints)
    return {f"{name}.p50": statistics.median(ordered), f"{name}.p95": ordered[max(0, int(len(ordered) * 0.95) - 1)]}


def _idle(terminal: Terminal) -> Figures:
    """Per second, while nobody types; the figures of the kernel are taken before and after."""
    started, cpu, wakeups = now(), terminal.cpu_seconds(), terminal.wakeups()
    sent, needed, writes = terminal.idle(IDLE_SECONDS)
    seconds = now() - started
    return {
        "idle": sent / seconds, "idle.needed": needed / seconds, "idle.writes": writes / seconds,
        "idle.cpu": (terminal.cpu_seconds() - cpu) / seconds, "idle.wakeups": (terminal.wakeups() - wakeups) / seconds,
    }  # fmt: skip
