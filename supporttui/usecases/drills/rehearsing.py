"""A drill by a clock of its own: in a copy of what is defined, from one due instant to the next, as the watch works.

Nothing of it is written to the database that it is about.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from supporttui.domain.drills import Lack, LackKind
from supporttui.domain.escalation.history import histories
from supporttui.domain.escalation.policy import TargetKind
from supporttui.domain.escalation.turns import pointer_of
from supporttui.domain.faults import Forbidden, SupportError
from supporttui.domain.ids import OperationId, PersonId, PolicyId, ServiceId, TeamId, TicketId
from supporttui.domain.priorities import Priority
from supporttui.domain.queue import And, Op, Term
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationState, Origin
from supporttui.usecases import escalation, notices, timer_notices
from supporttui.usecases.drills import reporting
from supporttui.usecases.drills.reporting import Report
from supporttui.usecases.drills.starting import begins, opening
from supporttui.usecases.handing import transfer
from supporttui.usecases.opening import open_ticket
from supporttui.usecases.ports import Call, Store, Transaction
from supporttui.usecases.replay import copy_definitions
from supporttui.usecases.rules import rules_of
from supporttui.usecases.tickets import acknowledge

T = TypeVar("T")
WATCH = PersonId("watch")
HORIZON = 14 * 86_400
"""Seconds after which a drill is broken off."""
A_DAY = 86_400
MOST = 5_000
"""Instants that are looked at; a policy that takes more has another problem."""
LOOKED_AT = 1_000
"""Tickets of the service whose languages are asked for."""
_CALLING = (EscalationState.running, EscalationState.snoozed)


@dataclass(frozen=True, slots=True)
class Stage:
    """An empty world whose time is set."""

    store: Store
    set_time: Callable[[Instant], object]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be exercised."""

    service: ServiceId
    priority: Priority
    at: Instant
    title: str
    policy: PolicyId | None = None
    """Instead of the service's."""
    ack_after: int | None = None
    """Seconds after which the last who was called answers, and those who must besides; ``None``: nobody does."""
    to: TeamId | None = None
    """Handed to this authority then, or at the end."""
    language: str = ""
    """The requester's."""
    category: str = ""
    languages: tuple[str, ...] = ()
    """Who speaks them is looked at besides."""


def prepare(source: Transaction, target: Transaction) -> None:
    """Fill an empty store with what is defined, and with whose turn it is."""
    copy_definitions(source, target)
    for versions in source.definitions.policies().values():
        for number, step in enumerate(versions[-1].value.steps, 1):
            if any(one.kind is TargetKind.round_robin for one in step.targets):
                name = pointer_of(versions[-1].value, number)
                target.escalations.point(name, source.escalations.pointer(name))


def spoken(source: Transaction, service: ServiceId, now: Instant) -> tuple[str, ...]:
    """The languages of those who ask about a service, the commonest first, and the one agreed for it."""
    known = rules_of(source).known_service(service)
    asked = And((Term("service", Op.eq, (service,)),))
    facets = source.tickets.facets(asked, now=now, me=None, most=LOOKED_AT)
    found = (one.value for one in facets if one.field == "language" and one.value)
    return tuple(dict.fromkeys((*found, known.fallback_language)))


def rehearse(stage: Stage, asked: Asked, *, actor: PersonId) -> Report:
    """Let it happen: open the ticket, take every step when it is due, send, answer, hand over; and report.

    Raises:
        BadInput: ``priority.unknown``.
        NotFound: ``service.unknown``, ``policy.unknown`` or ``team.unknown``.
    """
    stage.set_time(asked.at)
    run = _begin(stage, asked, actor)
    for _ in range(MOST):
        coming = run.next()
        if coming is None or coming > asked.at + HORIZON:
            break
        run.go_to(coming)
        if run.is_over:
            break
    run.hand_over()
    languages = tuple(dict.fromkeys(filter(None, (asked.language, *asked.languages))))
    found = run.ask(lambda tx: reporting.report(tx, run.ticket, run.now, languages=languages))
    return replace(found, lacks=(*found.lacks, *run.lacks))


def _begin(stage: Stage, asked: Asked, actor: PersonId) -> "_Run":
    # Of a made-up world nothing can be changed by it: whoever may read may see what would happen.
    call = Call(actor, asked.at, OperationId("drill"), Origin.demo)
    with stage.store.write() as tx:
        rules = rules_of(tx)
        drill = opening(
            rules, asked.service, asked.priority, title=asked.title, language=asked.language, category=asked.category,
            at=asked.at, calls=True,
        )  # fmt: skip
        ticket = open_ticket(call, tx, drill, and_then=begins(rules, asked.policy, asked.at))
        token = tx.lease.take("drill", 2 * HORIZON)
    assert token is not None
    return _Run(stage, asked, ticket.id, token, actor, asked.at)


@dataclass(slots=True)
class _Run:
    """A drill at work."""

    stage: Stage
    asked: Asked
    ticket: TicketId
    token: int
    actor: PersonId
    now: Instant
    done: int = 0
    """Operations so far."""
    answered: bool = False
    is_over: bool = False
    lacks: list[Lack] = field(default_factory=list)

    def ask(self, question: Callable[[Transaction], T]) -> T:
        with self.stage.store.read() as tx:
            return question(tx)

    def do(self, work: Callable[[Call, Transaction], T], *, by: PersonId = WATCH, origin: Origin = Origin.watch) -> T:
        self.done += 1
        call = Call(by, self.now, OperationId(f"drill-{self.done}"), origin)
        with self.stage.store.write() as tx:
            return work(call, tx)

    def next(self) -> Instant | None:
        """When something happens next."""
        dues = [
            *self.ask(lambda tx: (tx.escalations.next_due(), tx.outbox.next_due())),
            self._answer_at(),
            self._look_at(),
            self._mark_at(),
        ]
        coming = min((at for at in dues if at is not None), default=None)
        return None if coming is None else max(coming, self.now)

    def go_to(self, at: Instant) -> None:
        """Everything that happens at an instant, as the watch does it; then who was called answers, if it is time."""
        self.now = at
        self.stage.set_time(at)
        self.do(lambda call, tx: escalation.advance(call, tx, self.token, self.ticket))
        look = self._look_at()
        if look is not None and look <= at:
            self.do(lambda call, tx: escalation.look(call, tx, self.token, self.ticket))
        mark = self._mark_at()
        if mark is not None and mark <= at:
            self.do(lambda call, tx: timer_notices.warn(call, tx, self.token))
        self._send()
        due = self._answer_at()
        if due is not None and due <= at:
            self._answer()

    def hand_over(self) -> None:
        """To the authority outside, or inside, by whoever has it."""
        to = self.asked.to
        if to is None:
            return
        self.do(
            lambda call, tx: transfer(call, tx, self.ticket, None, team=to), by=self.actor, origin=Origin.demo,
        )  # fmt: skip
        self._send()

    def _send(self) -> None:
        while self.ask(lambda tx: tx.outbox.next_due() or self.now + 1) <= self.now:
            for one in self.do(lambda call, tx: notices.claim(call, tx, self.token, limit=50)):
                self.do(partial(notices.settle, notice=one, token=self.token))

    def _answer_at(self) -> Instant | None:
        """Not before anybody was called."""
        after = self.asked.ack_after
        return None if after is None or self.answered or not self._called() else Instant(self.asked.at + after)

    def _look_at(self) -> Instant | None:
        """When a criterion is looked at: while somebody is called, and on the first day while nobody was ever."""
        return self._while_calling(self.ask(lambda tx: tx.looks.next_due()))

    def _mark_at(self) -> Instant | None:
        """When somebody is to be told that time runs out, likewise."""
        return self._while_calling(self.ask(lambda tx: tx.marks.next_due()))

    def _while_calling(self, at: Instant | None) -> Instant | None:
        states = self.ask(lambda tx: tx.escalations.of_ticket(self.ticket))
        wanted = self._is_calling() if states else at is not None and at <= self.asked.at + A_DAY
        return at if wanted else None

    def _called(self) -> Sequence[PersonId]:
        """Everybody who was called, the last first."""
        past = self.ask(lambda tx: histories(tx.journal.of_ticket(self.ticket)))
        fired = sorted((one for kind in past for one in kind.fired), key=lambda one: -one.at)
        return tuple(dict.fromkeys(person for one in fired for person in one.paged))

    def _answer(self) -> None:
        """One after the other until nobody is called any more."""
        self.answered = True
        for person in self._called():
            try:
                self.do(lambda call, tx: acknowledge(call, tx, self.ticket, None), by=person, origin=Origin.desk)
            except Forbidden:
                self.lacks.append(Lack(LackKind.no_answer, self.now, person))
            except SupportError:
                continue
            if not self._is_calling():
                self.is_over = True
                return

    def _is_calling(self) -> bool:
        states = self.ask(lambda tx: [one.state for one in tx.escalations.of_ticket(self.ticket)])
        return any(state in _CALLING for state in states)
