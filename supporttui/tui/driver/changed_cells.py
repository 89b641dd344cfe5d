"""Only what changed is sent: cells of a partial update, lines of a whole one.

Textual sends a changed widget's line from its first cell on, and the whole screen at each change under a window. A
countdown at the end of a line of 120 cells then costs a dozen bytes instead of 160, and a letter typed into a question
over the queue one line instead of all.
"""

import re
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, LayoutUpdate

_LOOK = re.compile(r"\x1b\[([\d;]*)m")
_OWN_COLOURS = re.compile(r"((?:\d;)*)39;49")
"""Both colours by their default, after nothing but attributes: ``38;5;39;49`` is a colour of its own."""


class Sent:
    """What stands in each line of the terminal, as the bytes that wrote it; a line that is not here is not known."""

    def __init__(self) -> None:
        self._lines: dict[int, tuple[int, str]] = {}
        self._size: object = None

    def clear(self) -> None:
        """Somebody else wrote to the terminal, or it was changed."""
        self._lines.clear()

    def forget(self, lines: Iterable[int]) -> None:
        """Parts of them are written over."""
        for y in lines:
            self._lines.pop(y, None)

    def of_size(self, size: object) -> None:
        """A terminal of another size moves its lines by itself."""
        if size != self._size:
            self._size = size
            self.clear()

    def is_new(self, y: int, x: int, text: str) -> bool:
        """Whether a line must be sent; from then on it stands there."""
        if self._lines.get(y) == (x, text):
            return False
        self._lines[y] = (x, text)
        return True


class NarrowUpdate(ChopsUpdate):
    """The same update, cut at both ends."""

    def render_segments(self, console: Console) -> str:
        """What the terminal is sent."""
        parts: list[str] = []
        for y, start, stop in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x >= stop or end <= start:
                    continue
                left, right = max(x, start), min(end, stop)
                shown = strip if (left, right) == (x, end) else strip.crop(left - x, right - x)
                parts += [Control.move_to(left, y).segment.text, shown.render(console)]
        return "".join(parts)


class ChangedLines(LayoutUpdate):
    """The same update without the lines that stand there already."""

    def __init__(self, update: LayoutUpdate, sent: Sent) -> None:
        super().__init__(update.strips, update.region)
        self._sent = sent

    def render_segments(self, console: Console) -> str:
        """What the terminal is sent."""
        x = self.region.x
        self._sent.of_size((self.region.right, self.region.bottom))
        parts: list[str] = []
        for y, line in enumerate(self.strips, self.region.y):
            text = plainly("".join([strip.render(console) for strip in line]))
            if self._sent.is_new(y, x, text):
                parts += [Control.move_to(x, y).segment.text, text]
        return "".join(parts)


def plainly(line: str) -> str:
    r"""The same look in fewer bytes: the terminal's own colours need no telling after a reset.

    Under a window Textual tells them for each cell, so that a line would seem to change when nothing does.

    >>> plainly("\x1b[1;39;49mBerlin\x1b[0m\x1b[39;49m | \x1b[0m")
    '\x1b[1mBerlin\x1b[0m | '
    """
    kept: list[str] = []
    styled, end = False, 0
    for code in _LOOK.finditer(line):
        kept.append(line[end : code.start()])
        end = code.end()
        own = _OWN_COLOURS.fullmatch(code[1])
        wanted = code[1] if own is None else own[1].removesuffix(";")
        if wanted not in ("", "0"):
            kept.append(f"\x1b[{wanted}m")
            styled = True
        elif styled and own is None:
            kept.append("\x1b[0m")
            styled = False
    return "".join((*kept, line[end:]))


def narrowed(update: Any, sent: Sent | None) -> Any:
    """The update, cut to what changed if it is one of Textual's own kinds; without ``sent`` only a partial one."""
    if type(update) is ChopsUpdate:
        if sent is not None:
            sent.forget(y for y, _, _ in update.spans)
        return NarrowUpdate(update.chops, update.spans, update.chop_ends)
    if type(update) is LayoutUpdate and sent is not None:
        return ChangedLines(update, sent)
    if update is not None and sent is not None:
        sent.clear()
    return update
