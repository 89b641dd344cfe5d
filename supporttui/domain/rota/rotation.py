"""The handoffs of one rotation: slots counted from its anchor on the wall clock, in both directions.

Every boundary is computed from the anchor, never from the slot before, so that nothing drifts and any slot
is found by an estimate and a few steps.
"""

import calendar
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import count, pairwise
from typing import NamedTuple

from supporttui.domain.rota.clocks import DAY, clock, wall_of
from supporttui.domain.rota.schedule import Advance, Rotation, Unit
from supporttui.domain.spans import Instant
from supporttui.domain.wall import to_wall

_HOUR = 3600
_LENGTHS: Mapping[Unit, int] = {Unit.hour: _HOUR, Unit.day: DAY, Unit.week: 7 * DAY}


class Slot(NamedTuple):
    """Slot ``number`` of a rotation, half-open; empty where the clocks jump over it (a lost turn)."""

    number: int
    start: Instant
    end: Instant


def slots(rotation: Rotation, zone: str, *, start: Instant, end: Instant) -> Iterator[Slot]:
    """Every slot that begins before ``end``, from the one that holds ``start`` on, uncut."""
    first, edges = edges_of(rotation, zone, start=start, end=end)
    return (Slot(number, *bounds) for number, bounds in enumerate(pairwise(edges), first))


def edges_of(rotation: Rotation, zone: str, *, start: Instant, end: Instant) -> tuple[int, list[Instant]]:
    """The number of the slot that holds ``start``, and each handoff from its own to the first at ``end`` or later."""
    first = number_at(rotation, zone, start)
    edges: list[Instant] = []
    for handoff in handoffs_from(rotation, zone, first):
        edges.append(handoff)
        if handoff >= end:
            break
    return first, edges


def number_at(rotation: Rotation, zone: str, at: Instant) -> int:
    """The number of the slot that holds an instant; 0 begins at the anchor, earlier ones are negative."""
    handoff = handoffs(rotation, zone)
    number = _estimate(rotation, zone, at)
    while handoff(number) > at:
        number -= 1
    while handoff(number + 1) <= at:
        number += 1
    return number


def handoffs(rotation: Rotation, zone: str) -> Callable[[int], Instant]:
    """Slot number → the instant at which it begins.

    At a local time that is skipped that is the first instant after the jump, at one that occurs twice the
    first time. Months clamp to their last day and come back: 31 Jan, 29 Feb, 31 Mar.

    >>> starts = handoffs(Rotation(datetime(2028, 1, 31, 9), (("ana",), ("ben",)), unit=Unit.month), "UTC")
    >>> [str(to_wall(starts(number), "UTC").date()) for number in (-1, 0, 1, 2)]
    ['2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31']
    """
    anchor, step = rotation.anchor, _step(rotation)
    instant = clock(zone).instant
    if rotation.unit is Unit.month:
        return lambda number: instant(wall_of(_months_later(anchor, number * step)))
    first, length = wall_of(anchor), step * _LENGTHS[rotation.unit]
    if is_elapsed(rotation):
        origin = instant(first)
        return lambda number: Instant(origin + number * length)
    return lambda number: instant(first + number * length)


def handoffs_from(rotation: Rotation, zone: str, number: int) -> Iterator[Instant]:
    """The handoff of a slot and all that follow, without end."""
    if rotation.unit is Unit.month:
        return map(handoffs(rotation, zone), count(number))
    first, length = wall_of(rotation.anchor), _step(rotation) * _LENGTHS[rotation.unit]
    if is_elapsed(rotation):
        return map(Instant, count(clock(zone).instant(first) + number * length, length))
    return clock(zone).series(first + number * length, length)


def is_elapsed(rotation: Rotation) -> bool:
    """Whether slots are elapsed time: hours that do not divide a day have no wall clock to follow."""
    return rotation.unit is Unit.hour and 24 % rotation.every != 0


def nominal(rotation: Rotation, number: int) -> int:
    """How many seconds a slot has when no clock changes."""
    step = _step(rotation)
    if rotation.unit is not Unit.month:
        return step * _LENGTHS[rotation.unit]
    ends, starts = (_months_later(rotation.anchor, n * step) for n in (number + 1, number))
    return wall_of(ends) - wall_of(starts)


def _step(rotation: Rotation) -> int:
    """Units from one boundary to the next; with active days each date is a slot, however long the turn."""
    return 1 if rotation.advance is Advance.active_days else rotation.every


def _months_later(wall: datetime, months: int) -> datetime:
    years, month = divmod(wall.month - 1 + months, 12)
    year, month = wall.year + years, month + 1
    last_day = calendar.monthrange(year, month)[1]
    return wall.replace(year=year, month=month, day=min(wall.day, last_day))


def _estimate(rotation: Rotation, zone: str, at: Instant) -> int:
    """The slot's number, wrong by the size of the clock changes at most."""
    anchor = rotation.anchor
    if rotation.unit is Unit.month:
        wall = to_wall(at, zone)
        return ((wall.year - anchor.year) * 12 + wall.month - anchor.month) // rotation.every
    length, first = _step(rotation) * _LENGTHS[rotation.unit], wall_of(anchor)
    if is_elapsed(rotation):
        return (at - clock(zone).instant(first)) // length
    return (clock(zone).wall(at) - first) // length
