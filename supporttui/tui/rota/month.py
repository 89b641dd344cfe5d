"""The month: a column a day, a row a layer; whoever has a day longest stands in it, and one name runs over many days.

Own days are in capitals and end in ``=``; ``!`` marks a gap, ``*`` an override, ``?`` a request to be covered.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from supporttui.domain.rota.layers import Cause
from supporttui.domain.rota.oncall import Duty
from supporttui.domain.spans import Span
from supporttui.domain.text import safe_text
from supporttui.domain.wall import to_wall
from supporttui.i18n import formats
from supporttui.i18n.cells import cell_width, fit
from supporttui.tui.panes.wrap import side_by_side
from supporttui.tui.rota.look import NOWHERE, Grid, Line, Look, Place
from supporttui.tui.rota.periods import days_of, hours_more
from supporttui.tui.rota.rows import Row, is_alarming, pieces_in, rows_of
from supporttui.tui.styles import Run
from supporttui.usecases.views import RotaPlan

_LABEL = 24
_MOST_CELLS = 8
_NO_NAMES = "々\u3000"
"""Wide, and nobody is told by them: what repeats the letter before, and the space."""
_GAP, _FREE, _FILL, _OWN = "!", ".", "-", "="


@dataclass(frozen=True, slots=True)
class _Day:
    """What stands in the cell of a day."""

    people: tuple[str, ...] = ()
    gap: bool = False
    free: bool = False
    """Nobody is meant to be there."""
    sign: str = ""


def strip(
    look: Look, plan: RotaPlan, chosen: Place = NOWHERE, *, asked: Sequence[tuple[int, Span]] = ()
) -> Grid:  # fmt: skip
    """The days of a month, then each row; ``asked`` are the spans by line in which somebody asks to be covered."""
    rows, days = rows_of(look, plan), days_of(plan.span, look.zone)
    widest = max((cell_width(row.label) for row in rows), default=0) + 2
    label = max(8, min(widest, _LABEL, look.width - len(days) * 2))
    cell = max(1, min(_MOST_CELLS, (look.width - label) // len(days)))
    codes = codes_of(plan.names)
    lines = [*_heading(look, days, label, cell)]
    first = len(lines) + max(0, chosen.row)
    for number, row in enumerate(rows):
        spans = [span for level, span in asked if level == row.level and row.final]
        cells = [_day(row, day, spans) for day in days]
        runs = _row(look, plan, codes, cells, cell, style="bold" if row.final else "dim")
        shown = [("cursor", text) if (number, day) == (chosen.row, chosen.day) else (style, text)
                 for day, (style, text) in enumerate(runs)]  # fmt: skip
        lines.append((("bold" if row.final else "dim", f" {fit(row.label, label - 1)}"), *shown))
    return Grid((*lines, *_legend(look, plan, codes, rows)), first, first)


def codes_of(names: Mapping[str, str]) -> Mapping[str, str]:
    """Person → at most two cells that nobody else of them has: two letters, or one that takes both cells.

    Whose name has none that is left, gets a number.
    """
    known = {person: safe_text(name, one_line=True, limit=40) for person, name in names.items()}
    found: dict[str, str] = {}
    for person, name in sorted(known.items(), key=lambda one: (one[1], one[0])):
        others = "".join(other for key, other in known.items() if key != person)
        codes = (*_wide_codes(name, others), *_codes(name), *map(str, range(1, 100)))
        found[person] = next((code for code in codes if code not in found.values()), "?")
    return found


def _wide_codes(name: str, others: str) -> Iterator[str]:
    """Of a name in wide letters the first that no other name has: of two Satos it is one of their given names'."""
    if cell_width(name[:1]) > 1:
        wide = [letter for letter in name if cell_width(letter) == 2 and letter not in _NO_NAMES]
        yield from (letter for letter in wide if letter not in others)
        yield from wide


def _codes(name: str) -> Iterator[str]:
    """Initials first, then the first letter with each other one."""
    first, *others = name.split(" ")
    letters = [*(word[:1] for word in others), *first[1:], *(letter for word in others for letter in word[1:])]
    yield from (f"{first[:1]}{letter.lower()}" for letter in letters if cell_width(first[:1] + letter) <= 2)


def _heading(look: Look, days: Sequence[Span], label: int, cell: int) -> tuple[Line, Line]:
    """The dates, and the weekdays below; a day that the clocks make longer or shorter says by how many hours."""
    names = formats.weekdays(look.words)
    dates: list[Run] = [("", " " * label)]
    week: list[Run] = [("", " " * label)]
    for day in days:
        style = "reverse" if look.now in day else ""
        wall, more = to_wall(day.start, look.zone), hours_more(day)
        dates.append((style, _in(f"{wall.day}", cell)))
        week.append((style or "dim", _in(f"{more:+g}" if more else names[wall.weekday()], cell)))
    return tuple(dates), tuple(week)


def _in(text: str, cell: int) -> str:
    """A short text in a cell, with a space behind it where there is room."""
    return cut(text, cell if cell <= 2 else cell - 1, " ") + " " * (cell > 2)


def cut(text: str, width: int, fill: str) -> str:
    """As much of a text as fits into just so many cells, filled up; without a mark where it is cut."""
    kept, taken = "", 0
    for char in text:
        if taken + cell_width(char) > width:
            break
        kept, taken = kept + char, taken + cell_width(char)
    return kept + fill * (width - taken)


def _day(row: Row, day: Span, asked: Sequence[Span]) -> _Day:
    here = pieces_in(row.duties, day)
    if not here:
        return _Day()
    staffed = [piece for piece in here if piece.people] or here
    longest = max(staffed, key=lambda piece: min(piece.span.end, day.end) - max(piece.span.start, day.start))
    gap = row.final and is_alarming(longest)
    free = row.final and not longest.people and not gap
    return _Day(longest.people, gap, free, _sign(row, here, day, asked))


def _sign(row: Row, here: Sequence[Duty], day: Span, asked: Sequence[Span]) -> str:
    if row.final and any(is_alarming(piece) for piece in here):
        return _GAP
    if any(map(day.touches, asked)):
        return "?"
    return "*" if any(piece.cause == Cause.override for piece in here) else ""


def _row(
    look: Look, plan: RotaPlan, codes: Mapping[str, str], cells: Sequence[_Day], cell: int, *, style: str
) -> list[Run]:
    runs: list[Run] = []
    for day, same in groupby(cells):
        count = len(list(same))
        text = _text(look, plan, codes, day, cell * count)
        own = look.me in day.people
        fill = _GAP if day.gap else _FREE if day.free else _OWN if own else _FILL if day.people else " "
        room = cell * count - (cell > 2)
        if day.sign and not day.gap:  # each of its days has it
            one = cut(text, max(0, cell - (cell > 2) - 1), " ") + day.sign + " " * (cell > 2)
            pieces = [one] * count
        else:
            pieces = _pieces(cut(text, room, fill) + " " * (cell > 2), cell, count)
        runs += [("warning" if day.gap or day.sign == _GAP else style, piece) for piece in pieces]
    return runs


def _text(look: Look, plan: RotaPlan, codes: Mapping[str, str], day: _Day, room: int) -> str:
    """The name where it fits, else its letters; the reader is in capitals."""
    if not day.people:
        return ""
    whole = "+".join(look.short_name(person, plan.names) for person in day.people)
    if day.people == (look.me,):
        return whole.upper()
    return whole if cell_width(whole) < room else "+".join(codes.get(person, "?") for person in day.people)


def _pieces(text: str, cell: int, count: int) -> list[str]:
    """A text in cells; a wide letter on the border of two leaves a space in each."""
    pieces, at = [""] * count, 0
    for char in text:
        width = cell_width(char)
        first, last = at // cell, (at + max(1, width) - 1) // cell
        if first == last:
            pieces[min(first, count - 1)] += char
        else:
            pieces[first] += " "
            pieces[last] += " "
        at += width
    return pieces


def _legend(look: Look, plan: RotaPlan, codes: Mapping[str, str], rows: Sequence[Row]) -> Iterator[Line]:
    """Whose the letters are."""
    shown = {person for row in rows for duty in row.duties for person in duty.people}
    known = [person for person in codes if person in shown and person != look.me]
    pieces = [f"{codes[person]} {look.name(person, plan.names)}" for person in known]
    for line in side_by_side(pieces, max(10, look.width - 2)) if pieces else ():
        yield (("dim", f" {line}"),)
