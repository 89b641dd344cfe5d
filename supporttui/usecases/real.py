"""What figures are made of: drills are left out."""

from collections.abc import Iterable, Sequence

from supporttui.domain.events import Fact
from supporttui.domain.ids import TicketId
from supporttui.usecases.ports import Transaction


def real(tx: Transaction, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts without those of drills."""
    drills = drills_among(tx, {fact.ticket for fact in facts})
    return tuple(fact for fact in facts if fact.ticket not in drills)


def drills_among(tx: Transaction, tickets: Iterable[TicketId]) -> frozenset[TicketId]:
    """Those of some tickets that only try something out."""
    return frozenset(row.id for row in tx.tickets.rows(tickets) if row.drill)
