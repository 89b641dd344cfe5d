"""What is stored for reading beside a ticket's fields and timers, held against what it must follow from."""

from collections.abc import Collection, Iterator, Sequence

from supporttui.domain.escalation.history import histories
from supporttui.domain.escalation.plan import PARKED, EscalationState, state_of
from supporttui.domain.events import Fact, StepFired
from supporttui.domain.filter import head_of, notes_of
from supporttui.domain.filter.watching import followers_form, snoozed_form
from supporttui.domain.ids import TicketId
from supporttui.domain.queue import QueueRow
from supporttui.domain.sla.timer import Timer, decisive
from supporttui.domain.tickets import Ticket
from supporttui.usecases.ports import Escalation, Transaction
from supporttui.usecases.rules import Rules

_SHOWN = 40
Reading = tuple[str, object, object]
"""What it is, as it is stored, as it must be."""


def of_row(
    row: QueueRow, ticket: Ticket, timers: Sequence[Timer], held: Sequence[Escalation], *, shown: Collection[TicketId]
) -> Iterator[Reading]:
    """The queue's copy of a ticket; ``shown`` are the tickets that the queue takes for open."""
    first = decisive(timers)
    yield "metric", row.metric, first.metric if first else None
    yield "due", row.due, first.due if first else None
    yield "seconds", row.seconds, first.seconds if first else 0
    yield "remaining", row.remaining, first.remaining if first else 0
    yield "anchor", row.anchor, first.anchor if first else 0
    yield "calendar", row.calendar, first.calendar if first else None
    yield "open", row.id in shown, ticket.is_open
    yield "followed", row.followers, followers_form(ticket.followers)
    yield "snoozed", row.snoozed, snoozed_form(ticket.reminders)
    running = any(one.firing > 0 and one.state is not EscalationState.done for one in held)
    yield "escalated", row.escalated, running


def of_texts(tx: Transaction, ticket: Ticket, facts: Sequence[Fact]) -> Iterator[Reading]:
    """What is searched of a ticket, from the first sign on in which it is another."""
    said = sorted(facts, key=lambda fact: fact.seq)
    expected = head_of(ticket), notes_of(fact.event for fact in said)
    for stored, right in zip(tx.tickets.texts(ticket.id), expected, strict=True):
        pairs = enumerate(zip(stored, right, strict=False))
        same = next((place for place, (one, other) in pairs if one != other), min(len(stored), len(right)))
        yield "search", stored[same : same + _SHOWN], right[same : same + _SHOWN]


def of_steps(tx: Transaction, rules: Rules, held: Sequence[Escalation], facts: Sequence[Fact]) -> Iterator[Reading]:
    """Whether the next steps will come in time, and whether each page of the steps taken was queued."""
    now = max(tx.now(), facts[-1].at)
    for past, one in zip(histories(facts), held, strict=False):
        assert past.policy is not None
        due = state_of(rules.policy(past.policy, past.policy_version), past, now).due
        if due is not None and (one.due is None or one.due > max(due, now) + PARKED):
            yield "due step", one.due, due
    steps = [fact for fact in facts if isinstance(fact.event, StepFired) and (fact.event.paged or fact.event.called)]
    keys = [notice.key for notice in tx.outbox.of_ticket(facts[0].ticket)] if steps else []
    for fact in steps:
        assert isinstance(fact.event, StepFired)
        for whom in (*fact.event.paged, *(f":{channel}" for channel in fact.event.called)):
            page = f"page:{fact.ticket}:{fact.event.generation}:{fact.event.firing}:{whom}:"
            if not any(key.startswith(page) for key in keys):
                yield "page", "", page
