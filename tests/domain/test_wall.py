"""Local times that do not exist or exist twice, in every zone there is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.faults import BadInput
from supporttui.domain.spans import Instant
from supporttui.domain.wall import resolve, to_wall, zone
from tests.domain.zones import zones

pytestmark = pytest.mark.core


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def instant(text: str) -> Instant:
    return Instant(int(datetime.fromisoformat(text).timestamp()))


@pytest.mark.parametrize(
    ("shown", "zone_name", "expected"),
    [
        ("2026-03-29T01:59:59", "Europe/Berlin", "2026-03-29T01:59:59+01:00"),
        ("2026-03-29T02:00", "Europe/Berlin", "2026-03-29T03:00+02:00"),  # does not exist: the jump
        ("2026-03-29T02:30", "Europe/Berlin", "2026-03-29T03:00+02:00"),
        ("2026-03-29T03:00", "Europe/Berlin", "2026-03-29T03:00+02:00"),
        ("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T02:30+02:00"),  # twice: the first
        ("2026-10-25T03:00", "Europe/Berlin", "2026-10-25T03:00+01:00"),
        ("2026-10-04T02:10", "Australia/Lord_Howe", "2026-10-04T02:30+11:00"),
        ("2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-05T01:45+11:00"),
        ("2011-12-30T12:00", "Pacific/Apia", "2011-12-31T00:00+14:00"),  # a date that was skipped
        ("2018-11-04T00:00", "America/Sao_Paulo", "2018-11-04T01:00-02:00"),
        ("2026-04-24T00:30", "Africa/Cairo", "2026-04-24T01:00+03:00"),
        ("1969-12-31T23:00", "UTC", "1969-12-31T23:00+00:00"),
        ("2090-07-01T12:00", "Europe/Berlin", "2090-07-01T12:00+02:00"),  # by the rule that holds for ever
    ],
)
def test_a_missing_time_is_the_jump_and_a_double_one_its_first(shown, zone_name, expected):
    assert resolve(wall(shown), zone_name) == instant(expected)


def test_the_last_of_two_is_given_on_demand():
    assert resolve(wall("2026-10-25T02:30"), "Europe/Berlin", last=True) == instant("2026-10-25T02:30+01:00")
    assert resolve(wall("2026-10-25T04:00"), "Europe/Berlin", last=True) == instant("2026-10-25T04:00+01:00")
    assert resolve(wall("2026-03-29T02:30"), "Europe/Berlin", last=True) == instant("2026-03-29T03:00+02:00")


def utc_wall(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


@given(st.sampled_from(zones()), st.integers(0, 4_102_444_800))
def test_wall_and_back_is_the_instant_or_its_earlier_twin(name, at):
    shown = to_wall(Instant(at), name)
    assert shown.tzinfo is None
    found = resolve(shown, name)
    assert to_wall(found, name) == shown
    assert found <= at <= resolve(shown, name, last=True)


@given(st.sampled_from(zones()), st.integers(0, 4_000_000_000), st.integers(0, 200_000))
def test_later_on_the_wall_is_never_earlier(name, start, more):
    first = utc_wall(start)
    assert resolve(first, name) <= resolve(first + timedelta(seconds=more), name)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "Europe", "Berlin\0", "x" * 300])
def test_an_unknown_zone_is_refused(name):
    with pytest.raises(BadInput) as refused:
        zone(name)
    assert (refused.value.code, refused.value.params) == ("zone.unknown", {"zone": name[:60]})
