"""Style names of cells → Rich styles. Attribute and glyph carry the meaning; colour only supports it."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from supporttui.i18n.cells import fit

Run = tuple[str, str]
"""A piece of a line: the name of its style, and text that came through ``safe_text`` or a catalogue."""
Runs = Sequence[Run]

STYLES: Mapping[str, Style] = {
    "": Style(),
    "bold": Style(bold=True),
    "dim": Style(dim=True),
    "reverse": Style(reverse=True),
    "cursor": Style(reverse=True),
    "underline": Style(underline=True),
    "title": Style(bold=True),
    "key": Style(bold=True),
    "breached": Style(bold=True, reverse=True, color="red"),
    "critical": Style(bold=True, underline=True, color="bright_yellow"),
    "at_risk": Style(bold=True, color="yellow"),
    "running": Style(),
    "paused": Style(dim=True),
    "met": Style(dim=True, color="cyan"),
    "none": Style(),
    "alarm": Style(bold=True, reverse=True, color="red"),
    "warning": Style(bold=True, color="yellow"),
}


@lru_cache(maxsize=512)
def _segment(style: str, text: str) -> tuple[Segment, int]:
    return Segment(text, STYLES[style]), cell_len(text)


def strip_of(runs: Runs) -> Strip:
    """The line that a widget renders."""
    parts = [_segment(style, text) for style, text in runs if text]
    return Strip([segment for segment, _ in parts], sum(width for _, width in parts))


def width_of(runs: Runs) -> int:
    """Cells of a line."""
    return sum(_segment(style, text)[1] for style, text in runs if text)


def cut_to(runs: Runs, width: int) -> Runs:
    """The line in at most so many cells; what is cut off leaves a mark."""
    if width_of(runs) <= width:
        return runs
    kept: list[Run] = []
    left = width
    for style, text in runs:
        cells = cell_len(text)
        if cells >= left:
            kept.append((style, fit(f"{text} ", left)))  # one cell too long, so that the mark is there
            break
        kept.append((style, text))
        left -= cells
    return kept


def changed_cells(old: Runs, new: Runs) -> tuple[int, int] | None:
    """From which cell, and how many cells on, two lines differ; ``None`` when they look alike."""
    if tuple(old) == tuple(new):
        return None
    start = 0
    for before, after in zip(old, new, strict=False):
        if before != after:
            start += _common(before, after)
            break
        start += cell_len(after[1])
    end = max(width_of(old), width_of(new))
    if width_of(old) == width_of(new):
        for before, after in zip(reversed(old), reversed(new), strict=False):
            if before != after:
                break
            end -= cell_len(after[1])
    return start, max(1, end - start)


def changed_spans(old: Runs, new: Runs) -> list[tuple[int, int]]:
    """As ``changed_cells``, but of lines that are cut alike one span for each piece that differs."""
    if len(old) != len(new) or any(cell_len(a[1]) != cell_len(b[1]) for a, b in zip(old, new, strict=True)):
        whole = changed_cells(old, new)
        return [] if whole is None else [whole]
    spans: list[tuple[int, int]] = []
    start = 0
    for before, after in zip(old, new, strict=True):
        width = cell_len(after[1])
        if before != after:
            same = _common(before, after)
            spans.append((start + same, width - same))
        start += width
    return spans


def _common(before: Run, after: Run) -> int:
    """Cells at the start of two pieces that look alike."""
    if before[0] != after[0] or not (before[1].isascii() and after[1].isascii()):
        return 0
    return next(
        (i for i, (a, b) in enumerate(zip(before[1], after[1], strict=False)) if a != b),
        min(len(before[1]), len(after[1])),
    )
