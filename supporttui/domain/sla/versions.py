"""The versions of a calendar, each for its own time: what they make of a span, of dates, and of timers that run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from supporttui.domain.sla.calendars import Calendar, OpenTimers, Piece
from supporttui.domain.sla.days import Workday, Workdays
from supporttui.domain.sla.reasons import Reason
from supporttui.domain.sla.windows import Schedule, holidays, opens_on, pieces, read, workdays
from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span
from supporttui.domain.wall import resolve, to_wall

FIRST = Instant(0)
LAST = Instant(4_102_444_800)
"""2100-01-01T00:00:00Z."""
_NOON = time(12)
_DAY = timedelta(days=1)


class Reign(NamedTuple):
    """The time for which one version holds, and how it is laid out; ``None`` is closed."""

    span: Span
    schedule: Schedule | None
    number: int
    """The place of the version in order of beginning, from 1 on."""


class Turn(NamedTuple):
    """A version that does not simply take over from the one before for timers that run when it begins."""

    at: Instant
    rule: OpenTimers
    number: int


class _Version(NamedTuple):
    begins: Instant
    schedule: Schedule
    rule: OpenTimers
    number: int


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of one calendar in order of beginning, with their reigns."""

    versions: tuple[_Version, ...]
    reigns: tuple[Reign, ...]
    turns: tuple[Turn, ...]

    def spans(self, span: Span) -> tuple[Piece, ...]:
        """A span, tiled by the pieces of each version within its reign."""
        result: list[Piece] = []
        for reign, schedule, number in self.reigns:
            part = Span(max(span.start, reign.start), min(span.end, reign.end))
            if part.start >= part.end:
                continue
            if schedule is None:
                result.append(Piece(part, open=False, reason=Reason.closed))
            else:
                result.extend(pieces(schedule, part, version=number))
        return tuple(result)

    def workdays(self) -> Workdays:
        """A date on which versions change has what is open by either."""
        return Workdays(self._zone_at, self._workdays_of)

    def without(self, left_out: Sequence[int], anew: int | None) -> "Versions":
        """As if some versions had never been made, and one had no beginning; what came before that one is gone."""
        kept = [one for one in self.versions if one.number not in left_out and (anew is None or one.number >= anew)]
        return _reigning(tuple(one._replace(begins=FIRST) if one.number == anew else one for one in kept))

    def _workdays_of(self, year: int) -> Sequence[Workday]:
        found: dict[date, Workday] = {}
        for reign, schedule, _ in self.reigns:
            if schedule is None:
                continue
            begins, ends = (to_wall(at, schedule.zone).date() for at in (reign.start, reign.end))
            first, last = max(date(year, 1, 1), begins - _DAY), min(date(year, 12, 31), ends)
            for day, closes in workdays(schedule, first, last, reign):
                found[day] = Workday(day, closes, schedule.zone)
        return sorted(found.values())

    def _zone_at(self, at: Instant) -> str:
        zones = (schedule.zone for reign, schedule, _ in self.reigns if schedule is not None and at in reign)
        return next(zones, "UTC")


def versions_of(versions: Sequence[tuple[Instant | None, Calendar]]) -> Versions:
    """Each version from its beginning on; ``None`` is without one. Of two with one beginning the later listed holds.

    Raises:
        BadInput: what ``windows.read`` raises.
    """
    begins: dict[Instant, tuple[Schedule, OpenTimers]] = {}
    for at, calendar in versions:
        begins[FIRST if at is None else max(at, FIRST)] = (read(calendar), calendar.open_timers)
    ordered = sorted(at for at in begins if at < LAST)
    return _reigning(tuple(_Version(at, *begins[at], number) for number, at in enumerate(ordered, start=1)))


def _reigning(versions: tuple[_Version, ...]) -> Versions:
    known = ((one.begins, one.schedule, one.number) for one in versions)
    edges: list[tuple[Instant, Schedule | None, int]] = [
        (BEGINNING, None, 0),
        *known,
        (LAST, None, 0),
        (FOREVER, None, 0),
    ]
    reigns = tuple(
        Reign(Span(start, end), schedule, number)
        for (start, schedule, number), (end, _, _) in pairwise(edges)
        if start < end
    )
    turns = tuple(
        Turn(one.begins, one.rule, one.number)
        for one in versions
        if one.begins > FIRST and one.rule is not OpenTimers.carry_elapsed
    )
    return Versions(versions, reigns, turns)


@dataclass(frozen=True, slots=True)
class Days:
    """Working days and holidays of a calendar."""

    reigns: Sequence[Reign]

    def opens_on(self, day: date) -> bool:
        """Whether a window opens on a date, by the version that is valid at its noon; so that it is a working day."""
        for reign, schedule, _ in self.reigns:
            if schedule is not None and resolve(datetime.combine(day, _NOON), schedule.zone) in reign:
                return opens_on(schedule, day)
        return False

    def holidays(self, span: Span) -> tuple[Span, ...]:
        """The parts of a span that lie on holidays."""
        parts = (
            (Span(max(span.start, reign.start), min(span.end, reign.end)), schedule)
            for reign, schedule, _ in self.reigns
        )
        found = (holidays(schedule, part) for part, schedule in parts if schedule is not None and part.start < part.end)
        return tuple(holiday for each in found for holiday in each)


def compile_days(versions: Sequence[tuple[Instant | None, Calendar]]) -> Days:
    """What the dates of one calendar are, by the version that is valid then; raises as ``versions_of`` does."""
    return Days(versions_of(versions).reigns)
