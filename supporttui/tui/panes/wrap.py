"""Breaking text into lines by cells."""

from collections.abc import Sequence

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


def side_by_side(pieces: Sequence[str], width: int, *, gap: str = "   ") -> tuple[str, ...]:
    """Pieces beside each other, on as many lines as they need; one that is too long has a line of its own.

    >>> side_by_side(["Owner Ana", "Team Desk", "Requester Shop"], 24)
    ('Owner Ana   Team Desk', 'Requester Shop')
    """
    lines: list[str] = []
    for piece in pieces:
        joined = f"{lines[-1]}{gap}{piece}" if lines else piece
        if lines and cell_width(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(piece)
    return tuple(lines)


def filled(text: str, width: int) -> tuple[str, ...]:
    """Lines as full as cells allow, wherever that breaks the text: put together they are the text again.

    >>> filled("one, two", 3)
    ('one', ', t', 'wo')
    """
    lines = [""]
    for char in text:
        if lines[-1] and cell_width(lines[-1] + char) > width:
            lines.append("")
        lines[-1] += char
    return tuple(lines)


_NEVER_FIRST = frozenset("、。，．）」』】！？：；ー々,.)!?")
"""What must not begin a line in Japanese; the character before it goes along."""


def _chopped(word: str, width: int) -> list[str]:
    """A word in pieces that fit; Japanese comes without spaces."""
    pieces, piece = [], ""
    for char in word:
        if cell_width(piece + char) <= max(1, width):
            piece += char
            continue
        kept = piece[:-1] if char in _NEVER_FIRST else piece
        if kept:
            pieces.append(kept)
        piece = piece[len(kept) :] + char
    return [*pieces, piece]
