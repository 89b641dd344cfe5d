"""Service hours compiled to boundaries with prefix sums: due and remaining are two binary searches.

A calendar is expanded year by year, on demand, and kept. Nothing is open before 1970 or from 2100 on,
except round the clock (``ALWAYS``), so that no date in an imported file can make a calculation endless.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from supporttui.domain.sla.calendars import (
    Break,
    Calendar,
    Holiday,
    Piece,
    Reason,
    Season,
    SpecialDate,
    Window,
)
from supporttui.domain.sla.days import Workday, Workdays, civil
from supporttui.domain.sla.windows import Schedule, holidays, opens_on, pieces, read, workdays
from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span
from supporttui.domain.wall import resolve, to_wall

__all__ = [
    "ALWAYS", "HORIZON", "Break", "Calendar", "Holiday", "Hours", "Piece", "Reason", "Season", "SpecialDate",
    "Window", "compile_days", "compile_hours",
]  # fmt: skip

_YEAR = 31_556_952
"""Seconds of a mean year; how far one step of expansion goes."""
HORIZON = 20 * _YEAR
"""Closed time on end after which the answer is "never"."""
_NOON = time(12)
_DAY = timedelta(days=1)
_FIRST = Instant(0)
_LAST = Instant(4_102_444_800)
"""2100-01-01T00:00:00Z."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Hours expanded from ``first`` to ``last``.

    ``edges`` alternates opening, closing, opening …; ``used[i]`` is the open seconds from ``first`` up to
    ``edges[i]``; ``voids`` are closed stretches of at least ``HORIZON``.
    """

    first: Instant
    last: Instant
    edges: list[Instant]
    used: list[int]
    voids: tuple[Span, ...] = ()

    def before(self, at: Instant) -> int:
        """Open seconds from ``first`` up to an instant."""
        i = bisect_right(self.edges, at)
        if i & 1:
            return self.used[i - 1] + at - self.edges[i - 1]
        return self.used[i - 1] if i else 0


class Hours:
    """When a service is open, as arithmetic.

    A table is replaced as a whole when it grows, so that threads may share one ``Hours``: two that grow
    at once do the work twice and agree.
    """

    __slots__ = ("_expand", "_table", "workdays")

    def __init__(
        self,
        expand: Callable[[Span], Sequence[Piece]],
        table: _Table | None = None,
        *,
        workdays: Workdays | None = None,
    ) -> None:
        self._expand = expand
        self._table = table
        self.workdays = civil(self.spans, _in_utc) if workdays is None else workdays
        """By default the dates of UTC with any open time."""

    def between(self, start: Instant, end: Instant) -> int:
        """Open seconds in [start, end); 0 when the end is before the start."""
        if end <= start:
            return 0
        table = self._table
        if table is None or start < table.first or end > table.last:
            if start >= _LAST or end <= _FIRST:
                return 0
            table = self._covering(start, end)
        return table.before(end) - table.before(start)

    def after(self, start: Instant, seconds: int) -> Instant | None:
        """The earliest instant at which so many open seconds have passed since ``start``.

        Hence the closing time when a day is filled exactly; ``start`` itself for 0 seconds, open or not.
        ``None`` is never: before they have passed, 20 years on end are closed.
        """
        if seconds <= 0:
            return start
        table = self._table
        if table is None or start < table.first or start > table.last:
            table = self._around(start)
        wanted = table.before(start) + seconds
        while not table.used or table.used[-1] < wanted:
            if table.last >= _LAST or table.last - self._last_open(table, start) >= HORIZON:
                return None
            table = self._covering(table.first, Instant(table.last + max(_YEAR, (table.last - table.first) // 4)))
            wanted = table.before(start) + seconds
        i = bisect_left(table.used, wanted)
        at = Instant(table.edges[i] - (table.used[i] - wanted))
        return None if table.voids and self._crosses_void(table, start, at) else at

    def after_days(self, start: Instant, days: int, *, end_of_day: bool = False) -> Instant | None:
        """The same wall clock time on the n-th next date with open time, or the first opening after that.

        With ``end_of_day`` the last closing of that date. ``start`` itself for 0 days. ``None`` is never.
        """
        if days <= 0:
            return start
        if not _FIRST <= start < _LAST:
            return None
        zone = self.workdays.zone_at(start)
        wall = to_wall(start, zone)
        found = self.workdays.nth(wall.date(), days)
        if found is None or end_of_day:
            return None if found is None else found.closes
        return self.next_open(resolve(datetime.combine(found.day, wall.time()), found.zone))

    def is_open(self, at: Instant) -> bool:
        """Whether the second that begins at this instant counts."""
        table = self._around(at)
        return bool(bisect_right(table.edges, at) & 1)

    def next_change(self, at: Instant) -> Instant | None:
        """The next opening or closing after an instant; ``None`` if there is none within 20 years."""
        table = self._around(at)
        while (i := bisect_right(table.edges, at)) == len(table.edges) or table.edges[i] == table.last:
            if table.last >= min(_LAST, at + HORIZON):
                return None
            table = self._covering(table.first, Instant(table.last + _YEAR))
        return table.edges[i] if table.edges[i] - at < HORIZON else None

    def next_open(self, at: Instant) -> Instant | None:
        """The instant itself if it is open, else the next opening; ``None`` within 20 years of none."""
        return at if self.is_open(at) else self.next_change(at)

    def spans(self, start: Instant, end: Instant) -> tuple[Piece, ...]:
        """[start, end) tiled by open and closed pieces, each with its reason and name."""
        return tuple(self._expand(Span(start, end))) if start < end else ()

    def _around(self, at: Instant) -> _Table:
        """The table, grown to cover the second that begins at an instant."""
        table = self._table
        if table is not None and table.first <= at < table.last:
            return table
        return self._covering(at, Instant(at + 1)) if at < _LAST else _NOTHING

    def _covering(self, start: Instant, end: Instant) -> _Table:
        """The table, grown to cover [start, end] by whole years, as far as calendars reach."""
        table = self._table
        start, end = (Instant(min(max(at, _FIRST), _LAST)) for at in (start, end))
        if table is None:
            table = _table(Span(start, start), ())
        elif table.first <= start and end <= table.last:
            return table
        first = start if start >= table.first else Instant(max(_FIRST, min(start, table.first - _YEAR)))
        last = end if end <= table.last else Instant(min(_LAST, max(end, table.last + _YEAR)))
        first, last = min(first, table.first), max(last, table.last)
        known = [Span(opened, closed) for opened, closed in _pairs(table.edges)]
        before = self._opened(Span(first, table.first))
        after = self._opened(Span(table.last, last))
        self._table = grown = _table(Span(first, last), (*before, *known, *after))
        return grown

    def _opened(self, span: Span) -> list[Span]:
        return [piece.span for piece in self.spans(span.start, span.end) if piece.open]

    @staticmethod
    def _last_open(table: _Table, start: Instant) -> Instant:
        return max(start, table.edges[-1]) if table.edges else start

    @staticmethod
    def _crosses_void(table: _Table, start: Instant, at: Instant) -> bool:
        return any(min(void.end, at) - max(void.start, start) >= HORIZON for void in table.voids)


def compile_hours(versions: Sequence[tuple[Instant | None, Calendar]]) -> Hours:
    """The hours of one calendar from its versions, each valid from an instant on until the next.

    ``None`` is without beginning. Before the first beginning, or without any version, it is closed. Of two
    versions with one beginning the later in the sequence holds.

    Raises:
        BadInput: what ``windows.read`` raises.
    """
    reigns = _reigns(versions)
    return Hours(lambda span: _reigned(reigns, span), workdays=_worked(reigns))


def _worked(reigns: Sequence[tuple[Span, Schedule | None]]) -> Workdays:
    """A date on which the versions change has what is open by either."""

    def of_year(year: int) -> Sequence[Workday]:
        found: dict[date, Workday] = {}
        for reign, schedule in reigns:
            if schedule is None:
                continue
            begins, ends = (to_wall(at, schedule.zone).date() for at in (reign.start, reign.end))
            first, last = max(date(year, 1, 1), begins - _DAY), min(date(year, 12, 31), ends)
            for day, closes in workdays(schedule, first, last, reign):
                found[day] = Workday(day, closes, schedule.zone)
        return sorted(found.values())

    def zone_at(at: Instant) -> str:
        zones = (schedule.zone for reign, schedule in reigns if schedule is not None and at in reign)
        return next(zones, "UTC")

    return Workdays(zone_at, of_year)


@dataclass(frozen=True, slots=True)
class Days:
    """Working days and holidays of a calendar."""

    reigns: Sequence[tuple[Span, Schedule | None]]

    def opens_on(self, day: date) -> bool:
        """Whether a window opens on a date, by the version that is valid at its noon; so that it is a working day."""
        for reign, schedule in self.reigns:
            if schedule is not None and resolve(datetime.combine(day, _NOON), schedule.zone) in reign:
                return opens_on(schedule, day)
        return False

    def holidays(self, span: Span) -> tuple[Span, ...]:
        """The parts of a span that lie on holidays."""
        parts = (
            (Span(max(span.start, reign.start), min(span.end, reign.end)), schedule) for reign, schedule in self.reigns
        )
        found = (holidays(schedule, part) for part, schedule in parts if schedule is not None and part.start < part.end)
        return tuple(holiday for each in found for holiday in each)


def compile_days(versions: Sequence[tuple[Instant | None, Calendar]]) -> Days:
    """What the dates of one calendar are, by the version that is valid then; raises as ``compile_hours`` does."""
    return Days(_reigns(versions))


def _reigns(versions: Sequence[tuple[Instant | None, Calendar]]) -> Sequence[tuple[Span, Schedule | None]]:
    begins: dict[Instant, Schedule | None] = {BEGINNING: None}
    for valid_from, calendar in versions:
        begins[_FIRST if valid_from is None else max(valid_from, _FIRST)] = read(calendar)
    begins = {at: schedule for at, schedule in begins.items() if at < _LAST} | {_LAST: None}
    starts = sorted(begins)
    return [(Span(a, b), begins[a]) for a, b in pairwise([*starts, FOREVER])]


def _reigned(reigns: Sequence[tuple[Span, Schedule | None]], span: Span) -> tuple[Piece, ...]:
    result: list[Piece] = []
    for reign, schedule in reigns:
        part = Span(max(span.start, reign.start), min(span.end, reign.end))
        if part.start >= part.end:
            continue
        if schedule is None:
            result.append(Piece(part, open=False, reason=Reason.closed))
        else:
            result.extend(pieces(schedule, part))
    return tuple(result)


def _pairs(edges: Sequence[Instant]) -> Iterable[tuple[Instant, Instant]]:
    return zip(edges[::2], edges[1::2], strict=True)


def _table(span: Span, opened: Iterable[Span]) -> _Table:
    """Sorted, disjoint open spans as edges and sums; touching ones (at a year's or version's border) join."""
    edges: list[Instant] = []
    used: list[int] = []
    total = 0
    for piece in opened:
        if edges and edges[-1] == piece.start:
            edges.pop()
            used.pop()
        else:
            edges.append(piece.start)
            used.append(total)
        total += piece.seconds
        edges.append(piece.end)
        used.append(total)
    gaps = pairwise([span.start, *edges, span.end])
    voids = tuple(Span(a, b) for i, (a, b) in enumerate(gaps) if not i & 1 and b - a >= HORIZON)
    return _Table(span.start, span.end, edges, used, voids)


def _in_utc(_: Instant) -> str:
    return "UTC"


_NOTHING = _table(Span(BEGINNING, FOREVER), ())
"""What is known of times beyond the reach of calendars."""
ALWAYS = Hours(
    lambda span: (Piece(span, open=True, reason=Reason.open),),
    _table(Span(BEGINNING, FOREVER), (Span(BEGINNING, FOREVER),)),
)
"""Round the clock."""
