"""Two columns that break at the width: what is asked, and the answer. No Textual."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from supporttui.i18n.cells import cell_width, fit
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.styles import Run

Line = tuple[Run, ...]


def columns(pairs: Sequence[tuple[str, str]], width: int) -> Iterator[Line]:
    """The left column as wide as it must be, at most half of the width."""
    column = min(max((cell_width(left) for left, _ in pairs), default=0), max(1, width // 2 - 3))
    for left, right in pairs:
        parts = zip_longest(wrap(left, column), wrap(right, max(10, width - column - 4)), fillvalue="")
        yield from ((("dim", f" {fit(name, column)}  "), ("", text)) for name, text in parts)
