"""Where the hours of layers meet, and what holidays and changes of the clocks do to that."""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.clocks import DAY, clock, day_number
from supporttui.domain.rota.oncall import levels
from supporttui.domain.rota.schedule import Layer, LayerMode, Rota
from supporttui.domain.rota.snapshot import Plan, in_time, snapshot_of, stretches
from supporttui.domain.rota.windows import windows
from supporttui.domain.spans import Instant, Span, union

_YEAR = 366 * DAY
_NOON = DAY // 2

_Zones = tuple[str, ...]
_Offsets = tuple[int, ...]
"""How many seconds the clocks of some zones stand ahead of those of the first one."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """A span in which two layers of a level are both active, but would not be if the clocks stood otherwise."""

    span: Span
    level: int
    layers: tuple[str, str]
    """By their rank; the first one is on duty."""


def overlaps(plan: Plan, start: Instant, end: Instant) -> tuple[Overlap, ...]:
    """Where a change of the clocks makes hours of two layers overlap, by time and level."""
    found = [
        overlap
        for rota, span in stretches(in_time(snapshot_of(plan)), Span(start, end))
        for level in levels(plan)
        for overlap in (_overlaps(rota, level, span) if rota is not None else ())
    ]
    return tuple(sorted(found, key=lambda overlap: (overlap.span, overlap.level)))


class ClosedHours:
    """Why no layer of a level has hours: a holiday, the clocks, or simply so (``restriction``).

    Gaps that are alike from week to week are worked out once.
    """

    def __init__(self, rota: Rota, level: int) -> None:
        self._rota, self._level = rota, level
        self._layers = _with_hours(rota, level)
        self._plain = replace(rota, layers=tuple(replace(layer, holiday_as=None) for layer in rota.layers))
        self._zones = _zones(rota, self._layers)
        by_layer = ((rota.zone_of(layer), rota.holidays_of(layer)) for layer in self._layers)
        self._holidays = [(clock(zone), frozenset(map(day_number, days))) for zone, days in by_layer if days]
        self._known: dict[tuple[int, int, _Offsets], Cause] = {}

    def cause(self, gap: Span) -> Cause:
        """Of one gap, in which every layer that has begun is outside its hours."""
        if not self._layers:
            return Cause.restriction
        if self._is_holiday(gap) and _cover(self._plain, self._level, gap):
            return Cause.holiday
        shown = clock(self._zones[0]).wall(gap.start) % (7 * DAY)
        key = (shown, gap.seconds, _offsets(self._zones, gap.start))
        if key not in self._known:
            moved = any(_cover(self._plain, self._level, span) for span in _moved(self._zones, gap))
            self._known[key] = Cause.clock_change if moved else Cause.restriction
        return self._known[key]

    def _is_holiday(self, gap: Span) -> bool:
        """Whether a holiday lies in the gap, or on the date before, whose window may reach into it."""
        return any(
            day in days
            for here, days in self._holidays
            for day in range(here.wall(gap.start) // DAY - 1, here.wall(gap.end) // DAY + 1)
        )


def _with_hours(rota: Rota, level: int) -> list[Layer]:
    return [layer for layer in rota.layers if layer.level == level and layer.restrictions]


def _zones(rota: Rota, layers: Sequence[Layer]) -> _Zones:
    return tuple(dict.fromkeys(rota.zone_of(layer) for layer in layers))


def _cover(rota: Rota, level: int, span: Span) -> bool:
    """Whether the hours of a level's layers together leave no second of a span open."""
    hours = union(
        Span(window.start, window.end)
        for layer in _with_hours(rota, level)
        for window in windows(rota, layer, start=span.start, end=span.end)
    )
    return any(one.start <= span.start and span.end <= one.end for one in hours)


def _overlaps(rota: Rota, level: int, within: Span) -> Iterator[Overlap]:
    ranked = [layer for layer in _with_hours(rota, level) if layer.mode is LayerMode.wins]
    for first, second in combinations(ranked, 2):
        zones = _zones(rota, (first, second))
        for span in _common(rota, first, second, within) if len(zones) > 1 else ():
            if any(not _common(rota, first, second, moved) for moved in _moved(zones, span)):
                yield Overlap(span, level, (first.name, second.name))


def _common(rota: Rota, one: Layer, other: Layer, within: Span) -> list[Span]:
    """The spans in which both layers have hours."""
    left, right = (windows(rota, layer, start=within.start, end=within.end) for layer in (one, other))
    found: list[Span] = []
    i = j = 0
    while i < len(left) and j < len(right):
        start = max(left[i].start, right[j].start, within.start)
        end = min(left[i].end, right[j].end, within.end)
        if start < end:
            found.append(Span(start, end))
        i, j = (i + 1, j) if left[i].end <= right[j].end else (i, j + 1)
    return found


# --- how else the clocks may stand ------------------------------------------------------------------


def _moved(zones: _Zones, span: Span) -> Iterator[Span]:
    """The same weekday and time of day in weeks in which the clocks stand otherwise to one another."""
    if len(zones) < 2:
        return
    here = clock(zones[0])
    day, of_day = divmod(here.wall(span.start), DAY)
    for (offsets, weekday), other_day in _days(zones, span.start // _YEAR).items():
        start = here.instant(other_day * DAY + of_day)
        if weekday == day % 7 and offsets != _offsets(zones, span.start) and offsets == _offsets(zones, start):
            yield Span(start, Instant(start + span.seconds))


@functools.lru_cache(maxsize=64)
def _days(zones: _Zones, year: int) -> Mapping[tuple[_Offsets, int], int]:
    """Of each way in which the clocks stand within a year on either side, one date of each weekday."""
    here = clock(zones[0])
    noons = range((year - 1) * _YEAR + _NOON, (year + 2) * _YEAR, DAY)
    days = ((_offsets(zones, Instant(noon)), here.wall(Instant(noon)) // DAY) for noon in noons)
    return {(offsets, day % 7): day for offsets, day in days}


def _offsets(zones: _Zones, at: Instant) -> _Offsets:
    first, *others = (clock(zone).wall(at) for zone in zones)
    return tuple(wall - first for wall in others)
