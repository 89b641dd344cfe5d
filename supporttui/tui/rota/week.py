"""The week strip: a column a day, a row a layer, and below the layers of a level what follows from them.

A day with several hands in a narrow column is told in several lines, so that none is cut away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise, zip_longest
from typing import NamedTuple

from supporttui.domain.rota.coverage import DELIBERATE
from supporttui.domain.rota.layers import Cause
from supporttui.domain.rota.oncall import Duty
from supporttui.domain.spans import Instant, Span
from supporttui.domain.text import safe_text
from supporttui.domain.wall import resolve, to_wall
from supporttui.i18n import formats
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width, fit
from supporttui.tui.styles import Run
from supporttui.usecases.views import RotaPlan

DAYS = 7
_CELL = 9
"""Cells of a day that a label never takes away, if there are so many."""
_LABEL = 24

Line = tuple[Run, ...]


def week_of(at: Instant, zone: str, *, weeks: int = 0) -> Span:
    """The week, Monday 00:00 to Monday 00:00 on the clocks of a zone, in which an instant lies."""
    day = to_wall(at, zone).date()
    monday = datetime.combine(day - timedelta(days=day.weekday()), time()) + timedelta(weeks=weeks)
    return Span(resolve(monday, zone), resolve(monday + timedelta(days=DAYS), zone))


def days_of(week: Span, zone: str) -> tuple[Span, ...]:
    """The dates of a week as spans; 23 or 25 hours long when the clocks change."""
    midnight = datetime.combine(to_wall(week.start, zone).date(), time())
    edges = [resolve(midnight + timedelta(days=n), zone) for n in range(DAYS + 1)]
    return tuple(Span(start, end) for start, end in pairwise(edges))


@dataclass(frozen=True, slots=True)
class Look:
    """How the rota looks to one reader."""

    words: Words
    zone: str
    """The zone whose days are shown."""
    width: int
    now: Instant
    me: str = ""

    def level(self, level: int) -> str:
        """``L1``."""
        # Translators: a line of support, such as L1; at most 4 cells.
        return self.words.t("L{level}", level=level)

    def short_name(self, person: str, names: Mapping[str, str]) -> str:
        """What of a name fits into a cell of a week; the reader is "you".

        The first word; where two people share it, with the first letter of the last one.
        """
        if person == self.me:
            return self.words.t("you")
        first, *others = names.get(person, person).split(" ")
        shared = sum(name.split(" ")[0] == first for name in names.values()) > 1
        return safe_text(f"{first} {others[-1][:1]}" if shared and others else first, one_line=True, limit=20)

    def name(self, person: str | None, names: Mapping[str, str]) -> str:
        """The whole name; the reader is "you"."""
        if not person:
            return self.words.t("nobody")
        if person == self.me:
            return self.words.t("you")
        return safe_text(names.get(person, person), one_line=True, limit=40)


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


def strip(look: Look, plan: RotaPlan) -> tuple[Line, ...]:
    """The names of the days, then level by level its layers and the final plan."""
    rows = [row for level in plan.levels for row in _level_rows(look, plan, level)]
    widest = max((cell_width(label) for label, _, _ in rows), default=0) + 2
    label = max(8, min(widest, _LABEL, look.width - DAYS * _CELL))
    cell = max(6, (look.width - label) // DAYS)
    columns = Columns(days_of(plan.span, look.zone), label, cell)
    body = [line for name, duties, final in rows for line in _row(look, plan, columns, name, duties, final=final)]
    return (_heading(look, columns), *body)


def _level_rows(look: Look, plan: RotaPlan, level: int) -> list[tuple[str, Sequence[Duty], bool]]:
    """Label, duties, and whether they are the final plan; one row where there is a single layer."""
    layers = [layer.name for layer in plan.rota.layers if layer.level == level]
    final = plan.levels[level]
    if len(layers) == 1:
        return [(f"{look.level(level)} {safe_text(layers[0], one_line=True, limit=40)}", final, True)]
    shown = [(safe_text(name, one_line=True, limit=40), plan.layers.get(name, ()), False) for name in layers]
    return [*shown, (look.level(level), final, True)]


def _heading(look: Look, columns: Columns) -> Line:
    runs: list[Run] = [("", " " * columns.label)]
    for day in columns.days:
        text = formats.day_short(look.words, day.start, zone=look.zone)
        runs.append(("bold" if look.now in day else "dim", f" {fit(text, columns.cell - 1)}"))
    return tuple(runs)


def _row(look: Look, plan: RotaPlan, columns: Columns, name: str, duties: Sequence[Duty], *, final: bool) -> list[Line]:
    days = [day_parts(look, duties, day, plan, final=final) for day in columns.days]
    room = columns.cell - 1
    if all(cell_width(" ".join(part.text for part in parts)) <= room for parts in days):
        days = [_joined(parts) for parts in days]
    else:
        days = [tuple(piece for part in parts for piece in _broken(part, room)) for parts in days]
    style = "bold" if final else "dim"
    lines: list[Line] = []
    for number, parts in enumerate(zip_longest(*days)):
        label = f" {fit(name, columns.label - 1)}" if number == 0 else " " * columns.label
        lines.append(((style, label), *(_cell(part, style, room) for part in parts)))
    return lines or [((style, f" {fit(name, columns.label - 1)}"),)]


def _joined(parts: Sequence[Part]) -> tuple[Part, ...]:
    if not parts:
        return ()
    text = " ".join(part.text for part in parts)
    return (Part("", text, any(part.alarming for part in parts), any(part.now for part in parts)),)


def _broken(part: Part, room: int) -> tuple[Part, ...]:
    """The hour on a line of its own where the name beside it would be cut."""
    if not part.hour or cell_width(part.text) <= room:
        return (part,)
    return part._replace(who=""), part._replace(hour="", now=False)


def _cell(part: Part | None, style: str, room: int) -> Run:
    if part is None:
        return "", " " * (room + 1)
    sign = ">" if part.now else " "
    return "warning" if part.alarming else style, sign + fit(part.text, room)


def day_parts(look: Look, duties: Sequence[Duty], day: Span, plan: RotaPlan, *, final: bool) -> tuple[Part, ...]:
    """Who has the day, each with the hour of the handoff.

    A sign ``*`` marks whom an override put there. In a layer's own row free time is left out.
    """
    parts: list[Part] = []
    for duty in duties:
        start, end = max(duty.span.start, day.start), min(duty.span.end, day.end)
        who = _who(look, duty, plan, final=final)
        if start >= end or not who:
            continue
        hour = _hour(start, look.zone) if duty.span.start > day.start and (final or parts) else ""
        alarming = final and not duty.people and duty.cause not in DELIBERATE
        parts.append(Part(hour, who, alarming, now=final and start <= look.now < end))
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
