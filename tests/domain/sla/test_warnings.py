"""Warnings by share and by offset, where a timer stands, and by how much it is late."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.events import Noted
from supporttui.domain.sla.segment import Overrun, Shown
from supporttui.domain.sla.targets import ChangeRule, Metric, Target
from supporttui.domain.sla.timer import Timer, overrun, segment_of, shown_of
from tests.domain.sla.calendars import HOUR
from tests.domain.sla.facts import (
    ACTIVE,
    CALENDARS,
    OFFICE,
    REPLY,
    RESOLVED,
    SLOW,
    WAITING,
    facts,
    fast,
    opened,
    priority,
    scheduled,
    t,
    timer,
    word,
)

pytestmark = pytest.mark.core

SOLVE = Target(Metric.resolution, 8 * HOUR, warn_percent=())
OPENED = ("Mon 09:00", opened())
ENGINE = CALENDARS[OFFICE]


def warnings(*told, target: Target = SOLVE, **more) -> list[str]:
    return [word(at) for at in timer(facts(*told), replace(target, **more)).warn_at]


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (-HOUR, "Mon 16:00"),
        (-8 * HOUR, "Mon 09:00"),
        (-20 * HOUR, "Mon 09:00"),  # never before the start
        (0, "Mon 17:00"),
        (HOUR, "Tue 10:00"),  # in open time, after due
        (9 * HOUR, "Wed 10:00"),
    ],
)
def test_a_warning_by_offset_comes_so_much_open_time_before_or_after_due(offset, expected):
    assert warnings(OPENED, warn_offset=(offset,)) == [expected]


def test_shares_and_offsets_stand_in_one_order_and_each_instant_once():
    found = warnings(OPENED, warn_percent=(90, 50, 150), warn_offset=(-4 * HOUR, -HOUR))
    assert found == ["Mon 13:00", "Mon 16:00", "Mon 16:12", "Tue 13:00"]


def test_an_offset_moves_with_pauses_and_is_unknown_while_the_ticket_waits():
    asked = (OPENED, ("Mon 12:00", WAITING))
    assert warnings(*asked, warn_offset=(-6 * HOUR, -HOUR, HOUR)) == ["Mon 11:00"]
    assert warnings(*asked, ("Mon 14:00", ACTIVE), warn_offset=(-6 * HOUR, -HOUR, HOUR)) == [
        "Mon 11:00", "Tue 10:00", "Tue 12:00",
    ]  # fmt: skip


def test_what_comes_after_due_does_not_pause_any_more():
    assert warnings(OPENED, ("Mon 18:00", WAITING), warn_offset=(HOUR,)) == ["Tue 10:00"]


def test_a_held_ticket_warns_after_its_date():
    assert warnings(OPENED, ("Mon 10:00", scheduled("Wed 10:00")), warn_offset=(-HOUR,)) == ["Wed 16:00"]


def test_a_carried_timer_that_has_used_the_share_already_warns_at_the_change():
    target = fast(ChangeRule.carry_elapsed, warn_percent=(25,), warn_offset=(-HOUR,))
    found = timer(facts(OPENED, ("Mon 11:00", priority(1))), SLOW, target)
    assert [word(at) for at in found.warn_at] == ["Mon 11:00", "Mon 12:00"]


def test_working_days_warn_by_the_open_time_that_they_are():
    days = Target(Metric.resolution, days=2, warn_percent=(50,), warn_offset=(-HOUR,))
    assert warnings(("Mon 10:00", opened()), target=days) == ["Tue 10:00", "Tue 17:00"]


@given(st.integers(1, 40), st.lists(st.integers(-40, 40), max_size=4), st.lists(st.integers(1, 200), max_size=3))
def test_every_warning_is_where_its_part_is_used_up(quarters, offsets, percents):
    target = Target(
        Metric.resolution, quarters * 900, warn_percent=tuple(percents), warn_offset=tuple(n * 900 for n in offsets)
    )
    found = timer(facts(OPENED), target)
    parts = [-(-target.seconds * p // 100) for p in percents] + [target.seconds + n * 900 for n in offsets]
    assert list(found.warn_at) == sorted({ENGINE.after(found.started, max(0, part)) for part in parts})


# --- where it stands --------------------------------------------------------------------------------


def shown(at: str, *told, target: Target = SOLVE) -> Shown:
    found = timer(facts(*told), target)
    return shown_of(found, segment_of(found, ENGINE, t(at)) if found.unmet else None, t(at))


@pytest.mark.parametrize(
    ("at", "told", "expected"),
    [
        ("Mon 10:00", (), Shown.running),
        ("Mon 17:00", (), Shown.outside_hours),  # due this very instant, and not late
        ("Mon 20:00", (), Shown.breached),
        ("Mon 20:00", (("Mon 18:00", WAITING),), Shown.breached),  # breached comes before paused
        ("Mon 20:00", (("Mon 10:00", WAITING),), Shown.paused),  # and paused before outside hours
        ("Mon 20:00", (("Mon 10:00", scheduled("Tue 10:00")),), Shown.paused),
        ("Tue 20:00", (("Mon 10:00", scheduled("Tue 12:00")),), Shown.outside_hours),
        ("Tue 10:00", (("Mon 10:00", RESOLVED),), Shown.met),
        ("Tue 10:00", (("Tue 09:30", RESOLVED),), Shown.met_late),
    ],
)
def test_the_first_that_applies_is_said(at, told, expected):
    assert shown(at, OPENED, *told) is expected


def test_without_a_promise_nothing_is_said():
    assert (
        shown("Mon 12:00", OPENED, ("Mon 11:00", RESOLVED), target=Target(Metric.first_response, 8 * HOUR))
        is Shown.none
    )


def test_an_overrun_has_its_open_time_and_its_real_time():
    """Due at closing, the night is real time alone, but for the second that makes it late."""
    late = timer(facts(OPENED), SOLVE)
    assert overrun_at(late, "Mon 17:00") is None
    assert overrun_at(late, "Mon 20:00") == Overrun(1, 3 * HOUR)
    assert overrun_at(late, "Tue 10:00") == Overrun(HOUR, 17 * HOUR)
    done = timer(facts(OPENED, ("Tue 10:00", RESOLVED), ("Fri 10:00", Noted("closed"))), SOLVE)
    assert overrun(done, None, t("Fri 12:00")) == Overrun(HOUR, 17 * HOUR)
    answered = timer(facts(OPENED, ("Mon 10:00", REPLY)), Target(Metric.first_response, 8 * HOUR))
    assert overrun(answered, None, t("Fri 12:00")) is None


def overrun_at(running: Timer, text: str) -> Overrun | None:
    """Of a timer with its countdown."""
    return overrun(running, segment_of(running, ENGINE, t(text)), t(text))
