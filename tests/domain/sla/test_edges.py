"""Edge cases of timers, one by one, and laws that no example shows."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.events import Noted, Replied, RequesterWrote
from supporttui.domain.sla.hours import Break, Calendar, Holiday, Hours, Window, compile_hours
from supporttui.domain.sla.targets import Metric, Target, TimeBase
from supporttui.domain.sla.timer import Timer, TimerState, fold, lost_breaches, remaining, segment_of
from supporttui.domain.spans import Instant
from tests.domain.sla.calendars import DAY, EVERY_DAY, HOUR, NIGHT, WHIT_MONDAY, at, calendar, hours, said
from tests.domain.sla.facts import (
    ACTIVE,
    CLOSED,
    HOURS,
    OFFICE,
    REPLY,
    RESOLVED,
    WAITING,
    facts,
    office,
    opened,
    promises,
    t,
    timer,
    word,
)

pytestmark = pytest.mark.core

SOLVE = Target(Metric.resolution, 8 * HOUR)
WHOLE_DAYS = Window("00:00", "24:00", EVERY_DAY)
CUT = Break("12:00", "12:30")


def timer_in(engine: Hours, *told, seconds: int = 8 * HOUR, target: Target | None = None) -> Timer:
    """The one timer of facts told by instants, in these hours."""
    (found,) = fold(facts(*told), promises(target or replace(SOLVE, seconds=seconds)), lambda _: engine, office)
    return found


@pytest.mark.parametrize(
    ("created", "due"),
    [
        ("2026-03-02T08:59:59", "2026-03-02T17:00"),
        ("2026-03-02T09:00", "2026-03-02T17:00"),
        ("2026-03-02T16:59:59", "2026-03-03T16:59:59"),
        ("2026-03-02T17:00", "2026-03-03T17:00"),
        ("2026-03-06T17:00", "2026-03-09T17:00"),
        ("2026-05-25T11:00", "2026-05-26T17:00"),  # on a holiday
    ],
)
def test_created_at_an_opening_a_closing_or_a_second_before(created, due):
    engine = hours(holidays=(WHIT_MONDAY,))
    assert timer_in(engine, (at(created), opened())).due == at(due)


def test_a_target_of_seconds_and_one_of_ten_years():
    assert timer(facts(("Mon 16:59", opened())), replace(SOLVE, seconds=61)).due == t("Tue 09:00:01")
    ten_years = 10 * 52 * 40 * HOUR
    found = timer(facts(("Mon 09:00", opened())), replace(SOLVE, seconds=ten_years))
    assert HOURS(OFFICE).between(t("Mon 09:00"), found.due) == ten_years


@pytest.mark.parametrize(
    ("paused", "resumed", "due"),
    [
        # Twelve hours of clock are eleven, and thirteen.
        ("2026-03-28T20:00+01:00", "2026-03-29T08:00+02:00", "2026-03-30T08:00+02:00"),
        ("2026-10-24T20:00+02:00", "2026-10-25T08:00+01:00", "2026-10-26T08:00+01:00"),
    ],
)
def test_a_pause_over_the_change_of_clocks_costs_the_seconds_that_passed(paused, resumed, due):
    engine = hours(WHOLE_DAYS, zone="Europe/Berlin", breaks=(Break("03:10", "03:10"),))
    told = ((Instant(at(paused) - 8 * HOUR), opened()), (at(paused), WAITING), (at(resumed), ACTIVE))
    assert timer_in(engine, *told, seconds=32 * HOUR).due == at(due)


@pytest.mark.parametrize(
    ("zone", "created", "seconds", "due"),
    [
        ("Australia/Lord_Howe", "2026-10-04T01:00+10:30", 2 * HOUR, "2026-10-04T03:30+11:00"),
        ("Australia/Lord_Howe", "2026-04-05T01:00+11:00", 2 * HOUR, "2026-04-05T02:30+10:30"),
        ("Pacific/Apia", "2011-12-29T23:00-10:00", 2 * HOUR, "2011-12-31T01:00+14:00"),
        ("Africa/Cairo", "2026-04-23T23:00+02:00", 2 * HOUR, "2026-04-24T02:00+03:00"),
        ("America/Sao_Paulo", "2018-11-03T23:00-03:00", 2 * HOUR, "2018-11-04T02:00-02:00"),
        ("Asia/Kathmandu", "2026-03-02T23:00+05:45", 2 * HOUR, "2026-03-03T01:00+05:45"),
    ],
)
def test_round_the_clock_hours_are_real_hours_whatever_the_clocks_do(zone, created, seconds, due):
    engine = hours(WHOLE_DAYS, zone=zone, breaks=(CUT,))
    assert timer_in(engine, (at(created), opened()), seconds=seconds).due == at(due)


def test_a_night_shift_before_a_holiday_ends_on_it_and_the_holidays_own_night_counts():
    closed = hours(NIGHT, holidays=(WHIT_MONDAY,))
    night = (at("2026-05-24T23:00"), opened())
    assert said(timer_in(closed, night, seconds=10 * HOUR).due) == "Wed 27 May 01:00"
    own = hours(NIGHT, holidays=(replace(WHIT_MONDAY, windows=(Window("20:00", "23:00"),)),))
    assert said(timer_in(own, night, seconds=10 * HOUR).due) == "Mon 25 May 23:00"


def test_a_leap_day_and_the_turn_of_the_year_are_left_out():
    engine = hours(
        Window("09:00", "17:00", EVERY_DAY),
        holidays=(Holiday("Leap day", date(2024, 2, 29), yearly=True),
                  Holiday("Shutdown", date(2020, 12, 24), date(2021, 1, 2), yearly=True)),
    )  # fmt: skip
    assert said(timer_in(engine, (at("2028-02-28T10:00"), opened())).due) == "Wed 01 Mar 10:00"
    assert said(timer_in(engine, (at("2027-02-28T10:00"), opened())).due) == "Mon 01 Mar 10:00"
    assert said(timer_in(engine, (at("2026-12-23T10:00"), opened())).due) == "Sun 03 Jan 10:00"


def test_mail_that_was_delayed_counts_when_it_was_sent():
    """Recorded last, dated before due: the answer was in time, and the message waits from its own instant."""
    told = facts(("Mon 09:00", opened()), ("Mon 18:00", Noted("late?")), ("Mon 10:30", Replied("sent on time")))
    assert not timer(told, Target(Metric.first_response, 2 * HOUR)).late
    asked = facts(
        ("Mon 09:00", opened()), ("Mon 09:30", REPLY), ("Tue 12:00", Noted("")), ("Mon 16:00", RequesterWrote(""))
    )
    (_, update) = fold(asked, promises(Target(Metric.update, 4 * HOUR)), HOURS, office)
    assert (word(update.started), word(update.due), update.breached_at) == ("Mon 16:00", "Tue 12:00", None)


def test_an_imported_ticket_that_is_closed_has_nothing_to_warn_of():
    told = facts(("Mon 09:00", opened()), ("Tue 10:00", RESOLVED), ("Wed 10:00", CLOSED))
    targets = promises(SOLVE, Target(Metric.first_response, HOUR), Target(Metric.update, HOUR))
    found = fold(told, targets, HOURS, office)
    assert not any(one.unmet or one.warn_at for one in found)
    assert [one.breached_at is not None for one in found] == [True, True, True]


def test_a_calendar_that_is_edited_for_the_past_moves_due_and_keeps_the_breach():
    told = facts(("Mon 09:00", opened()), ("Tue 10:00", Noted("hm")))
    before, after = hours(), compile_hours([(None, calendar()), (t("Mon 00:00"), calendar(Window("09:00", "11:00")))])
    (known,), (now,) = (fold(told, promises(SOLVE), lambda _, e=engine: e, office) for engine in (before, after))
    assert (word(known.breached_at), word(now.due), now.breached_at) == ("Mon 17:00", "Thu 11:00", None)
    (kept,) = lost_breaches([known], [now], t("Tue 12:00"))
    (still,) = fold(
        (*told, replace(told[1], at=t("Tue 12:00"), event=kept, seq=3)), promises(SOLVE), lambda _: after, office
    )
    assert (word(still.due), word(still.breached_at), still.breached_seconds) == ("Thu 11:00", "Mon 17:00", 8 * HOUR)


def test_a_ticket_over_the_switch_of_hours_is_measured_by_both():
    engine = compile_hours([(None, calendar()), (t("Tue 13:00"), calendar(Window("10:00", "20:00")))])
    assert word(timer_in(engine, (t("Mon 13:00"), opened()), seconds=12 * HOUR).due) == "Tue 17:00"
    assert word(timer_in(engine, (t("Mon 13:00"), opened()), seconds=16 * HOUR).due) == "Wed 11:00"


def test_hours_without_any_are_never_due_and_a_pause_there_is_a_pause():
    none = compile_hours([(None, Calendar("none", "None", "UTC", ()))])
    running = timer_in(none, (t("Mon 09:00"), opened()))
    assert (running.state, running.due, running.warn_at) == (TimerState.running, None, ())
    paused = timer_in(none, (t("Mon 09:00"), opened()), (t("Mon 10:00"), WAITING))
    assert (paused.state, paused.remaining) == (TimerState.paused, 8 * HOUR)


# --- laws -----------------------------------------------------------------------------------------

minutes = st.integers(0, 3 * 24 * 60)


@given(st.integers(17 * 60, 32 * 60), st.integers(17 * 60, 32 * 60), st.integers(1, 40))
def test_a_pause_in_closed_time_is_free(first, second, quarters):
    start, end = sorted((first + 1, second + 1))
    target = replace(SOLVE, seconds=quarters * 900 + 8 * HOUR)
    begins, ends = (Instant(t("Mon 00:00") + n * 60) for n in (start, end))
    paused = facts(("Mon 09:00", opened()), (begins, WAITING), (ends, ACTIVE))
    assert timer(paused, target).due == timer(paused[:1], target).due


@given(minutes, minutes, st.sampled_from(list(TimeBase)))
def test_what_is_left_never_grows_by_itself(one, other, base):
    found = timer(facts(("Mon 09:00", opened())), replace(SOLVE, base=base))
    engine = HOURS(found.calendar)
    early, late = sorted(Instant(t("Mon 09:00") + n * 60) for n in (one, other))
    assert remaining(segment_of(found, engine, late), late) <= remaining(segment_of(found, engine, early), early)


@given(st.lists(minutes, min_size=2, max_size=6, unique=True))
def test_adjacent_pauses_are_one_pause(cuts):
    moments = [Instant(t("Mon 09:00") + n * 60) for n in sorted(cuts)]
    pieces = [(at, event) for at in moments[1:-1] for event in (ACTIVE, WAITING)]
    apart = facts(("Mon 09:00", opened()), (moments[0], WAITING), *pieces, (moments[-1], ACTIVE))
    whole = facts(("Mon 09:00", opened()), (moments[0], WAITING), (moments[-1], ACTIVE))
    assert timer(apart, SOLVE) == timer(whole, SOLVE)


@given(st.integers(1, 400 * DAY), st.integers(0, 400 * DAY))
def test_round_the_clock_is_plain_addition(seconds, start):
    found = timer_in(
        hours(WHOLE_DAYS, zone="Europe/Berlin", breaks=(Break("01:00", "01:00"),)),
        (Instant(start), opened()),
        seconds=seconds,
    )
    assert found.due == start + seconds
    assert found.remaining == seconds
    assert found.state is TimerState.running


def test_resolving_at_due_is_in_time():
    assert not timer(facts(("Mon 09:00", opened()), ("Mon 17:00", RESOLVED)), SOLVE).late
