"""What a person may do with a ticket: one function an intention, one transaction, one journal entry.

``version`` is the one the person saw when the key was pressed; ``None`` takes the ticket as it is.
"""

from supporttui.domain import tickets as rules
from supporttui.domain import undoing
from supporttui.domain.access import Permission
from supporttui.domain.events import Opened, State, StepFired
from supporttui.domain.faults import BadInput, NotFound, Refused
from supporttui.domain.ids import OperationId, PersonId, TeamId, TicketId
from supporttui.domain.priorities import Level, Priority, PriorityMatrix
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.access import require
from supporttui.usecases.escalation.by_hand import withdraw
from supporttui.usecases.ports import Call, EscalationState, Transaction
from supporttui.usecases.record import current, record, refolded
from supporttui.usecases.rules import in_force, rules_of


def open_ticket(call: Call, tx: Transaction, opened: Opened) -> Ticket:
    """A new ticket, with its timers, and its escalation if its priority is watched.

    Raises:
        NotFound: ``service.unknown`` or ``team.unknown``.
        Refused: ``text.empty`` without a title.
    """
    require(call, tx, Permission.work)
    known = rules_of(tx)
    known.known_service(opened.service)
    if opened.team not in known.teams:
        raise NotFound("team.unknown", team=opened.team)
    if not opened.title.strip():
        raise Refused("text.empty")
    return record(call, tx, None, [opened], rules=known)


def acknowledge(call: Call, tx: Transaction, ticket: TicketId, version: int | None) -> Ticket:
    """I have seen it: the escalation stands still, and the ticket is mine if it was nobody's.

    Where acknowledgements run out, the same person may give another one.
    """
    found = _to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.acknowledge(found, call.actor, runs_out=_runs_out(tx, ticket)))


def take(call: Call, tx: Transaction, ticket: TicketId, version: int | None) -> Ticket:
    """Assign to me. My team becomes the owner's team, if I am in one and not in the ticket's."""
    found = _to_work_on(call, tx, ticket, version)
    person = rules_of(tx).people.get(call.actor)
    teams = person.teams if person is not None else ()
    team = teams[0] if teams and found.team not in teams else None
    return record(call, tx, found, rules.take(found, call.actor, team))


def assign(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    owner: PersonId | None = None,
    team: TeamId | None = None,
    resolver: str | None = None,
) -> Ticket:
    """Give it to somebody else, who is told; what is ``None`` stays, ``""`` empties it.

    Raises:
        NotFound: ``person.unknown`` or ``team.unknown``.
        Refused: ``ticket.not_open`` or ``assign.nothing``.
    """
    found = _to_work_on(call, tx, ticket, version)
    known = rules_of(tx)
    if owner and owner not in known.people:
        raise NotFound("person.unknown", person=owner)
    for authority in (team, resolver):
        if authority and authority not in known.teams:
            raise NotFound("team.unknown", team=authority)
    return record(call, tx, found, rules.assign(found, owner=owner, team=team, resolver=resolver), rules=known)


def note(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, text: str) -> Ticket:
    """An internal note; works in every state."""
    found = _to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.note(found, text))


def reply(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, text: str) -> Ticket:
    """A public reply: meets first response and update."""
    found = _to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.reply(found, text))


def wait(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    state: State = State.waiting_requester,
    reason: str = "",
    until: Instant | None = None,
) -> Ticket:
    """Put it on hold; which timers stand still is said by their targets."""
    found = _to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.wait(found, state, reason=reason, until=until, at=call.at))


def resume(call: Call, tx: Transaction, ticket: TicketId, version: int | None) -> Ticket:
    """Back from waiting to active."""
    found = _to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.resume(found))


def resolve(
    call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, code: str = "fixed", text: str = ""
) -> Ticket:
    """Solved: resolution is met, the escalation is done, pages that have not left are not sent."""
    found = _to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.resolve(found, code=code, text=text))


def close(call: Call, tx: Transaction, ticket: TicketId, version: int | None) -> Ticket:
    """The end of a ticket."""
    found = _to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.close(found))


def reopen(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, reason: str = "") -> Ticket:
    """Not solved after all; a watched priority starts a new generation of its escalation."""
    found = _to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.reopen(found, reason))


def change_priority(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    priority: Priority | None = None,
    impact: Level | None = None,
    urgency: Level | None = None,
    reason: str = "",
) -> Ticket:
    """By hand with ``priority`` and a reason, or by the service's matrix from impact and urgency.

    Raises:
        BadInput: ``priority.level`` for a level outside the matrix, ``priority.unknown`` for a priority that
            it never gives.
        Refused: ``priority.nothing``, or as the ticket decides.
    """
    found = _to_work_on(call, tx, ticket, version)
    if priority is not None:
        _must_be_known(tx, found, priority)
        events = rules.change_priority(found, priority, impact=impact, urgency=urgency, reason=reason)
    elif impact is None and urgency is None:
        raise Refused("priority.nothing", ticket=ticket)
    else:
        impact = found.impact if impact is None else impact
        urgency = found.urgency if urgency is None else urgency
        given = _by_matrix(tx, found, impact, urgency)
        events = rules.change_priority(found, given, impact=impact, urgency=urgency, reason=reason, derived=True)
    return record(call, tx, found, events)


def undo(call: Call, tx: Transaction, operation: OperationId) -> Ticket:
    """Put back what an operation changed; the seconds between count as they were.

    An escalation by hand is withdrawn.

    Raises:
        NotFound: ``operation.unknown``.
        Refused: ``undo.touched`` once something else happened to the ticket; ``undo.nothing``.
    """
    require(call, tx, Permission.work)
    done = tx.journal.operation(operation)
    if not done:
        raise NotFound("operation.unknown", operation=operation)
    ticket = done[0].ticket
    if any(isinstance(fact.event, StepFired) and fact.event.by_hand for fact in done):
        withdraw(call, tx, operation)
        return tx.tickets.get(ticket)
    after = tx.tickets.get(ticket)
    earlier = [fact for fact in tx.journal.of_ticket(ticket) if fact.operation != operation]
    if not any(isinstance(fact.event, Opened) for fact in earlier):
        raise Refused("undo.nothing", ticket=ticket)
    before = refolded(earlier, version=after.version)
    return record(call, tx, after, undoing.undo(before, after, operation))


def _to_work_on(call: Call, tx: Transaction, ticket: TicketId, version: int | None) -> Ticket:
    require(call, tx, Permission.work)
    return current(tx, ticket, version)


def _runs_out(tx: Transaction, ticket: TicketId) -> bool:
    """Whether an acknowledgement of the ticket's escalation holds for a time only."""
    escalation = tx.escalations.get(ticket)
    if escalation is None or escalation.state is EscalationState.done:
        return False
    return rules_of(tx).policy(escalation.policy, escalation.policy_version).ack_timeout is not None


def priorities(tx: Transaction, ticket: TicketId) -> tuple[Priority, ...]:
    """What the matrix of the ticket's service knows, most pressing first; without a matrix the shipped ones."""
    found = tx.tickets.get(ticket)
    matrix = in_force(tx.definitions.matrices().get(_matrix_key(tx, found), ()), found.created_at)
    return (matrix.value if matrix is not None else PriorityMatrix()).priorities


def _must_be_known(tx: Transaction, ticket: Ticket, priority: Priority) -> None:
    """A site without a matrix has any priority it likes."""
    matrix = in_force(tx.definitions.matrices().get(_matrix_key(tx, ticket), ()), ticket.created_at)
    if matrix is not None and priority not in (known := matrix.value.priorities):
        raise BadInput("priority.unknown", priority=priority, allowed=", ".join(str(one) for one in known))


def _by_matrix(tx: Transaction, ticket: Ticket, impact: Level, urgency: Level) -> Priority:
    """By the matrix of the ticket's service that was in force when it was opened."""
    key = _matrix_key(tx, ticket)
    matrix = in_force(tx.definitions.matrices().get(key, ()), ticket.created_at)
    if matrix is None:
        raise NotFound("matrix.unknown", matrix=key)
    return matrix.value.priority(impact, urgency)


def _matrix_key(tx: Transaction, ticket: Ticket) -> str:
    service = rules_of(tx).service(ticket)
    return service.matrix if service is not None else "standard"
