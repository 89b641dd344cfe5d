"""What the watch does by itself: steps that are due, one after the other, under its lease."""

from collections.abc import Sequence
from dataclasses import replace

from supporttui.domain.access import Permission
from supporttui.domain.escalation import plan
from supporttui.domain.escalation.history import History, history
from supporttui.domain.escalation.plan import PARKED, Exhaustion, Firing
from supporttui.domain.escalation.policy import Policy, StepTarget, TargetKind
from supporttui.domain.escalation.targets import Reach as Reached
from supporttui.domain.escalation.targets import Resolution
from supporttui.domain.events import EscalationEnded
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.access import require
from supporttui.usecases.escalation.taking import take
from supporttui.usecases.paging import is_reachable, resolve
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
    found = _without(resolve(rules, ticket, policy, following.step, at), answered)
    cause = found.cause
    if not found.anybody and _ends_round_unheard(policy, past, following):
        found = _fallback(rules, ticket, at)
        cause = FALLBACK if found.anybody else cause
    return take(
        call, rules, ticket, policy, following, past=past, found=found, answered=answered,
        cause=cause or _late(following),
    )  # fmt: skip


def _without(found: Resolution, people: Sequence[PersonId]) -> Resolution:
    """Those who have acknowledged the step are not called by it again."""
    if not people:
        return found
    return replace(found, reaches=tuple(one for one in found.reaches if one.person not in people), called=())


def _ends_round_unheard(policy: Policy, past: History, firing: Firing) -> bool:
    return firing.step == len(policy.steps) and plan.found_nobody(past, firing)


def _fallback(rules: Rules, ticket: Ticket, at: Instant) -> Resolution:
    service = rules.service(ticket)
    found = standing(rules, service.rota if service is not None else None, at)
    person = found.rota.fallback if found is not None else None
    if person is None or not is_reachable(rules, person):
        return Resolution((), ())
    return Resolution((Reached(person, StepTarget(TargetKind.person, person=person)),), ())


def _late(firing: Firing) -> str:
    """The cause of a firing that skipped others: no watch ran when they were due."""
    return "late.skipped" if firing.skipped else ""


def _refresh(tx: Transaction, escalation: Escalation, policy: Policy, past: History, now: Instant) -> None:
    standing = plan.state_of(policy, past, now)
    due = standing.changes if standing.changes is None or standing.changes > now else Instant(now + PARKED)
    tx.escalations.move(escalation, standing.state, due=due)
