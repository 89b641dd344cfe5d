"""The plan against a clock that walks second by second and knows nothing of spans: they always say the same."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.escalation import plan
from supporttui.domain.escalation.history import History, history
from supporttui.domain.escalation.plan import Exhaustion, Firing
from supporttui.domain.escalation.policy import Policy, Silence, Step
from supporttui.domain.events import (
    Acknowledged,
    EscalationEnded,
    EscalationSnoozed,
    EscalationStarted,
    Event,
    Fact,
    State,
    StateChanged,
    StepFired,
    Unacknowledged,
    Undone,
)
from supporttui.domain.ids import OperationId, PersonId, PolicyId, TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.states import AckResume
from supporttui.domain.states import EscalationState as Is

pytestmark = pytest.mark.core

ANA, BEN = PersonId("ana"), PersonId("ben")
SECONDS = 60


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    count = draw(st.integers(1, 3))
    steps = tuple(
        Step(
            f"s{n}", draw(st.integers(0, 5)), (), acks=draw(st.integers(0, 2)), silence=draw(st.sampled_from(Silence)),
            repeats=draw(st.integers(1, 2)), jump_to=draw(st.integers(1, count)), skip_if_empty=draw(st.booleans()),
        )
        for n in range(1, count + 1)
    )  # fmt: skip
    return Policy(
        PolicyId("p"), "P", steps, rounds=draw(st.integers(1, 2)), repeat_wait=draw(st.integers(1, 6)),
        ack_timeout=draw(st.none() | st.integers(2, 9)), ack_resume=draw(st.sampled_from(AckResume)),
    )  # fmt: skip


# --- the program ----------------------------------------------------------------------------------------


@dataclass
class Program:
    """Facts, folded anew each time."""

    policy: Policy
    empty: frozenset[int]
    now: int = 0
    facts: list[Fact] = field(default_factory=list)
    generation: int = 1

    def add(self, *events: Event, operation: str = "") -> str:
        operation = operation or f"op{len(self.facts)}"
        for event in events:
            seq = len(self.facts) + 1
            self.facts.append(Fact(TicketId(1), Instant(self.now), "ana", event, OperationId(operation), seq=seq))
        return operation

    @property
    def past(self) -> History:
        return history(self.facts)

    @property
    def state(self) -> Is:
        return plan.state_of(self.policy, self.past, Instant(self.now)).state

    def fire(self, firing: Firing, *, by_hand: bool = False) -> StepFired:
        past, at = self.past, Instant(self.now)
        answered = plan.acknowledging(self.policy, past, at) if plan.repeats(past, firing) and not by_hand else ()
        there = () if firing.step in self.empty and not by_hand else (ANA, BEN)
        paged = tuple(person for person in there if person not in answered)
        return StepFired(
            firing.generation, firing.number, firing.step, firing.round, paged, by_hand=by_hand, answered=answered
        )

    def sweep(self) -> list[tuple[int, int]]:
        taken: list[tuple[int, int]] = []
        while (found := plan.due(self.policy, self.past, Instant(self.now))) is not None:
            if isinstance(found, Exhaustion):
                self.add(EscalationEnded(found.generation, exhausted=True))
                taken.append((0, 0))
            else:
                self.add(self.fire(found))
                taken.append((found.step, found.round))
        return taken


# --- the clock ------------------------------------------------------------------------------------------

Rung = tuple[int, int, int]
"""Step, round, how often in a row."""


@dataclass
class Clock:
    """What stands now, and how many seconds are left."""

    policy: Policy
    empty: frozenset[int]
    at: Rung = (0, 1, 1)
    coming: Rung | None = (1, 1, 1)
    left: int = 0
    acks: dict[str, tuple[PersonId, int]] = field(default_factory=dict)
    sleep: int = 0
    paged: frozenset[PersonId] = frozenset()
    answered: frozenset[PersonId] = frozenset()
    exhausted: bool = False
    over: bool = False
    resolved: bool = False
    was_answered: bool = False

    def people(self, now: int) -> frozenset[PersonId]:
        limit = self.policy.ack_timeout
        return frozenset(person for person, since in self.acks.values() if limit is None or now < since + limit)

    def is_answered(self, now: int) -> bool:
        people, step = self.people(now), self.at[0]
        acks = 1 if not step or self.exhausted else self.policy.steps[step - 1].acks
        asked = self.paged | self.answered
        if acks == 0:
            return bool(people) and self.paged <= people
        if self.paged and acks > 1:
            acks = min(acks, len(asked))
        return len(people) >= acks

    def state(self, now: int) -> Is:
        if self.resolved:
            return Is.done
        if self.is_answered(now):
            return Is.acknowledged
        if now < self.sleep:
            return Is.snoozed
        return Is.exhausted if self.over else Is.running

    def behind(self, step: int, turn: int) -> Rung | None:
        if step < len(self.policy.steps):
            return (step + 1, turn, 1)
        return (1, turn + 1, 1) if turn < self.policy.rounds else None

    def jump(self, step: int, turn: int) -> Rung | None:
        if not step or self.policy.steps[step - 1].silence is not Silence.jump:
            return None
        to = self.policy.steps[step - 1].jump_to or 0
        if to > step:
            return (to, turn, 1)
        return (to, turn + 1, 1) if turn < self.policy.rounds else None

    def rung(self) -> Rung | None:
        return self.jump(*self.at[:2]) or self.behind(*self.at[:2])

    def go_on(self, mode: AckResume) -> None:
        """Nobody has answered any more."""
        if mode is AckResume.next:
            self.coming, self.left, self.over = self.rung(), 0, False
        elif mode is AckResume.top:
            step, turn, _ = self.at
            again = step > 0 and turn < self.policy.rounds
            self.coming, self.left, self.over = (1, turn + again, 1), self.policy.steps[0].wait, False

    def land(self, rung: Rung, *, reached: bool) -> None:
        """A step was taken: what comes then, and in how long."""
        step, turn, times = rung
        rule, steps = self.policy.steps[step - 1], self.policy.steps
        wait = steps[step].wait if step < len(steps) else self.policy.repeat_wait
        pause, behind = wait or self.policy.repeat_wait, self.behind(step, turn)
        self.at, self.exhausted, self.over, self.sleep = rung, False, False, 0
        self.coming, self.left = behind, wait
        if reached and rule.silence is Silence.repeat and times <= rule.repeats:
            self.coming, self.left = (step, turn, times + 1), pause
        elif reached and (jump := self.jump(step, turn)) is not None:
            self.coming, self.left = jump, pause
        elif not reached and rule.skip_if_empty and behind is not None and behind[1] == turn:
            self.left = 0

    def take(self, now: int, *, by_hand: bool = False) -> tuple[int, int]:
        if self.coming is None and not by_hand:
            self.exhausted, self.over, self.acks = True, True, {}
            return (0, 0)
        rung = (self.rung() or (len(self.policy.steps), self.at[1], 1)) if by_hand else self.coming
        assert rung is not None
        again = rung[:2] == self.at[:2]
        rung = (*rung[:2], self.at[2] + 1 if again else 1)
        holding = self.people(now) if again and not by_hand else frozenset()
        there = frozenset() if rung[0] in self.empty and not by_hand else frozenset({ANA, BEN})
        self.paged = there - holding | (self.paged if again else frozenset())
        self.answered = holding
        self.acks = {key: one for key, one in self.acks.items() if one[0] in holding}
        self.land(rung, reached=bool(there - holding))
        return (rung[0], rung[1])

    def second(self, now: int, ended_by: AckResume | None, *, fire: bool = True) -> list[tuple[int, int]]:
        """What happens in this second after what people did in it."""
        taken: list[tuple[int, int]] = []
        answered = self.is_answered(now)
        if self.was_answered and not answered:
            self.go_on(self.policy.ack_resume if ended_by is None else ended_by)
        while fire and self.state(now) is Is.running and self.left == 0:
            taken.append(self.take(now))
        self.was_answered = self.is_answered(now)
        if self.state(now) is Is.running and self.left:
            self.left -= 1
        return taken


# --- what people do -------------------------------------------------------------------------------------


class Pair:
    """The program and the clock, told the same."""

    def __init__(self, policy: Policy, empty: frozenset[int]) -> None:
        self.program, self.clock = Program(policy, empty), Clock(policy, empty, left=policy.steps[0].wait)
        self.program.add(EscalationStarted(policy.id, 1, 1))
        self.snapshots: dict[str, tuple[int, Clock]] = {}
        self.sleeps: list[tuple[str, int]] = []
        self.last = ("", "")
        self.ended_by: AckResume | None = None

    def do(self, what: str, amount: int) -> None:
        program, now = self.program, self.program.now
        state = program.state
        self.ended_by = None
        if what == "undo":
            self.undo(now)
            return
        before = replace(self.clock, acks=dict(self.clock.acks))
        done = self.act(what, amount, state, now)
        if done:
            self.snapshots[done] = (now, before)
            self.last = (what, done)

    def act(self, what: str, amount: int, state: Is, now: int) -> str:
        program, clock = self.program, self.clock
        match what:
            case "ana" | "ben" if state is not Is.done:
                person = ANA if what == "ana" else BEN
                done = program.add(Acknowledged(person))
                clock.acks[done] = (person, now)
                return done
            case "unack" if state is not Is.done and clock.people(now):
                mode = [*AckResume, None][amount % 4]
                clock.acks, self.ended_by = {}, mode
                return program.add(Unacknowledged(mode))
            case "hush" if state not in (Is.done, Is.exhausted):
                clock.sleep = now + amount
                return program.add(EscalationSnoozed(Instant(now + amount)))
            case "hand" if state is not Is.done:
                firing = plan.by_hand(program.policy, program.past, Instant(now))
                clock.take(now, by_hand=True)
                clock.was_answered = False
                return program.add(program.fire(firing, by_hand=True))
            case "resolve" if state is not Is.done:
                clock.resolved = True
                return program.add(StateChanged(State.resolved))
            case "reopen" if state is Is.done:
                program.generation += 1
                self.clock = Clock(program.policy, program.empty, left=program.policy.steps[0].wait)
                self.last = ("", "")
                program.add(StateChanged(State.active), EscalationStarted(program.policy.id, 1, program.generation))
        return ""

    def undo(self, now: int) -> None:
        """Of the last thing a person did, if nothing else has happened since."""
        what, operation = self.last
        program = self.program
        if not operation or program.facts[-1].operation != operation:
            return
        then, before = self.snapshots[operation]
        restores = {"state": "active"} if what == "resolve" else {}
        program.add(Undone(OperationId(operation), restores))
        match what:
            case "ana" | "ben":
                del self.clock.acks[operation]
                self.ended_by = AckResume.resume
            case "unack":
                self.clock.acks = before.acks
                limit = program.policy.ack_timeout
                self.clock.acks = {
                    key: one for key, one in before.acks.items() if limit is None or now < one[1] + limit
                }  # fmt: skip
            case "hush":
                self.clock.sleep = before.sleep
            case "resolve":
                self.clock.resolved = False
            case "hand":
                self.clock = before
                for second in range(then, now):
                    self.clock.second(second, None, fire=False)
        self.last = ("", "")


doings = st.lists(
    st.tuples(
        st.integers(0, 8),
        st.sampled_from(["ana", "ana", "ben", "unack", "hush", "hand", "resolve", "reopen", "undo", "undo"]),
        st.integers(1, 8),
    ),
    max_size=14,
)


@given(policies(), st.frozensets(st.integers(1, 3), max_size=2), doings)
def test_the_plan_says_what_a_clock_would_say_that_walks_second_by_second(policy, empty, acts):
    pair, coming = Pair(policy, empty), {}
    at = 0
    for pause, what, amount in acts:
        at += pause + 1
        coming[at] = (what, amount)
    for now in range(SECONDS):
        pair.program.now = now
        pair.ended_by = None
        if now in coming:
            pair.do(*coming[now])
        taken = pair.clock.second(now, pair.ended_by)
        assert pair.program.sweep() == taken, f"at second {now}"
        assert pair.program.state is pair.clock.state(now), f"at second {now}"
