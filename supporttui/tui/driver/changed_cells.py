"""Only the cells that changed are sent: Textual sends a changed widget's line from its first cell on.

A countdown at the end of a line of 120 cells then costs a dozen bytes instead of 160.
"""

from typing import Any

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate


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


def narrowed(update: Any) -> Any:
    """The update, cut to what changed if it is one of Textual's partial ones."""
    if type(update) is ChopsUpdate:
        return NarrowUpdate(update.chops, update.spans, update.chop_ends)
    return update
