"""The week strip: a column a day, a row a layer, and below the layers of a level what follows from them.

A day with several hands in a narrow column is told in several lines, so that none is cut away.
"""

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from supporttui.domain.rota.coverage import DELIBERATE
from supporttui.domain.rota.layers import Cause
from supporttui.domain.rota.oncall import Duty
from supporttui.domain.spans import Instant, Span
from supporttui.domain.wall import to_wall
from supporttui.i18n import formats
from supporttui.i18n.cells import cell_width, fit
from supporttui.tui.rota.look import NOWHERE, Grid, Line, Look, Place
from supporttui.tui.rota.periods import days_of, hours_more
from supporttui.tui.rota.rows import Row, is_alarming, rows_of
from supporttui.tui.styles import Run
from supporttui.usecases.views import RotaPlan

_CELL = 9
"""Cells of a day that a label never takes away, if there are so many."""
_LABEL = 24


class Part(NamedTuple):
    """One hand within a day."""

    hour: str
    """When it takes over; empty for who has it from midnight on."""
    who: str
    alarming: bool = False
    """An unintended gap."""
    now: bool = False

    @property
    def text(self) -> str:
        """``08 Jo``."""
        return f"{self.hour} {self.who}".strip()


class Columns(NamedTuple):
    """Where the columns of a week stand."""

    days: tuple[Span, ...]
    label: int
    cell: int


def strip(look: Look, plan: RotaPlan, chosen: Place = NOWHERE, *, asked: Sequence[tuple[int, Span]] = ()) -> Grid:
    """The names of the days, then level by level its layers and the final plan; one cell is chosen.

    ``asked`` are the spans by line in which somebody asks to be covered.
    """
    rows, days = rows_of(look, plan), days_of(plan.span, look.zone)
    widest = max((cell_width(row.label) for row in rows), default=0) + 2
    label = max(8, min(widest, _LABEL, look.width - len(days) * _CELL))
    cell = max(6, (look.width - label) // max(1, len(days)))
    columns = Columns(days, label, cell)
    lines, first, last = [_heading(look, columns)], 0, 0
    for number, row in enumerate(rows):
        here = number == chosen.row
        spans = [span for level, span in asked if level == row.level and row.final]
        drawn = _row(look, plan, columns, row, chosen=chosen.day if here else -1, asked=spans)
        if here:
            first, last = len(lines), len(lines) + len(drawn) - 1
        lines += drawn
    return Grid(tuple(lines), first, last)


def _heading(look: Look, columns: Columns) -> Line:
    """The days; one that the clocks make longer or shorter says by how many hours."""
    runs: list[Run] = [("", " " * columns.label)]
    for day in columns.days:
        text = _day_name(look, day, columns.cell - 1)
        runs.append(("bold" if look.now in day else "dim", f" {fit(text, columns.cell - 1)}"))
    return tuple(runs)


def _day_name(look: Look, day: Span, room: int) -> str:
    """``Sun 25+1``; ``25 +1h`` where there is no room for both."""
    more, name = hours_more(day), formats.day_short(look.words, day.start, zone=look.zone)
    if not more:
        return name
    whole = f"{name}{more:+g}"
    return whole if cell_width(whole) <= room else f"{to_wall(day.start, look.zone).day} {more:+g}h"


def _row(look: Look, plan: RotaPlan, columns: Columns, row: Row, *, chosen: int, asked: Sequence[Span]) -> list[Line]:
    days = [day_parts(look, row.duties, day, plan, final=row.final, asked=asked) for day in columns.days]
    room = columns.cell - 1
    if all(cell_width(" ".join(part.text for part in parts)) <= room for parts in days):
        days = [_joined(parts) for parts in days]
    else:
        days = [tuple(piece for part in parts for piece in _broken(part, room)) for parts in days]
    style = "bold" if row.final else "dim"
    lines: list[Line] = []
    for number, parts in enumerate(zip_longest(*days) if any(days) else [[None] * len(days)]):
        label = f" {fit(row.label, columns.label - 1)}" if number == 0 else " " * columns.label
        cells = [_cell(part, style, room, chosen=place == chosen) for place, part in enumerate(parts)]
        lines.append(((style, label), *cells))
    return lines


def _joined(parts: Sequence[Part]) -> tuple[Part, ...]:
    if not parts:
        return ()
    text = " ".join(part.text for part in parts)
    return (Part("", text, any(part.alarming for part in parts), any(part.now for part in parts)),)


def _broken(part: Part, room: int) -> tuple[Part, ...]:
    """The hour, and each of several people, on a line of its own where they would be cut beside each other."""
    if cell_width(part.text) <= room:
        return (part,)
    first = (part._replace(who=""),) if part.hour else ()
    whole = part._replace(hour="", now=part.now and not first)
    if cell_width(part.who) <= room:
        return *first, whole
    *others, last = whole.who.split("+")
    names = (*(f"{name}+" for name in others), last)
    return *first, *(whole._replace(who=name, now=whole.now and not number) for number, name in enumerate(names))


def _cell(part: Part | None, style: str, room: int, *, chosen: bool) -> Run:
    if part is None:
        return "cursor" if chosen else "", " " * (room + 1)
    sign = ">" if part.now else " "
    text = sign + fit(part.text, room)
    return "cursor" if chosen else "warning" if part.alarming else style, text


def day_parts(
    look: Look, duties: Sequence[Duty], day: Span, plan: RotaPlan, *, final: bool, asked: Sequence[Span] = ()
) -> tuple[Part, ...]:
    """Who has the day, each with the hour of the handoff.

    A sign ``*`` marks whom an override put there, ``?`` who asks to be covered. In a layer's own row free time is
    left out.
    """
    parts: list[Part] = []
    for duty in duties:
        start, end = max(duty.span.start, day.start), min(duty.span.end, day.end)
        who = _who(look, duty, plan, final=final)
        if start >= end or not who:
            continue
        if duty.people and any(map(Span(start, end).touches, asked)):
            who += "?"
        hour = _hour(start, look.zone) if duty.span.start > day.start and (final or parts) else ""
        parts.append(Part(hour, who, final and is_alarming(duty), now=final and start <= look.now < end))
    return tuple(parts)


def _who(look: Look, duty: Duty, plan: RotaPlan, *, final: bool) -> str:
    if duty.people:
        sign = "*" if duty.cause == Cause.override else ""
        return "+".join(look.short_name(person, plan.names) for person in duty.people) + sign
    if not final:
        return ""
    # Translators: stands in a cell of the week where nobody is on duty; at most 6 cells.
    return look.words.p("rota", "(off)") if duty.cause in DELIBERATE else look.words.p("rota", "-GAP-")


def _hour(at: Instant, zone: str) -> str:
    wall = to_wall(at, zone)
    return f"{wall:%H}" if wall.minute == 0 else f"{wall:%H:%M}"
