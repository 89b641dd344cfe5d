"""Timers against a walk from minute to minute, and the laws that any history obeys."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.events import Fact, Noted, State, StateChanged
from supporttui.domain.ids import OperationId
from supporttui.domain.sla.explain import explain
from supporttui.domain.sla.hours import Hours
from supporttui.domain.sla.targets import ChangeRule, Metric, ReopenRule, Target, TimeBase
from supporttui.domain.sla.timer import Timer, TimerState, fold, remaining, segment_of
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import OPEN_STATES, replay
from tests.domain.sla.calendars import DAY, HOUR
from tests.domain.sla.facts import (
    ACTIVE,
    CLOSED,
    HOURS,
    MESSAGE,
    REPLY,
    RESOLVED,
    VENDOR,
    WAITING,
    facts,
    office,
    opened,
    priority,
    promises,
    t,
)

pytestmark = pytest.mark.core

MINUTE = 60
START = t("Mon 09:00")
STEPS = 3 * 24 * 12
"""Histories last up to three days, in steps of five minutes."""

moments = st.integers(0, STEPS).map(lambda n: Instant(START + n * 5 * MINUTE))


@st.composite
def events(draw, at: Instant):
    simple = st.sampled_from([WAITING, ACTIVE, ACTIVE, VENDOR, RESOLVED, CLOSED, REPLY, MESSAGE, Noted("n")])
    lasting = st.integers(0, 200).map(lambda n: StateChanged(State.scheduled, until=Instant(at + n * 5 * MINUTE)))
    return draw(st.one_of(simple, simple, st.integers(1, 3).map(priority), lasting))


@st.composite
def histories(draw) -> tuple[Fact, ...]:
    times = sorted(draw(st.lists(moments, max_size=9)))
    return facts((START, opened(draw(st.integers(1, 3)))), *((at, draw(events(at))) for at in times))


@st.composite
def targets(draw, rules=tuple(ChangeRule)) -> tuple[Target, ...]:
    """A target of every metric for every priority, or for some."""
    metric = st.sampled_from(list(Metric))
    return tuple(
        Target(
            draw(metric), draw(st.integers(1, 40)) * 15 * MINUTE, priority=draw(st.sampled_from([None, 1, 2, 3])),
            base=draw(st.sampled_from([TimeBase.business, TimeBase.business, TimeBase.real])),
            change=draw(st.sampled_from(rules)), reopen=draw(st.sampled_from(list(ReopenRule))),
            warn_percent=draw(st.sampled_from([(), (50,), (75, 90)])), due_next_open=draw(st.booleans()),
            pauses=draw(st.sampled_from([None, None, frozenset(), frozenset({State.waiting_vendor})])),
        )
        for _ in range(draw(st.integers(1, 5)))
    )  # fmt: skip


def folded(told: Sequence[Fact], agreed: Sequence[Target]) -> tuple[Timer, ...]:
    return fold(told, promises(*agreed), HOURS, office)


# --- the walk -------------------------------------------------------------------------------------


@dataclass
class Walk:
    """What a patient person with a stopwatch would note."""

    used: int = 0
    due: Instant | None = None
    stopped: Instant | None = None
    standing: bool = False


def walk(told: Sequence[Fact], target: Target, hours: Hours, *, until: Instant) -> Walk:
    """A stopwatch for resolution under one target, looked at every five minutes.

    Resolved time is left out, states pause as the target says, and once the time is used up pauses are
    not looked at any more.
    """
    noted = Walk()
    pauses = {State.waiting_requester, State.scheduled} if target.pauses is None else target.pauses
    tickets = {fact.at: replay([other for other in told if other.at <= fact.at]) for fact in told}
    for now in range(START, until, 5 * MINUTE):
        ticket = tickets[max(at for at in tickets if at <= now)]
        held = ticket.state is State.scheduled and not (ticket.hold_until is not None and ticket.hold_until <= now)
        state = State.active if ticket.state is State.scheduled and not held else ticket.state
        done = state not in OPEN_STATES
        noted.stopped = (noted.stopped or Instant(now)) if done else None
        noted.standing = done or state in pauses
        counts = noted.due is None and not noted.standing
        if counts:
            noted.used += hours.between(Instant(now), Instant(now + 5 * MINUTE))
            if noted.used >= target.seconds:
                noted.due = Instant(now + 5 * MINUTE)
    return noted


def last_resolved(told: Sequence[Fact]) -> Instant:
    """When it went from open to done for the last time, even if it was open for no time at all."""
    opens = [replay(told[:n]).is_open for n in range(1, len(told) + 1)]
    return max(fact.at for fact, before, after in zip(told[1:], opens, opens[1:], strict=False) if before and not after)


@given(histories(), targets())
def test_resolution_is_what_a_stopwatch_says(told, agreed):
    target = replace(
        agreed[0], metric=Metric.resolution, priority=None, reopen=ReopenRule.continue_, due_next_open=False,
        warn_percent=(),
    )  # fmt: skip
    (timer,) = folded(told, [target])
    hours = HOURS(timer.calendar)
    until = Instant(START + 8 * DAY)
    noted = walk(told, target, hours, until=until)
    assert timer.stopped == (None if noted.stopped is None else last_resolved(told))
    if noted.stopped is None and noted.due is None:
        assert timer.due is None or timer.due >= until
        if timer.state is TimerState.paused:
            assert timer.remaining == target.seconds - noted.used
    elif noted.due is not None and (noted.stopped is None or noted.due <= noted.stopped):
        assert timer.due == noted.due
        assert timer.late == (noted.stopped is not None and noted.stopped > noted.due)
    elif noted.due is None:
        assert timer.remaining == target.seconds - noted.used
        assert not timer.late


@given(histories(), targets())
def test_the_countdown_is_what_the_calendar_says_at_every_instant(told, agreed):
    """A segment tells for its whole length what the timer would tell if it were asked."""
    last = max(fact.at for fact in told)
    for timer in folded(told, agreed):
        hours = HOURS(timer.calendar)
        now = last
        for _ in range(6):
            segment = segment_of(timer, hours, now)
            assert segment.until > now
            probe = min(Instant(segment.until - 1), Instant(now + 40 * HOUR))
            assert remaining(segment, probe) == remaining(segment_of(timer, hours, probe), probe)
            if timer.state is TimerState.running and timer.due is not None:
                assert (remaining(segment, probe) < 0) == (probe > timer.due)
            now = min(segment.until, Instant(now + 40 * HOUR))


# --- laws -----------------------------------------------------------------------------------------


@given(histories(), targets(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_stored_changes_nothing(told, agreed, random):
    shuffled = list(told)
    random.shuffle(shuffled)
    assert folded(shuffled, agreed) == folded(told, agreed)


@given(histories(), targets(), st.data())
def test_a_pause_may_be_split_anywhere(told, agreed, data):
    """Saying again what is already so changes no timer."""
    at = data.draw(st.integers(START, max(fact.at for fact in told)))
    ticket = replay([fact for fact in told if fact.at <= at])
    if ticket.state is State.scheduled:
        return  # its date may have passed: said again, it would wait anew
    again = Fact(
        told[0].ticket, Instant(at), "ana",
        StateChanged(ticket.state, reason=ticket.hold_reason, until=ticket.hold_until), OperationId("again"), len(told) + 1,
    )  # fmt: skip
    assert folded((*told, again), agreed) == folded(told, agreed)


@given(histories(), targets())
def test_a_note_later_on_changes_nothing_but_what_is_on_record(told, agreed):
    note = facts((START, Noted("")))[0]
    later = replace(note, at=Instant(max(fact.at for fact in told) + DAY), seq=99)
    before, after = folded(told, agreed), folded((*told, later), agreed)
    off_record = {"breached_at": None, "breached_seconds": None, "breached_calendar": None, "late": False}
    assert [timer._replace(**off_record) for timer in before] == [timer._replace(**off_record) for timer in after]
    for then, now in zip(before, after, strict=True):
        passed = then.unmet and then.due is not None and then.due < later.at
        assert now.breached_at == (then.breached_at or (then.due if passed else None))


@given(histories(), targets())
def test_a_pause_after_due_moves_nothing(told, agreed):
    for timer in folded(told, agreed):
        if timer.state is not TimerState.running or timer.due is None:
            continue
        at = max(timer.due, *(fact.at for fact in told)) + 1
        pause = replace(facts((START, WAITING))[0], at=Instant(at), seq=99)
        later = {(x.metric, x.cycle): x for x in folded((*told, pause), agreed)}[timer.metric, timer.cycle]
        assert (later.due, later.state, later.breached_at or later.due) == (
            timer.due,
            timer.state,
            timer.breached_at or timer.due,
        )


@given(histories(), targets())
def test_a_breach_on_record_stays(told, agreed):
    """Whatever follows; only facts that are put in between can take it back."""
    known: dict[tuple[Metric, int], Instant] = {}
    rules = {target.reopen for target in agreed}
    for n in range(1, len(told) + 1):
        found = {(timer.metric, timer.cycle): timer.breached_at for timer in folded(told[:n], agreed)}
        if rules == {ReopenRule.continue_}:
            for key, breached_at in known.items():
                assert found[key] == breached_at
        known = {key: breached_at for key, breached_at in found.items() if breached_at is not None}


@given(histories(), targets())
def test_timers_hang_together(told, agreed):
    last = max(fact.at for fact in told)
    for timer in folded(told, agreed):
        assert timer.seconds > 0
        assert timer.started >= START
        assert timer.late == (timer.state is TimerState.met and timer.breached_at is not None)
        assert timer.breached_at is None or timer.breached_at < (last if timer.stopped is None else timer.stopped)
        assert all(at >= timer.started for at in timer.warn_at)
        assert list(timer.warn_at) == sorted(timer.warn_at)
        assert (timer.stopped is None) == timer.unmet
        if timer.state is TimerState.paused:
            assert timer.due is None
            # Nothing may be left only where a target used up at closing is due at the next opening.
            assert timer.remaining > 0 or (timer.remaining == 0 and any(target.due_next_open for target in agreed))
        if timer.state is TimerState.running:
            assert timer.due is not None
            assert timer.due >= timer.started
            assert all(at <= timer.due for at in timer.warn_at)


@given(histories(), targets())
def test_one_cycle_at_most_is_unmet_for_each_metric(told, agreed):
    found = folded(told, agreed)
    for metric in Metric:
        cycles = [timer for timer in found if timer.metric is metric]
        assert all(not timer.unmet for timer in cycles[:-1])
        assert [timer.cycle for timer in cycles] == sorted({timer.cycle for timer in cycles})


@given(histories(), targets())
def test_the_explanation_tiles_the_time_and_adds_up(told, agreed):
    now = Instant(max(fact.at for fact in told) + 2 * HOUR)
    for timer in folded(told, agreed):
        pieces = explain(timer, told, promises(*agreed), hours=HOURS, default_calendar=office, until=now)
        starts = [piece.span.start for piece in pieces]
        ends = [piece.span.end for piece in pieces]
        assert starts[1:] == ends[:-1]
        assert not pieces or starts[0] == timer.started
        used = sum(piece.seconds for piece in pieces if timer.due is None or piece.span.end <= timer.due)
        if timer.stopped is not None and (timer.due is None or timer.stopped < timer.due):
            assert (ends or [timer.started])[-1] == timer.stopped
            assert used == timer.seconds - timer.remaining
        elif timer.due is not None:
            assert used == timer.seconds
        else:
            assert used == timer.seconds - timer.remaining
        if timer.stopped is not None and timer.due is not None and timer.stopped > timer.due:
            over = sum(piece.seconds for piece in pieces if piece.span.start >= timer.due)
            assert max(1, over) == -timer.remaining
