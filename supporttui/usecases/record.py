"""What happened to a ticket becomes facts, timers, escalation, notices and state, in one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from supporttui.domain.access import Permission
from supporttui.domain.escalation.history import History, histories, last_generation
from supporttui.domain.escalation.plan import state_of
from supporttui.domain.events import EscalationEnded, EscalationStarted, Event, Fact, State, StateChanged, Undone
from supporttui.domain.faults import Conflict, Refused
from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.notices import Hearing, NoticeCode, who_hears
from supporttui.domain.sla.timer import Timer, fold, sort_key
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.domain.tickets import OPEN_STATES, Ticket, apply, open_ticket, replay
from supporttui.domain.undoing import taken_back
from supporttui.usecases.access import require
from supporttui.usecases.criteria import look_again
from supporttui.usecases.messages import breaches, handed_back, quiet
from supporttui.usecases.ports import Call, Escalation, Notice, Transaction
from supporttui.usecases.resuming import has_resumed, resume
from supporttui.usecases.rules import Rules, rules_of


def current(tx: Transaction, ticket: TicketId, version: int | None) -> Ticket:
    """The ticket, if it is still at the version that the actor saw; ``None`` is any.

    Raises:
        NotFound: ``ticket.unknown``.
        Conflict: ``ticket.changed``, with who changed it and when.
    """
    found = tx.tickets.get(ticket)
    if version is not None and found.version != version:
        last = tx.journal.of_ticket(ticket)[-1]
        raise Conflict("ticket.changed", changed_by=last.actor, at=last.at, ticket=ticket)
    return found


def to_work_on(
    call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, permission: Permission = Permission.work
) -> Ticket:
    """The ticket, for somebody who may work on it, if there is still something to work on.

    Raises:
        Forbidden: ``access.denied`` or ``access.unknown_person``.
        Refused: ``ticket.void``; and as ``current`` does.
    """
    require(call, tx, permission)
    found = current(tx, ticket, version)
    if found.void:
        raise Refused("ticket.void", ticket=ticket)
    return found


def record(
    call: Call,
    tx: Transaction,
    before: Ticket | None,
    events: Sequence[Event],
    *,
    rules: Rules | None = None,
    notices: Sequence[Notice] = (),
    known: Sequence[Fact] | None = None,
) -> Ticket:
    """Store what happened: apply → timers → escalation → outbox → journal; gives the ticket as it is now.

    Without ``before`` the first event is ``Opened`` and the ticket gets its number here. A ticket whose
    priority its service's policy watches over starts an escalation. ``notices`` are queued beside those
    that follow from the events. ``known`` are the ticket's facts, where this transaction has read them already.

    Raises:
        Conflict: ``ticket.changed`` when somebody else was quicker.
    """
    rules = rules or rules_of(tx)
    if known is None:
        known = tx.journal.of_ticket(before.id) if before is not None else ()
    number = before.id if before is not None else tx.tickets.new_id()
    new = [_fact_of(call, number, event, before) for event in events]
    ticket = folded(before, new)
    for started in _escalations_to_start(rules, before, ticket, [*known, *new]):
        new.append(_fact_of(call, number, started, before))
        ticket = apply(ticket, new[-1])
    facts = [*known, *new]
    stored = keep(tx, before, ticket, facts=facts, rules=rules, now=new[-1].at)
    tx.outbox.add(
        (*notices, *_told(call, rules, ticket, events, facts), *_told_of_undoing(call, rules, ticket, events, known))
    )
    if stored.followers:
        tx.outbox.add(tuple(breaches(rules, stored, tx.tickets.timers(number), new[-1].at)))
    tx.journal.append(new)
    return stored


def keep(
    tx: Transaction,
    before: Ticket | None,
    ticket: Ticket,
    *,
    facts: Sequence[Fact],
    rules: Rules,
    now: Instant,
) -> Ticket:
    """Store the readings of a ticket that follow from all of its facts: state, timers, place, escalations."""
    timers = timers_of(rules, facts)
    if before is None:
        tx.tickets.insert(ticket, timers, sort_key(timers))
        stored = ticket
    else:
        stored = tx.tickets.save(ticket, timers, sort_key(timers), expected=before.version)
    for standing in escalations_of(rules, ticket, facts, now):
        stood = tx.escalations.get(ticket.id, standing.kind)
        if standing != stood:
            tx.escalations.save(standing)
        if has_resumed(stood, standing):
            resume(rules, ticket, standing, facts=facts, now=now)
    look_again(rules, ticket, facts=facts, timers=timers, now=now)
    return stored


def folded(before: Ticket | None, facts: Sequence[Fact]) -> Ticket:
    """The ticket after facts that all come after what it already knows."""
    first, *rest = facts
    ticket = open_ticket(first) if before is None else apply(before, first)
    for fact in rest:
        ticket = apply(ticket, fact)
    return ticket


def timers_of(rules: Rules, facts: Sequence[Fact]) -> tuple[Timer, ...]:
    """The timers that follow from the facts of one ticket."""
    return fold(in_order(facts), rules.promise, rules.hours, rules.calendar, outside=rules.outside)


def in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts numbered as they are given where they have no number yet, behind the stored ones."""
    facts = tuple(facts)
    if all(fact.seq for fact in facts):
        return facts
    highest = 0
    numbered: list[Fact] = []
    for fact in facts:
        highest = max(highest + 1, fact.seq)
        numbered.append(fact if fact.seq else replace(fact, seq=highest))
    return tuple(numbered)


def refolded(facts: Iterable[Fact], *, version: int) -> Ticket:
    """The ticket that all of its facts describe, as version ``version``."""
    return replace(replay(in_order(facts)), version=version)


def _escalations_to_start(
    rules: Rules, before: Ticket | None, ticket: Ticket, facts: Sequence[Fact]
) -> Iterator[EscalationStarted]:
    """Those that begin when a watched priority is opened, reopened or raised; of each kind once each time.

    A ticket that gets another service may be watched from then on.
    """
    pressing = (
        before is None
        or ticket.reopened > before.reopened
        or ticket.priority < before.priority
        or ticket.service != before.service
    )
    if not pressing or not ticket.is_open:
        return
    generation = last_generation(facts)
    for kind, watching in rules.policies_of(ticket, facts[-1].at).items():
        policy = rules.policy(watching)
        if ticket.priority in policy.priorities and not _begun(facts, kind):
            generation += 1
            yield EscalationStarted(policy.id, policy.version, generation, kind)


def _begun(facts: Sequence[Fact], kind: EscalationKind) -> bool:
    """Whether an escalation of a kind began since the ticket was last opened, and was not undone with what began it."""
    undone = taken_back(facts)
    begun, done = False, False
    for fact in facts:
        match fact.event:
            case StateChanged(state):
                begun = begun and not (done and state in OPEN_STATES)
                done = state not in OPEN_STATES
            case Undone(restores={"state": state}):
                done = State(state) not in OPEN_STATES
            case EscalationStarted() if fact.event.kind is kind:
                begun = fact.operation not in undone
    return begun


def escalations_of(rules: Rules, ticket: Ticket, facts: Sequence[Fact], now: Instant) -> tuple[Escalation, ...]:
    """The stored readings of a ticket's escalations, one of each kind that has begun."""
    return tuple(_escalation_of(rules, ticket, past, now) for past in histories(facts))


def _escalation_of(rules: Rules, ticket: Ticket, past: History, now: Instant) -> Escalation:
    assert past.policy is not None
    standing = state_of(rules.policy(past.policy, past.policy_version), past, now)
    return Escalation(
        ticket.id, past.policy, past.policy_version, past.generation, standing.state,
        standing.step, standing.round, standing.firing, standing.changes, past.kind,
    )  # fmt: skip


def _fact_of(call: Call, ticket: TicketId, event: Event, before: Ticket | None) -> Fact:
    """What a call says of a ticket, stamped by a clock of ours: never before the ticket's last fact."""
    at = call.at if before is None else max(call.at, before.updated_at)
    return Fact(ticket, at, call.actor, event, call.operation, origin=call.origin)


def _told(
    call: Call, rules: Rules, ticket: Ticket, events: Sequence[Event], facts: Sequence[Fact]
) -> tuple[Notice, ...]:
    return tuple(
        notice
        for event in events
        for hearing in who_hears(ticket, event, actor=call.actor, last_resort=_last_resort(rules, event, facts))
        for notice in quiet(call, rules, ticket, hearing)
    )


def _last_resort(rules: Rules, event: Event, facts: Sequence[Fact]) -> PersonId | None:
    """Who is told that an escalation is used up."""
    if not isinstance(event, EscalationEnded):
        return None
    ended = (past for past in histories(facts) if past.generation == event.generation and past.policy is not None)
    return next((rules.policy(past.policy, past.policy_version).last_resort for past in ended if past.policy), None)


def _told_of_undoing(
    call: Call, rules: Rules, ticket: Ticket, events: Sequence[Event], known: Sequence[Fact]
) -> Iterator[Notice]:
    """Who got the ticket hears that it went back; by a redo, that it is theirs once more."""
    for event in events:
        if not isinstance(event, Undone):
            continue
        yield from handed_back(call, rules, ticket, event)
        again = any(fact.operation == event.operation and isinstance(fact.event, Undone) for fact in known)
        if again and "owner" in event.restores and ticket.owner not in (None, call.actor):
            yield from quiet(call, rules, ticket, Hearing(NoticeCode.assigned, person=ticket.owner))
