"""Timers by example: reopening, and changes of target."""

from dataclasses import replace

import pytest

from supporttui.domain.events import (
    BreachKept,
    Edited,
    Noted,
    State,
    Undone,
)
from supporttui.domain.ids import OperationId
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.targets import ChangeRule, Metric, ReopenRule, Target
from supporttui.domain.sla.timer import TimerState, fold, lost_breaches
from tests.domain.sla.calendars import HOUR
from tests.domain.sla.facts import (
    ACTIVE,
    CLOSED,
    HOURS,
    LATE_SHIFT,
    OFFICE,
    REPLY,
    RESOLVED,
    SLOW,
    VENDOR,
    WAITING,
    facts,
    fast,
    office,
    opened,
    priority,
    promises,
    t,
    timer,
    timers,
    word,
)

pytestmark = pytest.mark.core

RESPONSE = Target(Metric.first_response, 2 * HOUR)
SOLVE = Target(Metric.resolution, 8 * HOUR)


# --- reopening ------------------------------------------------------------------------------------

REOPENED = facts(("Mon 09:00", opened()), ("Mon 12:00", RESOLVED), ("Tue 09:00", CLOSED), ("Wed 09:00", ACTIVE))


def test_reopening_leaves_out_the_time_in_which_it_was_resolved():
    again = timer(REOPENED, SOLVE)
    assert (again.state, again.cycle, word(again.due)) == (TimerState.running, 1, "Wed 14:00")


def test_include_counts_as_if_it_had_never_been_resolved():
    target = replace(SOLVE, reopen=ReopenRule.include)
    again = timer(REOPENED, target)
    assert (word(again.due), word(again.breached_at)) == ("Mon 17:00", "Mon 17:00")
    assert timer(REOPENED[:2], target).state is TimerState.met


def test_include_ends_the_pause_at_the_resolution():
    told = facts(("Mon 09:00", opened()), ("Mon 10:00", WAITING), ("Mon 12:00", RESOLVED), ("Mon 13:00", ACTIVE))
    assert word(timer(told, replace(SOLVE, reopen=ReopenRule.include)).due) == "Tue 11:00"


def test_a_new_cycle_starts_afresh_and_the_old_one_stays():
    first, second = timers(REOPENED, replace(SOLVE, reopen=ReopenRule.new_cycle))
    assert (first.state, word(first.stopped), first.cycle) == (TimerState.met, "Mon 12:00", 1)
    assert (second.state, word(second.started), word(second.due), second.cycle) == (
        TimerState.running, "Wed 09:00", "Wed 17:00", 2,
    )  # fmt: skip


def test_ignore_keeps_it_met():
    met = timer(REOPENED, replace(SOLVE, reopen=ReopenRule.ignore))
    assert (met.state, word(met.stopped)) == (TimerState.met, "Mon 12:00")


def test_resolved_again_it_stops_at_the_last_resolution():
    again = timer((*REOPENED, *facts(("Wed 10:00", RESOLVED))), SOLVE)
    assert (again.state, word(again.stopped), again.remaining) == (TimerState.met, "Wed 10:00", 4 * HOUR)


def test_resolved_late_stays_on_record_after_reopening():
    told = facts(("Mon 09:00", opened()), ("Tue 10:00", RESOLVED), ("Wed 09:00", ACTIVE))
    assert word(timer(told, SOLVE).breached_at) == "Mon 17:00"


@pytest.mark.parametrize("rule", list(ReopenRule))
def test_resolved_and_reopened_within_one_second_is_open(rule):
    told = facts(("Mon 09:00", opened()), ("Mon 12:00", RESOLVED), ("Mon 12:00", ACTIVE))
    last = timers(told, replace(SOLVE, reopen=rule))[-1]
    assert last.state is (TimerState.met if rule is ReopenRule.ignore else TimerState.running)


@pytest.mark.parametrize("rule", list(ReopenRule))
def test_an_undone_resolution_is_no_reopening(rule):
    """Whatever the rule; the seconds between count as they were: resolved."""
    undone = Undone(OperationId("op2"), {"state": "active", "resolved_at": None})
    told = facts(("Mon 09:00", opened()), ("Mon 12:00", RESOLVED), ("Mon 13:00", undone))
    back = timer(told, replace(SOLVE, reopen=rule))
    assert (back.state, word(back.due)) == (TimerState.running, "Tue 10:00")


def test_an_undone_pause_counts_as_it_was():
    undone = Undone(OperationId("op2"), {"state": "new"})
    told = facts(("Mon 09:00", opened()), ("Mon 12:00", WAITING), ("Mon 13:00", undone))
    assert word(timer(told, SOLVE).due) == "Tue 10:00"


# --- changes of target ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        (ChangeRule.retroactive, "Mon 14:00"),  # 9 to 10 and 11 to 14: four hours from the original start
        (ChangeRule.carry_elapsed, "Mon 14:00"),
        (ChangeRule.from_now, "Mon 17:00"),  # four from 13:00
        (ChangeRule.proportional, "Mon 16:15"),  # three of sixteen used: three quarters of an hour of four
    ],
)
def test_what_a_new_target_does(rule, due):
    told = facts(("Mon 09:00", opened()), ("Mon 10:00", WAITING), ("Mon 11:00", ACTIVE), ("Mon 13:00", priority(1)))
    changed = timer(told, SLOW, fast(rule))
    assert (word(changed.due), changed.seconds, word(changed.started)) == (due, 4 * HOUR, "Mon 09:00")


def test_with_another_calendar_retroactive_counts_all_of_it_and_carry_only_the_rest():
    """Seven hours used by noon hours differ from those used by office hours."""
    told = facts(("Mon 09:00", opened()), ("Mon 13:00", priority(1)))
    late_shift = {"seconds": 6 * HOUR, "calendar": LATE_SHIFT}
    assert word(timer(told, SLOW, fast(ChangeRule.retroactive, **late_shift)).due) == "Mon 18:00"
    assert word(timer(told, SLOW, fast(ChangeRule.carry_elapsed, **late_shift)).due) == "Mon 15:00"


def test_nothing_left_is_due_at_the_change():
    told = facts(("Mon 09:00", opened()), ("Mon 15:00", priority(1)), ("Mon 16:00", Noted("")))
    carried = timer(told, SLOW, fast(ChangeRule.carry_elapsed))
    assert (word(carried.due), carried.remaining, word(carried.breached_at)) == ("Mon 15:00", 0, "Mon 15:00")


def test_a_change_in_the_middle_of_a_pause_keeps_it():
    for rule in ChangeRule:
        told = facts(("Mon 09:00", opened()), ("Mon 10:00", WAITING), ("Mon 11:00", priority(1)))
        assert timer(told, SLOW, fast(rule)).state is TimerState.paused
        resumed = (*told, *facts(("Tue 09:00", ACTIVE)))
        left = {ChangeRule.from_now: "Tue 13:00", ChangeRule.proportional: "Tue 12:45"}.get(rule, "Tue 12:00")
        assert word(timer(resumed, SLOW, fast(rule)).due) == left


def test_a_breach_on_record_survives_a_lower_priority():
    told = facts(("Mon 09:00", opened(1)), ("Mon 15:00", priority(3)), ("Mon 16:00", RESOLVED))
    running, met = timer(told[:2], SLOW, fast(ChangeRule.retroactive)), timer(told, SLOW, fast(ChangeRule.retroactive))
    assert (word(running.due), word(running.breached_at)) == ("Tue 17:00", "Mon 13:00")
    assert (met.state, met.late, word(met.breached_at)) == (TimerState.met, True, "Mon 13:00")


def test_an_undone_change_leaves_no_breach_that_only_it_had_made():
    """Raised by mistake, at once past due, and undone: nothing was late. What passed meanwhile stays."""
    undone = Undone(OperationId("op2"), {"priority": 3})
    by_mistake = facts(("Mon 09:00", opened()), ("Mon 15:00", priority(1)), ("Mon 15:01", undone), ("Mon 16:00", REPLY))
    assert timer(by_mistake, SLOW, fast(ChangeRule.retroactive)).breached_at is None
    too_late = facts(("Mon 09:00", opened()), ("Mon 12:00", priority(1)), ("Mon 13:01", undone))
    assert word(timer(too_late, SLOW, fast(ChangeRule.retroactive)).breached_at) == "Mon 13:00"
    lowered = facts(("Mon 09:00", opened()), ("Mon 15:00", priority(1)), ("Mon 15:01", priority(3)))
    assert word(timer(lowered, SLOW, fast(ChangeRule.retroactive)).breached_at) == "Mon 13:00"


@pytest.mark.parametrize("rule", list(ChangeRule))
def test_an_undone_change_goes_on_as_if_it_had_not_been_made(rule):
    """Nobody gets a fresh start by raising a priority and undoing it."""
    undone = Undone(OperationId("op2"), {"priority": 3})
    told = facts(("Mon 09:00", opened()), ("Mon 15:00", priority(1)), ("Mon 15:01", undone))
    usual = replace(SLOW, change=rule)
    assert timer(told, usual, fast(rule)) == timer(told[:1], usual)


def test_a_target_of_no_seconds_is_no_promise():
    told = facts(("Mon 09:00", opened()))
    assert fold(told, lambda _metric, _ticket: replace(SOLVE, seconds=0), HOURS, office) == ()


def test_two_changes_within_one_second_leave_the_last():
    told = facts(("Mon 09:00", opened()), ("Mon 10:00", priority(1)), ("Mon 10:00", priority(3)))
    assert timer(told, SLOW, fast(ChangeRule.retroactive)).seconds == 16 * HOUR


def test_within_one_second_an_answer_is_judged_by_what_was_promised_when_it_came():
    hurried = Target(Metric.first_response, 60, priority=Priority(1))
    before = facts(("Mon 09:00", opened()), ("Mon 10:00", REPLY), ("Mon 10:00", priority(1)))
    after = facts(("Mon 09:00", opened()), ("Mon 10:00", priority(1)), ("Mon 10:00", REPLY))
    assert [timer(told, RESPONSE, hurried).late for told in (before, after)] == [False, True]
    before = facts(("Mon 09:00", opened()), ("Mon 15:00", RESOLVED), ("Mon 15:00", priority(1)))
    after = facts(("Mon 09:00", opened()), ("Mon 15:00", priority(1)), ("Mon 15:00", RESOLVED))
    assert [timer(told, SLOW, fast(ChangeRule.retroactive)).late for told in (before, after)] == [False, True]


def test_a_target_that_counts_alike_goes_on_and_only_warns_by_its_own_shares():
    """``from_now`` restarts what counts differently; the same hours and seconds are no change."""
    alike = fast(ChangeRule.from_now, SLOW.seconds, warn_percent=(50,))
    told = facts(("Mon 09:00", opened()), ("Mon 15:00", priority(1)))
    before, after = timer(told[:1], SLOW), timer(told, SLOW, alike)
    assert (after.due, after.started) == (before.due, before.started)
    assert [word(at) for at in (*before.warn_at, *after.warn_at)] == ["Tue 13:00", "Mon 17:00"]


def test_to_and_fro_leaves_a_retroactive_timer_as_it_was():
    told = facts(("Mon 09:00", opened()), ("Mon 10:00", WAITING), ("Mon 11:00", priority(1)), ("Mon 12:00", ACTIVE),
                 ("Mon 13:00", priority(3)))  # fmt: skip
    still = facts(("Mon 09:00", opened()), ("Mon 10:00", WAITING), ("Mon 12:00", ACTIVE))
    assert timer(told, SLOW, fast(ChangeRule.retroactive)) == timer(still, SLOW)


def test_a_target_that_pauses_elsewhere_is_judged_by_its_own_pauses():
    vendor = fast(ChangeRule.retroactive, 8 * HOUR, pauses=frozenset({State.waiting_vendor}))
    told = facts(("Mon 09:00", opened()), ("Mon 10:00", VENDOR), ("Mon 12:00", WAITING), ("Mon 13:00", priority(1)))
    assert timer(told, SLOW, vendor).due == t("Tue 11:00")


def test_without_a_promise_there_is_no_timer_and_one_that_goes_away_is_void():
    only_fast = fast(ChangeRule.retroactive)
    assert timers(facts(("Mon 09:00", opened(3))), only_fast) == ()
    lowered = timer(facts(("Mon 09:00", opened(1)), ("Mon 10:00", priority(3))), only_fast)
    assert (lowered.state, word(lowered.stopped), lowered.late) == (TimerState.void, "Mon 10:00", False)
    late = timer(facts(("Mon 09:00", opened(1)), ("Mon 15:00", priority(3))), only_fast)
    assert word(late.breached_at) == "Mon 13:00"
    back = timer(facts(("Mon 09:00", opened(1)), ("Mon 10:00", priority(3)), ("Mon 12:00", priority(1))), only_fast)
    assert (back.state, word(back.due)) == (TimerState.running, "Mon 13:00")


def test_a_met_timer_keeps_the_target_it_was_met_under():
    told = facts(("Mon 09:00", opened()), ("Mon 10:00", REPLY), ("Mon 11:00", priority(1)))
    hurried = Target(Metric.first_response, 60, priority=Priority(1))
    assert timer(told, RESPONSE, hurried).seconds == 2 * HOUR


# --- changes of definitions -----------------------------------------------------------------------

STANDING = (("Mon 09:00", opened()), ("Tue 10:00", Noted("hm")))
BY_NOW = t("Tue 12:00")


def test_a_breach_that_other_definitions_would_take_back_stays_with_its_old_basis():
    standing = facts(*STANDING)
    (kept,) = lost_breaches(timers(standing, SOLVE), timers(standing, SLOW), BY_NOW)
    assert (kept.metric, kept.cycle, word(kept.due), kept.seconds) == ("resolution", 1, "Mon 17:00", 8 * HOUR)
    still = timer(facts(*STANDING, ("Tue 12:00", kept)), SLOW)
    assert (still.state, word(still.due), word(still.breached_at)) == (TimerState.running, "Tue 17:00", "Mon 17:00")
    met = timer(facts(*STANDING, ("Tue 12:00", kept), ("Tue 13:00", RESOLVED)), SLOW)
    assert (met.state, met.late, word(met.breached_at)) == (TimerState.met, True, "Mon 17:00")
    assert lost_breaches([still], [met], BY_NOW) == ()


def test_a_breach_that_no_fact_has_followed_yet_stays_too():
    quiet = facts(STANDING[0])
    assert len(lost_breaches(timers(quiet, SOLVE), timers(quiet, SLOW), t("Mon 17:00") + 1)) == 1
    assert lost_breaches(timers(quiet, SOLVE), timers(quiet, SLOW), t("Mon 17:00")) == ()


def test_what_other_definitions_leave_breached_needs_no_fact():
    standing = facts(*STANDING)
    assert lost_breaches(timers(standing, SOLVE), timers(standing, SOLVE), BY_NOW) == ()


def test_a_breach_stays_when_the_whole_promise_goes_away():
    """A policy is taken away while its timers run: what was breached is still told, without a promise."""
    standing = facts(*STANDING)
    (kept,) = lost_breaches(timers(standing, SOLVE), (), BY_NOW)
    (found,) = timers(facts(*STANDING, ("Tue 12:00", kept)))
    assert (found.state, word(found.breached_at), word(found.stopped)) == (TimerState.void, "Mon 17:00", "Tue 12:00")
    assert (found.breached_seconds, found.breached_calendar) == (8 * HOUR, OFFICE)
    assert lost_breaches([found], [found], BY_NOW) == ()


def test_a_kept_breach_says_nothing_of_a_timer_that_turns_out_to_have_stopped_before():
    kept = BreachKept("resolution", 1, t("Mon 17:00"), 8 * HOUR)
    found = timer(facts(*STANDING, ("Tue 12:00", kept), ("Mon 16:00", RESOLVED)), SLOW)
    assert (found.state, found.late, found.breached_at) == (TimerState.met, False, None)


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        (ChangeRule.retroactive, "Mon 20:00"),  # eight hours of the late shift
        (ChangeRule.carry_elapsed, "Mon 17:00"),  # three of the office, five of the late shift
        (ChangeRule.proportional, "Mon 17:00"),
        (ChangeRule.from_now, "Mon 20:00"),  # a calendar change never begins afresh
    ],
)
def test_the_same_promise_in_other_hours_is_a_change_of_calendar(rule, due):
    told = facts(("Mon 09:00", opened()), ("Mon 12:00", Edited({"service": "late"})))
    targets = promises(replace(SOLVE, change=rule))
    (found,) = fold(told, targets, HOURS, lambda ticket: LATE_SHIFT if ticket.service == "late" else OFFICE)
    assert (word(found.due), found.calendar) == (due, LATE_SHIFT)
