"""By when a requester hears next: promised, and taken back; a reply keeps it.

``version`` is the one the person saw when the key was pressed; ``None`` takes the ticket as it is.
"""

from supporttui.domain import promises as rules
from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.record import record, to_work_on


def promise(
    call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, until: Instant | None = None, text: str = ""
) -> Ticket:
    """The requester hears by then; whoever promises it stands in the journal.

    Raises:
        BadInput: ``promise.until_missing``.
        Refused: ``ticket.not_open``, ``promise.past`` or ``promise.same``.
    """
    found = to_work_on(call, tx, ticket, version)
    events = rules.promise(found, until=until, by=PersonId(call.actor), text=text.strip(), at=call.at)
    return record(call, tx, found, events)


def release(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, reason: str = "") -> Ticket:
    """The promise holds no longer.

    Raises:
        Refused: ``promise.none``.
    """
    found = to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.release(found, reason=reason.strip()))
