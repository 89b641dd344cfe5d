"""Two desks and a watch on one database, in any order: nothing is lost, nothing happens twice."""

import functools
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from supporttui.domain.escalation.policy import Step, StepTarget, TargetKind
from supporttui.domain.events import Noted, State, StepFired
from supporttui.domain.faults import Conflict, Refused
from supporttui.domain.states import AckResume, EscalationKind, Relation
from supporttui.domain.tickets.bonds import OTHER_SIDE
from supporttui.storage import open_store
from supporttui.usecases import bonds, bulk, escalation, notices, queue, replay, tickets
from supporttui.usecases.ports import EscalationState, Notice, NoticeState
from supporttui.usecases.views import Ask
from tests.builders import Desk, MovableClock, opened, policy, service, site
from tests.quick import quick

pytestmark = pytest.mark.core


@functools.cache
def template() -> bytes:
    """A small desk with a policy that is quick to run through."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        store = open_store(f"sqlite:///{path}", clock=MovableClock(), create=True)
        lead = (Step("Lead", 1200, (StepTarget(TargetKind.person, person="lea"),)),)
        boss = policy(id="boss", kind=EscalationKind.hierarchical, steps=lead, priorities=(1,), ack_timeout=3600)
        functional = policy(rounds=2, ack_timeout=1800, ack_resume=AckResume.next)
        site(store, policy=functional, boss=boss, mail=service(management="boss"))
        store.close()
        return path.read_bytes()


WHO = st.sampled_from([0, 1])
NTH = st.integers(0, 3)


class DeskMachine(RuleBasedStateMachine):
    """Ana and Ben each at a desk of their own, with what they last saw; a watch that may die and come back."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "desk.db"
        path.touch(mode=0o600)
        path.write_bytes(template())
        self.clock = MovableClock()
        stores = [quick(open_store(f"sqlite:///{path}", clock=self.clock)) for _ in range(3)]
        self.desks = [Desk(stores[0], self.clock, "ana"), Desk(stores[1], self.clock, "ben")]
        self.watch = Desk(stores[2], self.clock, "watch")
        self.numbers: list[int] = []
        self.seen: list[dict[int, int]] = [{}, {}]
        self.done: list[list[str]] = [[], []]
        self.undone: list[list[str]] = [[], []]
        self.notes: Counter[tuple[int, str]] = Counter()
        self.claimed: list[tuple[Notice, int]] = []
        self.sent: Counter[str] = Counter()

    def teardown(self) -> None:
        for desk in (*self.desks, self.watch):
            desk.store.close()
        self.folder.cleanup()

    @initialize()
    def begin(self) -> None:
        self.watch.lead()
        self.open(0, 1)

    # --- people -----------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.numbers) < 4)
    @rule(who=WHO, priority=st.integers(1, 3))
    def open(self, who: int, priority: int) -> None:
        self.numbers.append(self.desks[who].do(tickets.open_ticket, opened(priority=priority), by=self.name(who)).id)

    @rule(who=WHO)
    def look(self, who: int) -> None:
        """A desk that refreshes sees the newest version of everything."""
        page = self.desks[who].ask(queue.items, self.numbers, self.clock())
        self.seen[who] = {item.row.id: item.row.version for item in page}

    @rule(who=WHO, nth=NTH)
    def acknowledge(self, who: int, nth: int) -> None:
        self.act(who, nth, tickets.acknowledge)

    @rule(who=WHO, nth=NTH)
    def take(self, who: int, nth: int) -> None:
        self.act(who, nth, tickets.take)

    @rule(who=WHO, nth=NTH, state=st.sampled_from([State.waiting_requester, State.waiting_vendor]))
    def wait(self, who: int, nth: int, state: State) -> None:
        self.act(who, nth, tickets.wait, state=state)

    @rule(who=WHO, nth=NTH, priority=st.integers(1, 3))
    def change_priority(self, who: int, nth: int, priority: int) -> None:
        self.act(who, nth, tickets.change_priority, priority=priority, reason="seen")

    @rule(who=WHO, nth=NTH)
    def resolve_or_reopen(self, who: int, nth: int) -> None:
        ticket = self.numbers[nth % len(self.numbers)]
        is_open = self.desks[who].ask(queue.detail, ticket, self.clock()).ticket.is_open
        self.act(who, nth, tickets.resolve if is_open else tickets.reopen)

    @rule(who=WHO, nth=NTH)
    def escalate(self, who: int, nth: int) -> None:
        self.act(who, nth, escalation.escalate)

    @rule(who=WHO, nth=NTH, resume=st.sampled_from(["", "resume", "next", "top"]))
    def unacknowledge(self, who: int, nth: int, resume: str) -> None:
        self.act(who, nth, escalation.unacknowledge, resume=resume)

    @rule(who=WHO, nth=NTH, minutes=st.none() | st.sampled_from([5, 90]), kind=st.sampled_from(EscalationKind))
    def hush(self, who: int, nth: int, minutes: int | None, kind: EscalationKind) -> None:
        until = None if minutes is None else self.clock() + 60 * minutes
        self.act(who, nth, escalation.hush, until=until, kind=kind.value)

    @rule(who=WHO, nth=NTH)
    def note(self, who: int, nth: int) -> None:
        """Whatever is acknowledged as written must be there in the end."""
        text = f"note {sum(self.notes.values())}"
        if self.act(who, nth, tickets.note, text=text):
            self.notes[self.numbers[nth % len(self.numbers)], text] += 1

    @rule(who=WHO, nth=NTH, usecase=st.sampled_from([bonds.follow, bonds.unfollow]))
    def follow(self, who: int, nth: int, usecase) -> None:
        self.act(who, nth, usecase)

    @rule(who=WHO, nth=NTH, minutes=st.none() | st.sampled_from([5, 90]))
    def snooze(self, who: int, nth: int, minutes: int | None) -> None:
        self.act(who, nth, bonds.snooze, until=None if minutes is None else self.clock() + 60 * minutes)

    @rule(who=WHO, nth=NTH, owner=st.sampled_from(["ana", "ben", "zoe"]))
    def transfer(self, who: int, nth: int, owner: str) -> None:
        self.act(who, nth, tickets.transfer, owner=owner)

    @rule(who=WHO, nth=NTH, service=st.sampled_from(["mail", "vpn"]))
    def edit(self, who: int, nth: int, service: str) -> None:
        self.act(who, nth, tickets.edit, fields={"service": service})

    @rule(who=WHO, nth=NTH, other=NTH, relation=st.sampled_from(Relation))
    def relate(self, who: int, nth: int, other: int, relation: Relation) -> None:
        self.act(who, nth, bonds.relate, other=self.numbers[other % len(self.numbers)], relation=relation)

    @rule(who=WHO, nth=NTH, other=NTH)
    def merge(self, who: int, nth: int, other: int) -> None:
        self.act(who, nth, bonds.merge, into=self.numbers[other % len(self.numbers)])

    @precondition(lambda self: len(self.numbers) > 2)
    @rule(who=WHO, nth=NTH)
    def void(self, who: int, nth: int) -> None:
        self.act(who, nth, bonds.void, reason="a test", word=f"T-{self.numbers[nth % len(self.numbers)]}")

    @precondition(lambda self: any(self.done))
    @rule(who=WHO)
    def undo(self, who: int) -> None:
        if self.done[who]:
            operation = self.done[who].pop()
            if self.attempt(lambda: self.desks[who].do(tickets.undo, operation, by=self.name(who))):
                self.undone[who].append(self.desks[who].last)

    @precondition(lambda self: any(self.undone))
    @rule(who=WHO)
    def redo(self, who: int) -> None:
        if self.undone[who]:
            operation = self.undone[who].pop()
            if self.attempt(lambda: self.desks[who].do(tickets.redo, operation, by=self.name(who))):
                self.done[who].append(self.desks[who].last)

    @rule(who=WHO, usecase=st.sampled_from([tickets.take, tickets.resolve, escalation.escalate]))
    def several(self, who: int, usecase) -> None:
        """Every ticket at once, as the desk last saw them: each is done, or named with why not."""
        seen = [(ticket, self.seen[who].get(ticket)) for ticket in self.numbers]
        found = self.desks[who].do(bulk.perform, usecase, seen, by=self.name(who))
        assert {ticket for ticket, _ in (*found.done, *found.refused)} == set(self.numbers)
        self.seen[who] |= {ticket: getattr(done, "ticket", done).version for ticket, done in found.done}
        if found.done:
            self.done[who].append(found.operation)

    # --- the watch ----------------------------------------------------------------------------------------

    @rule(minutes=st.sampled_from([1, 4, 11, 47]))
    def time_passes(self, minutes: int) -> None:
        self.clock.forward(minutes=minutes)

    @rule()
    def sweep(self) -> None:
        self.attempt(lambda: self.watch.watch(escalation.sweep, self.watch.token))

    @rule()
    def deliver(self) -> None:
        token = self.watch.token
        self.attempt(lambda: self.claimed.extend((n, token) for n in self.watch.watch(notices.claim, token)))

    @precondition(lambda self: self.claimed)
    @rule(works=st.booleans())
    def settle(self, works: bool) -> None:
        notice, token = self.claimed.pop()
        error = "" if works else "channel.down"
        state = self.watch.watch(notices.settle, notice, token=token, error=error)
        self.sent[notice.key] += state is NoticeState.sent

    @rule()
    def watch_dies_and_another_leads(self) -> None:
        """What was claimed and not marked is not lost; what the old one still does changes nothing."""
        self.clock.forward(hours=1, seconds=1)
        old, self.watch.token = self.watch.token, self.watch.lead(f"watch {self.clock()}")
        for usecase in (escalation.sweep, notices.claim):
            assert not self.attempt(lambda usecase=usecase: self.watch.watch(usecase, old))

    # --- what always holds ---------------------------------------------------------------------------------

    @invariant()
    def the_journal_folds_to_what_is_stored(self) -> None:
        assert self.watch.ask(replay.differences) == ()

    @invariant()
    def no_note_is_lost(self) -> None:
        found: Counter[tuple[int, str]] = Counter()
        for ticket, facts in self.of_each(lambda tx, ticket: tx.journal.of_ticket(ticket)).items():
            for fact in facts:
                if isinstance(fact.event, Noted):
                    found[ticket, fact.event.text] += 1
        assert found == self.notes

    @invariant()
    def nobody_is_paged_twice_for_one_firing(self) -> None:
        assert all(count == 1 for count in self.sent.values() if count)
        told = self.of_each(lambda tx, ticket: (tx.journal.of_ticket(ticket), tx.outbox.of_ticket(ticket)))
        for facts, sent in told.values():
            firings = [(f.event.generation, f.event.firing) for f in facts if isinstance(f.event, StepFired)]
            assert len(firings) == len(set(firings))
            pages = Counter(
                (n.person, n.params["generation"], n.params["firing"])
                for n in sent
                if n.code == "page" and n.state is not NoticeState.suppressed
            )
            assert all(count == 1 for count in pages.values())

    @invariant()
    def every_page_has_a_step_that_called_the_person(self) -> None:
        told = self.of_each(lambda tx, ticket: (tx.journal.of_ticket(ticket), tx.outbox.of_ticket(ticket)))
        for facts, sent in told.values():
            fired = [fact.event for fact in facts if isinstance(fact.event, StepFired)]
            called = {(one.generation, one.firing, person) for one in fired for person in one.paged}
            pages = [n for n in sent if n.code == "page" and "passed_on" not in n.params]
            assert {(n.params["generation"], n.params["firing"], n.person) for n in pages} == called

    @invariant()
    def what_runs_has_a_due_instant(self) -> None:
        for running in self.watch.ask(escalation.running, self.clock()):
            if running.escalation.state is EscalationState.running:
                assert running.escalation.due is not None

    @invariant()
    def a_relation_stands_on_both_tickets(self) -> None:
        held = {
            (ticket, bond.other, bond.relation)
            for ticket, found in self.of_each(lambda tx, ticket: tx.tickets.get(ticket)).items()
            for bond in found.relations
        }
        assert held == {(other, ticket, OTHER_SIDE[relation]) for ticket, other, relation in held}

    @invariant()
    def what_goes_on_elsewhere_or_is_void_is_in_no_list_of_open_tickets(self) -> None:
        found = self.of_each(lambda tx, ticket: tx.tickets.get(ticket)).values()
        shown = {item.row.id for item in self.watch.ask(queue.page, Ask(), self.clock()).items}
        assert shown == {ticket.id for ticket in found if not ticket.void}
        assert not any(ticket.is_open for ticket in found if ticket.void or ticket.merged_into)
        assert self.watch.ask(queue.status, self.clock()).open == sum(ticket.is_open for ticket in found)

    # --- how ------------------------------------------------------------------------------------------------

    def name(self, who: int) -> str:
        return ("ana", "ben")[who]

    def of_each(self, read):
        """What a reading tells of every ticket, all as of one instant."""
        return self.watch.ask(lambda tx: {ticket: read(tx, ticket) for ticket in self.numbers})

    def act(self, who: int, nth: int, usecase, **options) -> bool:
        """Act on what the desk last saw: it works, is refused by a rule, or conflicts if that is gone."""
        ticket = self.numbers[nth % len(self.numbers)]
        version = self.seen[who].get(ticket)
        stored = self.watch.ask(lambda tx: tx.tickets.get(ticket)).version
        try:
            done = self.desks[who].do(usecase, ticket, version, by=self.name(who), **options)
        except Conflict:
            assert version is not None
            assert version != stored
            return False
        except Refused:
            return False
        assert version in (None, stored)
        self.seen[who][ticket] = getattr(done, "ticket", done).version
        self.done[who].append(self.desks[who].last)
        return True

    def attempt(self, work) -> bool:
        try:
            work()
        except (Refused, Conflict):
            return False
        return True


DeskMachine.TestCase.settings = settings(max_examples=settings.default.max_examples // 3, stateful_step_count=25)
TestDesks = DeskMachine.TestCase
