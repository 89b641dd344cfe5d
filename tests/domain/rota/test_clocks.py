"""Wall times as numbers are the instants that the one rule for wall times gives."""

from datetime import datetime, timedelta
from itertools import islice

import pytest

from supporttui.domain.rota.clocks import clock, wall_of
from supporttui.domain.wall import resolve, to_wall
from tests.domain.zones import transitions, zones

FROM, UNTIL = 1_767_225_600, 1_830_297_600
"""2026 and 2027."""


def check(zone: str, first: int, last: int) -> None:
    """Around each change of the clocks, before, in and after what it makes missing or doubled."""
    here = clock(zone)
    for at, before, after in transitions(zone):
        if first <= at < last:
            edges = sorted((at + before, at + after))
            for shown in (edges[0] - 1, edges[0], sum(edges) // 2, edges[1] - 1, edges[1], edges[1] + 86_399):
                wall = datetime(1970, 1, 1) + timedelta(seconds=shown)
                assert here.instant(shown) == resolve(wall, zone), (zone, wall)
                assert here.instant(shown, last=True) == resolve(wall, zone, last=True), (zone, wall)
                assert list(islice(here.series(shown - 86_400, 86_400), 3))[1] == resolve(wall, zone), (zone, wall)
            assert here.wall(at) == wall_of(to_wall(at, zone))


@pytest.mark.core
def test_around_every_clock_change_of_two_years():
    for zone in zones():
        check(zone, FROM, UNTIL)


@pytest.mark.slow
def test_around_every_clock_change_from_1970_to_2100():
    for zone in zones():
        check(zone, 0, 4_102_444_800)


@pytest.mark.core
def test_a_series_is_each_step_resolved_by_itself():
    for zone in ("Europe/Amsterdam", "Australia/Lord_Howe", "America/Santiago", "Pacific/Apia"):
        start = datetime(2010, 12, 25, 2, 30)
        for step in (timedelta(hours=1), timedelta(hours=8), timedelta(days=1), timedelta(days=7)):
            for last in (False, True):
                found = islice(clock(zone).series(wall_of(start), step // timedelta(seconds=1), last=last), 500)
                assert list(found) == [resolve(start + n * step, zone, last=last) for n in range(500)]
