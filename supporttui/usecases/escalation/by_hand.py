"""Escalating by hand, and taking it back."""

from collections.abc import Sequence
from dataclasses import replace

from supporttui.domain.access import Permission
from supporttui.domain.escalation import plan
from supporttui.domain.escalation.plan import Firing, Planned
from supporttui.domain.escalation.policy import StepTarget, TargetKind
from supporttui.domain.escalation.targets import Reach as Reached
from supporttui.domain.escalation.targets import Resolution
from supporttui.domain.events import (
    EscalationStarted,
    Event,
    Fact,
    Noted,
    PageWithdrawn,
    StepFired,
    Undone,
)
from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.ids import OperationId, TicketId
from supporttui.domain.notices import QUIET, NoticeCode
from supporttui.domain.people import ContactPoint
from supporttui.domain.plain import to_plain
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.domain.tickets import Ticket
from supporttui.usecases import messages
from supporttui.usecases.access import require
from supporttui.usecases.escalation.beginning import Begun, begun
from supporttui.usecases.paging import is_reachable, pages, resolve, shown, turn_on
from supporttui.usecases.ports import Call, Notice, NoticeState, Transaction
from supporttui.usecases.record import current, record, refolded
from supporttui.usecases.rules import Rules, rules_of
from supporttui.usecases.views import Escalated

PASSED_OVER = "empty.passed_over"
"""Cause of a firing by hand, because the steps before it reach nobody."""
_LEFT = (NoticeState.sending, NoticeState.sent, NoticeState.bundled)
"""States of a page that may have reached somebody; a bundled one once no other can be taken back."""


def escalate(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    delay: int = 8,
    step: int | None = None,
    text: str = "",
    kind: str = EscalationKind.functional.value,
) -> Escalated:
    """Take the next step, or a given one, now; its pages leave after ``delay`` seconds.

    Works from every state of an open ticket's escalation, and begins one where none runs. The ticket is
    unacknowledged again, unless it is told to those who decide (``kind`` hierarchical). A next step that reaches
    nobody gives way to the one after it.

    Raises:
        Refused: ``ticket.not_open``, ``escalation.no_policy``, ``escalation.no_management``, ``escalation.no_step``
            or ``escalation.nobody`` when nobody could be reached.
    """
    require(call, tx, Permission.escalate)
    found, rules = current(tx, ticket, version), rules_of(tx)
    if not found.is_open:
        raise Refused("ticket.not_open", ticket=ticket, state=found.state.value)
    facts = tx.journal.of_ticket(ticket)
    here = begun(rules, found, facts, call.at, kind=EscalationKind(kind))
    firing, reached = reaching(rules, found, here, call.at, step)
    turn_on(rules, here.policy, firing.step, reached)
    events: list[Event] = [*here.events, _taken(firing, here, reached)]
    if text.strip():
        events.append(Noted(text))
    send_at = Instant(max(call.at, found.updated_at) + delay)
    more: dict[str, str | int] = {"by": rules.name(call.actor), "text": text.strip()}
    queued = pages(call, rules, found, here.policy, firing, found=reached, not_before=send_at, more=more)
    stored = record(call, tx, found, events, rules=rules, notices=queued)
    name = here.policy.steps[firing.step - 1].name
    people = shown(rules, found, reached.reaches, send_at)
    return Escalated(stored, call.operation, firing.step, name, people, send_at)


def _taken(firing: Firing, here: Begun, reached: Resolution) -> StepFired:
    return StepFired(
        firing.generation, firing.number, firing.step, firing.round, paged=reached.people, by_hand=True,
        kind=here.past.kind, called=reached.channels, cause=PASSED_OVER if firing.skipped else "",
        skipped=tuple((one.round, one.step) for one in firing.skipped),
    )  # fmt: skip


def withdraw(call: Call, tx: Transaction, operation: OperationId) -> int:
    """Take back an escalation by hand, of all its tickets; how many of its pages had not left and never will.

    Those whose page may have left are told that it is withdrawn. The escalation is where it was before; so
    is the acknowledgement that it ended, unless somebody touched the ticket since.

    Raises:
        NotFound: ``operation.unknown`` when the operation escalated nothing by hand.
        Refused: ``escalation.withdrawn`` when it was taken back before.
    """
    require(call, tx, Permission.escalate)
    fired = [fact for fact in tx.journal.operation(operation) if _is_by_hand(fact)]
    if not fired:
        raise NotFound("operation.unknown", operation=operation)
    rules = rules_of(tx)
    # Taken back first, then looked: a page that the watch claims in between is among those that may have left.
    taken_back = tx.outbox.withdraw(operation)
    for ticket in dict.fromkeys(fact.ticket for fact in fired):
        _withdraw_one(call, tx, rules, operation, [fact for fact in fired if fact.ticket == ticket])
    return taken_back


def _withdraw_one(call: Call, tx: Transaction, rules: Rules, operation: OperationId, fired: Sequence[Fact]) -> None:
    ticket = tx.tickets.get(fired[0].ticket)
    facts = tx.journal.of_ticket(ticket.id)
    withdrawn = [PageWithdrawn(f.event.generation, f.event.firing) for f in fired if isinstance(f.event, StepFired)]
    if any(fact.event in withdrawn for fact in facts):
        raise Refused("escalation.withdrawn", ticket=ticket.id)
    left = [n for n in tx.outbox.of_ticket(ticket.id) if n.operation == operation and _is_message(tx, n)]
    told = [_sorry(call, rules, ticket, page) for page in left]
    record(call, tx, ticket, [*withdrawn, *_restoring(ticket, facts, operation)], rules=rules, notices=told)


def _is_message(tx: Transaction, page: Notice) -> bool:
    """Whether a page may have left, by itself or beside those of others; not as part of one of its own operation."""
    return page.state in _LEFT and (not page.bundle or tx.outbox.get(page.bundle).operation != page.operation)


# --- by hand ------------------------------------------------------------------------------------------


def reaching(rules: Rules, ticket: Ticket, here: Begun, at: Instant, step: int | None) -> tuple[Firing, Resolution]:
    """The step to take and whom it reaches: the wanted one, or the next one that reaches anybody.

    Raises:
        Refused: ``escalation.not_running``, ``escalation.no_step`` or ``escalation.nobody``.
    """
    firing = plan.by_hand(here.policy, here.past, at, step=step)
    steps = here.policy.steps
    last = firing.step if step is not None else len(steps)
    for number in range(firing.step, last + 1):
        found = resolve(rules, ticket, here.policy, number, at, named=step is not None)
        if found.anybody:
            return _past_the_empty(here, at, firing, number), found
    resort = here.policy.last_resort
    if step is None and resort is not None and is_reachable(rules, resort):
        target = StepTarget(TargetKind.person, person=resort)
        return _past_the_empty(here, at, firing, last), Resolution((Reached(resort, target),), ())
    raise Refused("escalation.nobody", ticket=ticket.id, step=steps[firing.step - 1].name)


def _past_the_empty(here: Begun, at: Instant, first: Firing, number: int) -> Firing:
    """A step taken because those from the first on, which come before it, reach nobody; it names them."""
    empty = range(first.step, number)
    passed = (Planned(at, one, first.round, here.policy.steps[one - 1].name) for one in empty)
    return replace(plan.by_hand(here.policy, here.past, at, step=number), skipped=tuple(passed))


def _is_by_hand(fact: Fact) -> bool:
    return isinstance(fact.event, StepFired) and fact.event.by_hand


def _restoring(ticket: Ticket, facts: Sequence[Fact], operation: OperationId) -> tuple[Event, ...]:
    """The undo that belongs to a withdrawal: of the acknowledgement it ended, of the escalation it began."""
    restores: dict[str, object] = {}
    if ticket.last_operation == operation:
        before = refolded([f for f in facts if f.operation != operation], version=ticket.version)
        for name in ("acknowledged_by", "acknowledged_at"):
            if getattr(before, name) != getattr(ticket, name):
                restores[name] = to_plain(getattr(before, name))
    began = any(isinstance(f.event, EscalationStarted) and f.operation == operation for f in facts)
    return (Undone(operation, restores),) if restores or began else ()


def _sorry(call: Call, rules: Rules, ticket: Ticket, page: Notice) -> Notice:
    """To whom a page went, of all the tickets that it named."""
    also: dict[str, str | int] = {name: page.params[name] for name in ("also", "more") if name in page.params}
    return messages.notice(
        rules, ticket, page.person, ContactPoint(page.channel, page.address),
        code=NoticeCode.withdrawn, key=f"withdrawn:{page.key}", not_before=call.at, operation=call.operation,
        more={"by": rules.name(call.actor), **also}, priority=min(page.priority, QUIET),
    )  # fmt: skip
