"""``hours``: open or not, the week by two clocks, what is not as usual, what changes, and which rule decides."""

from datetime import date

import pytest

from supporttui.cli.exits import Exit
from supporttui.domain.periods.period import Dates, Period, PeriodHours, PeriodKind
from supporttui.domain.sla.hours import Break, Holiday, Window
from tests.builders import calendar

BERLIN = ("--zone", "Europe/Berlin")
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


@pytest.fixture
def rich(desk):
    """Lunch, Whit Monday, and a season of sales; a second version from April on."""
    sales = Period(
        "sales", "Summer sales", PeriodKind.season, services=("mail",), dates=(Dates(date(2026, 6, 1), date(2026, 6, 7)),),
        zone="Europe/Berlin", hours=PeriodHours((Window("08:00", "20:00", EVERY_DAY),)),
    )  # fmt: skip
    office = calendar(
        breaks=(Break("12:00", "13:00", name="Lunch"),), holidays=(Holiday("Whit Monday", date(2026, 5, 25)),)
    )
    with desk.store.write() as tx:
        tx.definitions.put("office", office)
        tx.definitions.put("office", office, valid_from=desk.clock() + 30 * 86_400)
        tx.definitions.put("sales", sales)
    return desk


def test_without_a_name_every_service_says_whether_it_is_open(shell, desk):
    assert "closed, opens in 5h40m" in shell("hours", "show").out
    services = shell("hours", "show", "--json").json["services"]
    assert [(one["id"], one["open"], one["changes"]) for one in services] == [
        ("mail", False, "2026-03-02T08:00:00Z"), ("vpn", False, "2026-03-02T08:00:00Z"),
    ]  # fmt: skip


def test_a_week_is_shown_by_the_calendar_s_clocks_and_by_the_reader_s(shell, rich):
    out = shell("hours", "show", "mail", "--zone", "Asia/Tokyo").out
    assert "09:00-12:00, 13:00-17:00" in out
    assert "17:00-20:00, 21:00-01:00" in out
    assert "JST" in out
    assert "JST" not in shell("hours", "show", "mail", *BERLIN).out


def test_what_is_not_as_usual_has_its_name_and_what_changes_its_moment(shell, rich):
    out = shell("hours", "show", "mail", *BERLIN).out
    assert "holiday (Whit Monday)" in out
    assert "special period (Summer sales)" in out or "hours of a special period (Summer sales)" in out
    for change in ("the clocks are put forward by 1h00m", "Summer sales begins", "Summer sales ends"):
        assert change in out
    found = shell("hours", "show", "mail", "--json").json
    assert found["not_as_usual"][0] == {
        "reason": "holiday", "name": "Whit Monday", "first": "2026-05-25", "last": "2026-05-25",
    }  # fmt: skip
    assert [one["kind"] for one in found["changes"]] == [
        "clocks", "version", "period_begins", "period_ends", "clocks", "clocks",
    ]  # fmt: skip


def test_the_days_of_a_week_tile_it_also_when_the_clocks_change(shell, rich):
    days = shell("hours", "show", "office", "--week", "13", "--json", *BERLIN).json["days"]
    assert [day["date"] for day in days][0::6] == ["2026-03-23", "2026-03-29"]
    assert [day["hours"] for day in days] == [24] * 6 + [23]
    for day in days:
        bounds = [day["start"], *(piece["end"] for piece in day["pieces"])]
        assert bounds[-1] == day["end"]
    assert "a day of 23h00m" in shell("hours", "show", "office", "--week", "13", *BERLIN).out


@pytest.mark.parametrize(
    ("at", "is_open", "rules"),
    [
        ("2026-03-03T10:00", True, ["weekly"]),
        ("2026-03-03T12:30", False, ["weekly", "break"]),
        ("2026-03-03T20:00", False, ["weekly"]),
        ("2026-05-25T10:00", False, ["weekly", "holiday"]),
        ("2026-06-06T10:00", True, ["weekly", "period"]),
        ("2026-06-03T12:30", True, ["weekly", "break", "period"]),
    ],
)
def test_the_rule_that_decides_is_the_last_that_says_anything_else(shell, rich, at, is_open, rules):
    found = shell("hours", "why", "mail", "--at", at, "--json", *BERLIN).json
    assert (found["open"], [one["rule"] for one in found["rules"]]) == (is_open, rules)
    assert found["decides"] == rules[-1]


def test_people_read_the_rules_in_their_order(shell, rich):
    out = shell("hours", "why", "Mail", "--at", "2026-05-25T10:00", *BERLIN).out
    assert "    weekly hours: open\n  > holiday (Whit Monday): closed" in out
    assert "version 3 since 2026-04-01" in out


def test_what_nobody_knows_is_not_found(shell, desk):
    assert shell("hours", "show", "nothing").code == Exit.not_found
    assert "No service and no calendar is called nothing." in shell("hours", "why", "nothing").err
