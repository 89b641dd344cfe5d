"""A calendar gets another version while timers run: what each rule does to them, before and after it begins."""

from dataclasses import replace

import pytest

from supporttui.domain.events import Noted
from supporttui.domain.sla.calendars import OpenTimers, untouched_key, untouched_parts
from supporttui.domain.sla.explain import explain
from supporttui.domain.sla.hours import ALWAYS, Window, compile_hours
from supporttui.domain.sla.targets import ChangeRule, Metric, Target
from supporttui.domain.sla.timer import Timer, TimerState, fold, remaining, segment_of
from supporttui.domain.spans import Instant
from tests.domain.sla.calendars import HOUR, calendar
from tests.domain.sla.facts import ACTIVE, OFFICE, RESOLVED, WAITING, facts, office, opened, priority, promises, t, word

pytestmark = pytest.mark.core

SOLVE = Target(Metric.resolution, 16 * HOUR)
SHORT = calendar(Window("12:00", "14:00"))
BEGINS = t("Tue 12:00")
OPENED = ("Mon 09:00", opened())
LATER = ("Tue 15:00", Noted("still here"))
RULES = list(OpenTimers)


def hours_of(rule: OpenTimers, begins: Instant = BEGINS):
    """Nine to five, and two hours a day from Tuesday noon on."""
    return compile_hours([(None, calendar()), (begins, replace(SHORT, open_timers=rule))])


def timer(rule: OpenTimers, *told, begins: Instant = BEGINS, target: Target = SOLVE) -> Timer:
    engine = hours_of(rule, begins)
    (found,) = fold(facts(*told), promises(target), lambda _: engine, office)
    return found


DUES = {
    OpenTimers.carry_elapsed: "Thu 13:00",  # 8 + 3 hours until noon, then 2 a day
    OpenTimers.retroactive: "Wed 14:00",  # 2 a day from the start: on Wednesday of the week after
    OpenTimers.untouched: "Tue 17:00",
}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("later", [(), (LATER,)], ids=["known ahead", "with a fact behind it"])
def test_each_rule_gives_its_due_before_the_version_begins_and_after(rule, later):
    found = timer(rule, OPENED, *later)
    assert word(found.due) == DUES[rule]
    assert (found.due > t("+Mon 00:00")) is (rule is OpenTimers.retroactive)
    assert found.breached_at is None


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("later", [(), (LATER,)], ids=["known ahead", "with a fact behind it"])
def test_the_countdown_ends_at_due_by_the_hours_that_the_timer_names(rule, later):
    found, engine = timer(rule, OPENED, *later), hours_of(rule)
    _, since = untouched_parts(found.calendar)
    shown = engine if since is None else engine.kept(since)
    for at in ("Tue 15:30", "Tue 19:00", "Wed 13:00"):
        segment = segment_of(found, shown, t(at))
        left = remaining(segment, t(at))
        assert left == shown.between(t(at), found.due) or (left < 0 and t(at) > found.due)


@pytest.mark.parametrize("rule", RULES)
def test_a_timer_that_starts_under_the_new_version_knows_no_other(rule):
    found = timer(rule, ("Tue 12:00", opened()))
    assert (word(found.due), found.calendar) == ("Thu 14:00", OFFICE)
    assert found.due > t("+Mon 00:00")


@pytest.mark.parametrize("rule", RULES)
def test_what_had_stopped_by_then_is_not_counted_anew(rule):
    due = "Thu 13:00" if rule is OpenTimers.carry_elapsed else "Tue 17:00"
    for stopped, left in (("Tue 11:00", 6 * HOUR), ("Tue 12:00", 5 * HOUR)):
        found = timer(rule, OPENED, (stopped, RESOLVED), LATER)
        assert (found.state, found.late, found.remaining, word(found.due)) == (TimerState.met, False, left, due)


def test_a_breach_stays_with_its_old_basis_whatever_the_new_version_would_say():
    begins = t("Tue 18:00")
    for rule in RULES:
        found = timer(rule, OPENED, ("Wed 09:00", Noted("late")), begins=begins)
        assert (word(found.breached_at), found.breached_seconds, found.breached_calendar) == (
            "Tue 17:00", 16 * HOUR, OFFICE,
        )  # fmt: skip
        assert timer(rule, OPENED, begins=begins).due == t("Tue 17:00")


def test_a_version_that_opens_longer_makes_due_when_it_begins_and_never_before():
    """Sixteen hours round the clock would have been over on Tuesday at one in the morning."""
    engine = compile_hours(
        [(None, calendar()), (BEGINS, replace(calendar(Window("00:00", "24:00", (1, 2, 3, 4, 5, 6, 7))),
                                              open_timers=OpenTimers.retroactive))]
    )  # fmt: skip
    (ahead,) = fold(facts(OPENED), promises(SOLVE), lambda _: engine, office)
    assert word(ahead.due) == "Tue 12:00"
    assert remaining(segment_of(ahead, engine, t("Tue 11:00")), t("Tue 11:00")) == HOUR


def test_pauses_stay_where_they_were():
    told = (OPENED, ("Mon 13:00", WAITING), ("Tue 13:00", ACTIVE), LATER)
    found = timer(OpenTimers.retroactive, *told)  # an hour on Monday, one on Tuesday, then two a day
    assert word(found.due) == "Thu 14:00"
    assert found.due > t("+Mon 00:00")


def test_a_changed_target_later_on_counts_by_the_hours_as_they_stand():
    urgent = Target(Metric.resolution, 6 * HOUR, priority=1)
    dues = {
        OpenTimers.carry_elapsed: "Mon 15:00",
        OpenTimers.retroactive: "Wed 14:00",
        OpenTimers.untouched: "Mon 15:00",
    }
    for rule, due in dues.items():
        engine = hours_of(rule)
        told = facts(OPENED, LATER, ("Tue 16:00", priority(1)))
        (found,) = fold(told, promises(SOLVE, urgent), lambda _, engine=engine: engine, office)
        assert word(found.due) == due


def test_a_carry_is_counted_anew_from_where_it_began():
    urgent = Target(Metric.resolution, 6 * HOUR, priority=1, change=ChangeRule.carry_elapsed)
    told = facts(OPENED, ("Mon 11:00", priority(1)), LATER)
    engine = hours_of(OpenTimers.retroactive)
    (found,) = fold(told, promises(SOLVE, urgent), lambda _: engine, office)
    assert (found.breached_at, word(found.due)) == (t("Mon 15:00"), "Tue 14:00")


def test_a_later_version_reaches_timers_that_an_earlier_one_left_alone():
    engine = compile_hours(
        [(None, calendar()), (BEGINS, replace(SHORT, open_timers=OpenTimers.untouched)),
         (t("Wed 00:00"), calendar(Window("10:00", "11:00")))]
    )  # fmt: skip
    (found,) = fold(facts(OPENED), promises(replace(SOLVE, seconds=18 * HOUR)), lambda _: engine, office)
    assert (word(found.due), found.calendar) == ("Thu 11:00", untouched_key(OFFICE, 2))


@pytest.mark.parametrize("rule", RULES)
def test_the_reasons_add_up_and_name_the_version(rule):
    engine = hours_of(rule)
    told, agreed = facts(OPENED, LATER), promises(SOLVE)
    (found,) = fold(told, agreed, lambda _: engine, office)
    pieces = explain(found, told, agreed, hours=lambda _: engine, default_calendar=office, until=t("Tue 15:00"))
    assert sum(piece.seconds for piece in pieces if piece.span.end <= found.due) == 16 * HOUR
    counted = {piece.version for piece in pieces if piece.seconds}
    assert counted == {
        OpenTimers.carry_elapsed: {1, 2}, OpenTimers.retroactive: {2}, OpenTimers.untouched: {1},
    }[rule]  # fmt: skip


def test_round_the_clock_has_no_versions():
    assert ALWAYS.for_timer(t("Mon 09:00"), t("Tue 09:00")) is ALWAYS
