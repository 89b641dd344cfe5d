"""Pages that stood still with their escalation: they leave when it goes on, after the time that was left."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from supporttui.domain.escalation import plan
from supporttui.domain.escalation.history import History, history
from supporttui.domain.escalation.plan import EscalationState
from supporttui.domain.escalation.policy import Policy
from supporttui.domain.escalation.standstill import elapsed, pauses
from supporttui.domain.events import Fact
from supporttui.domain.notices import NoticeCode
from supporttui.domain.paging.contacts import contact_plan
from supporttui.domain.people import ContactPoint
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.joining import naming
from supporttui.usecases.ports import Escalation, Notice, NoticeState
from supporttui.usecases.rules import Rules

ACKNOWLEDGED, ASLEEP, NOT_OPEN = "notice.acknowledged", "notice.asleep", "notice.not_open"
"""Causes of pages that are not needed for as long as their escalation stands still."""
WAITS = "notice.stands_still"
"""Cause of one that waits because it is known when its escalation goes on."""
STOOD = (ACKNOWLEDGED, ASLEEP, NOT_OPEN)
_AGAIN = ":again:"
"""In the key of a page that follows on one that was not needed; how often is told behind it."""


def goes_on(rules: Rules, policy: Policy, past: History, ticket: Ticket, page: Notice) -> Instant | None:
    """When a page of a step is to leave, by the seconds since it outside pauses; ``None``: not as things stand."""
    fired = next((one for one in past.fired if one.number == page.params.get("firing")), None)
    if fired is None:
        return None
    attempts = contact_plan(rules.people.get(page.person), ticket.priority, fired.at)
    at = next((one.at for one in attempts if _point(one.contact) == _point(page)), None)
    return None if at is None else elapsed(fired.at, at - fired.at, pauses(policy, past))


def has_resumed(before: Escalation | None, after: Escalation) -> bool:
    """Whether an escalation stood still and runs again."""
    return (
        before is not None
        and before.generation == after.generation
        and before.state is not EscalationState.running
        and after.state is EscalationState.running
    )


def resume(rules: Rules, ticket: Ticket, standing: Escalation, *, facts: Sequence[Fact], now: Instant) -> None:
    """Queue again, under new keys, what the step last taken has not sent because its escalation stood still."""
    past = history(facts, standing.kind)
    policy = rules.policy(standing.policy, standing.policy_version)
    answered = plan.acknowledging(policy, past, now)
    for page in _unsent(rules, ticket, past):
        at = goes_on(rules, policy, past, ticket, page)
        if at is None or page.person in answered:
            continue
        if page.state is NoticeState.pending:
            rules.tx.outbox.hasten([page.key], max(at, now))
        else:
            rules.tx.outbox.add([_again(page, max(at, now))])


def _unsent(rules: Rules, ticket: Ticket, past: History) -> Iterator[Notice]:
    """Of each contact point the newest page of the step last taken, if it was not needed, or waits for what ends."""
    number = past.last.number if past.last is not None else 0
    newest: dict[tuple[str, str, str], Notice] = {}
    for one in rules.tx.outbox.of_ticket(ticket.id):
        of_step = (one.params.get("generation"), one.params.get("firing"))
        if one.code != NoticeCode.page.value or of_step != (past.generation, number):
            continue
        known = newest.setdefault((one.person, *_point(one)), one)
        if _times(one) > _times(known):
            newest[(one.person, *_point(one))] = one
    for one in newest.values():
        not_needed = one.state is NoticeState.suppressed and one.error in STOOD
        if not_needed or (one.state is NoticeState.pending and one.error == WAITS):
            yield one


def _again(page: Notice, at: Instant) -> Notice:
    root = page.key.split(_AGAIN)[0]
    return replace(
        naming(page, ()), key=f"{root}{_AGAIN}{_times(page) + 1}", not_before=at,
        state=NoticeState.pending, attempts=0, token=0, error="", bundle="", sent_at=None,
    )  # fmt: skip


def _times(page: Notice) -> int:
    return int(page.key.rpartition(_AGAIN)[2]) if _AGAIN in page.key else 0


def _point(one: ContactPoint | Notice) -> tuple[str, str]:
    return (one.channel, one.address)
