"""Rules 1.8 by use cases at a desk with a watch, against a clock that walks and counts what is left.

It knows no facts, no spans and no undo: who has acknowledged since when, how many ticks are left, what comes next.
"""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.escalation.policy import EscalationKind, Policy, Step, StepTarget, TargetKind
from supporttui.domain.events import EscalationEnded, StepFired
from supporttui.domain.faults import Refused
from supporttui.domain.spans import Instant
from supporttui.usecases import bonds, escalation, tickets
from tests.builders import Desk, MovableClock, opened, policy, service, site
from tests.quick import memory_store

TICK = 300
FUNCTIONAL, HIERARCHICAL = EscalationKind.functional, EscalationKind.hierarchical
KINDS = (FUNCTIONAL, HIERARCHICAL)
PEOPLE = ("ana", "ben", "mia", "lea", "zoe")
Rung = tuple[str, int, int, tuple[str, ...]]
"""Kind, step, round, who is paged; step 0: the last resort is told."""


@dataclass
class Ladder:
    """One escalation of one kind, as rule 1.8 has it."""

    kind: EscalationKind
    waits: tuple[int, ...]
    """Ticks before each step."""
    people: tuple[str, ...]
    """Who is called by each step; empty: nobody can be."""
    rounds: int
    between: int
    """Ticks between rounds."""
    timeout: int | None
    watched: tuple[int, ...]
    """Priorities that begin it."""
    begun: bool = False
    step: int = 0
    round: int = 1
    left: int = 0
    used_up: bool = False
    acks: dict[str, int] = field(default_factory=dict)
    """Person → ticks since; oldest acknowledgement of theirs that counts is the newest one."""
    asleep: int = 0
    called: set[str] = field(default_factory=set)

    def begin(self) -> None:
        self.begun, self.step, self.round, self.left = True, 0, 1, self.waits[0]
        self.used_up, self.asleep, self.called, self.acks = False, 0, set(), {}

    def hears(self, person: str) -> bool:
        return self.kind is FUNCTIONAL or person in self.called

    def following(self) -> tuple[int, int] | None:
        if self.step < len(self.waits):
            return self.step + 1, self.round
        return (1, self.round + 1) if self.round < self.rounds else None

    def answered(self) -> bool:
        return bool(self.acks)

    def stands_still(self) -> bool:
        return not self.begun or self.answered() or self.asleep > 0

    def take(self, rung: tuple[int, int]) -> Rung:
        self.step, self.round = rung
        person = self.people[self.step - 1]
        self.left = self.waits[self.step] if self.step < len(self.waits) else self.between
        if not person and self.step < len(self.waits):
            self.left = 0  # an empty step is skipped at once
        self.called |= {person} - {""}
        self.acks, self.asleep, self.used_up = {}, 0, False
        return (self.kind.value, self.step, self.round, (person,) if person else ())

    def by_hand(self) -> Rung:
        """The next step that reaches anybody, now; the last one again when all are used up."""
        if not self.begun:
            self.begin()
        rung = self.following() or (len(self.waits), self.round)
        while not self.people[rung[0] - 1]:
            rung = (rung[0] + 1, rung[1])
        return self.take(rung)

    def tick(self) -> list[Rung]:
        """What happens in this tick by itself, after what people did in it; then it passes."""
        found: list[Rung] = []
        while not self.stands_still() and not self.used_up and self.left == 0:
            rung = self.following()
            if rung is None:
                self.used_up, self.acks = True, {}
                found.append((self.kind.value, 0, 0, ()))
            else:
                found.append(self.take(rung))
        if not self.stands_still() and self.left:
            self.left -= 1
        return found

    def passes(self) -> None:
        """A tick later."""
        self.asleep = max(0, self.asleep - 1)
        self.acks = {person: since + 1 for person, since in self.acks.items()}
        if self.timeout is not None:
            self.acks = {person: since for person, since in self.acks.items() if since < self.timeout}


@dataclass
class World:
    """A ticket that both know."""

    ladders: tuple[Ladder, Ladder]
    desk: Desk
    ticket: int = 0
    other: int = 0
    priority: int = 3
    is_open: bool = True
    merged: bool = False
    seen: int = 0

    def open(self, priority: int) -> None:
        self.priority = priority
        self.ticket = self.desk.do(tickets.open_ticket, opened(priority=priority)).id
        self.other = self.desk.do(tickets.open_ticket, opened(priority=4)).id
        self._begin()

    def _begin(self) -> None:
        for one in self.ladders:
            if self.priority in one.watched and not one.begun:
                one.begin()

    def do(self, use_case, *args, **options) -> bool:
        try:
            self.desk.do(use_case, self.ticket, None, *args, **options)
        except Refused:
            return False
        return True

    def act(self, what: str, who: str, amount: int, kind: EscalationKind) -> None:
        if self.is_open:
            self._while_open(what, who, amount, self.ladders[KINDS.index(kind)])
        elif what == "reopen" and not self.merged:
            self.desk.do(tickets.reopen, self.ticket, None)
            self.is_open = True
            for one in self.ladders:
                one.begun = False
            self._begin()
        elif what == "unmerge" and self.merged:
            self.desk.do(bonds.unmerge, self.ticket, None)
            self.is_open, self.merged = True, False

    def _while_open(self, what: str, who: str, amount: int, ladder: Ladder) -> None:
        match what:
            case "ack" if self.do(tickets.acknowledge, by=who):
                for one in self.ladders:
                    if one.begun and one.hears(who):
                        one.acks[who] = 0
            case "unack" if self.do(escalation.unacknowledge, by=who):
                for one in self.ladders:
                    if one.hears(who):
                        one.acks = {}
            case "hush" if self.do(
                escalation.hush, until=Instant(self.desk.clock() + amount * TICK), kind=ladder.kind.value
            ):
                assert ladder.begun
                ladder.asleep = amount
            case "hand":
                assert self.do(escalation.escalate, kind=ladder.kind.value, by=who)
                ladder.by_hand()
            case "sorry":
                done = self.desk.do(escalation.escalate, self.ticket, None, kind=ladder.kind.value)
                self.desk.do(escalation.withdraw, done.operation)
            case "resolve":
                assert self.do(tickets.resolve)
                self.is_open = False
            case "merge":
                assert self.do(bonds.merge, into=self.other)
                self.is_open, self.merged = False, True
            case "raise" if self.priority == 3:
                assert self.do(tickets.change_priority, priority=1, reason="worse")
                self.priority = 1
                self._begin()

    def news(self) -> list[Rung]:
        """What the watch did since, by the facts, but for steps by hand."""
        facts = self.desk.ask(lambda tx: tx.journal.of_ticket(self.ticket))
        found: list[Rung] = []
        for fact in facts[self.seen :]:
            if isinstance(fact.event, StepFired) and not fact.event.by_hand:
                found.append((fact.event.kind.value, fact.event.step, fact.event.round, fact.event.paged))
            elif isinstance(fact.event, EscalationEnded):
                found.append((self._kind_of(facts, fact.event.generation), 0, 0, ()))
        self.seen = len(facts)
        return sorted(found)

    def _kind_of(self, facts, generation: int) -> str:
        fired = (one.event for one in facts if isinstance(one.event, StepFired))
        return next(one.kind.value for one in fired if one.generation == generation)


def step(person: str, ticks: int) -> Step:
    return Step(person or "nobody", ticks * TICK, (StepTarget(TargetKind.person, person=person or "aud"),))


@st.composite
def ladders(draw: st.DrawFn, kind: EscalationKind, people: tuple[str, ...], watched: tuple[int, ...]) -> Ladder:
    waits = tuple(draw(st.integers(0, 4)) for _ in people)
    found = tuple(draw(st.sampled_from([one, one, ""])) for one in people[:-1])
    return Ladder(
        kind, waits, (*found, people[-1]), draw(st.integers(1, 2)), draw(st.integers(1, 5)),
        draw(st.sampled_from([None, 2, 4])), watched,
    )  # fmt: skip


def policy_of(ladder: Ladder, key: str) -> Policy:
    return policy(
        id=key, kind=ladder.kind, steps=tuple(map(step, ladder.people, ladder.waits)), rounds=ladder.rounds,
        repeat_wait=ladder.between * TICK, ack_timeout=None if ladder.timeout is None else ladder.timeout * TICK,
        priorities=ladder.watched,
    )  # fmt: skip


DOINGS = ("ack", "ack", "ack", "unack", "hush", "hand", "sorry", "resolve", "reopen", "merge", "unmerge", "raise")
doings = st.lists(
    st.tuples(
        st.integers(0, 4), st.sampled_from(DOINGS), st.sampled_from(PEOPLE), st.integers(1, 4), st.sampled_from(KINDS)
    ),
    max_size=10,
)


@given(
    ladders(FUNCTIONAL, ("ben", "mia", "lea"), (1, 2)), ladders(HIERARCHICAL, ("lea", "zoe"), (1,)),
    st.integers(1, 3), doings,
)  # fmt: skip
def test_desk_and_watch_do_what_a_clock_would_say(functional, hierarchical, priority, acts):
    clock = MovableClock()
    store = memory_store(clock)
    site(
        store, policy=policy_of(functional, "urgent"), boss=policy_of(hierarchical, "boss"),
        mail=service(management="boss"),
    )  # fmt: skip
    world = World((functional, hierarchical), Desk(store, clock))
    world.desk.lead(seconds=10**7)
    world.open(priority)
    coming, at = {}, 0
    for pause, *what in acts:
        at += pause
        coming.setdefault(at, []).append(what)
    for tick in range(at + 12):
        for what in coming.get(tick, ()):
            world.act(*what)
        expected = [rung for one in world.ladders for rung in (one.tick() if world.is_open else ())]
        world.desk.watch(escalation.sweep, world.desk.token)
        assert world.news() == sorted(expected), f"at tick {tick}"
        clock.forward(seconds=TICK)
        for one in world.ladders:
            one.passes()
