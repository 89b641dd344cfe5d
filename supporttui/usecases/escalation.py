"""Escalations: what runs, what comes, escalating by hand, and the watch's sweep."""

# ruff: noqa
from supporttui.domain.ids import OperationId, TicketId
from supporttui.domain.spans import Instant
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.views import Choice, Escalated, Running, Upcoming


def running(tx: Transaction, now: Instant) -> tuple[Running, ...]: ...
def forecast(tx: Transaction, ticket: TicketId, now: Instant) -> tuple[Upcoming, ...]: ...
def choices(tx: Transaction, ticket: TicketId, now: Instant) -> tuple[Choice, ...]: ...
def escalate(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    delay: int = 8,
    step: int | None = None,
    text: str = "",
) -> Escalated: ...
def withdraw(call: Call, tx: Transaction, operation: OperationId) -> int: ...
def sweep(call: Call, tx: Transaction, token: int, limit: int = 50) -> int: ...
