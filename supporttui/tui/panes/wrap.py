"""Breaking text into lines by cells."""

from collections.abc import Iterator, Sequence

from supporttui.i18n.cells import cell_width


def wrap(text: str, width: int) -> tuple[str, ...]:
    """Lines of at most ``width`` cells: at spaces and beside wide characters, else anywhere.

    >>> wrap("one two three", 8)
    ('one two', 'three')
    >>> wrap("は Ana の番", 8)
    ('は Ana', 'の番')
    """
    lines: list[str] = []
    line = ""
    for gap, chunk in _chunks(text):
        joined = f"{line}{gap}{chunk}" if line else chunk
        if cell_width(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _chopped(chunk, width)
        lines += full
    return (*lines, line)


def _chunks(text: str) -> Iterator[tuple[str, str]]:
    """What is not broken where a line has room, each with what stands before it: a space or nothing."""
    for word in text.split(" "):
        gap = " "
        for chunk in (word,) if word.isascii() else _unbroken(word):
            yield gap, chunk
            gap = ""


def _unbroken(word: str) -> Iterator[str]:
    chunk = ""
    for char in word:
        if chunk and _may_break(chunk[-1], char):
            yield chunk
            chunk = ""
        chunk += char
    yield chunk


def _may_break(before: str, after: str) -> bool:
    """Japanese comes without spaces: a line ends beside any of its characters, with few exceptions."""
    wide = cell_width(before) == 2 or cell_width(after) == 2
    return wide and after not in _NEVER_FIRST and before not in _NEVER_LAST


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


_NEVER_FIRST = frozenset("、。，．）」』】！？：；ー々っゃゅょッャュョ,.:;)!?%+")
"""What must not begin a line in Japanese; the character before it goes along."""
_NEVER_LAST = frozenset("（「『【([")
"""What must not end one."""


def _chopped(word: str, width: int) -> list[str]:
    """A chunk in pieces that fit."""
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
