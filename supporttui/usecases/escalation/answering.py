"""What people say of a running escalation beside acknowledging it: that they have not, and that it be quiet."""

from supporttui.domain.escalation import plan
from supporttui.domain.escalation.plan import EscalationState
from supporttui.domain.events import EscalationSnoozed, Unacknowledged
from supporttui.domain.faults import Refused
from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.states import AckResume, EscalationKind
from supporttui.domain.tickets import Ticket
from supporttui.domain.tickets.decisions import must_be_open
from supporttui.usecases.escalation.beginning import Begun, standing
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.record import record, to_work_on
from supporttui.usecases.rules import rules_of


def unacknowledge(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, resume: str = "") -> Ticket:
    """Nobody has answered after all: the escalation goes on at the same step with the time that was left.

    ``resume`` chooses otherwise: ``next`` step, or from the ``top``; empty: as its policy says. An escalation to those
    who decide goes on only if they say so whom it paged.

    Raises:
        Refused: ``ticket.not_open`` or ``ticket.not_acknowledged``.
    """
    found = to_work_on(call, tx, ticket, version)
    must_be_open(found)
    facts, rules = tx.journal.of_ticket(ticket), rules_of(tx)
    running = (standing(rules, facts, kind, call.at) for kind in EscalationKind)
    answered = (bool(plan.acknowledging(one.policy, one.past, call.at)) for one in running if one is not None)
    if found.acknowledged_by is None and not any(answered):
        raise Refused("ticket.not_acknowledged", ticket=ticket)
    event = Unacknowledged(AckResume(resume) if resume else None)
    return record(call, tx, found, [event], rules=rules, known=facts)


def hush(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    until: Instant | None = None,
    kind: str = EscalationKind.functional.value,
) -> Ticket:
    """Let the escalation sleep until an instant; then it goes on with the time that was left. ``None`` wakes it.

    Raises:
        Refused: ``ticket.not_open``, ``ticket.until_past``, ``escalation.not_running`` or ``escalation.awake``.
    """
    found = to_work_on(call, tx, ticket, version)
    must_be_open(found)
    facts, rules = tx.journal.of_ticket(ticket), rules_of(tx)
    here = standing(rules, facts, EscalationKind(kind), call.at)
    if here is None or _state(here, call.at) is EscalationState.exhausted:
        raise Refused("escalation.not_running")
    if until is not None and until <= call.at:
        raise Refused("ticket.until_past", ticket=ticket)
    if until is None and not any(hold.holds(call.at) for hold in here.past.quiet):
        raise Refused("escalation.awake", ticket=ticket)
    return record(call, tx, found, [EscalationSnoozed(until, here.past.kind)], rules=rules, known=facts)


def _state(here: Begun, now: Instant) -> EscalationState:
    return plan.state_of(here.policy, here.past, now).state
