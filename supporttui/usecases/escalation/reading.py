"""What runs, what comes next, and whom each step would reach: forecasts, resolved again when they happen."""

from supporttui.domain.escalation import plan
from supporttui.domain.escalation.history import history
from supporttui.domain.escalation.plan import EscalationState, Planned
from supporttui.domain.escalation.policy import Policy
from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.ids import TicketId
from supporttui.domain.notices import NoticeCode
from supporttui.domain.queue import QueueRow
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.escalation.beginning import begun
from supporttui.usecases.items import item
from supporttui.usecases.paging import resolve, shown
from supporttui.usecases.ports import Escalation, Transaction
from supporttui.usecases.rules import Rules, rules_of
from supporttui.usecases.views import Choice, Running, Upcoming

MOST = 200
"""Running escalations shown, next due first; a desk that has more has another problem."""
AHEAD = 5
"""Coming steps that are resolved to people for one ticket."""


def running(tx: Transaction, now: Instant) -> tuple[Running, ...]:
    """The escalations of open tickets that are not done, next due first."""
    rules = rules_of(tx)
    found = tx.escalations.running()[:MOST]
    rows = {row.id: row for row in tx.tickets.rows(escalation.ticket for escalation in found)}
    return tuple(
        standing(rules, escalation, rows[escalation.ticket], now) for escalation in found if escalation.ticket in rows
    )


def of_ticket(rules: Rules, row: QueueRow, now: Instant) -> Running | None:
    """The ticket's escalation, done ones too; ``None`` before its first."""
    escalation = rules.tx.escalations.get(row.id)
    return None if escalation is None else standing(rules, escalation, row, now)


def standing(rules: Rules, escalation: Escalation, row: QueueRow, now: Instant, *, ahead: int = AHEAD) -> Running:
    """Where one escalation stands and what follows."""
    policy = _policy(rules, escalation)
    fired = policy.steps[escalation.step - 1].name if policy and 1 <= escalation.step <= len(policy.steps) else ""
    ticket = rules.tx.tickets.get(escalation.ticket)
    pages = tuple(n for n in rules.tx.outbox.of_ticket(ticket.id) if n.code == NoticeCode.page.value)
    coming = _coming(rules, ticket, policy, now, ahead=ahead) if policy is not None else ()
    told = (*(page.person for page in pages), *filter(None, (ticket.acknowledged_by,)))
    return Running(
        escalation, policy.name if policy is not None else escalation.policy, fired, coming, pages,
        item(rules, row, now), ticket.acknowledged_at, {person: rules.name(person) for person in told},
    )  # fmt: skip


def forecast(tx: Transaction, ticket: TicketId, now: Instant) -> tuple[Upcoming, ...]:
    """The coming steps of a ticket if nobody answers, soonest first; empty if none will come."""
    rules, escalation = rules_of(tx), tx.escalations.get(ticket)
    policy = _policy(rules, escalation) if escalation is not None else None
    return _coming(rules, tx.tickets.get(ticket), policy, now) if policy is not None else ()


def choices(tx: Transaction, ticket: TicketId, now: Instant) -> tuple[Choice, ...]:
    """The steps that an escalation by hand may go to, and whom each would reach now.

    Empty when the ticket is not open, or nothing says how to escalate it.
    """
    rules, found = rules_of(tx), tx.tickets.get(ticket)
    try:
        here = begun(rules, found, tx.journal.of_ticket(ticket), now)
        following = plan.by_hand(here.policy, here.past, now).step
    except Refused:
        return ()
    if not found.is_open:
        return ()
    return tuple(
        Choice(
            number, step.name, shown(rules, found, resolve(rules, found, here.policy, number, now).reaches, now),
            is_next=number == following,
        )
        for number, step in enumerate(here.policy.steps, 1)
    )  # fmt: skip


def _policy(rules: Rules, escalation: Escalation) -> Policy | None:
    try:
        return rules.policy(escalation.policy, escalation.policy_version)
    except NotFound:
        return None


def _coming(rules: Rules, ticket: Ticket, policy: Policy, now: Instant, *, ahead: int = AHEAD) -> tuple[Upcoming, ...]:
    past = history(rules.tx.journal.of_ticket(ticket.id))
    if plan.state_of(policy, past, now).state is EscalationState.done:
        return ()
    planned = plan.upcoming(policy, past, now)[:ahead]
    return tuple(_upcoming(rules, ticket, policy, step) for step in planned)


def _upcoming(rules: Rules, ticket: Ticket, policy: Policy, planned: Planned) -> Upcoming:
    found = resolve(rules, ticket, policy, planned.step, planned.at)
    people = shown(rules, ticket, found.reaches, planned.at)
    return Upcoming(planned.at, planned.step, planned.round, planned.name, people)
