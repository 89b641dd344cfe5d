"""Width of text in terminal cells, from the standard library alone, so that the first frame can use it."""

import unicodedata

_CUT = "~"


def cell_width(text: str) -> int:
    """Cells that a terminal gives the text: wide characters two, marks and format characters none."""
    if text.isascii():
        return len(text)
    return sum(_cells(char) for char in text)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """The text in exactly ``width`` cells: padded with spaces, or cut with a mark of one cell."""
    taken = cell_width(text)
    if taken > width:
        text, taken = _cut(text, width)
    padding = " " * (width - taken)
    return padding + text if right else text + padding


def _cut(text: str, width: int) -> tuple[str, int]:
    if width < 1:
        return "", 0
    taken = 0
    for index, char in enumerate(text):
        cells = _cells(char)
        if taken + cells > width - 1:
            return text[:index] + _CUT, taken + 1
        taken += cells
    return text, taken


def _cells(char: str) -> int:
    if " " <= char <= "~":
        return 1
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
