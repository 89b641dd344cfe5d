"""Timers by example: pauses, replies, reopening, changes of target."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from supporttui.domain.events import (
    Acknowledged,
    Noted,
    Opened,
    Replied,
    RequesterWrote,
    State,
    StateChanged,
)
from supporttui.domain.faults import Refused
from supporttui.domain.ids import PersonId
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.hours import SpecialDate, Window
from supporttui.domain.sla.targets import ChangeRule, Metric, Target, TimeBase
from supporttui.domain.sla.timer import SortBucket, SortKey, TimerState, decisive, fold, sort_key
from tests.domain.sla.calendars import HOUR, hours
from tests.domain.sla.calendars import OFFICE as WORKDAY
from tests.domain.sla.facts import (
    ACTIVE,
    CLOSED,
    HOURS,
    LATE_SHIFT,
    MESSAGE,
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
    scheduled,
    t,
    timer,
    timers,
    word,
)

pytestmark = pytest.mark.core

RESPONSE = Target(Metric.first_response, 2 * HOUR)
UPDATE = Target(Metric.update, 4 * HOUR)
SOLVE = Target(Metric.resolution, 8 * HOUR)


# --- first response -------------------------------------------------------------------------------


def test_a_reply_meets_the_first_response_and_acknowledging_does_not():
    seen = facts(("Mon 09:00", opened()), ("Mon 09:30", Acknowledged(PersonId("ana"))))
    assert timer(seen, RESPONSE).state is TimerState.running
    answered = timer((*seen, *facts(("Mon 10:00", REPLY))), RESPONSE)
    assert (answered.state, answered.late, answered.remaining) == (TimerState.met, False, HOUR)
    assert word(answered.stopped) == "Mon 10:00"


def test_a_reply_at_the_due_instant_is_in_time_and_a_second_later_is_late():
    due = t("Mon 11:00")
    in_time = timer(facts(("Mon 09:00", opened()), (due, REPLY)), RESPONSE)
    late = timer(facts(("Mon 09:00", opened()), (due + 1, REPLY)), RESPONSE)
    assert (in_time.late, in_time.remaining, in_time.breached_at) == (False, 0, None)
    assert (late.late, late.remaining, late.breached_at) == (True, -1, due)


def test_first_response_never_pauses():
    waiting = timer(facts(("Mon 09:00", opened()), ("Mon 09:30", WAITING)), RESPONSE)
    assert (waiting.state, word(waiting.due)) == (TimerState.running, "Mon 11:00")


def test_a_reply_concluded_by_an_import_is_marked():
    derived = timer(facts(("Mon 09:00", opened()), ("Mon 09:30", Replied("", derived=True))), RESPONSE)
    assert derived.derived
    assert not timer(facts(("Mon 09:00", opened()), ("Mon 09:30", REPLY)), RESPONSE).derived


def test_resolving_without_a_reply_ends_the_measurement_without_calling_it_met():
    silent = timer(facts(("Mon 09:00", opened()), ("Mon 10:00", RESOLVED)), RESPONSE)
    assert (silent.state, word(silent.stopped), silent.breached_at) == (TimerState.void, "Mon 10:00", None)
    late = timer(facts(("Mon 09:00", opened()), ("Mon 12:00", RESOLVED)), RESPONSE)
    assert (late.state, word(late.breached_at)) == (TimerState.void, "Mon 11:00")


def test_reopened_without_a_reply_it_goes_on_with_what_was_left():
    again = timer(facts(("Mon 09:00", opened()), ("Mon 10:00", RESOLVED), ("Tue 10:00", ACTIVE)), RESPONSE)
    assert (again.state, word(again.due)) == (TimerState.running, "Tue 11:00")


# --- update ---------------------------------------------------------------------------------------


def test_each_unanswered_message_starts_a_cycle_and_further_ones_do_not():
    told = facts(
        ("Mon 09:00", opened()), ("Mon 10:00", MESSAGE), ("Mon 11:00", REPLY), ("Mon 12:00", REPLY),
        ("Tue 09:00", MESSAGE), ("Tue 10:00", MESSAGE), ("Tue 16:00", REPLY), ("Wed 09:00", MESSAGE),
    )  # fmt: skip
    first, second, third = timers(told, UPDATE)
    assert [x.cycle for x in (first, second, third)] == [1, 2, 3]
    assert (word(first.started), word(first.stopped), first.late) == ("Mon 09:00", "Mon 11:00", False)
    assert (word(second.started), word(second.stopped), second.late) == ("Tue 09:00", "Tue 16:00", True)
    assert (word(third.started), third.state, word(third.due)) == ("Wed 09:00", TimerState.running, "Wed 13:00")


def test_a_message_and_a_reply_at_one_instant_are_answered():
    """Stop beats start, whichever was written first."""
    for pair in permutations([REPLY, MESSAGE]):
        told = facts(("Mon 09:00", opened()), *(("Mon 10:00", event) for event in pair))
        assert [x.state for x in timers(told, UPDATE)] == [TimerState.met]


def test_update_pauses_while_the_requester_is_asked():
    told = facts(("Mon 09:00", opened()), ("Mon 10:00", WAITING))
    assert timer(told, UPDATE).state is TimerState.paused


# --- resolution and pauses ------------------------------------------------------------------------


def test_resolution_runs_from_creation_to_resolved():
    told = facts(("Fri 16:00", opened()), ("+Mon 12:00", RESOLVED), ("+Tue 12:00", CLOSED))
    done = timer(told, SOLVE)
    assert (done.state, word(done.stopped), done.remaining) == (TimerState.met, "Mon 12:00", 4 * HOUR)


def test_a_close_without_a_resolve_counts_as_one():
    done = timer(facts(("Mon 09:00", opened()), ("Mon 12:00", CLOSED)), SOLVE)
    assert (done.state, word(done.stopped)) == (TimerState.met, "Mon 12:00")


def test_a_pause_moves_due_by_its_open_time_to_the_second():
    start, stop = t("Mon 16:59:30"), t("Tue 09:00:15")
    told = facts(("Mon 09:00", opened()), (start, WAITING), (stop, ACTIVE))
    assert timer(told, SOLVE).due == t("Tue 09:00:45")


def test_a_pause_in_closed_time_is_free():
    told = facts(("Mon 12:00", opened()), ("Mon 18:00", WAITING), ("Tue 08:00", ACTIVE))
    assert word(timer(told, SOLVE).due) == "Tue 12:00"


def test_an_unfinished_pause_freezes_what_is_left_and_due_is_unknown():
    paused = timer(facts(("Mon 09:00", opened()), ("Mon 12:00", WAITING)), SOLVE)
    assert (paused.state, paused.due, paused.remaining) == (TimerState.paused, None, 5 * HOUR)
    assert word(paused.anchor) == "Mon 12:00"


def test_created_paused_keeps_everything():
    paused = timer(facts(("Mon 09:00", opened()), ("Mon 09:00", WAITING)), SOLVE)
    assert (paused.state, paused.remaining) == (TimerState.paused, 8 * HOUR)


@pytest.mark.parametrize("start", ["Mon 17:00", "Mon 18:00", "Wed 10:00"])
def test_a_pause_that_begins_on_or_after_due_changes_nothing(start):
    late = timer(facts(("Mon 09:00", opened()), (start, WAITING)), SOLVE)
    assert (late.state, word(late.due)) == (TimerState.running, "Mon 17:00")


def test_a_pause_that_begins_a_second_before_due_counts():
    told = facts(("Mon 09:00", opened()), (t("Mon 17:00") - 1, WAITING))
    assert (timer(told, SOLVE).state, timer(told, SOLVE).remaining) == (TimerState.paused, 1)


def test_pausing_twice_and_resuming_twice_does_nothing_more():
    once = facts(("Mon 09:00", opened()), ("Mon 10:00", WAITING), ("Mon 12:00", ACTIVE))
    twice = facts(
        ("Mon 09:00", opened()), ("Mon 10:00", WAITING), ("Mon 11:00", WAITING),
        ("Mon 12:00", ACTIVE), ("Mon 13:00", ACTIVE),
    )  # fmt: skip
    assert timer(once, SOLVE) == timer(twice, SOLVE)


def test_waiting_for_the_vendor_pauses_only_where_the_target_says_so():
    told = facts(("Mon 09:00", opened()), ("Mon 10:00", VENDOR))
    assert timer(told, SOLVE).state is TimerState.running
    assert timer(told, replace(SOLVE, pauses=frozenset({State.waiting_vendor}))).state is TimerState.paused


def test_scheduled_pauses_until_its_date_and_then_runs_without_another_fact():
    told = facts(("Mon 09:00", opened()), ("Mon 10:00", scheduled("Wed 12:00")))
    waiting = timer(told, SOLVE)
    assert (waiting.state, waiting.remaining, word(waiting.anchor)) == (TimerState.running, 7 * HOUR, "Wed 12:00")
    assert word(waiting.due) == "Thu 11:00"
    assert [word(at) for at in waiting.warn_at] == ["Wed 17:00"]
    assert timer((*told, *facts(("Tue 10:00", Noted("soon")))), SOLVE) == waiting
    later = facts(("Mon 09:00", opened()), ("Mon 10:00", scheduled("Wed 12:00")), ("Thu 12:00", Noted("late")))
    assert word(timer(later, SOLVE).breached_at) == "Thu 11:00"


def test_scheduled_that_ends_early_runs_from_there():
    told = facts(("Mon 09:00", opened()), ("Mon 10:00", scheduled("Wed 12:00")), ("Tue 09:00", ACTIVE))
    assert word(timer(told, SOLVE).due) == "Tue 16:00"


def test_a_date_that_is_moved_on_counts_as_the_last_one_said():
    told = facts(("Mon 09:00", opened()), ("Mon 10:00", scheduled("Wed 12:00")), ("Tue 10:00", scheduled("Fri 09:00")))
    assert word(timer(told, SOLVE).due) == "Fri 16:00"


def test_a_target_that_does_not_pause_while_scheduled_is_not_held_up_by_its_date():
    told = facts(("Mon 09:00", opened()), ("Mon 10:00", scheduled("Mon 15:00")))
    running = timer(told, replace(SOLVE, pauses=frozenset()))
    assert (running.anchor, word(running.due)) == (t("Mon 09:00"), "Mon 17:00")


def test_scheduled_without_a_date_pauses_until_it_is_changed():
    told = facts(("Mon 09:00", opened()), ("Mon 10:00", StateChanged(State.scheduled)))
    assert timer(told, SOLVE).due is None


def test_real_time_runs_round_the_clock():
    told = facts(("Fri 16:00", opened()))
    round_the_clock = timer(told, replace(SOLVE, base=TimeBase.real))
    assert (round_the_clock.calendar, word(round_the_clock.due)) == (None, "Sat 00:00")


def test_a_target_may_have_hours_of_its_own():
    own = timer(facts(("Fri 16:00", opened())), replace(SOLVE, calendar=LATE_SHIFT))
    assert (own.calendar, word(own.due)) == (LATE_SHIFT, "Mon 16:00")


def test_a_day_filled_exactly_may_be_due_at_the_next_opening():
    told = facts(("Mon 09:00", opened()))
    assert word(timer(told, SOLVE).due) == "Mon 17:00"
    assert word(timer(told, replace(SOLVE, due_next_open=True)).due) == "Tue 09:00"
    evening = facts(("Mon 09:00", opened()), ("Mon 18:00", RESOLVED))
    assert timer(evening, SOLVE).late
    assert not timer(evening, replace(SOLVE, due_next_open=True)).late


@pytest.mark.parametrize(
    ("resumed", "due"),
    [(None, "never"), ("Tue 08:00", "Tue 09:00"), ("Wed 12:00", "Wed 12:00")],
)
def test_a_day_filled_exactly_may_still_be_paused_before_the_next_opening(resumed, due):
    ready = () if resumed is None else ((resumed, ACTIVE),)
    told = facts(("Mon 09:00", opened()), ("Mon 20:00", WAITING), *ready)
    found = timer(told, replace(SOLVE, due_next_open=True))
    assert (word(found.due), found.remaining) == (due, 0)


def test_a_day_filled_exactly_is_due_at_closing_if_it_never_opens_again():
    only_monday = hours(Window("09:00", "09:00"), special=(SpecialDate(date(2026, 3, 2), WORKDAY),))
    told = facts(("Mon 09:00", opened()), ("Tue 10:00", Noted("still open")))
    (found,) = fold(told, promises(replace(SOLVE, due_next_open=True)), lambda _: only_monday, office)
    assert (word(found.due), word(found.breached_at)) == ("Mon 17:00", "Mon 17:00")


def test_the_same_ticket_as_p1_and_p3_on_a_saturday_night():
    """P1 round the clock is due at 02:15; P3's time begins on Monday morning."""
    pressing = Target(Metric.first_response, 900, priority=Priority(1), base=TimeBase.real)
    usual = Target(Metric.first_response, 4 * HOUR)
    assert word(timer(facts(("Sat 02:00", opened(1))), pressing, usual).due) == "Sat 02:15"
    assert word(timer(facts(("Sat 02:00", opened(3))), pressing, usual).due) == "Mon 13:00"
    raised = timer(facts(("Sat 02:00", opened(3)), ("Sat 04:00", priority(1))), pressing, usual)
    assert (word(raised.due), word(raised.breached_at)) == ("Sat 02:15", "Sat 02:15")
    afresh = replace(pressing, change=ChangeRule.from_now)
    assert word(timer(facts(("Sat 02:00", opened(3)), ("Sat 04:00", priority(1))), afresh, usual).due) == "Sat 04:15"


def test_hours_that_never_open_are_never_due():
    never = fold(
        facts(("Mon 09:00", opened())), promises(SOLVE), lambda _: HOURS(OFFICE).__class__(lambda _: ()), office
    )
    assert (never[0].state, never[0].due) == (TimerState.running, None)
    assert sort_key(never) == SortKey(SortBucket.never)


# --- warnings -------------------------------------------------------------------------------------


def test_warnings_are_where_their_share_is_used_up_under_the_same_pauses():
    target = replace(SOLVE, warn_percent=(50, 75))
    told = facts(("Mon 09:00", opened()), ("Mon 14:00", WAITING), ("Tue 09:00", ACTIVE))
    assert [word(at) for at in timer(told, target).warn_at] == ["Mon 13:00", "Tue 10:00"]
    paused = facts(("Mon 09:00", opened()), ("Mon 14:00", WAITING))
    assert [word(at) for at in timer(paused, target).warn_at] == ["Mon 13:00"]
    assert timer((*told, *facts(("Tue 11:00", RESOLVED))), target).warn_at == ()


def test_a_warning_of_an_odd_share_comes_when_it_is_wholly_used():
    assert timer(facts(("Mon 09:00", opened())), Target(Metric.resolution, 10, warn_percent=(75,))).warn_at == (
        t("Mon 09:00") + 8,
    )


# --- order ----------------------------------------------------------------------------------------


def test_facts_in_any_stored_order_give_the_same_timers():
    told = facts(
        ("Mon 09:00", opened()), ("Mon 10:00", WAITING), ("Mon 10:00", ACTIVE), ("Mon 12:00", REPLY),
        ("Mon 12:00", priority(1)),
    )  # fmt: skip
    expected = timers(told, SLOW, RESPONSE, fast(ChangeRule.carry_elapsed))
    for order in permutations(told):
        assert timers(order, SLOW, RESPONSE, fast(ChangeRule.carry_elapsed)) == expected


def test_a_fact_dated_before_the_opening_counts_from_the_opening():
    told = facts(("Mon 10:00", opened()), ("Mon 09:00", REPLY))
    assert word(timer(told, RESPONSE).stopped) == "Mon 10:00"


def test_without_an_opening_there_is_no_ticket():
    with pytest.raises(Refused, match="no_opening"):
        timers(facts(("Mon 10:00", REPLY)), RESPONSE)


def test_thousands_of_events_are_folded_in_one_pass():
    """A ticket that goes to and fro for years; each event is looked at a bounded number of times."""
    asked: list[object] = []
    told = facts(
        (0, opened()),
        *((60 * n, (WAITING, RequesterWrote(""), ACTIVE, REPLY, priority(1 + n % 2))[n % 5]) for n in range(1, 2_000)),
    )

    def counted(calendar):
        asked.append(calendar)
        return HOURS(calendar)

    found = fold(told, promises(SLOW, UPDATE, fast(ChangeRule.retroactive)), counted, office)
    assert len(found) > 200
    assert len(asked) < 3 * len(told)


# --- the queue's order ----------------------------------------------------------------------------


def test_the_earliest_due_decides_then_paused_then_never_then_none():
    running = timers(facts(("Mon 09:00", opened())), RESPONSE, SOLVE)
    assert decisive(running) == running[0]
    assert sort_key(running) == SortKey(SortBucket.due, t("Mon 11:00"))
    paused = timers(facts(("Mon 09:00", opened()), ("Mon 10:00", WAITING), ("Mon 10:30", REPLY)), RESPONSE, SOLVE)
    assert sort_key(paused) == SortKey(SortBucket.paused, 7 * HOUR)
    assert sort_key(()) == SortKey(SortBucket.none)
    met = timers(facts(("Mon 09:00", opened()), ("Mon 10:00", RESOLVED)), SOLVE)
    assert (decisive(met), sort_key(met)) == (None, SortKey())


def test_the_order_of_buckets_is_that_of_their_stored_words():
    assert sorted(SortBucket) == [SortBucket.due, SortBucket.paused, SortBucket.never, SortBucket.none]


def test_an_opening_may_carry_nothing_but_its_fields():
    assert isinstance(opened(), Opened)
