"""Reading for files: everything of a database as plain rows, and tickets one by one. Nothing here writes."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.usecases.archive import Carried, Head, PlainRow
from supporttui.usecases.ports import Transaction
from supporttui.usecases.views import Ask

BATCH = 500
"""Rows of one short transaction: a long one would hold up writers on one database, and be ended on the other."""
_AT_ONCE = tuple(kind for kind in Carried if kind not in (Carried.fact, Carried.notice))
"""Few rows, read together with the journal's head: what was agreed when its last fact was written."""

Reading = Callable[[], AbstractContextManager[Transaction]]


@dataclass(frozen=True, slots=True)
class Beginning:
    """The state that a snapshot shows."""

    head: Head
    counts: Mapping[Carried, int]
    rows: tuple[tuple[Carried, PlainRow], ...]
    """Everything but facts and notices."""


def beginning(tx: Transaction) -> Beginning:
    """What the site has agreed as of the journal's head, and how much there is of everything."""
    rows = [(kind, row) for kind in _AT_ONCE for row in _all(tx, kind)]
    return Beginning(tx.archive.head(), {kind: tx.archive.count(kind) for kind in Carried}, tuple(rows))


def facts(read: Reading, head: Head) -> Iterator[PlainRow]:
    """Every fact up to the head; what is written meanwhile is behind it."""
    for row in _streamed(read, Carried.fact):
        if row["seq"] > head.seq:
            return
        yield row


def notices(read: Reading) -> Iterator[PlainRow]:
    """What was said to people, by key, as it is when it is read."""
    return _streamed(read, Carried.notice)


def _all(tx: Transaction, kind: Carried) -> Iterator[PlainRow]:
    last: PlainRow | None = None
    while rows := tx.archive.rows(kind, after=last, most=BATCH):
        yield from rows
        last = rows[-1]


def _streamed(read: Reading, kind: Carried) -> Iterator[PlainRow]:
    last: PlainRow | None = None
    while True:
        with read() as tx:
            rows = tx.archive.rows(kind, after=last, most=BATCH)
        yield from rows
        if len(rows) < BATCH:
            return
        last = rows[-1]


def numbers(tx: Transaction, ask: Ask, now: Instant) -> tuple[TicketId, ...]:
    """The numbers of every ticket that fits, in the order that is asked for; ``ask.limit`` says nothing here."""
    found: list[TicketId] = []
    last = None
    while rows := tx.tickets.page(
        ask.query, now=now, me=ask.me, sort=ask.sort, reverse=ask.reverse, limit=BATCH, offset_row=last
    ):
        found += [TicketId(row.id) for row in rows]
        last = rows[-1]
    return tuple(found)
