"""Service hours with special periods laid over them, instant by instant."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from supporttui.domain.ids import CalendarId, ServiceId
from supporttui.domain.periods.period import Period, PeriodHours
from supporttui.domain.periods.plan import Plan, strongest
from supporttui.domain.sla.calendars import Calendar, Piece, untouched_parts
from supporttui.domain.sla.days import Workday, Workdays
from supporttui.domain.sla.hours import Hours
from supporttui.domain.sla.reasons import Reason
from supporttui.domain.sla.windows import Schedule, pieces, read, workdays
from supporttui.domain.spans import Instant, Span
from supporttui.domain.wall import resolve, to_wall

BETWEEN = "@"
"""Stands in the key of hours that are a service's own: ``office@mail``; in no calendar's id."""

_DAYS = 2 * 86_400
"""About a year, so that it is whole in every zone."""

Holidays = Callable[[Span], Sequence[Span]]


def key_of(calendar: CalendarId, service: ServiceId) -> CalendarId:
    """The key of a calendar's hours with the periods of a service laid over them."""
    return CalendarId(f"{calendar}{BETWEEN}{service}")


def parts_of(key: CalendarId) -> tuple[CalendarId, ServiceId | None]:
    """The calendar, and whose periods are laid over it; ``None`` for a calendar as it is.

    >>> parts_of(key_of(CalendarId("office"), ServiceId("mail")))
    ('office', 'mail')
    """
    calendar, between, service = untouched_parts(key)[0].partition(BETWEEN)
    return CalendarId(calendar), ServiceId(service) if between else None


def as_calendar(period: Period, hours: PeriodHours) -> Calendar:
    """The hours of a period as if they held all the year."""
    return Calendar(CalendarId(period.id), period.name, period.zone, hours.windows, hours.breaks)


def laid_over(usual: Hours, holidays: Holidays, plan: Plan, service: ServiceId) -> Hours:
    """The hours of a service: those of the strongest period that has any, else the usual ones.

    Each instant is judged alone, so that a window which reaches over the border of a period ends, or begins,
    just there. Open time within a period bears the period's name. Holidays of the usual calendar stay as they
    are unless the period says that its hours hold on them too.
    """
    laid = _Laid(usual, holidays, plan, service)
    usually = usual.variant

    def variant(left_out: Sequence[int], anew: int | None) -> Hours:
        return usual if usually is None else laid_over(usually(left_out, anew), holidays, plan, service)

    days = Workdays(usual.workdays.zone_at, laid.workdays)
    return Hours(laid.pieces, workdays=days, turns=usual.turns, variant=variant)


@dataclass(frozen=True, slots=True)
class _Laid:
    """The periods of a service over its usual hours."""

    usual: Hours
    holidays: Holidays
    plan: Plan
    service: ServiceId
    schedules: dict[Period, Schedule] = field(default_factory=dict)

    def pieces(self, span: Span) -> Sequence[Piece]:
        """The span, tiled by what is open and what is not."""
        found: list[Piece] = []
        for part, period in self._parts(span):
            told = self.usual.spans(part.start, part.end)
            if period is not None and period.hours is not None:
                own = pieces(self._schedule(period, period.hours), part)
                told = tuple(_both(told, own, period, instead=period.hours.instead))
            found.extend(told)
        return _joined(found)

    def workdays(self, year: int) -> Sequence[Workday]:
        """The usual working days of a year, with those that periods bring and without those that they take away."""
        found = {one.day: one for one in self.usual.workdays.in_year(year)}
        for part, period in self._parts(_about(year)):
            if period is None or period.hours is None:
                continue
            first, last = (
                to_wall(at, period.zone).date() + timedelta(days=n) for at, n in ((part.start, -2), (part.end, 1))
            )
            for one in [one for one in found.values() if first <= one.day <= last]:
                del found[one.day]
                found.update({left.day: left for left in self._left(one)})
            for day, closes in workdays(self._schedule(period, period.hours), first, last, part):
                if day.year == year and (day not in found or found[day].closes < closes):
                    found[day] = Workday(day, closes, period.zone)
        return sorted(found.values())

    def _left(self, usual: Workday) -> Iterator[Workday]:
        """A usual working day, as far as anything of it is still open."""
        begins = resolve(datetime.combine(usual.day, time()), usual.zone)
        closings = [piece.span.end for piece in self.pieces(Span(begins, usual.closes)) if piece.open]
        if closings:
            yield usual._replace(closes=closings[-1])

    def _parts(self, span: Span) -> Iterator[tuple[Span, Period | None]]:
        """The span, cut wherever another period decides about the hours; ``None``: the usual ones do."""
        found = [one for one in self.plan.touching(span, self.service) if one.period.hours is not None]
        edges = {at for one in found for at in (one.span.start, one.span.end) if span.start < at < span.end}
        for start, end in pairwise([span.start, *sorted(edges), span.end]):
            here = strongest(one for one in found if start in one.span)
            period = here[0].period if here else None
            if period is None or period.hours is None:
                yield Span(start, end), None
                continue
            kept = () if period.hours.on_holidays else self.holidays(Span(start, end))
            for part, free in _split(Span(start, end), kept):
                yield part, None if free else period

    def _schedule(self, period: Period, hours: PeriodHours) -> Schedule:
        if period not in self.schedules:
            self.schedules[period] = read(as_calendar(period, hours))
        return self.schedules[period]


def _about(year: int) -> Span:
    start, end = (resolve(datetime.combine(date(year + n, 1, 1), time()), "UTC") for n in (0, 1))
    return Span(Instant(start - _DAYS), Instant(end + _DAYS))


def _split(span: Span, parts: Sequence[Span]) -> Iterator[tuple[Span, bool]]:
    """The span as those parts (True), and what lies between them (False); parts are sorted and disjoint."""
    at = span.start
    for part in parts:
        if at < part.start:
            yield Span(at, part.start), False
        yield part, True
        at = part.end
    if at < span.end:
        yield Span(at, span.end), False


def _both(usual: Sequence[Piece], own: Sequence[Piece], period: Period, *, instead: bool) -> Iterator[Piece]:
    """What holds where the usual pieces meet those of the period; both tile the same span."""
    edges = sorted({at for piece in (*usual, *own) for at in (piece.span.start, piece.span.end)})
    i = k = 0
    for start, end in pairwise(edges):
        i += usual[i].span.end <= start
        k += own[k].span.end <= start
        yield _piece(Span(start, end), usual[i], own[k], period, instead=instead)


def _piece(span: Span, usual: Piece, own: Piece, period: Period, *, instead: bool) -> Piece:
    if own.open or (usual.open and not instead):
        return replace(usual, span=span, open=True, reason=Reason.open, name=period.name)
    if not instead:
        return replace(usual, span=span)
    if own.reason is Reason.break_:
        return replace(usual, span=span, open=False, reason=own.reason, name=own.name)
    return replace(usual, span=span, open=False, reason=Reason.period, name=period.name)


def _joined(found: Iterable[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one label as one piece."""
    joined: list[Piece] = []
    for piece in found:
        longer = replace(piece, span=Span(joined[-1].span.start, piece.span.end)) if joined else piece
        if joined and replace(joined[-1], span=longer.span) == longer:
            joined[-1] = longer
        else:
            joined.append(piece)
    return tuple(joined)
