"""The wall clock of a zone in plain numbers, for the thousands of handoffs in a year of a plan.

A wall time here is the seconds from 1970-01-01 00:00 as the clocks show them. Between two changes of the
clocks it differs from the instant by a constant, which is kept; near a change ``wall.resolve`` is asked.
"""

import functools
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NewType, cast

from supporttui.domain.spans import Instant
from supporttui.domain.wall import resolve, zone

Wall = NewType("Wall", int)
"""Seconds from 1970-01-01 00:00 as the clocks of some zone show them."""

DAY = 86400
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  a wall time has no zone
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_SECOND = timedelta(seconds=1)
_BLOCK = 25
"""A block of what is kept is 2**25 seconds, some 13 months."""
_STEP = 3 * DAY
"""No zone has ever changed its clocks twice within less."""


def wall_of(wall: datetime) -> Wall:
    """A naive wall time as a number.

    >>> wall_of(datetime(1970, 1, 2, 0, 0, 5))
    86405
    """
    return Wall((wall - _EPOCH) // _SECOND)


def weekday_of(number: int) -> int:
    """ISO weekday of the date that many days after 1970-01-01, a Thursday.

    >>> weekday_of(0), weekday_of(4), weekday_of(-1)
    (4, 1, 3)
    """
    return (number + 3) % 7 + 1


def day_number(day: date) -> int:
    """How many days after 1970-01-01 a date is."""
    return day.toordinal() - _EPOCH_DAY


class Clock:
    """The clocks of one zone, in both directions."""

    __slots__ = ("_zone",)

    def __init__(self, zone_name: str) -> None:
        zone(zone_name)
        self._zone = zone_name

    def instant(self, wall: int, *, last: bool = False) -> Instant:
        """When the clocks show a wall time; ``last`` as ``wall.resolve`` has it.

        >>> clock("Europe/Berlin").instant(wall_of(datetime(2026, 7, 1, 12))) == resolve(
        ...     datetime(2026, 7, 1, 12), "Europe/Berlin")
        True
        """
        edges, offsets = _block(self._zone, wall >> _BLOCK)
        offset = offsets[bisect_right(edges, wall)]
        return self._resolved(wall, last=last) if offset is None else Instant(wall - offset)

    def series(self, wall: int, step: int, *, last: bool = False) -> Iterator[Instant]:
        """When the clocks show a wall time, and each one a step of seconds later, without end."""
        while True:
            edges, offsets = _block(self._zone, wall >> _BLOCK)
            i = bisect_right(edges, wall)
            offset = offsets[i]
            if offset is None:
                yield self._resolved(wall, last=last)
                wall += step
                continue
            until = ((wall >> _BLOCK) + 1) << _BLOCK
            if i < len(edges):
                until = min(until, edges[i])
            walls = range(wall, until, step)
            yield from cast("Iterable[Instant]", range(wall - offset, until - offset, step))
            wall = walls[-1] + step

    def wall(self, at: Instant) -> Wall:
        """What the clocks show at an instant."""
        changes, offsets = _changes(self._zone, at >> _BLOCK)
        return Wall(at + offsets[bisect_right(changes, at)])

    def _resolved(self, wall: int, *, last: bool) -> Instant:
        return resolve(_EPOCH + timedelta(seconds=wall), self._zone, last=last)


@functools.cache
def clock(zone_name: str) -> Clock:
    """The clocks of a zone.

    Raises:
        BadInput: ``zone.unknown``.
    """
    return Clock(zone_name)


@functools.lru_cache(maxsize=4096)
def _block(zone_name: str, number: int) -> tuple[tuple[int, ...], tuple[int | None, ...]]:
    """The wall times of a block at which the offset of a zone changes, and the offset between each two.

    From where a change makes wall times missing or doubled until where it has done so there is none.
    """
    changes, offsets = _changes(zone_name, number)
    edges: list[int] = []
    between: list[int | None] = [offsets[0]]
    for at, before, after in zip(changes, offsets[:-1], offsets[1:], strict=True):
        edges += [at + min(before, after), at + max(before, after)]
        between += [None, after]
    return tuple(edges), tuple(between)


@functools.lru_cache(maxsize=4096)
def _changes(zone_name: str, number: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The instants of a block, and of some days around it, at which the offset changes, and all offsets."""
    first = (number << _BLOCK) - _STEP
    offset = functools.partial(_offset, zone_name)
    changes: list[int] = []
    offsets = [offset(first)]
    for low in range(first, first + (1 << _BLOCK) + 2 * _STEP, _STEP):
        after = offset(low + _STEP)
        if after != offsets[-1]:
            changes.append(_change(offset, low, low + _STEP))
            offsets.append(after)
    return tuple(changes), tuple(offsets)


def _change(offset: Callable[[int], int], low: int, high: int) -> int:
    """The first instant after ``low`` with another offset, by bisection."""
    before = offset(low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if offset(middle) == before else (low, middle)
    return high


def _offset(zone_name: str, at: int) -> int:
    found = datetime.fromtimestamp(at, tz=zone(zone_name)).utcoffset()
    return 0 if found is None else found // _SECOND
