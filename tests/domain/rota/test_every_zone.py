"""Every clock change of every zone, with the slots around it: handoffs come in order and at the right time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from supporttui.domain.rota.rotation import handoffs, number_at
from supporttui.domain.rota.schedule import Rotation, Unit
from supporttui.domain.spans import Instant
from supporttui.domain.wall import resolve, to_wall

DAY = 86400
TURNS = (("ana",), ("ben",), ("cem",))
LENGTHS = ((Unit.hour, 1), (Unit.hour, 6), (Unit.hour, 5), (Unit.day, 1), (Unit.week, 1), (Unit.month, 1))


def offset(zone: ZoneInfo, at: int) -> timedelta:
    return datetime.fromtimestamp(at, zone).utcoffset()


def transitions(name: str, start: int, end: int) -> Iterator[int]:
    """The instants at which a zone's offset changes; changes less than five days apart are one."""
    zone = ZoneInfo(name)
    for begin in range(start, end, 5 * DAY):
        low, high = begin, begin + 5 * DAY
        before = offset(zone, low)
        if before == offset(zone, high):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(zone, middle) == before else (low, middle)
        yield high


def changes(start: str, end: str) -> list[tuple[str, int]]:
    """(zone, instant) of every change, each kind once: zones that change alike are one."""
    first, last = (int(datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp()) for day in (start, end))
    distinct: dict[tuple[int, timedelta, timedelta], str] = {}
    for name in sorted(available_timezones()):
        for at in transitions(name, first, last):
            zone = ZoneInfo(name)
            distinct.setdefault((at, offset(zone, at - 1), offset(zone, at)), name)
    return [(name, at) for (at, *_), name in distinct.items()]


def walk(zone: str, at: int) -> None:
    """Three slots to either side of a change, with handoffs just before, at, within and after it."""
    shown = (to_wall(Instant(at - 1), zone), to_wall(Instant(at), zone))
    for wall in {min(shown) + timedelta(seconds=1), min(shown) + abs(shown[1] - shown[0]) / 2, max(shown)}:
        anchor = wall.replace(second=0, microsecond=0) - timedelta(days=28)
        for unit, every in LENGTHS:
            check(Rotation(anchor, TURNS, unit=unit, every=every), zone, Instant(at))


def check(rotation: Rotation, zone: str, at: Instant) -> None:
    middle = number_at(rotation, zone, at)
    numbers = range(middle - 3, middle + 5)
    begins = [handoffs(rotation, zone)(number) for number in numbers]
    assert begins == sorted(begins), (zone, rotation, begins)
    assert begins[3] <= at < begins[4]
    for number, begin, end in zip(numbers, begins, begins[1:], strict=False):
        if begin < end:
            assert number_at(rotation, zone, begin) == number_at(rotation, zone, Instant(end - 1)) == number
        if not (rotation.unit is Unit.hour and 24 % rotation.every):
            first_shown(rotation, zone, number, begin)


def first_shown(rotation: Rotation, zone: str, number: int, begin: Instant) -> None:
    """A handoff is the first instant at which the clock shows its time or a later one."""
    wall = wall_of(rotation, number)
    assert to_wall(begin, zone) >= wall
    assert all(to_wall(Instant(begin - back), zone) < wall for back in (1, 900, 1800, 3600, 5400, 7200)), (zone, wall)


def wall_of(rotation: Rotation, number: int) -> datetime:
    if rotation.unit is not Unit.month:
        unit = {Unit.hour: timedelta(hours=1), Unit.day: timedelta(days=1), Unit.week: timedelta(weeks=1)}
        return rotation.anchor + number * rotation.every * unit[rotation.unit]
    month = rotation.anchor.month - 1 + number
    first = rotation.anchor.replace(year=rotation.anchor.year + month // 12, month=month % 12 + 1, day=1)
    last_day = ((first + timedelta(days=32)).replace(day=1) - timedelta(days=1)).day
    return first.replace(day=min(rotation.anchor.day, last_day))


@pytest.mark.core
def test_handoffs_around_every_clock_change_of_two_years_are_in_order_and_on_time():
    found = changes("2025-11-01", "2027-11-01")
    assert len(found) > 50
    for zone, at in found:
        walk(zone, at)


@pytest.mark.slow
def test_handoffs_around_every_clock_change_from_1970_to_2100_are_in_order_and_on_time():
    for zone, at in changes("1970-01-01", "2100-01-01"):
        walk(zone, at)


@pytest.mark.core
def test_a_local_time_that_does_not_exist_gives_the_first_instant_after_the_jump():
    for zone, at in changes("2025-11-01", "2027-11-01"):
        before, after = to_wall(Instant(at - 1), zone) + timedelta(seconds=1), to_wall(Instant(at), zone)
        if after > before:
            assert resolve(before + (after - before) / 2, zone) == at
