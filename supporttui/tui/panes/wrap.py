"""Breaking text into lines by cells."""

from supporttui.i18n.cells import cell_width


def wrap(text: str, width: int) -> tuple[str, ...]:
    """Lines of at most ``width`` cells: at spaces where there are some, else anywhere.

    >>> wrap("one two three", 8)
    ('one two', 'three')
    """
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if cell_width(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _chopped(word, width)
        lines += full
    return (*lines, line)


def _chopped(word: str, width: int) -> list[str]:
    """A word in pieces that fit; Japanese comes without spaces."""
    pieces, piece, taken = [], "", 0
    for char in word:
        cells = cell_width(char)
        if taken + cells > max(1, width):
            pieces.append(piece)
            piece, taken = "", 0
        piece += char
        taken += cells
    return [*pieces, piece]
