"""What the watch does by itself: steps that are due, one after the other, under its lease."""

from supporttui.domain.access import Permission
from supporttui.domain.escalation import plan
from supporttui.domain.escalation.history import History, history
from supporttui.domain.escalation.plan import PARKED, Exhaustion, Firing
from supporttui.domain.escalation.policy import Policy
from supporttui.domain.events import EscalationEnded
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.access import require
from supporttui.usecases.escalation.reaching import called
from supporttui.usecases.escalation.taking import take
from supporttui.usecases.ports import Call, Escalation, Transaction
from supporttui.usecases.record import record
from supporttui.usecases.rules import Rules, rules_of


def sweep(call: Call, tx: Transaction, token: int, limit: int = 50) -> int:
    """Take every step that is due at ``call.at``, of at most ``limit`` tickets; how many were taken.

    People are resolved now. A step that reaches nobody is recorded with its cause and the next one taken
    at once. After downtime only the current step is taken. Used-up rounds tell the last resort.

    Raises:
        Refused: ``lease.lost`` when the token is not the current one; nothing is taken.
    """
    require(call, tx, Permission.sweep)
    tx.lease.check(token)
    rules = rules_of(tx)
    return sum(_advance(call, tx, rules, due) for due in tx.escalations.due(call.at, limit))


def advance(call: Call, tx: Transaction, token: int, ticket: TicketId) -> int:
    """Take the steps of one ticket that are due, of both kinds, as ``sweep`` does; how many. Raises as it does."""
    require(call, tx, Permission.sweep)
    tx.lease.check(token)
    found = [one for one in tx.escalations.of_ticket(ticket) if one.due is not None and one.due <= call.at]
    rules = rules_of(tx) if found else None
    return sum(_advance(call, tx, rules, one) for one in found if rules is not None)


def _advance(call: Call, tx: Transaction, rules: Rules, escalation: Escalation) -> int:
    try:
        policy = rules.policy(escalation.policy, escalation.policy_version)
    except NotFound:
        tx.escalations.move(escalation, escalation.state, due=Instant(call.at + PARKED))
        return 0
    ticket = tx.tickets.get(escalation.ticket)
    taken = 0
    while True:
        past = history(tx.journal.of_ticket(ticket.id), escalation.kind)
        # A desk whose clock runs ahead may have written the last fact; on a ticket time never goes back.
        at = Instant(max(call.at, ticket.updated_at))
        following = plan.due(policy, past, at)
        if following is None:
            break
        ticket = _take(call, tx, rules, ticket, policy=policy, past=past, following=following)
        taken += 1
    if not taken:  # the stored due is behind the facts, such as after an acknowledgement ran out
        _refresh(tx, escalation, policy, past, call.at)
    return taken


def _take(
    call: Call,
    tx: Transaction,
    rules: Rules,
    ticket: Ticket,
    *,
    policy: Policy,
    past: History,
    following: Firing | Exhaustion,
) -> Ticket:
    if isinstance(following, Exhaustion):
        return record(call, tx, ticket, [EscalationEnded(following.generation, exhausted=True)], rules=rules)
    at = Instant(max(call.at, ticket.updated_at))
    answered = plan.acknowledging(policy, past, at) if plan.repeats(past, following) else ()
    unheard = plan.found_nobody(past, following)
    found, cause = called(rules, ticket, policy, following.step, at=at, answered=answered, unheard=unheard)
    return take(
        call, rules, ticket, policy, following, past=past, found=found, answered=answered,
        cause=cause or _late(following),
    )  # fmt: skip


def _late(firing: Firing) -> str:
    """The cause of a firing that skipped others: no watch ran when they were due."""
    return "late.skipped" if firing.skipped else ""


def _refresh(tx: Transaction, escalation: Escalation, policy: Policy, past: History, now: Instant) -> None:
    standing = plan.state_of(policy, past, now)
    due = standing.changes if standing.changes is None or standing.changes > now else Instant(now + PARKED)
    tx.escalations.move(escalation, standing.state, due=due)
