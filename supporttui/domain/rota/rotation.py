"""The handoffs of one rotation: slots counted from its anchor on the wall clock, in both directions.

Every boundary is computed from the anchor, never from the slot before, so that nothing drifts and any slot
is found by an estimate and a few steps.
"""

import calendar
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from supporttui.domain.rota.schedule import Advance, Rotation, Unit
from supporttui.domain.spans import Instant
from supporttui.domain.wall import resolve, to_wall

_HOUR = 3600


class Slot(NamedTuple):
    """Slot ``number`` of a rotation, half-open; empty where the clocks jump over it (a lost turn)."""

    number: int
    start: Instant
    end: Instant


def slots(rotation: Rotation, zone: str, *, start: Instant, end: Instant) -> Iterator[Slot]:
    """Every slot that begins before ``end``, from the one that holds ``start`` on, uncut."""
    number = number_at(rotation, zone, start)
    begins = boundary(rotation, zone, number)
    while begins < end:
        ends = boundary(rotation, zone, number + 1)
        yield Slot(number, begins, ends)
        number, begins = number + 1, ends


def number_at(rotation: Rotation, zone: str, at: Instant) -> int:
    """The number of the slot that holds an instant; 0 begins at the anchor, earlier ones are negative."""
    number = _estimate(rotation, zone, at)
    while boundary(rotation, zone, number) > at:
        number -= 1
    while boundary(rotation, zone, number + 1) <= at:
        number += 1
    return number


def boundary(rotation: Rotation, zone: str, number: int) -> Instant:
    """The handoff at which a slot begins.

    At a local time that is skipped it happens at the first instant after the jump, at one that occurs
    twice the first time. Months clamp to their last day and come back: 31 Jan, 29 Feb, 31 Mar.
    """
    steps = number * _step(rotation)
    if is_elapsed(rotation):
        return Instant(resolve(rotation.anchor, zone) + steps * _HOUR)
    return resolve(_shifted(rotation.anchor, rotation.unit, steps), zone)


def is_elapsed(rotation: Rotation) -> bool:
    """Whether slots are elapsed time: hours that do not divide a day have no wall clock to follow."""
    return rotation.unit is Unit.hour and 24 % rotation.every != 0


def _step(rotation: Rotation) -> int:
    """Units from one boundary to the next; with active days each date is a slot, however long the turn."""
    return 1 if rotation.advance is Advance.active_days else rotation.every


def _shifted(wall: datetime, unit: Unit, steps: int) -> datetime:
    match unit:
        case Unit.hour:
            return wall + timedelta(hours=steps)
        case Unit.day:
            return wall + timedelta(days=steps)
        case Unit.week:
            return wall + timedelta(weeks=steps)
        case Unit.month:
            years, month = divmod(wall.month - 1 + steps, 12)
            year, month = wall.year + years, month + 1
            return wall.replace(
                year=year, month=month, day=min(wall.day, calendar.monthrange(year, month)[1])
            )


def _estimate(rotation: Rotation, zone: str, at: Instant) -> int:
    """The slot's number, wrong by the size of the clock changes at most."""
    if is_elapsed(rotation):
        return (at - resolve(rotation.anchor, zone)) // (rotation.every * _HOUR)
    wall, anchor = to_wall(at, zone), rotation.anchor
    if rotation.unit is Unit.month:
        return ((wall.year - anchor.year) * 12 + wall.month - anchor.month) // rotation.every
    return (wall - anchor) // (_shifted(anchor, rotation.unit, _step(rotation)) - anchor)
