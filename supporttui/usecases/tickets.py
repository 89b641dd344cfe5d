"""What a person may do with a ticket: one function an intention, one transaction, one journal entry.

``version`` is the one the person saw when the key was pressed; ``None`` takes the ticket as it is.
"""

from supporttui.domain.access import Permission
from supporttui.domain.escalation import plan
from supporttui.domain.escalation.history import histories
from supporttui.domain.events import Assigned, Event, State
from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.priorities import Level, Priority, PriorityMatrix
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.domain.tickets import decisions as rules
from supporttui.usecases.handing import assign as assign  # noqa: PLC0414  re-exported
from supporttui.usecases.handing import transfer as transfer  # noqa: PLC0414  re-exported
from supporttui.usecases.opening import create as create  # noqa: PLC0414  re-exported
from supporttui.usecases.opening import edit as edit  # noqa: PLC0414  re-exported
from supporttui.usecases.opening import open_ticket as open_ticket  # noqa: PLC0414  re-exported
from supporttui.usecases.owning import outside_team
from supporttui.usecases.ports import Call, EscalationState, Transaction
from supporttui.usecases.record import record, to_work_on
from supporttui.usecases.rules import rules_of
from supporttui.usecases.temporary import lasting
from supporttui.usecases.undoing import redo as redo  # noqa: PLC0414  re-exported
from supporttui.usecases.undoing import undo as undo  # noqa: PLC0414  re-exported


def acknowledge(call: Call, tx: Transaction, ticket: TicketId, version: int | None) -> Ticket:
    """I have seen it: the escalation stands still, and the ticket is mine if it was nobody's: but no partner's.

    Where acknowledgements run out, or an escalation does not know of the one before, the same person may give
    another one.
    """
    found, known = to_work_on(call, tx, ticket, version), rules_of(tx)
    again = runs_out(tx, ticket, call.actor, call.at)
    events: tuple[Event, ...] = rules.acknowledge(found, call.actor, runs_out=again)
    if found.owner is None and outside_team(known, call.actor) is not None:
        events = (*events, Assigned(owner=PersonId("")))
    return record(call, tx, found, events, rules=known)


def take(call: Call, tx: Transaction, ticket: TicketId, version: int | None) -> Ticket:
    """Assign to me. My team becomes the owner's team, if I am in one and not in the ticket's.

    Whoever is of an authority outside takes it for that authority: it works on it, and the owner stays.
    """
    found = to_work_on(call, tx, ticket, version)
    known = rules_of(tx)
    if (outside := outside_team(known, call.actor)) is not None:
        return record(call, tx, found, rules.assign(found, resolver=outside), rules=known)
    person = known.people.get(call.actor)
    teams = lasting(known, person.teams, call.at) if person is not None else ()
    team = teams[0] if teams and found.team not in teams else None
    return record(call, tx, found, rules.take(found, call.actor, team))


def note(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, text: str) -> Ticket:
    """An internal note; works in every state, and by whoever only learns."""
    found = to_work_on(call, tx, ticket, version, permission=Permission.note)
    return record(call, tx, found, rules.note(found, text))


def reply(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, text: str) -> Ticket:
    """A public reply: meets first response and update."""
    found = to_work_on(call, tx, ticket, version)
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
    found = to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.wait(found, state, reason=reason, until=until, at=call.at))


def resume(call: Call, tx: Transaction, ticket: TicketId, version: int | None) -> Ticket:
    """Back from waiting to active."""
    found = to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.resume(found))


def resolve(
    call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, code: str = "fixed", text: str = ""
) -> Ticket:
    """Solved: resolution is met, the escalation is done, pages that have not left are not sent."""
    found = to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.resolve(found, code=code, text=text))


def close(
    call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, reason: str = "", text: str = ""
) -> Ticket:
    """The end of a ticket, with a resolution code and a text if they are given."""
    found = to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.close(found, reason, text))


def reopen(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, reason: str = "") -> Ticket:
    """Not solved after all; a watched priority starts a new generation of its escalation."""
    found = to_work_on(call, tx, ticket, version)
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
    found = to_work_on(call, tx, ticket, version)
    known = rules_of(tx)
    matrix = known.matrix(known.service(found), found.created_at)
    if priority is not None:
        rules.must_be_known(matrix, priority)
        events = rules.change_priority(found, priority, impact=impact, urgency=urgency, reason=reason)
    elif impact is None and urgency is None:
        raise Refused("priority.nothing", ticket=ticket)
    else:
        impact = found.impact if impact is None else impact
        urgency = found.urgency if urgency is None else urgency
        if matrix is None:
            raise NotFound("matrix.unknown", matrix=known.matrix_key(known.service(found)))
        given = known.derived(matrix, found.service, found.category, impact, urgency, at=call.at)
        events = rules.change_priority(
            found, given.priority, impact=impact, urgency=urgency, reason=reason, derived=True,
            lifted_by=given.lifted_by,
        )  # fmt: skip
    return record(call, tx, found, events)


def priorities(tx: Transaction, ticket: TicketId) -> tuple[Priority, ...]:
    """What the matrix of the ticket's service knows, most pressing first; without a matrix the shipped ones."""
    found, known = tx.tickets.get(ticket), rules_of(tx)
    matrix = known.matrix(known.service(found), found.created_at)
    return (matrix if matrix is not None else PriorityMatrix()).priorities


def runs_out(tx: Transaction, ticket: TicketId, by: PersonId, now: Instant) -> bool:
    """Whether one more acknowledgement of a person says something to an escalation: the one before does not stand
    there, or holds for a time only."""  # noqa: D205, D209
    rules = rules_of(tx)
    for past in histories(tx.journal.of_ticket(ticket)) if tx.escalations.of_ticket(ticket) else ():
        if past.policy is None or not past.hears(by):
            continue
        policy = rules.policy(past.policy, past.policy_version)
        if plan.state_of(policy, past, now).state is EscalationState.done:
            continue
        if policy.ack_timeout is not None or by not in plan.acknowledging(policy, past, now):
            return True
    return False
