"""The hours in which a layer is active: restrictions on the wall clock, as spans."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from datetime import time
from typing import NamedTuple

from supporttui.domain.rota.clocks import DAY, clock, day_number, weekday_of
from supporttui.domain.rota.schedule import Layer, LayerMode, Restriction, Rota
from supporttui.domain.spans import BEGINNING, FOREVER, Instant

_REACH = 2
"""A window may have begun this many dates ago and still run."""
_MARGIN = 2 * DAY
"""The next layer's begins are looked up this much wider: its zone may be on another date."""
SEAM = 3 * 3600
"""How far an elastic end may move on: no two zones change their clocks further apart."""


class Window(NamedTuple):
    """A stretch in which a layer is active, half-open."""

    start: Instant
    end: Instant


def windows(rota: Rota, layer: Layer, *, start: Instant, end: Instant) -> list[Window]:
    """Sorted, disjoint stretches in which the layer is active, complete between the two instants.

    Meaningless for a layer without restrictions, which is always active.
    """
    spans = _windows(rota, layer, start=start, end=end)
    follower = next_layer(rota, layer) if layer.elastic_end else None
    if follower is not None:
        begins = _begins(rota, follower, Instant(start - _MARGIN), Instant(end + _MARGIN))
        spans = [Window(window.start, _elastic(window, begins)) for window in spans]
    return _union(spans)


def next_layer(rota: Rota, layer: Layer) -> Layer | None:
    """The layer that takes over in its level: the next one with hours of its own, after the last the first.

    Layers that only add take over from nobody. ``None``: there is no other.
    """
    level = [other for other in rota.layers if other.level == layer.level]
    here = level.index(layer)
    others = (*level[here + 1 :], *level[:here])
    return next((other for other in others if other.restrictions and other.mode is LayerMode.wins), None)


def applies(restriction: Restriction, day: int, layer: Layer, holidays: Collection[int]) -> bool:
    """Whether a window of this restriction begins on a date, both counted from 1970-01-01."""
    as_weekday = layer.holiday_as if layer.holiday_as and day in holidays else weekday_of(day)
    return as_weekday in restriction.days


def _begins(rota: Rota, layer: Layer, start: Instant, end: Instant) -> list[Instant]:
    """When windows of a layer begin while it lives."""
    born = BEGINNING if layer.valid_from is None else layer.valid_from
    dies = FOREVER if layer.valid_to is None else layer.valid_to
    return [w.start for w in _windows(rota, layer, start=start, end=end) if born <= w.start < dies]


def _elastic(window: Window, begins: Sequence[Instant]) -> Instant:
    """Where a window ends: at the first begin of the next layer, unless that one comes much too late."""
    i = bisect_right(begins, window.start)
    return begins[i] if i < len(begins) and begins[i] <= window.end + SEAM else window.end


def _windows(rota: Rota, layer: Layer, *, start: Instant, end: Instant) -> list[Window]:
    """Windows by their start, overlapping ones apart; a window belongs to the date on which it begins."""
    clocks = clock(rota.zone_of(layer))
    days = range(clocks.wall(start) // DAY - _REACH, clocks.wall(end) // DAY + 1)
    holidays = frozenset(map(day_number, rota.holidays_of(layer)))
    found: list[Window] = []
    for restriction in layer.restrictions:
        begins, ends = _seconds(restriction.start), _seconds(restriction.end)
        ends += 0 if ends > begins else DAY
        opens = clocks.series(days[0] * DAY + begins, DAY)
        closes = clocks.series(days[0] * DAY + ends, DAY, last=True)
        active = [applies(restriction, day, layer, ()) for day in range(7)]
        found += [
            Window(start, end)
            for day, start, end in zip(days, opens, closes, strict=False)
            if (applies(restriction, day, layer, holidays) if day in holidays else active[day % 7]) and start < end
        ]
    return sorted(found) if len(layer.restrictions) > 1 else found


def _seconds(of_day: time) -> int:
    return of_day.hour * 3600 + of_day.minute * 60 + of_day.second


def _union(windows: Iterable[Window]) -> list[Window]:
    """Stretches that touch or overlap as one."""
    merged: list[Window] = []
    for window in windows:
        if merged and window.start <= merged[-1].end:
            if window.end > merged[-1].end:
                merged[-1] = Window(merged[-1].start, window.end)
        elif window.start < window.end:
            merged.append(window)
    return merged
