"""What the watch does by itself: steps that are due, one after the other, under its lease."""

from supporttui.domain.access import Permission
from supporttui.domain.escalation import plan
from supporttui.domain.escalation.history import History, history
from supporttui.domain.escalation.plan import PARKED, Exhaustion, Firing
from supporttui.domain.escalation.policy import Policy, StepTarget, TargetKind
from supporttui.domain.escalation.targets import Reach as Reached
from supporttui.domain.escalation.targets import Resolution
from supporttui.domain.events import EscalationEnded, Event, StepFired
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.access import require
from supporttui.usecases.paging import is_reachable, pages, resolve
from supporttui.usecases.ports import Call, Escalation, Transaction
from supporttui.usecases.record import record
from supporttui.usecases.rota import standing
from supporttui.usecases.rules import Rules, rules_of

FALLBACK = "empty.fallback"
"""Cause of a firing that paged the rota's fallback, because a whole round found nobody."""


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
    """Take the steps of one ticket that are due, as ``sweep`` does; how many. Raises as it does."""
    require(call, tx, Permission.sweep)
    tx.lease.check(token)
    found = tx.escalations.get(ticket)
    if found is None or found.due is None or found.due > call.at:
        return 0
    return _advance(call, tx, rules_of(tx), found)


def _advance(call: Call, tx: Transaction, rules: Rules, escalation: Escalation) -> int:
    try:
        policy = rules.policy(escalation.policy, escalation.policy_version)
    except NotFound:
        tx.escalations.move(escalation, escalation.state, due=Instant(call.at + PARKED))
        return 0
    ticket = tx.tickets.get(escalation.ticket)
    taken = 0
    while True:
        past = history(tx.journal.of_ticket(ticket.id))
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
    found = resolve(rules, ticket, policy, following.step, at)
    reaches, cause = found.reaches, found.cause
    if not reaches and _ends_round_unheard(policy, past, following):
        reaches = _fallback(rules, ticket, at)
        cause = FALLBACK if reaches else cause
    event: Event = StepFired(
        following.generation, following.number, following.step, following.round,
        paged=tuple(reached.person for reached in reaches), cause=cause or _late(following),
        skipped=tuple((planned.round, planned.step) for planned in following.skipped),
        waited=plan.unanswered(policy, past, at),
    )  # fmt: skip
    queued = pages(call, rules, ticket, policy, following, reaches=reaches, not_before=at)
    return record(call, tx, ticket, [event], rules=rules, notices=queued)


def _ends_round_unheard(policy: Policy, past: History, firing: Firing) -> bool:
    return firing.step == len(policy.steps) and plan.found_nobody(past, firing)


def _fallback(rules: Rules, ticket: Ticket, at: Instant) -> tuple[Reached, ...]:
    service = rules.service(ticket)
    found = standing(rules, service.rota if service is not None else None, at)
    person = found.rota.fallback if found is not None else None
    if person is None or not is_reachable(rules, person):
        return ()
    return Resolution((Reached(person, StepTarget(TargetKind.person, person=person)),), ()).reaches


def _late(firing: Firing) -> str:
    """The cause of a firing that skipped others: no watch ran when they were due."""
    return "late.skipped" if firing.skipped else ""


def _refresh(tx: Transaction, escalation: Escalation, policy: Policy, past: History, now: Instant) -> None:
    standing = plan.state_of(policy, past, now)
    due = standing.due if standing.due is None or standing.due > now else Instant(now + PARKED)
    tx.escalations.move(escalation, standing.state, due=due)
