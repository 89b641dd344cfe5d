"""When special periods occur, and which of them decides: every version for its own time, expanded on demand."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from supporttui.domain.ids import CalendarId, ServiceId
from supporttui.domain.periods.dates import IsWorking, on_weekdays, ranges_of
from supporttui.domain.periods.period import Dates, Period
from supporttui.domain.sla.windows import year_range
from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span
from supporttui.domain.wall import resolve, to_wall

WorkingDays = Callable[[CalendarId], IsWorking]
"""What the working days of a calendar are."""

_FIRST, _LAST = Instant(86_400), Instant(4_102_444_800)
"""As far as service hours reach: from 1970 to 2099."""
_STRETCH = 25
"""Bits of an instant that a stretch of 388 days spans."""
_LONGEST = 2
"""Years before its end in which an occurrence that comes round may have begun."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A period while it lasts, once."""

    period: Period
    span: Span
    """While this version of the period holds."""
    whole: Span
    """From its beginning to its end by this version."""
    last: date
    """The last date of it, in the period's zone."""


@dataclass(slots=True)
class Line:
    """One version of a period, in its reign. What comes round is expanded by years and kept."""

    period: Period
    reign: Span
    is_working: IsWorking
    _years: dict[int, tuple[Occurrence, ...]] = field(default_factory=dict)
    """By the civil year in which they begin; threads that fill one at once agree."""

    def touching(self, span: Span) -> Iterator[Occurrence]:
        """Occurrences that share an instant with a span."""
        if not self.period.active or span.start >= self.reign.end or span.end <= self.reign.start:
            return
        for found in self._around(span):
            if found.span.touches(span):
                yield found

    def _around(self, span: Span) -> Iterator[Occurrence]:
        """Every occurrence that may touch a span: those of one time only, and those of the years about it."""
        for dates in self.period.dates:
            if not dates.yearly:
                yield from self._occurrence(dates.first, dates.last, dates)
        if self.period.rule is None and not any(dates.yearly for dates in self.period.dates):
            return
        first, last = (_year(at, self.period.zone) for at in (span.start, span.end))
        for year in range(first - _LONGEST, last + 1):
            if year not in self._years:
                self._years[year] = tuple(self._of_year(year))
            yield from self._years[year]

    def _of_year(self, year: int) -> Iterator[Occurrence]:
        for dates in self.period.dates:
            if dates.yearly:
                first, last = year_range(dates.first, dates.last, year)
                yield from self._occurrence(first, last, dates)
        if (rule := self.period.rule) is not None:
            around = (fiscal for fiscal in range(year - 2, year + 2))
            ranges = (found for fiscal in around for found in ranges_of(rule, fiscal, self.is_working))
            for first, last in ranges:
                if first.year == year:
                    yield from self._occurrence(first, last)

    def _occurrence(self, first: date, last: date, dates: Dates | None = None) -> Iterator[Occurrence]:
        """The occurrence of these dates, as far as the version holds; a range that vanishes is left out."""
        period = self.period
        if period.until is not None and first > period.until:
            return
        start = instant_of(first, dates.start if dates else "00:00", period.zone)
        end = instant_of(last, dates.end if dates else "24:00", period.zone)
        span = Span(max(start, self.reign.start), min(end, self.reign.end))
        if span.start < span.end:
            yield Occurrence(period, span, Span(start, end), last)


class Plan:
    """All special periods of a site; what holds for a service is worked out once for about a year, and kept."""

    __slots__ = ("_held", "_lines")

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self._lines = tuple(line for line in lines if line.period.active)
        self._held: dict[tuple[ServiceId | None, int], tuple[list[Instant], list[tuple[Occurrence, ...]]]] = {}

    def touching(self, span: Span, service: ServiceId | None = None) -> tuple[Occurrence, ...]:
        """What shares an instant with a span, in the order of beginning; ``None`` is any service."""
        if not self._lines:
            return ()
        lines = (line for line in self._lines if service is None or line.period.covers(service))
        found = (occurrence for line in lines for occurrence in line.touching(span))
        return tuple(sorted(found, key=lambda one: (one.span.start, one.span.end, one.period.id)))

    def at(self, at: Instant, service: ServiceId | None = None) -> tuple[Occurrence, ...]:
        """What holds at an instant, first what decides; ``None`` is any service."""
        if not self._lines:
            return ()
        stretch = (service, at >> _STRETCH)
        if stretch not in self._held:
            start = Instant(stretch[1] << _STRETCH)
            self._held[stretch] = self._holding(Span(start, Instant(start + (1 << _STRETCH))), service)
        starts, holding = self._held[stretch]
        return holding[bisect_right(starts, at) - 1]

    def _holding(self, span: Span, service: ServiceId | None) -> tuple[list[Instant], list[tuple[Occurrence, ...]]]:
        """From when on which occurrences hold, until the next begins or one ends."""
        found = self.touching(span, service)
        edges = {at for one in found for at in (one.span.start, one.span.end) if span.start < at < span.end}
        starts = [span.start, *sorted(edges)]
        return starts, [strongest(one for one in found if start in one.span) for start in starts]

    def shapes_hours(self, service: ServiceId) -> bool:
        """Whether a period, past or to come, has hours of its own for a service."""
        return any(line.period.hours is not None and line.period.covers(service) for line in self._lines)


def strongest(occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """In the order in which they decide: by rank, then by later beginning, then by id; each period once."""
    kept: dict[str, Occurrence] = {}
    for one in sorted(occurrences, key=lambda one: (-one.period.precedence, -one.whole.start, one.period.id)):
        kept.setdefault(one.period.id, one)
    return tuple(kept.values())


def compile_plan(periods: Mapping[str, Sequence[tuple[Instant | None, Period]]], working: WorkingDays) -> Plan:
    """The periods of a site from their versions, each valid from an instant on until the next.

    ``None`` is without beginning. ``working`` is asked for the calendars that rules name.
    """
    return Plan(line for versions in periods.values() for line in _lines(versions, working))


def _lines(versions: Sequence[tuple[Instant | None, Period]], working: WorkingDays) -> Iterator[Line]:
    begins = {BEGINNING if start is None else start: period for start, period in versions}
    for start, end in pairwise([*sorted(begins), FOREVER]):
        yield Line(begins[start], Span(start, end), _working_days(begins[start], working))


def _working_days(period: Period, working: WorkingDays) -> IsWorking:
    calendar = None if period.rule is None else period.rule.calendar
    return on_weekdays if calendar is None else working(calendar)


def _year(at: Instant, zone: str) -> int:
    return to_wall(Instant(min(max(at, _FIRST), _LAST)), zone).year


def instant_of(day: date, clock: str, zone: str) -> Instant:
    """A time ``HH:MM`` of a date in a zone; ``24:00`` is its end."""
    hours, minutes = (int(part) for part in clock.split(":"))
    return resolve(datetime.combine(day, time()) + timedelta(hours=hours, minutes=minutes), zone)
