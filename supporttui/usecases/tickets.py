"""What a person may do with a ticket: one function an intention, one transaction, one journal entry."""

# ruff: noqa
from supporttui.domain.events import Opened, State
from supporttui.domain.ids import OperationId, PersonId, TeamId, TicketId
from supporttui.domain.priorities import Level, Priority
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.ports import Call, Transaction


def open_ticket(call: Call, tx: Transaction, opened: Opened) -> Ticket: ...
def acknowledge(call: Call, tx: Transaction, ticket: TicketId, version: int | None) -> Ticket: ...
def take(call: Call, tx: Transaction, ticket: TicketId, version: int | None) -> Ticket: ...
def assign(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    owner: PersonId | None = None,
    team: TeamId | None = None,
    resolver: str | None = None,
    reason: str = "",
) -> Ticket: ...
def note(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, text: str) -> Ticket: ...
def reply(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, text: str) -> Ticket: ...
def wait(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    state: State = State.waiting_requester,
    reason: str = "",
    until: Instant | None = None,
) -> Ticket: ...
def resume(call: Call, tx: Transaction, ticket: TicketId, version: int | None) -> Ticket: ...
def resolve(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    code: str = "solved",
    text: str = "",
) -> Ticket: ...
def close(call: Call, tx: Transaction, ticket: TicketId, version: int | None) -> Ticket: ...
def reopen(
    call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, reason: str = ""
) -> Ticket: ...
def change_priority(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    priority: Priority | None = None,
    impact: Level | None = None,
    urgency: Level | None = None,
    reason: str = "",
) -> Ticket: ...
def undo(call: Call, tx: Transaction, operation: OperationId) -> Ticket: ...
