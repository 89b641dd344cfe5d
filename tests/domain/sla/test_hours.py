"""Service hours by example: the conventions, one by one."""

import threading
from datetime import date

import pytest

from supporttui.domain.sla.hours import (
    ALWAYS,
    HORIZON,
    Break,
    Calendar,
    Holiday,
    Reason,
    SpecialDate,
    Window,
    compile_hours,
)
from supporttui.domain.spans import FOREVER, Instant
from tests.domain.sla.calendars import (
    DAY,
    EVERY_DAY,
    HOUR,
    NIGHT,
    WHIT_MONDAY,
    WHOLE,
    at,
    calendar,
    day_hours,
    hours,
    said,
)

pytestmark = pytest.mark.core


# --- counting and due -----------------------------------------------------------------------------


def test_a_target_runs_over_the_weekend_and_a_holiday():
    """Friday 16:00 and eight hours, Monday a holiday: Tuesday 16:00."""
    office = hours(holidays=(WHIT_MONDAY,))
    assert said(office.after(at("2026-05-22T16:00"), 8 * HOUR)) == "Tue 26 May 16:00"


@pytest.mark.parametrize(
    ("start", "seconds", "due"),
    [
        ("2026-03-02T09:00", 8 * HOUR, "2026-03-02T17:00"),  # a day filled exactly ends at closing
        ("2026-03-02T09:00", 8 * HOUR + 1, "2026-03-03T09:00:01"),
        ("2026-03-02T08:59:59", 60, "2026-03-02T09:01"),
        ("2026-03-02T16:59:59", 1, "2026-03-02T17:00"),
        ("2026-03-02T16:59:59", 2, "2026-03-03T09:00:01"),
        ("2026-03-02T17:00", 1, "2026-03-03T09:00:01"),
        ("2026-03-06T20:00", 30, "2026-03-09T09:00:30"),
        ("2026-03-07T12:00", 0, "2026-03-07T12:00"),  # adding nothing while closed changes nothing
        ("2026-03-07T12:00", -5, "2026-03-07T12:00"),
    ],
)
def test_due_is_the_earliest_instant_at_which_the_time_is_used_up(start, seconds, due):
    assert hours().after(at(start), seconds) == at(due)


@pytest.mark.parametrize(
    ("start", "end", "seconds"),
    [
        ("2026-03-02T09:00", "2026-03-02T17:00", 8 * HOUR),
        ("2026-03-02T17:00", "2026-03-03T09:00", 0),
        ("2026-03-02T00:00", "2026-03-09T00:00", 40 * HOUR),
        ("2026-03-03T10:00", "2026-03-02T10:00", 0),  # the end lies before the start
        ("2026-03-02T10:00", "2026-03-02T10:00", 0),
        ("2026-03-02T16:59:59", "2026-03-03T09:00:01", 2),
    ],
)
def test_time_between_counts_open_seconds_only(start, end, seconds):
    assert hours().between(at(start), at(end)) == seconds


def test_windows_are_half_open():
    office = hours()
    assert not office.is_open(at("2026-03-02T08:59:59"))
    assert office.is_open(at("2026-03-02T09:00"))
    assert office.is_open(at("2026-03-02T16:59:59"))
    assert not office.is_open(at("2026-03-02T17:00"))


def test_the_next_change_and_the_next_opening_are_known():
    office = hours()
    assert office.next_change(at("2026-03-02T10:00")) == at("2026-03-02T17:00")
    assert office.next_change(at("2026-03-02T17:00")) == at("2026-03-03T09:00")
    assert office.next_open(at("2026-03-06T17:00")) == at("2026-03-09T09:00")
    assert office.next_open(at("2026-03-02T09:00")) == at("2026-03-02T09:00")


def test_a_year_border_is_no_change():
    engine = hours(Window("00:00", "24:00", EVERY_DAY), breaks=(Break("03:00", "04:00"),))
    start = at("2020-01-01T04:00")
    for _ in range(400):
        start = engine.next_change(start)
        assert said(start)[-5:] == "03:00"
        start = engine.next_change(start)
        assert said(start)[-5:] == "04:00"


# --- windows --------------------------------------------------------------------------------------


def test_a_night_belongs_to_the_date_on_which_it_opens():
    """Only Friday's night: it ends on Saturday morning, and Thursday's does not exist."""
    engine = hours(Window("22:00", "06:00", (5,)))
    assert engine.between(at("2026-03-06T00:00"), at("2026-03-06T22:00")) == 0
    assert engine.between(at("2026-03-06T22:00"), at("2026-03-07T12:00")) == 8 * HOUR


def test_a_night_that_began_before_a_holiday_ends_on_it_and_none_begins_there():
    engine = hours(NIGHT, holidays=(WHIT_MONDAY,))
    assert engine.between(at("2026-05-25T00:00"), at("2026-05-26T00:00")) == 6 * HOUR
    assert engine.between(at("2026-05-26T00:00"), at("2026-05-26T06:00")) == 0


def test_equal_ends_are_empty_and_24_00_is_the_next_midnight():
    assert day_hours(hours(Window("09:00", "09:00")), "2026-03-02") == 0
    assert day_hours(hours(Window("00:00", "00:00")), "2026-03-02") == 0
    assert day_hours(hours(Window("00:00", "24:00")), "2026-03-02") == 24


def test_23_59_means_23_59():
    assert day_hours(hours(Window("00:00", "23:59")), "2026-03-02") * 60 == 24 * 60 - 1


def test_overlapping_windows_merge():
    engine = hours(Window("09:00", "13:00"), Window("11:00", "17:00"), Window("12:00", "12:30"))
    assert day_hours(engine, "2026-03-02") == 8


def test_seconds_may_be_given():
    engine = hours(Window("09:00:30", "09:01:15"))
    assert engine.between(at("2026-03-02T00:00"), at("2026-03-03T00:00")) == 45


def test_breaks_are_cut_out_last_even_from_a_holiday_with_hours():
    engine = hours(
        breaks=(Break("12:00", "13:00", name="lunch"),),
        holidays=(Holiday("Christmas Eve", date(2026, 12, 24), windows=(Window("10:00", "14:00"),)),),
    )
    assert day_hours(engine, "2026-12-23") == 7
    assert day_hours(engine, "2026-12-24") == 3


def test_the_break_of_a_night_shift_belongs_to_the_date_on_which_it_begins():
    engine = hours(NIGHT, breaks=(Break("23:30", "00:30", (1,)),))
    assert engine.between(at("2026-03-02T20:00"), at("2026-03-03T20:00")) == 7 * HOUR
    assert engine.between(at("2026-03-03T20:00"), at("2026-03-04T20:00")) == 8 * HOUR


# --- clocks that jump -----------------------------------------------------------------------------


def test_a_whole_day_has_23_or_25_hours_when_the_clocks_change():
    engine = hours(Window("00:00", "24:00", EVERY_DAY), zone="Europe/Berlin", breaks=(Break("12:00", "12:00"),))
    assert engine.between(at("2026-03-29T00:00+01:00"), at("2026-03-30T00:00+02:00")) == 23 * HOUR
    assert engine.between(at("2026-10-25T00:00+02:00"), at("2026-10-26T00:00+01:00")) == 25 * HOUR


@pytest.mark.parametrize(
    ("window", "spring", "autumn"),
    [
        (("01:00", "04:00"), 2, 4),
        (("22:00", "06:00"), 7, 9),  # the night before
        (("02:30", "05:00"), 2, 3.5),  # opens at the jump; opens at the first 02:30
        (("01:00", "02:30"), 1, 1.5),  # closes at the jump; closes at the first 02:30
        (("02:10", "02:50"), 0, 2 / 3),  # vanishes; the first time only
    ],
)
def test_a_missing_time_is_the_jump_and_a_double_time_its_first(window, spring, autumn):
    engine = hours(Window(*window, EVERY_DAY), zone="Europe/Berlin")
    assert engine.between(at("2026-03-28T12:00+01:00"), at("2026-03-29T12:00+02:00")) / HOUR == spring
    assert engine.between(at("2026-10-24T12:00+02:00"), at("2026-10-25T12:00+01:00")) / HOUR == pytest.approx(autumn)


def test_lord_howe_moves_by_half_an_hour():
    engine = hours(Window("01:00", "04:00", EVERY_DAY), zone="Australia/Lord_Howe")
    assert engine.between(at("2026-10-03T13:00"), at("2026-10-04T13:00")) == 2.5 * HOUR
    assert engine.between(at("2026-04-04T13:00"), at("2026-04-05T13:00")) == 3.5 * HOUR


def test_a_midnight_that_does_not_exist_is_the_jump():
    """São Paulo until 2018 and Cairo: clocks go from 00:00 to 01:00."""
    for zone, date_, offset in (
        ("America/Sao_Paulo", "2018-11-04", "-03:00"),
        ("Africa/Cairo", "2026-04-24", "+02:00"),
    ):
        engine = hours(Window("00:00", "08:00", EVERY_DAY), zone=zone)
        start = at(f"{date_}T00:00{offset}")
        assert engine.between(Instant(start - HOUR), start) == 0
        assert engine.next_change(Instant(start - HOUR)) == start
        assert engine.between(start, Instant(start + 12 * HOUR)) == 7 * HOUR


def test_a_skipped_date_has_no_hours():
    """Samoa had no 30 December 2011."""
    engine = hours(Window("09:00", "17:00", EVERY_DAY), zone="Pacific/Apia")
    assert engine.between(at("2011-12-29T00:00-10:00"), at("2012-01-01T00:00+14:00")) == 16 * HOUR
    # The night goes on across the jump: to the 29th's midnight, and from there as the morning of the 31st.
    nights = hours(NIGHT, zone="Pacific/Apia")
    assert nights.between(at("2011-12-29T12:00-10:00"), at("2011-12-31T12:00+14:00")) == 8 * HOUR
    names = [
        piece.name
        for piece in hours(zone="Pacific/Apia", holidays=(Holiday("nowhere", date(2011, 12, 30)),)).spans(
            at("2011-12-29T00:00-10:00"), at("2012-01-01T00:00+14:00")
        )
    ]
    assert "nowhere" not in names


# --- never, and for ever --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "engine",
    [
        hours(Window("09:00", "09:00")),
        hours(Window("09:00", "17:00", ())),
        hours(Window("02:10", "02:20", (7,)), breaks=(Break("00:00", "24:00"),)),
        compile_hours([]),
        compile_hours([(None, Calendar("none", "None", "UTC", ()))]),
    ],
)
def test_without_open_time_due_is_never(engine):
    start = at("2026-03-02T10:00")
    assert engine.after(start, 1) is None
    assert engine.next_open(start) is None
    assert engine.next_change(start) is None
    assert engine.between(start, Instant(start + 30 * 366 * DAY)) == 0


def test_closed_for_twenty_years_is_never_however_much_is_known():
    """The answer does not depend on what was asked before."""
    once = Calendar("c", "c", "UTC", (), special=(SpecialDate(date(2050, 1, 1), (Window("09:00", "17:00"),)),))
    early, late = at("2029-12-01T00:00"), at("2030-02-01T00:00")
    for warm_up in (early, at("2050-06-01T00:00")):
        engine = compile_hours([(None, once)])
        engine.between(early, warm_up)
        assert engine.after(early, HOUR) is None
        assert engine.next_open(early) is None
        assert engine.after(late, HOUR) == at("2050-01-01T10:00")
        assert engine.next_open(late) == at("2050-01-01T09:00")


def test_a_target_of_ten_years_of_office_hours_has_a_due():
    start = at("2026-03-02T09:00")
    due = hours().after(start, 10 * 52 * 40 * HOUR)
    assert due is not None
    assert hours().between(start, due) == 10 * 52 * 40 * HOUR


def test_dates_out_of_reach_are_closed_and_answered_at_once():
    engine = hours()
    assert engine.between(Instant(-(10**12)), Instant(-(10**11))) == 0
    assert engine.after(Instant(10**13), 1) is None
    assert engine.next_change(Instant(10**13)) is None
    assert not engine.is_open(FOREVER)
    assert not engine.is_open(Instant(-1))
    assert [(p.open, p.reason) for p in engine.spans(Instant(10**13), FOREVER)] == [(False, Reason.closed)]
    assert engine.next_open(Instant(-(10**12))) is None
    assert engine.next_open(Instant(-DAY)) == at("1970-01-01T09:00")


def test_round_the_clock_is_plain_arithmetic():
    start = at("2026-03-29T00:30")
    assert ALWAYS.after(start, 5 * HOUR) == start + 5 * HOUR
    assert ALWAYS.between(start, Instant(start + 7)) == 7
    assert ALWAYS.is_open(start)
    assert ALWAYS.next_change(start) is None
    assert ALWAYS.next_open(start) == start
    assert [(p.open, p.seconds) for p in ALWAYS.spans(start, Instant(start + 9))] == [(True, 9)]


def test_a_calendar_that_never_closes_needs_no_expansion():
    engine = hours(WHOLE, zone="Europe/Berlin")
    start = at("2026-03-29T00:30")
    assert engine.after(start, 400 * DAY) == start + 400 * DAY
    assert engine.next_change(start) is None


# --- versions -------------------------------------------------------------------------------------


def test_each_version_holds_from_its_beginning():
    """A ticket over the border is measured by both calendars."""
    border = at("2026-03-04T13:00")
    engine = compile_hours([(border, calendar(Window("10:00", "20:00"))), (None, calendar())])
    assert engine.between(at("2026-03-03T00:00"), at("2026-03-04T00:00")) == 8 * HOUR
    assert engine.between(at("2026-03-04T00:00"), at("2026-03-05T00:00")) == (4 + 7) * HOUR
    assert engine.between(at("2026-03-05T00:00"), at("2026-03-06T00:00")) == 10 * HOUR
    assert engine.next_change(at("2026-03-04T10:00")) == at("2026-03-04T20:00")


def test_before_the_first_beginning_it_is_closed():
    engine = compile_hours([(at("2026-03-04T12:00"), calendar())])
    assert engine.next_open(at("2026-03-02T10:00")) == at("2026-03-04T12:00")


def test_of_two_versions_with_one_beginning_the_later_listed_holds():
    engine = compile_hours([(None, calendar()), (None, calendar(Window("10:00", "11:00")))])
    assert day_hours(engine, "2026-03-02") == 1


# --- sharing --------------------------------------------------------------------------------------


def test_threads_that_let_one_table_grow_agree():
    engine = hours(zone="Europe/Berlin")
    starts = [at(f"{year}-06-01T12:00") for year in range(2010, 2026, 2)]
    alone = hours(zone="Europe/Berlin")
    expected = {start: alone.after(start, 90 * HOUR) for start in starts}
    found: dict[Instant, Instant | None] = {}

    def ask(own: list[Instant]) -> None:
        found.update({start: engine.after(start, 90 * HOUR) for start in own})

    threads = [threading.Thread(target=ask, args=(starts[i::4],)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == expected


def test_the_horizon_is_twenty_years():
    assert round(HORIZON / DAY / 365.25) == 20
