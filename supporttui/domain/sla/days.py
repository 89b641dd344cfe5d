"""Working days: the dates on which a calendar opens, counted one by one, for promises made in days."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from supporttui.domain.sla.calendars import Piece
from supporttui.domain.spans import Instant
from supporttui.domain.wall import resolve, to_wall

_LAST_YEAR = 2099
_DAY = timedelta(days=1)
_VOID_YEARS = 20
"""After so many years without a working day none comes any more."""


class Workday(NamedTuple):
    """A date with open time. A night shift belongs to the date on which it opens."""

    day: date
    closes: Instant
    """The last closing of what opens on it; it may be the next morning."""
    zone: str
    """By whose clocks it is that date."""


class Workdays:
    """The working days of a calendar; a year is looked at once, when it is first asked for."""

    __slots__ = ("_of_year", "_years", "_zone_at")

    def __init__(self, zone_at: Callable[[Instant], str], of_year: Callable[[int], Sequence[Workday]]) -> None:
        self._zone_at, self._of_year = zone_at, of_year
        self._years: dict[int, Sequence[Workday]] = {}

    def zone_at(self, at: Instant) -> str:
        """The zone whose clocks hold at an instant."""
        return self._zone_at(at)

    def nth(self, after: date, count: int) -> Workday | None:
        """The n-th working day after a date; ``None`` if there is none within 20 years of the last."""
        void = 0
        for year in range(after.year, _LAST_YEAR + 1):
            found = self.in_year(year)
            first = bisect_right(found, after, key=lambda one: one.day)
            if count <= len(found) - first:
                return found[first + count - 1]
            count -= len(found) - first
            void = 0 if found else void + 1
            if void > _VOID_YEARS:
                return None
        return None

    def in_year(self, year: int) -> Sequence[Workday]:
        """The working days of a year, in their order."""
        if year not in self._years:
            self._years[year] = self._of_year(year)
        return self._years[year]


def civil(spans: Callable[[Instant, Instant], Sequence[Piece]], zone_at: Callable[[Instant], str]) -> Workdays:
    """Every date of a zone with any open time: where nothing says to which date a window belongs."""

    def of_year(year: int) -> Sequence[Workday]:
        zone = zone_at(_midnight(date(year, 1, 1), "UTC"))
        start, end = (_midnight(date(year + n, 1, 1), zone) for n in (0, 1))
        found: dict[date, Workday] = {}
        for piece in spans(start, end):
            day = to_wall(piece.span.start, zone).date()
            while piece.open and (begins := _midnight(day, zone)) < piece.span.end:
                closes = min(_midnight(day + _DAY, zone), piece.span.end)
                if begins < closes:  # a zone may skip a date
                    found[day] = Workday(day, closes, zone)
                day += _DAY
        return tuple(found.values())

    return Workdays(zone_at, of_year)


def _midnight(day: date, zone: str) -> Instant:
    return resolve(datetime.combine(day, time()), zone)
