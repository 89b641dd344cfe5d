"""Values for storage tests, one word a deviation, and the writes that put them in place."""

import itertools
from dataclasses import replace

from supporttui.domain.events import Event, Fact, Opened, Origin
from supporttui.domain.ids import OperationId, PersonId, PolicyId, ServiceId, TeamId, TicketId
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.targets import Metric
from supporttui.domain.sla.timer import SortKey, Timer, TimerState, sort_key
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket, apply, open_ticket
from supporttui.storage import SqlStore
from supporttui.storage.transaction import SqlTransaction
from supporttui.usecases.ports import Escalation, EscalationState, Notice

NOW = 1_790_000_000
ANA = PersonId("ana")
BEN = PersonId("ben")
_numbers = itertools.count(1)


def operation(word: str = "op") -> OperationId:
    """An id that no other call gave."""
    return OperationId(f"{word}-{next(_numbers)}")


def fact(ticket: TicketId, event: Event, *, at: int = NOW, actor: str = ANA, op: OperationId | None = None) -> Fact:
    return Fact(ticket, Instant(at), actor, event, op or operation(), origin=Origin.desk)


def opened(title: str = "Disk full", **deviations) -> Opened:
    values = {"service": ServiceId("storage"), "team": TeamId("infra"), "priority": Priority(2), **deviations}
    return Opened(title, **values)


def timer(due: int | None = NOW + 3600, **deviations) -> Timer:
    values = {
        "metric": Metric.resolution, "cycle": 1, "seconds": 7200, "calendar": None,
        "started": Instant(NOW - 3600), "state": TimerState.running, "due": due, "remaining": 3600,
        "anchor": Instant(NOW), **deviations,
    }  # fmt: skip
    return Timer(**values)


def notice(key: str = "k1", **deviations) -> Notice:
    values = {
        "ticket": None, "person": ANA, "channel": "mail", "address": "ana@example.org", "code": "page",
        "params": {"ticket": 7, "title": "Disk full"}, "not_before": Instant(NOW), **deviations,
    }  # fmt: skip
    return Notice(key, **values)


def escalation(ticket: TicketId, **deviations) -> Escalation:
    """Of a ticket, its first step due now."""
    values = {
        "policy": PolicyId("night"), "policy_version": 1, "generation": 1, "state": EscalationState.running,
        "step": 0, "round": 0, "firing": 0, "due": NOW, **deviations,
    }  # fmt: skip
    return Escalation(ticket, **values)


def put(tx: SqlTransaction, ticket: Ticket, *timers: Timer) -> Ticket:
    """A ticket without a history."""
    tx.tickets.insert(ticket, timers, sort_key(timers))
    return ticket


def open_one(
    tx: SqlTransaction, event: Opened | None = None, *, at: int = NOW, timers: tuple[Timer, ...] = (),
    op: OperationId | None = None,
) -> Ticket:  # fmt: skip
    """A ticket with its first fact, as a use case opens it."""
    first = fact(tx.tickets.new_id(), event or opened(), at=at, op=op)
    ticket = put(tx, open_ticket(first), *timers)
    tx.journal.append([first])
    return ticket


def opened_in(store: SqlStore, event: Opened | None = None, **options) -> Ticket:
    with store.write() as tx:
        return open_one(tx, event, **options)


def change(
    tx: SqlTransaction, ticket: Ticket, event: Event, *, actor: str = ANA, op: OperationId | None = None
) -> Ticket:
    """One more fact over the version that was read."""
    added = fact(ticket.id, event, actor=actor, op=op)
    after = tx.tickets.save(apply(ticket, added), (), SortKey(), expected=ticket.version)
    tx.journal.append([added])
    return after


def numbered(ticket: Ticket, number: int, **deviations) -> Ticket:
    return replace(ticket, id=TicketId(number), **deviations)
