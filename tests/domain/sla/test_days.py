"""Promises in working days: the n-th next date with open time, the same clock time, then forward to an opening."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.sla.explain import explain
from supporttui.domain.sla.hours import ALWAYS, Break, Calendar, Hours, SpecialDate, Window, compile_hours
from supporttui.domain.sla.targets import ChangeRule, Metric, Target, TimeBase
from supporttui.domain.sla.timer import TimerState, fold
from supporttui.domain.spans import Instant
from supporttui.domain.wall import resolve, to_wall
from tests.domain.sla.calendars import DAY, EVERY_DAY, HOUR, NIGHT, WHIT_MONDAY, WHOLE, at, calendar, hours, said
from tests.domain.sla.facts import (
    ACTIVE,
    HOURS,
    LATE_SHIFT,
    RESOLVED,
    WAITING,
    facts,
    office,
    opened,
    priority,
    promises,
    t,
    timer,
    word,
)
from tests.domain.sla.test_hours_properties import calendars

pytestmark = pytest.mark.core


@pytest.mark.parametrize(
    ("start", "days", "due", "end_of_day"),
    [
        ("2026-03-02T10:00", 1, "2026-03-03T10:00", "2026-03-03T17:00"),
        ("2026-03-02T10:00", 5, "2026-03-09T10:00", "2026-03-09T17:00"),
        ("2026-03-06T10:00", 1, "2026-03-09T10:00", "2026-03-09T17:00"),  # over the weekend
        ("2026-05-22T10:00", 1, "2026-05-26T10:00", "2026-05-26T17:00"),  # and over Whit Monday
        ("2026-03-07T12:00", 1, "2026-03-09T12:00", "2026-03-09T17:00"),  # Saturday: Monday is the first date
        ("2026-03-02T07:00", 1, "2026-03-03T09:00", "2026-03-03T17:00"),  # before opening: forward to it
        ("2026-03-02T20:00", 1, "2026-03-04T09:00", "2026-03-03T17:00"),  # after closing: to the next one
        ("2026-03-02T17:00", 1, "2026-03-04T09:00", "2026-03-03T17:00"),  # closing itself is closed
        ("2026-03-02T09:00", 1, "2026-03-03T09:00", "2026-03-03T17:00"),
        ("2026-03-02T10:00", 0, "2026-03-02T10:00", "2026-03-02T10:00"),
    ],
)
def test_the_nth_next_date_with_open_time(start, days, due, end_of_day):
    engine = hours(holidays=(WHIT_MONDAY,))
    assert engine.after_days(at(start), days) == at(due)
    assert engine.after_days(at(start), days, end_of_day=True) == at(end_of_day)


def test_a_break_moves_due_to_its_end_and_a_date_that_is_all_break_is_none():
    engine = hours(breaks=(Break("12:00", "13:00"), Break("00:00", "24:00", (3,))))
    assert said(engine.after_days(at("2026-03-02T12:30"), 1)) == "Tue 03 Mar 13:00"
    assert said(engine.after_days(at("2026-03-03T10:00"), 1)) == "Thu 05 Mar 10:00"


def test_a_break_of_new_years_night_takes_the_first_of_january_away():
    engine = hours(Window("00:00", "06:00", EVERY_DAY), breaks=(Break("22:00", "06:00", (4,)),))
    assert said(engine.after_days(at("2026-12-30T03:00"), 2)) == "Sat 02 Jan 03:00"  # Thursday was the 31st


def test_a_night_belongs_to_the_date_on_which_it_opens():
    """Friday's night is Friday: its end on Saturday morning makes no working day of the Saturday."""
    engine = hours(Window("22:00", "06:00"))
    assert said(engine.after_days(at("2026-03-06T23:00"), 1)) == "Mon 09 Mar 23:00"
    assert said(engine.after_days(at("2026-03-05T23:00"), 1, end_of_day=True)) == "Sat 07 Mar 06:00"


def test_the_same_clock_time_is_the_wall_clocks():
    engine = hours(WHOLE, zone="Europe/Berlin")
    assert engine.after_days(at("2026-03-28T12:00+01:00"), 1) == at("2026-03-29T12:00+02:00")
    assert engine.after_days(at("2026-03-28T02:30+01:00"), 1) == at("2026-03-29T03:00+02:00")
    assert engine.after_days(at("2026-10-24T02:30+02:00"), 1) == at("2026-10-25T02:30+02:00")
    assert engine.after_days(at("2026-10-24T10:00+02:00"), 1, end_of_day=True) == at("2026-10-26T00:00+01:00")


def test_a_skipped_date_is_no_day():
    engine = hours(Window("09:00", "17:00", EVERY_DAY), zone="Pacific/Apia")
    assert engine.after_days(at("2011-12-29T10:00-10:00"), 1) == at("2011-12-31T10:00+14:00")


def test_round_the_clock_every_date_of_utc_counts():
    assert ALWAYS.after_days(at("2026-03-06T23:30"), 2) == at("2026-03-08T23:30")
    assert ALWAYS.after_days(at("2026-03-06T23:30"), 2, end_of_day=True) == at("2026-03-09T00:00")


def test_without_dates_to_come_it_is_never_in_bounded_time():
    none = hours(Window("09:00", "09:00"))
    once = compile_hours([(None, Calendar("c", "c", "UTC", (), special=(SpecialDate(date(2026, 3, 9), (WHOLE,)),)))])
    assert none.after_days(at("2026-03-02T10:00"), 1) is None
    assert said(once.after_days(at("2026-03-02T10:00"), 1)) == "Mon 09 Mar 10:00"
    assert once.after_days(at("2026-03-02T10:00"), 2) is None
    assert hours().after_days(Instant(10**13), 1) is None


def test_each_version_of_a_calendar_has_its_own_dates():
    engine = compile_hours([(None, calendar()), (at("2026-03-05T00:00"), calendar(Window("10:00", "12:00", (6, 7))))])
    assert said(engine.after_days(at("2026-03-04T11:00"), 1)) == "Sat 07 Mar 11:00"
    assert said(engine.after_days(at("2026-03-02T11:00"), 3)) == "Sat 07 Mar 11:00"
    border = compile_hours([(None, calendar()), (at("2026-03-05T12:00"), calendar(Window("10:00", "12:00", (6, 7))))])
    assert said(border.after_days(at("2026-03-04T11:00"), 1, end_of_day=True)) == "Thu 05 Mar 12:00"


# --- against a walk over the dates ------------------------------------------------------------------


def walked_days(engine: Hours, zone: str, start: Instant) -> Iterator[date]:
    """The civil dates after the start's with any open time; windows of these calendars end by midnight."""
    day = to_wall(start, zone).date()
    for n in range(1, 40):
        begins, ends = (resolve(datetime.combine(day + timedelta(days=k), time()), zone) for k in (n, n + 1))
        if engine.between(begins, ends):
            yield day + timedelta(days=n)


@given(calendars(), st.integers(-3 * DAY, 3 * DAY), st.integers(1, 4))
def test_the_due_of_days_is_what_a_walk_over_dates_finds(made, shift, days):
    cal, day = made
    start = Instant(resolve(datetime.combine(day, time(12)), cal.zone) + shift)
    engine = compile_hours([(None, cal)])
    windows = [*cal.weekly, *(w for s in (*cal.seasons, *cal.special, *cal.holidays) for w in s.windows)]
    if any(window.end < window.start for window in windows):
        return  # a night belongs to the date on which it opens, which this walk does not know
    found = list(walked_days(engine, cal.zone, start))[:days]
    if len(found) < days:
        return
    clock = to_wall(start, cal.zone).time()
    expected = engine.next_open(resolve(datetime.combine(found[-1], clock), cal.zone))
    assert engine.after_days(start, days) == expected


# --- timers ---------------------------------------------------------------------------------------

TWO_DAYS = Target(Metric.resolution, days=2)


def test_a_timer_of_days_names_them_and_the_open_time_that_they_are():
    found = timer(facts(("Mon 10:00", opened())), TWO_DAYS)
    assert (word(found.due), found.days, found.seconds) == ("Wed 10:00", 2, 16 * HOUR)


def test_paused_open_time_is_added():
    told = facts(("Mon 10:00", opened()), ("Mon 15:00", WAITING), ("Tue 10:00", ACTIVE))
    assert word(timer(told, TWO_DAYS).due) == "Wed 13:00"
    frozen = timer(told[:2], TWO_DAYS)
    assert (frozen.state, frozen.remaining) == (TimerState.paused, 11 * HOUR)
    closing = timer(told, Target(Metric.resolution, days=2, end_of_day=True))
    assert word(closing.due) == "Thu 12:00"


def test_an_opening_that_is_due_is_kept_and_the_night_before_it_is_no_lateness():
    told = facts(("Mon 20:00", opened()))
    assert word(timer(told, Target(Metric.resolution, days=1)).due) == "Wed 09:00"
    early = facts(("Mon 20:00", opened()), ("Wed 08:59", RESOLVED))
    assert not timer(early, Target(Metric.resolution, days=1)).late


def test_days_of_no_open_time_are_due_when_it_opens():
    """Saturday noon and one day: Monday noon, when a late shift has not yet opened or just does."""
    late = Target(Metric.resolution, days=1, calendar=LATE_SHIFT)
    told = facts(("Sat 10:00", opened()))
    found = timer(told, late)
    assert (word(found.due), found.seconds, found.state) == ("Mon 12:00", 0, TimerState.running)
    assert timer(facts(("Sat 10:00", opened()), ("Sat 11:00", WAITING)), late).due is None


def test_days_that_never_come_are_never_due():
    never = hours(Window("09:00", "09:00"))
    (found,) = fold(facts(("Mon 10:00", opened())), promises(TWO_DAYS), lambda _: never, office)
    assert (found.due, found.state) == (None, TimerState.running)


def test_days_of_real_time_are_dates():
    real = timer(facts(("Fri 10:00", opened())), Target(Metric.resolution, days=2, base=TimeBase.real))
    assert word(real.due) == "Sun 10:00"


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        (ChangeRule.retroactive, "Tue 10:00"),
        (ChangeRule.carry_elapsed, "Tue 10:00"),
        (ChangeRule.from_now, "Tue 14:00"),
        (ChangeRule.proportional, "Tue 12:00"),  # a quarter of two days used: a quarter of one
    ],
)
def test_a_change_to_days_goes_by_its_rule(rule, due):
    quick = Target(Metric.resolution, days=1, priority=1, change=rule)
    told = facts(("Mon 10:00", opened()), ("Mon 14:00", priority(1)))
    assert word(timer(told, TWO_DAYS, quick).due) == due


@pytest.mark.parametrize("target", [TWO_DAYS, Target(Metric.resolution, days=2, end_of_day=True)])
def test_the_reasons_of_days_add_up_to_their_open_time(target):
    told = facts(("Sat 10:00", opened()), ("Mon 15:00", WAITING), ("Tue 10:00", ACTIVE))
    found = timer(told, target)
    pieces = explain(found, told, promises(target), hours=HOURS, default_calendar=office, until=t("Mon 09:00"))
    assert sum(piece.seconds for piece in pieces) == found.seconds
    assert pieces[-1].span.end == found.due


def test_a_night_shift_counts_dates_too():
    engine = hours(NIGHT)
    assert said(engine.after_days(at("2026-03-02T23:00"), 1)) == "Tue 03 Mar 23:00"
