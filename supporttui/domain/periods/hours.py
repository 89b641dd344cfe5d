"""Service hours with special periods laid over them, instant by instant."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from supporttui.domain.ids import CalendarId, ServiceId
from supporttui.domain.periods.period import Period, PeriodHours
from supporttui.domain.periods.plan import Plan, strongest
from supporttui.domain.sla.calendars import Calendar, Piece, Reason
from supporttui.domain.sla.hours import Hours
from supporttui.domain.sla.windows import Schedule, pieces, read
from supporttui.domain.spans import Span

BETWEEN = "@"
"""Stands in the key of hours that are a service's own: ``office@mail``; in no calendar's id."""

Holidays = Callable[[Span], Sequence[Span]]


def key_of(calendar: CalendarId, service: ServiceId) -> CalendarId:
    """The key of a calendar's hours with the periods of a service laid over them."""
    return CalendarId(f"{calendar}{BETWEEN}{service}")


def parts_of(key: CalendarId) -> tuple[CalendarId, ServiceId | None]:
    """The calendar, and whose periods are laid over it; ``None`` for a calendar as it is.

    >>> parts_of(key_of(CalendarId("office"), ServiceId("mail")))
    ('office', 'mail')
    """
    calendar, between, service = key.partition(BETWEEN)
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
    schedules: dict[Period, Schedule] = {}

    def read_once(period: Period, hours: PeriodHours) -> Schedule:
        if period not in schedules:
            schedules[period] = read(as_calendar(period, hours))
        return schedules[period]

    def expand(span: Span) -> Sequence[Piece]:
        found: list[Piece] = []
        for stretch, period in _reigning(plan, service, span):
            if period is None or period.hours is None:
                found.extend(usual.spans(stretch.start, stretch.end))
                continue
            kept = () if period.hours.on_holidays else holidays(stretch)
            for part, free in _split(stretch, kept):
                told = usual.spans(part.start, part.end)
                if not free:
                    own = pieces(read_once(period, period.hours), part)
                    told = tuple(_both(told, own, period, instead=period.hours.instead))
                found.extend(told)
        return _joined(found)

    return Hours(expand)


def _reigning(plan: Plan, service: ServiceId, span: Span) -> Iterator[tuple[Span, Period | None]]:
    """The span, cut wherever another period decides about the hours."""
    found = [one for one in plan.touching(span, service) if one.period.hours is not None]
    edges = {at for one in found for at in (one.span.start, one.span.end) if span.start < at < span.end}
    for start, end in pairwise([span.start, *sorted(edges), span.end]):
        here = strongest(one for one in found if start in one.span)
        yield Span(start, end), here[0].period if here else None


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
        return Piece(span, open=True, reason=Reason.open, name=period.name)
    if not instead:
        return Piece(span, open=False, reason=usual.reason, name=usual.name)
    if own.reason is Reason.break_:
        return Piece(span, open=False, reason=own.reason, name=own.name)
    return Piece(span, open=False, reason=Reason.period, name=period.name)


def _joined(found: Iterable[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one label as one piece."""
    joined: list[Piece] = []
    for piece in found:
        last = joined[-1] if joined else None
        if last is not None and (last.open, last.reason, last.name) == (piece.open, piece.reason, piece.name):
            piece = Piece(Span(last.span.start, piece.span.end), piece.open, piece.reason, piece.name)  # noqa: PLW2901
            joined.pop()
        joined.append(piece)
    return tuple(joined)
