"""The hours in which a layer is active: restrictions on the wall clock, as spans."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from supporttui.domain.rota.schedule import Layer, Restriction, Rota
from supporttui.domain.spans import Instant, Span, union
from supporttui.domain.wall import resolve, to_wall

_DAY = timedelta(days=1)
_REACH = 2 * _DAY
"""A window may have begun this many dates ago and still run."""
_MARGIN = 2 * 86400
"""The next layer's begins are looked up this much wider: its zone may be on another date."""
SEAM = 3 * 3600
"""How far an elastic end may move on: no two zones change their clocks further apart."""


def windows(rota: Rota, layer: Layer, *, start: Instant, end: Instant) -> tuple[Span, ...]:
    """Sorted, disjoint spans in which the layer is active, complete between the two instants.

    Meaningless for a layer without restrictions, which is always active.
    """
    spans = _spans(rota, layer, start=start, end=end)
    follower = next_layer(rota, layer) if layer.elastic_end else None
    if follower is not None and follower.restrictions:
        near = Span(Instant(start - _MARGIN), Instant(end + _MARGIN))
        begins = [span.start for span in _spans(rota, follower, start=near.start, end=near.end)]
        spans = [Span(span.start, _elastic(span, begins)) for span in spans]
    return union(spans)


def next_layer(rota: Rota, layer: Layer) -> Layer | None:
    """The layer that follows in its level; after the last comes the first; ``None`` if it is alone."""
    level = [other for other in rota.layers if other.level == layer.level]
    follower = level[(level.index(layer) + 1) % len(level)]
    return None if follower is layer else follower


def applies(restriction: Restriction, day: date, layer: Layer, holidays: Sequence[date]) -> bool:
    """Whether a window of this restriction begins on a date."""
    as_weekday = layer.holiday_as if layer.holiday_as and day in holidays else day.isoweekday()
    return as_weekday in restriction.days


def _elastic(span: Span, begins: Sequence[Instant]) -> Instant:
    """Where a window ends: at the first begin of the next layer, unless that one comes much too late."""
    latest = span.end + SEAM
    return next((begin for begin in begins if span.start < begin <= latest), span.end)


def _spans(rota: Rota, layer: Layer, *, start: Instant, end: Instant) -> list[Span]:
    """Windows by their start, overlapping ones apart; a window belongs to the date on which it begins."""
    zone = layer.zone or rota.zone
    first, last = to_wall(start, zone).date() - _REACH, to_wall(end, zone).date()
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    spans = (
        _window(restriction, day, zone)
        for day in days
        for restriction in layer.restrictions
        if applies(restriction, day, layer, rota.holidays)
    )
    return sorted(span for span in spans if span.start < span.end)


def _window(restriction: Restriction, day: date, zone: str) -> Span:
    until = day if restriction.end > restriction.start else day + _DAY
    return Span(
        resolve(datetime.combine(day, restriction.start), zone),
        resolve(datetime.combine(until, restriction.end), zone, last=True),
    )
