"""What the watch does when a criterion may hold: it says which did, at which value, and escalates once a policy."""

from collections.abc import Iterator, Sequence

from supporttui.domain.access import Permission
from supporttui.domain.escalation import plan
from supporttui.domain.escalation.criteria import Measured, holds_from, measured, nearly
from supporttui.domain.escalation.gauges import Subject
from supporttui.domain.escalation.policy import Policy
from supporttui.domain.events import CriterionHeld, Fact
from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationState
from supporttui.usecases.access import require
from supporttui.usecases.criteria import look_again, policies, subject_of
from supporttui.usecases.escalation.beginning import standing
from supporttui.usecases.escalation.taking import push
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.rules import Rules, rules_of


def look(call: Call, tx: Transaction, token: int, ticket: TicketId) -> int:
    """Escalate a ticket by each policy of which a criterion holds at ``call.at``; how many policies did.

    An escalation of the policy's kind that runs takes its next step now, also one that is acknowledged; where none
    runs one begins. While it is asleep the criterion waits. Each that held is a fact, with what was measured.

    Raises:
        Refused: ``lease.lost`` when the token is not the current one; nothing is done.
    """
    require(call, tx, Permission.sweep)
    tx.lease.check(token)
    at = tx.looks.at(ticket)
    if at is None or at > call.at:
        return 0
    rules, found = rules_of(tx), tx.tickets.get(ticket)
    now = Instant(max(call.at, found.updated_at))
    facts, timers = tx.journal.of_ticket(ticket), tx.tickets.timers(ticket)
    subject = subject_of(rules, found, facts=facts, timers=timers, now=now)
    asleep: list[Instant] = []
    done = 0
    for policy in policies(rules, found, now):
        reasons = tuple(_holding(policy, subject, now))
        until = _asleep_until(rules, facts, policy, now) if reasons else None
        if until is not None:
            asleep.append(until)
        elif reasons:
            told = _told(policy, reasons, subject, now)
            found = push(call, rules, found, policy, cause=f"criterion.{reasons[0].criterion.id}", before=told)
            done += 1
    if asleep:
        tx.looks.put(ticket, min(asleep))
    elif not done:
        tx.looks.put(ticket, None)
        look_again(rules, found, facts=facts, timers=timers, now=now)
    return done


def _holding(policy: Policy, subject: Subject, now: Instant) -> Iterator[Measured]:
    for criterion in policy.criteria:
        at = holds_from(criterion, subject, now)
        if at is not None and at <= now:
            yield measured(criterion, subject, now)


def _asleep_until(rules: Rules, facts: Sequence[Fact], policy: Policy, now: Instant) -> Instant | None:
    """When an escalation of the policy's kind that was told to be quiet goes on; ``None``: none is."""
    here = standing(rules, facts, policy.kind, now)
    if here is None:
        return None
    stands = plan.state_of(here.policy, here.past, now)
    return stands.changes if stands.state is EscalationState.snoozed else None


def _told(policy: Policy, reasons: Sequence[Measured], subject: Subject, now: Instant) -> Sequence[CriterionHeld]:
    near = tuple((one.criterion.id, one.value, one.limit) for one in nearly(policy.criteria, subject, now))
    return [
        CriterionHeld(
            one.criterion.id, policy.id, policy.version, one.criterion.kind.value, one.value, one.limit, near
        )
        for one in reasons
    ]  # fmt: skip
