"""Seasons, special dates and holidays by example, and calendars that cannot be read."""

from datetime import date

import pytest

from supporttui.domain.faults import BadInput
from supporttui.domain.sla.hours import (
    Break,
    Calendar,
    Holiday,
    Reason,
    Season,
    SpecialDate,
    Window,
    compile_hours,
)
from tests.domain.sla.calendars import EVERY_DAY, WHIT_MONDAY, at, day_hours, hours, said

pytestmark = pytest.mark.core


# --- precedence -----------------------------------------------------------------------------------

SUMMER = Season("summer", date(2026, 7, 1), date(2026, 8, 31), (Window("08:00", "12:00"),))


def test_a_season_replaces_the_week():
    engine = hours(seasons=(SUMMER,))
    assert (day_hours(engine, "2026-06-30"), day_hours(engine, "2026-07-01")) == (8, 4)
    assert (day_hours(engine, "2026-08-31"), day_hours(engine, "2026-09-01")) == (4, 8)
    assert day_hours(engine, "2026-07-04") == 0  # a Saturday: the season's windows name weekdays


def test_a_special_date_replaces_the_season_on_any_weekday():
    inventory = SpecialDate(date(2026, 7, 4), (Window("06:00", "08:00"),), "inventory")
    assert day_hours(hours(seasons=(SUMMER,), special=(inventory,)), "2026-07-04") == 2


def test_a_special_date_may_be_closed():
    assert day_hours(hours(special=(SpecialDate(date(2026, 3, 2)),)), "2026-03-02") == 0


def test_a_holiday_closes_a_special_date_and_its_own_hours_count():
    special = SpecialDate(date(2026, 12, 24), (Window("06:00", "18:00"),))
    closed = Holiday("Christmas Eve", date(2026, 12, 24))
    short = Holiday("Christmas Eve", date(2026, 12, 24), windows=(Window("09:00", "12:00"),))
    assert day_hours(hours(special=(special,)), "2026-12-24") == 12
    assert day_hours(hours(special=(special,), holidays=(closed,)), "2026-12-24") == 0
    assert day_hours(hours(special=(special,), holidays=(closed, short)), "2026-12-24") == 3


def test_of_two_seasons_the_first_listed_holds():
    other = Season("fair", date(2026, 7, 6), date(2026, 7, 10), (Window("00:00", "24:00"),))
    assert day_hours(hours(seasons=(SUMMER, other)), "2026-07-06") == 4
    assert day_hours(hours(seasons=(other, SUMMER)), "2026-07-06") == 24


# --- holidays -------------------------------------------------------------------------------------


def test_a_yearly_holiday_repeats_every_year():
    engine = hours(Window("09:00", "17:00", EVERY_DAY), holidays=(Holiday("May Day", date(2020, 5, 1), yearly=True),))
    for year in (2019, 2020, 2026, 2031):
        assert day_hours(engine, f"{year}-05-01") == 0
        assert day_hours(engine, f"{year}-05-02") == 8


def test_29_february_is_a_holiday_in_leap_years_only():
    engine = hours(Window("09:00", "17:00", EVERY_DAY), holidays=(Holiday("Leap day", date(2024, 2, 29), yearly=True),))
    assert day_hours(engine, "2028-02-29") == 0
    assert day_hours(engine, "2027-02-28") == day_hours(engine, "2027-03-01") == 8


def test_a_range_runs_over_the_years_end():
    once = hours(
        Window("09:00", "17:00", EVERY_DAY), holidays=(Holiday("Shutdown", date(2026, 12, 24), date(2027, 1, 2)),)
    )
    yearly = hours(
        Window("09:00", "17:00", EVERY_DAY),
        holidays=(Holiday("Shutdown", date(2020, 12, 24), date(2021, 1, 2), yearly=True),),
    )
    for engine in (once, yearly):
        assert engine.between(at("2026-12-23T17:00"), at("2027-01-03T09:00")) == 0
        assert day_hours(engine, "2026-12-23") == day_hours(engine, "2027-01-03") == 8
    assert day_hours(once, "2027-12-25") == 8
    assert day_hours(yearly, "2027-12-25") == day_hours(yearly, "2028-01-01") == 0


def test_a_yearly_range_may_name_its_end_by_an_earlier_year():
    engine = hours(holidays=(Holiday("Shutdown", date(2020, 12, 24), date(2020, 1, 2), yearly=True),))
    assert engine.between(at("2026-12-24T00:00"), at("2027-01-03T00:00")) == 0


def test_hours_on_a_range_of_holidays_keep_their_weekdays():
    engine = hours(
        holidays=(Holiday("Shutdown", date(2026, 12, 24), date(2027, 1, 2), windows=(Window("10:00", "12:00"),)),)
    )
    assert day_hours(engine, "2026-12-25") == 2
    assert day_hours(engine, "2026-12-26") == 0


# --- reasons --------------------------------------------------------------------------------------


def test_every_piece_has_its_reason_and_name():
    engine = hours(holidays=(WHIT_MONDAY,), breaks=(Break("12:00", "12:30", name="lunch"),))
    pieces = engine.spans(at("2026-05-22T11:00"), at("2026-05-26T10:00"))
    assert [(said(p.span.start), p.open, p.reason, p.name) for p in pieces] == [
        ("Fri 22 May 11:00", True, Reason.open, ""),
        ("Fri 22 May 12:00", False, Reason.break_, "lunch"),
        ("Fri 22 May 12:30", True, Reason.open, ""),
        ("Fri 22 May 17:00", False, Reason.closed, ""),
        ("Mon 25 May 00:00", False, Reason.holiday, "Whit Monday"),
        ("Tue 26 May 00:00", False, Reason.closed, ""),
        ("Tue 26 May 09:00", True, Reason.open, ""),
    ]


def test_open_time_of_an_exception_carries_its_name():
    engine = hours(
        seasons=(SUMMER,),
        special=(SpecialDate(date(2026, 7, 7), (Window("06:00", "08:00"),), "inventory"),),
        holidays=(Holiday("Eve", date(2026, 7, 8), windows=(Window("09:00", "10:00"),)),),
    )
    pieces = engine.spans(at("2026-07-06T00:00"), at("2026-07-09T00:00"))
    assert [(p.reason, p.name) for p in pieces if p.open] == [
        (Reason.open, "summer"),
        (Reason.open, "inventory"),
        (Reason.open, "Eve"),
    ]
    assert {(p.reason, p.name) for p in pieces if not p.open} == {
        (Reason.season, "summer"),
        (Reason.special, "inventory"),
        (Reason.holiday, "Eve"),
    }


# --- what cannot be read --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("broken", "code", "where"),
    [
        ({"weekly": (Window("25:00", "26:00"),)}, "hours.time", "weekly[0].start"),
        ({"weekly": (Window("09:00", "24:01"),)}, "hours.time", "weekly[0].end"),
        ({"weekly": (Window("09:00", "17:60"),)}, "hours.time", "weekly[0].end"),
        ({"weekly": (Window("9", "17:00"),)}, "hours.time", "weekly[0].start"),
        ({"weekly": (Window("٠٩:٠٠", "17:00"),)}, "hours.time", "weekly[0].start"),
        ({"weekly": (Window("-1:00", "17:00"),)}, "hours.time", "weekly[0].start"),
        ({"weekly": (Window("09:00", "17:00"), Window("18:00", "x"))}, "hours.time", "weekly[1].end"),
        ({"weekly": (Window("09:00", "17:00", (0,)),)}, "hours.day", "weekly[0].days"),
        ({"weekly": (Window("09:00", "17:00", (1, 8)),)}, "hours.day", "weekly[0].days"),
        ({"breaks": (Break("12:00", "12:99"),)}, "hours.time", "breaks[0].end"),
        (
            {"seasons": (Season("s", date(2026, 1, 1), date(2026, 2, 1), (Window("", "1:00"),)),)},
            "hours.time",
            "seasons[0].windows[0].start",
        ),
        ({"seasons": (Season("s", date(2026, 2, 1), date(2026, 1, 1)),)}, "hours.range", "seasons[0].last"),
        (
            {"special": (SpecialDate(date(2026, 1, 1), (Window("1:00", "2"),)),)},
            "hours.time",
            "special[0].windows[0].end",
        ),
        (
            {"holidays": (Holiday("h", date(2026, 1, 1)), Holiday("h", date(2026, 1, 1), windows=(Window("1", "2"),)))},
            "hours.time",
            "holidays[1].windows[0].start",
        ),
        ({"holidays": (Holiday("h", date(2026, 1, 2), date(2026, 1, 1)),)}, "hours.range", "holidays[0].last"),
        (
            {"holidays": (Holiday("h", date(2025, 1, 1), date(2026, 2, 1), yearly=True),)},
            "hours.range",
            "holidays[0].last",
        ),
        ({"zone": "Mars/Olympus"}, "zone.unknown", "zone"),
        ({"zone": ""}, "zone.unknown", "zone"),
    ],
)
def test_a_calendar_that_cannot_be_read_is_refused_with_its_place(broken, code, where):
    fields = {"weekly": (Window("09:00", "17:00"),), "zone": "UTC", **broken}
    with pytest.raises(BadInput) as refused:
        compile_hours([(None, Calendar("office", "Office", fields.pop("zone"), **fields))])
    assert (refused.value.code, refused.value.params["where"]) == (code, where)
    assert refused.value.params["calendar"] == "office"


def test_a_single_digit_hour_is_a_time():
    assert day_hours(hours(Window("9:00", "17:00")), "2026-03-02") == 8
