"""S26: normal hours are defined."""

from datetime import date

import pytest

from supporttui.domain.sla.calendars import Break, Holiday
from supporttui.domain.sla.targets import Metric, Target
from supporttui.domain.spans import Instant
from supporttui.usecases import tickets
from tests.builders import calendar, opened, targets

FRIDAY_16 = Instant(1_779_458_400)
"""2026-05-22, 16:00 in Berlin; the Monday after it is Whit Monday."""
BERLIN = ("--zone", "Europe/Berlin")


@pytest.fixture
def may(desk, clock):
    """Monday to Friday 09 to 17 in Berlin, Whit Monday off, 8 hours for everything."""
    with desk.store.write() as tx:
        tx.definitions.put("office", calendar(holidays=(Holiday("Whit Monday", date(2026, 5, 25)),)))
        tx.definitions.put("standard", targets(targets=(Target(Metric.resolution, 28_800),)))
    clock.now = FRIDAY_16
    return desk


def test_eight_hours_from_friday_afternoon_over_a_holiday_are_due_on_tuesday_afternoon(shell, may):
    number = may.do(tickets.open_ticket, opened()).id
    (timer,) = shell("ticket", "show", str(number), "--json").json["timers"]
    assert timer["due"] == "2026-05-26T14:00:00Z"
    assert "2026-05-26 16:00 CEST" in shell("ticket", "show", str(number), *BERLIN).out
    assert "holiday (Whit Monday)" in shell("ticket", "why", str(number), *BERLIN).out


def test_several_intervals_a_day_leave_lunch_out(shell, may):
    lunch = Break("12:00", "13:00", name="Lunch")
    with may.store.write() as tx:
        tx.definitions.put("office", calendar(breaks=(lunch,)))
    number = may.do(tickets.open_ticket, opened()).id
    (timer,) = shell("ticket", "show", str(number), "--json").json["timers"]
    assert timer["due"] == "2026-05-25T15:00:00Z"  # one hour on Friday and seven on Monday, when it closes
    assert "Lunch" in shell("ticket", "why", str(number), *BERLIN).out


@pytest.mark.parametrize(
    ("hours", "told", "changes"),
    [
        (0, "open, closes in 1h00m", "2026-05-22T15:00:00Z"),
        (2, "closed, opens in 3d15h", "2026-05-26T07:00:00Z"),
        (88, "closed, opens in 1h00m", "2026-05-26T07:00:00Z"),
    ],
)
def test_wherever_a_service_is_named_it_says_whether_it_is_open_and_until_when(shell, may, clock, hours, told, changes):
    number = may.do(tickets.open_ticket, opened()).id
    clock.forward(hours=hours)
    assert f"Service: Mail ({told})" in shell("ticket", "show", str(number)).out
    assert f"the service is {told}." in shell("oncall", "mail").out
    expected = {"open": told.startswith("open"), "changes": changes}
    assert shell("ticket", "show", str(number), "--json").json["opening"] == expected
    assert shell("oncall", "mail", "--json").json["opening"] == expected


def test_what_never_closes_says_so(shell, may):
    with may.store.write() as tx:
        tx.definitions.put("office", calendar(weekly=tx.definitions.calendars()["always"][0].value.weekly))
    assert "the service is always open." in shell("oncall", "mail").out
