"""Of which tickets a message tells besides its own: as many as its channel bears, and how to see the rest."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from supporttui.i18n.catalogue import Words
from supporttui.usecases.joining import ALSO, ALSO_OF

Params = Mapping[str, str | int]
Line = Sequence[str]
"""Pieces that stand side by side; each is told as a whole or not at all."""


def named(words: Words, params: Params, *, room: int, heading: Callable[[str, str], str], command: str) -> list[str]:
    """The lines, in at most ``room`` characters if that is enough for the last one, which tells of the rest.

    What is like the message comes first, most pressing first. ``heading`` words numbers of another kind, ``command``
    shows all of them.
    """
    lines = list(_lines(words, params, heading))
    whole = [" ".join(line) for line in lines]
    if not lines or _length(whole) <= room:
        return whole
    count = _counter(params)
    total = sum(count(piece) for line in lines for piece in line)
    told, left = _fitting(lines, room - _length([_rest(words, total, command)]), count)
    return [*told, _rest(words, total - left, command)]


def _lines(words: Words, params: Params, heading: Callable[[str, str], str]) -> Iterator[Line]:
    if ALSO in params:
        yield (words.t("Also about:"),)
        is_number = _numbers_of(params).fullmatch
        for line in str(params[ALSO]).split("\n"):
            pieces = line.split(" ")
            yield pieces if all(map(is_number, pieces)) else (line,)
    for name, numbers in params.items():
        if name.startswith(ALSO_OF):
            yield heading(name.removeprefix(ALSO_OF), str(numbers)).split(" ")


def _fitting(lines: Sequence[Line], room: int, count: Callable[[str], int]) -> tuple[list[str], int]:
    """The first pieces for which there is room, line by line, and how many tickets they name."""
    told: list[str] = []
    named_there = 0
    for line in lines:
        fitting: list[str] = []
        for piece in line:
            room -= len(piece) + 1
            if room < 0:
                break
            fitting.append(piece)
        counts = sum(map(count, fitting))
        # A heading with nothing behind it says nothing; a line of its own stands for those that follow.
        if counts or (fitting and len(line) == 1):
            told.append(" ".join(fitting))
        named_there += counts
        if room < 0:
            break
    return told, named_there


def _counter(params: Params) -> Callable[[str], int]:
    """How many tickets a piece names: none, one, or those of a range."""
    numbers = _numbers_of(params)

    def count(piece: str) -> int:
        found = numbers.match(piece)
        return 0 if found is None else int(found[2] or found[1]) - int(found[1]) + 1

    return count


def _numbers_of(params: Params) -> re.Pattern[str]:
    prefix = re.escape(str(params.get("prefix", "")))
    return re.compile(rf"{prefix}(\d+)(?:–{prefix}(\d+))?")


def _rest(words: Words, left: int, command: str) -> str:
    return words.t("and {n} more: {command}", n=left, command=command)


def _length(lines: Sequence[str]) -> int:
    return sum(len(line) + 1 for line in lines)
