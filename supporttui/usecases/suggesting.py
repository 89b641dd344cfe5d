"""Who should work on a ticket, by who solved those like it."""

from collections.abc import Mapping
from dataclasses import dataclass

from supporttui.domain.ids import TicketId
from supporttui.domain.queue import And, Node, Op, Or, QueueRow, SortBy, Term, Words
from supporttui.domain.similar import Like, Suggestion, alike, suggestions
from supporttui.domain.spans import Instant
from supporttui.domain.text import fold
from supporttui.domain.tickets import Ticket
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rules import rules_of

MOST_ROWS = 100
"""Ended tickets that are compared, of the words and of the category each."""
MOST_WORDS = 12
_ENDED = Term("is", Op.eq, ("closed",))


@dataclass(frozen=True, slots=True)
class Suggested:
    """Who solved the tickets most like one, and which those are."""

    ticket: Ticket
    found: tuple[Suggestion, ...]
    likes: tuple[Like, ...]
    names: Mapping[str, str]

    @property
    def elsewhere(self) -> Suggestion | None:
        """The first that does not work on the ticket now, if as many as any other solved by it; else nothing."""
        here = self.ticket.resolver or self.ticket.team
        first = self.found[0] if self.found else None
        return first if first is not None and first.authority != here else None


def of_ticket(tx: Transaction, ticket: TicketId, now: Instant) -> Suggested:
    """The authorities that solved tickets like this one, and why each is named.

    Raises:
        NotFound: ``ticket.unknown``.
    """
    found = tx.tickets.get(ticket)
    rows = {row.id: row for query in _queries(found) for row in _ended(tx, query, now)}
    likes = alike(found, tuple(rows.values()))
    return Suggested(found, suggestions(likes), likes, rules_of(tx).names())


def _queries(ticket: Ticket) -> tuple[Node, ...]:
    """What has words of the title, and what is of the same category."""
    service = Term("service", Op.eq, (ticket.service,))
    words = tuple(Words(fold(word), whole=True) for word in ticket.title.split()[:MOST_WORDS] if len(word) > 1)
    by_words = (And((_ENDED, service, Or(words))),) if words else ()
    by_category = (And((_ENDED, Term("category", Op.eq, (fold(ticket.category),)))),) if ticket.category else ()
    return (*by_words, *by_category)


def _ended(tx: Transaction, query: Node, now: Instant) -> tuple[QueueRow, ...]:
    found = tx.tickets.page(query, now=now, me=None, sort=SortBy.number, limit=MOST_ROWS)
    return tuple(row for row in found if not (row.void or row.merged or row.drill))
