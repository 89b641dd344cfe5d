"""Whatever people do and however late the watch is: no step is lost, none is taken twice."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.escalation.plan import (
    EscalationState,
    Exhaustion,
    Firing,
    by_hand,
    due,
    history,
    state_of,
    upcoming,
)
from supporttui.domain.escalation.policy import Policy, Step
from supporttui.domain.events import (
    Acknowledged,
    EscalationEnded,
    EscalationStarted,
    Event,
    Fact,
    PageWithdrawn,
    StepFired,
    Undone,
)
from supporttui.domain.ids import OperationId, PersonId, PolicyId, TicketId
from supporttui.domain.spans import Instant

pytestmark = pytest.mark.core
ANA = PersonId("ana")


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    waits = draw(st.lists(st.integers(0, 900), min_size=1, max_size=4))
    steps = tuple(Step(f"step {n}", wait, ()) for n, wait in enumerate(waits, 1))
    return Policy(
        PolicyId("p"), "P", steps, rounds=draw(st.integers(1, 3)), repeat_wait=draw(st.integers(1, 900)),
        ack_timeout=draw(st.none() | st.integers(60, 1800)),
    )  # fmt: skip


class Desk:
    """A ticket, its facts, a watch that sweeps, and people who do things."""

    def __init__(self, policy: Policy) -> None:
        self.policy, self.now, self.facts = policy, Instant(0), []
        self.add(EscalationStarted(policy.id, 1))

    def add(self, event: Event) -> None:
        n = len(self.facts) + 1
        self.facts.append(Fact(TicketId(1), self.now, "ana", event, OperationId(f"op{n}"), seq=n))

    @property
    def past(self):
        return history(self.facts)

    @property
    def state(self) -> EscalationState:
        return state_of(self.policy, self.past, self.now).state

    def take(self, firing: Firing, *, by_hand: bool = False, reached: bool = True) -> None:
        paged = (ANA,) if reached else ()
        self.add(StepFired(firing.generation, firing.number, firing.step, firing.round, paged, by_hand=by_hand))

    def sweep(self, *, reached: bool = True) -> Firing | Exhaustion | None:
        found = due(self.policy, self.past, self.now)
        if isinstance(found, Firing):
            self.take(found, reached=reached)
        elif found is not None:
            self.add(EscalationEnded(found.generation, exhausted=True))
        return found

    def do(self, what: str) -> None:
        last = self.facts[-1]
        match what:
            case "ack":
                self.add(Acknowledged(ANA))
            case "undo" if isinstance(last.event, Acknowledged):
                self.add(Undone(last.operation, {"acknowledged_by": None}))
            case "by hand":
                self.take(by_hand(self.policy, self.past, self.now), by_hand=True)
            case "withdraw" if isinstance(last.event, StepFired):
                self.add(PageWithdrawn(1, last.event.firing))
            case _:
                pass

    def numbers(self) -> list[int]:
        return [fact.event.firing for fact in self.facts if isinstance(fact.event, StepFired)]


acts = st.lists(
    st.tuples(
        st.integers(0, 4000), st.sampled_from(["sweep", "sweep", "nobody", "ack", "undo", "by hand", "withdraw"])
    ),
    max_size=25,
)


@given(policies(), acts)
def test_firing_numbers_neither_skip_nor_repeat_whatever_happens(policy, acts):
    desk = Desk(policy)
    for seconds, act in acts:
        desk.now = Instant(desk.now + seconds)
        if act in ("sweep", "nobody"):
            desk.sweep(reached=act == "sweep")
        else:
            desk.do(act)
    assert desk.numbers() == list(range(1, len(desk.numbers()) + 1))


@given(policies(), st.lists(st.integers(1, 60), min_size=1, max_size=5))
def test_a_watch_in_time_takes_each_step_of_each_round_once_and_in_order(policy, lateness):
    """It may be up to a minute late each time."""
    desk, taken = Desk(policy), []
    for n in range(len(policy.steps) * policy.rounds + 1):
        planned = state_of(policy, desk.past, desk.now).due
        assert planned is not None
        assert planned <= desk.now or due(policy, desk.past, Instant(planned - 1)) is None
        desk.now = Instant(max(desk.now, planned) + lateness[n % len(lateness)] - 1)
        found = desk.sweep()
        assert found is not None
        taken.append((found.round, found.step) if isinstance(found, Firing) else "exhausted")
    everything = [(turn, step) for turn in range(1, policy.rounds + 1) for step in range(1, len(policy.steps) + 1)]
    assert taken == [*everything, "exhausted"]
    assert (desk.state, desk.sweep()) == (EscalationState.exhausted, None)


@given(policies(), acts)
def test_a_sweep_that_is_repeated_takes_nothing_twice(policy, acts):
    """Only steps that go together, or that reached nobody, follow in the same second."""
    desk = Desk(policy)
    for seconds, act in acts:
        desk.now = Instant(desk.now + seconds)
        desk.do(act)
        for _ in range(len(policy.steps) + 1):
            before = desk.past.last
            found = desk.sweep()
            if isinstance(found, Firing) and before is not None and before.at == desk.now:
                assert policy.steps[found.step - 1].wait == 0
        assert desk.sweep() is None


@given(policies(), acts, st.integers(0, 4000))
def test_the_forecast_is_what_the_watch_then_does_if_nobody_answers(policy, acts, later):
    desk = Desk(policy)
    for seconds, act in acts:
        desk.now = Instant(desk.now + seconds)
        desk.sweep() if act in ("sweep", "nobody") else desk.do(act)
    desk.now = Instant(desk.now + later)
    for planned in upcoming(policy, desk.past, desk.now):
        assert planned.at == desk.now or due(policy, desk.past, Instant(planned.at - 1)) is None
        desk.now = planned.at
        found = desk.sweep()
        assert isinstance(found, Firing)
        assert (found.step, found.round) == (planned.step, planned.round)


@given(policies(), st.integers(1, 899), st.integers(1, 5000))
def test_taking_an_acknowledgement_back_moves_the_next_step_by_as_long_as_it_stood(policy, after, stood):
    policy = replace(policy, ack_timeout=None)
    desk = Desk(policy)
    desk.sweep()
    planned = state_of(policy, desk.past, desk.now).due
    desk.now = Instant(after)
    desk.do("ack")
    assert desk.sweep() is None
    desk.now = Instant(after + stood)
    desk.do("undo")
    expected = planned + stood if planned is not None and planned >= after else planned
    assert state_of(policy, desk.past, desk.now).due == expected


@given(policies(), acts, st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_read_does_not_matter(policy, acts, random):
    desk = Desk(policy)
    for seconds, act in acts:
        desk.now = Instant(desk.now + seconds)
        desk.sweep() if act in ("sweep", "nobody") else desk.do(act)
    assert history(random.sample(desk.facts, len(desk.facts))) == desk.past
