"""Tickets by the beginning of their number or by words of their texts, for whoever is still typing."""

from collections.abc import Sequence

from supporttui.domain.ids import PersonId
from supporttui.domain.queue import And, Node, Op, Or, QueueRow, SortBy, Term, Words
from supporttui.domain.spans import Instant
from supporttui.domain.text import fold
from supporttui.usecases.ports import Transaction

MOST_DIGITS = 9
_OPEN = Term("is", Op.eq, ("open",))


def tickets(
    tx: Transaction, text: str, now: Instant, *, me: PersonId | None, prefix: str = "", limit: int = 8
) -> tuple[QueueRow, ...]:
    """The tickets that may be meant: open ones first, the most pressing first; none for an empty text."""
    meant = _meant(text.strip(), prefix)
    if meant is None:
        return ()
    open_ones = _page(tx, (meant, _OPEN), now, me=me, limit=limit)
    if len(open_ones) == limit:
        return open_ones
    others = _page(tx, (meant,), now, me=me, limit=limit)
    return tuple({row.id: row for row in (*open_ones, *others)}.values())[:limit]


def _page(
    tx: Transaction, nodes: Sequence[Node], now: Instant, *, me: PersonId | None, limit: int
) -> tuple[QueueRow, ...]:
    return tx.tickets.page(And(tuple(nodes)), now=now, me=me, sort=SortBy.sla, limit=limit)


def _meant(text: str, prefix: str) -> Node | None:
    number = text[len(prefix) :] if prefix and text.casefold().startswith(prefix.casefold()) else text
    if number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS:
        return _numbers(number)
    words = tuple(Words(fold(word)) for word in text.split())
    return And(words) if words else None


def _numbers(begun: str) -> Node:
    """Every number that begins so, as ranges that an index answers: for 12 also 120 to 129, 1200 to 1299 and on."""
    first = int(begun)
    ranges = [(first * 10**more, (first + 1) * 10**more - 1) for more in range(MOST_DIGITS - len(begun) + 1)]
    return Or(tuple(And((Term("id", Op.ge, (low,)), Term("id", Op.le, (high,)))) for low, high in ranges))
