"""When the clocks of a zone are put forward or back."""

import pytest

from supporttui.domain.clock_changes import clock_changes
from supporttui.domain.spans import Instant, Span
from tests.domain.sla.calendars import at

pytestmark = pytest.mark.core

YEAR = Span(at("2026-01-01T00:00"), at("2027-01-01T00:00"))


@pytest.mark.parametrize(
    ("zone", "changes"),
    [
        ("Europe/Berlin", [("2026-03-29T01:00", 3600), ("2026-10-25T01:00", -3600)]),
        ("Australia/Lord_Howe", [("2026-04-04T15:00", -1800), ("2026-10-03T15:30", 1800)]),
        ("Asia/Kolkata", []),
        ("UTC", []),
    ],
)
def test_each_change_of_a_year_with_its_instant_and_its_size(zone, changes) -> None:
    assert [(change.at, change.seconds) for change in clock_changes(zone, YEAR)] == [(at(a), s) for a, s in changes]


def test_a_change_at_the_very_end_is_not_within() -> None:
    change = at("2026-03-29T01:00")
    assert clock_changes("Europe/Berlin", Span(Instant(change - 90), Instant(change - 1))) == ()
    assert [one.at for one in clock_changes("Europe/Berlin", Span(Instant(change - 90), Instant(change + 90)))] == [
        change
    ]
