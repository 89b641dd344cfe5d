"""Countdown segments and signs by example."""

import pytest

from supporttui.domain.sla.hours import Hours
from supporttui.domain.sla.segment import Segment, Sign, remaining, segment, sign
from supporttui.domain.sla.targets import Metric, Target, TimeBase
from supporttui.domain.sla.timer import segment_of, sign_at, sign_of
from supporttui.domain.spans import FOREVER, Instant
from tests.domain.sla.calendars import HOUR
from tests.domain.sla.facts import (
    CALENDARS,
    OFFICE,
    RESOLVED,
    WAITING,
    facts,
    opened,
    priority,
    scheduled,
    t,
    timer,
    word,
)

pytestmark = pytest.mark.core

SOLVE = Target(Metric.resolution, 8 * HOUR)
HOURS = CALENDARS[OFFICE]


def test_within_hours_it_runs_until_closing():
    running = segment_of(timer(facts(("Mon 12:00", opened())), SOLVE), HOURS, t("Mon 13:00"))
    assert running == Segment(7 * HOUR, t("Mon 13:00"), t("Mon 17:00"), running=True)
    assert remaining(running, t("Mon 16:59")) == 3 * HOUR + 60


def test_outside_hours_it_stands_until_opening_and_is_not_paused():
    standing = segment_of(timer(facts(("Mon 12:00", opened())), SOLVE), HOURS, t("Mon 20:00"))
    assert standing == Segment(3 * HOUR, t("Mon 20:00"), t("Tue 09:00"), running=False)
    assert remaining(standing, t("Tue 08:00")) == 3 * HOUR


def test_paused_it_stands_for_as_long_as_nobody_says_otherwise():
    paused = segment_of(timer(facts(("Mon 12:00", opened()), ("Mon 13:00", WAITING)), SOLVE), HOURS, t("Fri 13:00"))
    assert paused == Segment(7 * HOUR, t("Mon 13:00"), FOREVER, running=False, paused=True)


def test_scheduled_it_stands_until_its_date_and_then_runs_on():
    waiting = timer(facts(("Mon 12:00", opened()), ("Mon 13:00", scheduled("Wed 10:00"))), SOLVE)
    before, after = (segment_of(waiting, HOURS, t(at)) for at in ("Tue 10:00", "Wed 10:00"))
    assert before == Segment(7 * HOUR, t("Tue 10:00"), t("Wed 10:00"), running=False, paused=True)
    assert after == Segment(7 * HOUR, t("Wed 10:00"), t("Wed 17:00"), running=True)


def test_breached_from_the_second_after_due():
    late = timer(facts(("Mon 12:00", opened())), SOLVE)  # due Tue 12:00
    due = t("Tue 12:00")
    at_due = segment_of(late, HOURS, due)
    assert (remaining(at_due, due), at_due.until, at_due.running) == (0, due + 1, True)
    assert remaining(segment_of(late, HOURS, Instant(due + 1)), Instant(due + 1)) == -1
    assert remaining(segment_of(late, HOURS, t("Tue 13:00")), t("Tue 13:00")) == -HOUR


def test_due_at_closing_is_late_in_the_evening_and_counts_on_from_the_morning():
    """Overrun is counted in service hours, but late is late: a second at least."""
    late = timer(facts(("Mon 09:00", opened())), SOLVE)  # due Mon 17:00
    evening = segment_of(late, HOURS, t("Mon 20:00"))
    assert (evening.remaining, evening.running, word(evening.until)) == (-1, False, "Tue 09:00")
    assert evening.until == t("Tue 09:00") + 1
    morning = segment_of(late, HOURS, evening.until)
    assert (morning.remaining, morning.running) == (-1, True)
    assert remaining(morning, Instant(evening.until + 1)) == -2


def test_never_due_stands_with_all_that_is_left():
    never = segment(None, 600, t("Mon 09:00"), True, Hours(lambda _: ()), t("Tue 09:00"))
    assert never == Segment(600, t("Tue 09:00"), FOREVER, running=False)


@pytest.mark.parametrize(
    ("left", "seconds", "expected"),
    [
        (-1, 8 * HOUR, Sign.breached),
        (0, 8 * HOUR, Sign.critical),
        (15 * 60, HOUR, Sign.critical),
        (15 * 60 + 1, HOUR, Sign.at_risk),
        (60 * 60, 10 * HOUR, Sign.critical),
        (60 * 60 + 1, 10 * HOUR, Sign.at_risk),
        (60 * 60, 4 * HOUR, Sign.at_risk),
        (60 * 60 + 1, 4 * HOUR, Sign.running),
        (10 * HOUR, 40 * HOUR, Sign.at_risk),
        (10 * HOUR + 1, 40 * HOUR, Sign.running),
    ],
)
def test_signs_by_what_is_left(left, seconds, expected):
    assert sign(remaining=left, seconds=seconds, running=True) is expected


def test_a_paused_timer_shows_its_pause_unless_it_is_late():
    assert sign(remaining=60, seconds=HOUR, running=False) is Sign.paused
    assert sign(remaining=-60, seconds=HOUR, running=False) is Sign.breached


def sign_seen(timer, at):
    return sign_of(timer, segment_of(timer, HOURS, at), at)


def test_without_a_countdown_there_is_no_sign():
    assert sign_at(None, HOUR, t("Mon 13:00")) is Sign.none


def test_the_sign_of_a_timer():
    told = facts(("Mon 09:00", opened()), ("Mon 12:00", RESOLVED))
    assert sign_seen(timer(told, SOLVE), t("Mon 13:00")) is Sign.met
    assert sign_seen(timer(told, Target(Metric.resolution, HOUR)), t("Mon 13:00")) is Sign.breached
    assert sign_seen(timer(told, Target(Metric.first_response, HOUR)), t("Mon 13:00")) is Sign.none
    running = timer(told[:1], SOLVE)
    assert [sign_seen(running, t(f"Mon {at}")) for at in ("10:00", "15:30", "16:50", "17:01")] == [
        Sign.running, Sign.at_risk, Sign.critical, Sign.breached,
    ]  # fmt: skip
    held = timer(facts(("Mon 09:00", opened()), ("Mon 10:00", scheduled("Wed 10:00"))), SOLVE)
    assert sign_seen(held, t("Tue 10:00")) is Sign.paused


def test_a_ticket_raised_at_night_runs_at_once_round_the_clock():
    """P3 at 02:00 stands until Monday; raised to P1 at 04:00 it runs from its creation."""
    targets = (SOLVE, Target(Metric.resolution, 4 * HOUR, priority=1, base=TimeBase.real))
    told = facts(("Sat 02:00", opened()), ("Sat 04:00", priority(1)))
    usual = segment_of(timer(told[:1], *targets), HOURS, t("Sat 03:00"))
    assert (usual.running, word(usual.until)) == (False, "Mon 09:00")
    raised = segment_of(timer(told, *targets), CALENDARS[None], t("Sat 04:00"))
    assert (raised.running, raised.remaining) == (True, 2 * HOUR)
