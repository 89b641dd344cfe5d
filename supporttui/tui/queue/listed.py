"""Which marked tickets the list has. View and filter decide it, not the rows at hand: of a long list few are."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from supporttui import usecases
from supporttui.domain.ids import TicketId
from supporttui.domain.queue import And, Op, SortBy, Term
from supporttui.domain.spans import Instant
from supporttui.tui.batch import Target

if TYPE_CHECKING:  # ports and the types in them are for the type checker alone
    from supporttui.usecases.ports import Transaction
    from supporttui.usecases.views import Ask, QueuePage

Found = Mapping[TicketId, Target | None]
"""Ticket → how it stands in the list; ``None``: it is not listed."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What is known of marked tickets in one list."""

    of: Hashable = None
    """The view and the filter that the answer is for."""
    found: Found = field(default_factory=dict)

    def read(self, of: Hashable, found: Found) -> Listing:
        """With another answer; what was known of the same list and was not asked stays known."""
        return Listing(of, {**self.found, **found} if of == self.of else found)

    def knows(self, of: Hashable, tickets: Iterable[TicketId]) -> bool:
        """Whether it is known of each whether this list has it."""
        return all(ticket in self.found for ticket in tickets) and (of == self.of or not tickets)

    def listed(self, tickets: Iterable[TicketId]) -> tuple[Target, ...]:
        """Those that the list has, as it has them."""
        return tuple(target for ticket in tickets if (target := self.found.get(ticket)) is not None)


def among(tx: Transaction, ask: Ask, tickets: Sequence[TicketId], now: Instant) -> Found:
    """Of these tickets those that fit the view and the filter."""
    if not tickets:
        return {}
    query = And((ask.query, Term("id", Op.eq, tuple(tickets))))
    rows = tx.tickets.page(query, now=now, me=ask.me, sort=SortBy.number, limit=len(tickets))
    fitting = {row.id: Target.of(row) for row in rows}
    return {ticket: fitting.get(ticket) for ticket in tickets}


def page(tx: Transaction, ask: Ask, now: Instant, marked: Sequence[TicketId]) -> tuple[QueuePage, Found]:
    """Part of the list, and which marked tickets the whole of it has, as of one instant."""
    return usecases.queue.page(tx, ask, now), among(tx, ask, marked, now)
