"""Whether a page that was queued need leave still: it was answered, taken back, or a later one says more."""

from collections.abc import Iterator

from supporttui.domain.escalation import plan
from supporttui.domain.escalation.history import History, history, kind_of
from supporttui.domain.escalation.plan import EscalationState
from supporttui.domain.faults import NotFound
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.ports import Notice, NoticeState, Transaction
from supporttui.usecases.resuming import ACKNOWLEDGED, ASLEEP, NOT_OPEN, goes_on
from supporttui.usecases.rules import Rules

REOPENED, WITHDRAWN, OVERTAKEN = "notice.reopened", "notice.withdrawn", "notice.overtaken"


def needless(rules: Rules, notice: Notice, ticket: Ticket, now: Instant) -> str:
    """Why nobody need be called any more, as a code; empty if somebody must."""
    if not ticket.is_open:
        return NOT_OPEN
    past = _past(rules, notice, ticket)
    if past.policy is None or past.generation != notice.params.get("generation"):
        return REOPENED
    if all(fired.number != notice.params.get("firing") for fired in past.fired):
        return WITHDRAWN
    at = max(now, ticket.updated_at)
    return _stands_still(rules, past, notice, at) or (OVERTAKEN if _is_overtaken(rules.tx, notice, past, now) else "")


def goes_on_at(rules: Rules, page: Notice, now: Instant) -> Instant | None:
    """When a page whose escalation stands still is to leave; ``None``: nobody knows."""
    if page.ticket is None:
        return None
    ticket = rules.tx.tickets.get(page.ticket)
    past = _past(rules, page, ticket)
    if past.policy is None:
        return None
    try:
        policy = rules.policy(past.policy, past.policy_version)
    except NotFound:
        return None
    at = goes_on(rules, policy, past, ticket, page)
    return at if at is not None and at > now else None


def _past(rules: Rules, page: Notice, ticket: Ticket) -> History:
    facts = rules.tx.journal.of_ticket(ticket.id)
    return history(facts, kind_of(facts, int(page.params.get("generation", 0))))


def _stands_still(rules: Rules, past: History, page: Notice, at: Instant) -> str:
    assert past.policy is not None
    try:
        policy = rules.policy(past.policy, past.policy_version)
    except NotFound:  # a policy that cannot be read silences nobody
        return ""
    standing = plan.state_of(policy, past, at).state
    if standing is EscalationState.acknowledged or page.person in plan.acknowledging(policy, past, at):
        return ACKNOWLEDGED
    return ASLEEP if standing is EscalationState.snoozed else ""


def _is_overtaken(tx: Transaction, page: Notice, past: History, now: Instant) -> bool:
    """Whether a later step called the person there, so that this page, tried again, would be a second one.

    Nor does a further contact point of an earlier step ring that was missed while no watch ran.
    """
    if past.last is None or past.last.number <= int(page.params.get("firing", 0)):
        return False
    if page.attempts <= 1:
        return int(page.params.get("rank", 1)) > 1 and now - page.not_before > plan.LATE
    return any(
        (one.channel, one.address) == (page.channel, page.address)
        and (one.state is NoticeState.sent or (one.state is NoticeState.pending and one.not_before <= now))
        for one in _later(tx, page)
    )


def _later(tx: Transaction, page: Notice) -> Iterator[Notice]:
    """Pages of later steps of the same escalation for the same person."""
    assert page.ticket is not None
    for one in tx.outbox.of_ticket(page.ticket):
        same = one.person == page.person and one.params.get("generation") == page.params.get("generation")
        if same and one.code == page.code and int(one.params.get("firing", 0)) > int(page.params.get("firing", 0)):
            yield one


def passes_on_later(tx: Transaction, page: Notice) -> bool:
    """Whether a later step's page to the person waits, which passes to others just as this one would."""
    asked = ("target", "rota", "level", "language")
    waiting = (one for one in _later(tx, page) if one.state in (NoticeState.pending, NoticeState.failed))
    return any(all(one.params.get(name) == page.params.get(name) for name in asked) for one in waiting)
