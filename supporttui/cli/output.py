"""What leaves for the shell: data on standard output, talk on standard error, all of it cleaned."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from supporttui.domain.text import safe_text
from supporttui.i18n.cells import cell_width, fit
from supporttui.machine import json_line

_GAP = "  "
_LONGEST = 1 << 30
"""Characters: a long queue is shown whole."""


def show(text: str) -> None:
    """Data, for people or pipes: one or more lines on standard output."""
    print(safe_text(text, one_line=False, limit=_LONGEST), flush=True)


def say(text: str) -> None:
    """Talk, for people: standard error. Where that cannot be written, nobody is there to be told."""
    with telling():
        print(safe_text(text, one_line=False), file=sys.stderr, flush=True)


def show_json(**data: Any) -> None:
    """One JSON object on one line of standard output."""
    print(json_line(**data), flush=True)


def say_json(**data: Any) -> None:
    """One JSON object on standard error: what a machine is told instead of a sentence."""
    with telling():
        print(json_line(**data), file=sys.stderr, flush=True)


@contextmanager
def telling() -> Iterator[None]:
    """What inside cannot be written to standard error is lost, and the exit code still says what happened."""
    try:
        yield
    except OSError:
        point_nowhere(sys.stderr)


def point_nowhere(stream: TextIO) -> None:
    """So that the flush at the interpreter's end does not complain about a reader that left or a full disk."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def open_missing() -> None:
    """Give standard streams that were closed a place to go.

    A file that is opened later must not get their numbers, or what is said would be written into it.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115  stays open


def share_shown(worded: Callable[[int], str]) -> Callable[[int, int], None]:
    """Tells how far something is, in hundredths, over one line of standard error."""
    shown = -1

    def show_share(done: int, total: int) -> None:
        nonlocal shown
        share = 100 if total == 0 else done * 100 // total
        if share != shown:
            shown = share
            with telling():
                print("\r" + worded(share), end="\n" if done >= total else "", file=sys.stderr, flush=True)

    return show_share


def is_terminal() -> bool:
    """Whether a person sits at both ends and sees what a desk would draw (Textual draws on stderr)."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def encoding() -> str:
    """Of standard output."""
    return getattr(sys.stdout, "encoding", None) or "ascii"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """Columns as wide as their widest cell, measured in cells of a terminal; ``right`` ones end together.

    Every cell is one line. On a terminal the last column is cut where the line would wrap; into a pipe it
    goes whole.
    """
    lines = [[safe_text(cell, one_line=True) for cell in row] for row in (head, *rows)]
    widths = [max(cell_width(line[column]) for line in lines) for column in range(len(head))]
    texts = [_GAP.join(_padded(line, widths, right)).rstrip() for line in lines]
    return "\n".join(_cut(text) for text in texts)


def _padded(line: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> list[str]:
    cells = []
    for column, (cell, width) in enumerate(zip(line, widths, strict=True)):
        space = " " * (width - cell_width(cell))
        cells.append(space + cell if column in right else cell + space)
    return cells


def _cut(line: str) -> str:
    if not sys.stdout.isatty():
        return line
    return fit(line, shutil.get_terminal_size().columns).rstrip()
