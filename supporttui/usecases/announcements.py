"""The calendar of what vendors announced, and what of it concerns a ticket.

``version`` is the one the person saw when the key was pressed; ``None`` takes the ticket as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from supporttui.domain import announcements as rules
from supporttui.domain.ids import TicketId
from supporttui.domain.queue import And, Node, Op, SortBy, Term, counted
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.record import record, to_work_on
from supporttui.usecases.rules import rules_of

MOST = 200
"""Of the calendar; of a service, and beside a ticket, fewer."""
MOST_BESIDE = 20
_STANDING: tuple[Node, ...] = (Term("is", Op.eq, ("open",)), Term("is", Op.eq, ("announced",)))


def announce(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    start: Instant | None = None,
    end: Instant | None = None,
    text: str = "",
) -> Ticket:
    """A vendor works on the ticket's service in a window; it stands in the calendar while the ticket is open.

    Raises:
        BadInput: ``announce.window_missing``.
        Refused: ``ticket.not_open``, ``announce.backwards``, ``announce.past`` or ``announce.same``.
    """
    found = to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.announce(found, start=start, end=end, text=text.strip(), at=call.at))


def retract(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, reason: str = "") -> Ticket:
    """The vendor does not do it after all.

    Raises:
        Refused: ``announce.none``.
    """
    found = to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.retract(found, reason=reason.strip()))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Tickets with an announcement that is not over, the soonest first."""

    tickets: tuple[Ticket, ...]
    names: Mapping[str, str]
    now: Instant


def calendar(tx: Transaction, now: Instant) -> Calendar:
    """What vendors do now and later, as announced on open tickets."""
    found = (one for one in _announcing(tx, And(_STANDING), now, MOST) if _end(one) > now)
    return Calendar(tuple(sorted(found, key=lambda one: (_start(one), one.id))), rules_of(tx).names(), now)


def concerning(tx: Transaction, ticket: Ticket, now: Instant) -> tuple[Ticket, ...]:
    """Those whose announcement is worth knowing on an open ticket, the soonest first."""
    if not ticket.is_open:
        return ()
    asked = And((*_STANDING, Term("service", Op.eq, (ticket.service,))))
    found = (one for one in _announcing(tx, asked, now, MOST_BESIDE) if rules.concerns(one, ticket, now))
    return tuple(sorted(found, key=lambda one: (_start(one), one.id)))


def _announcing(tx: Transaction, asked: Node, now: Instant, most: int) -> Sequence[Ticket]:
    rows = tx.tickets.page(counted(asked), now=now, me=None, sort=SortBy.number, limit=most)
    return [ticket for ticket, _ in tx.tickets.several([row.id for row in rows])]


def _start(ticket: Ticket) -> Instant:
    assert ticket.announcement is not None
    return ticket.announcement.start


def _end(ticket: Ticket) -> Instant:
    assert ticket.announcement is not None
    return ticket.announcement.end
