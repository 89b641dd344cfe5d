"""The database as plain rows: read for a snapshot, and written as they were into an empty one.

What is written here is what other tables follow from; those are made again from it (``usecases/replay.py``).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, DefaultClause, Table, func, insert, select, true, tuple_, update
from sqlalchemy.types import TypeEngine

from supporttui.domain.escalation.targets import TURN
from supporttui.domain.faults import BadInput
from supporttui.domain.ids import TicketId
from supporttui.storage.chain import link
from supporttui.storage.definitions import SqlDefinitions
from supporttui.storage.rows import to_json
from supporttui.storage.schema import (
    Text,
    absences,
    ack_codes,
    alerts,
    beats,
    counters,
    definitions,
    duty_records,
    handovers,
    journal,
    journal_head,
    outbox,
    overrides,
    pinned_periods,
    published,
    received,
    review_entries,
    site,
    swaps,
    ticket_number,
    views,
)
from supporttui.storage.search import SqlTexts
from supporttui.usecases.archive import Carried, Head, PlainRow

TABLES: Mapping[Carried, Table] = {
    Carried.site: site,
    Carried.definition: definitions,
    Carried.override: overrides,
    Carried.swap: swaps,
    Carried.absence: absences,
    Carried.pinned: pinned_periods,
    Carried.duty: duty_records,
    Carried.published: published,
    Carried.entry: review_entries,
    Carried.view: views,
    Carried.fact: journal,
    Carried.notice: outbox,
    Carried.code: ack_codes,
    Carried.alert: alerts,
    Carried.beat: beats,
    Carried.received: received,
    Carried.handover: handovers,
    Carried.turn: counters,
}
"""In the order in which rows are written."""
_JSON = frozenset({"body", "payload", "params", "people"})
"""Columns whose text is JSON; outside they are what the text says."""
_OF_DEFINITIONS = frozenset({Carried.site, Carried.definition, Carried.override, Carried.pinned})
_OF_KIND = {Carried.turn: counters.c.name.startswith(TURN, autoescape=True)}
"""Kinds that are only a part of their table."""
_TICKETS = select(journal.c.ticket).distinct().where(journal.c.ticket.is_not(None)).order_by(journal.c.ticket)
_RAISE = update(counters).where(counters.c.name == "ticket")


class SqlArchive:
    """Rows within one transaction."""

    def __init__(self, connection: Connection, known: SqlDefinitions, texts: SqlTexts) -> None:
        self._connection = connection
        self._known = known
        self._texts = texts
        self._head = Head(0, "")

    def head(self) -> Head:
        """The newest number of the journal, and the hash of everything up to it."""
        row = self._connection.execute(select(journal_head.c.seq, journal_head.c.hash)).one()
        return Head(row.seq, row.hash)

    def count(self, kind: Carried) -> int:
        """How many rows there are."""
        statement = select(func.count()).select_from(TABLES[kind]).where(_OF_KIND.get(kind, true()))
        return self._connection.execute(statement).scalar_one()

    def rows(self, kind: Carried, *, after: PlainRow | None = None, most: int) -> tuple[PlainRow, ...]:
        """Rows behind another one, by their key; at most so many."""
        table = TABLES[kind]
        keys = list(table.primary_key)
        statement = select(table).where(_OF_KIND.get(kind, true())).order_by(*keys).limit(most)
        if after is not None:
            statement = statement.where(tuple_(*keys) > tuple_(*(after[key.name] for key in keys)))
        return tuple(_told(dict(row)) for row in self._connection.execute(statement).mappings().all())

    def put(self, kind: Carried, rows: Sequence[PlainRow]) -> None:
        """Write rows as they are.

        Raises:
            BadInput: ``snapshot.value`` for a row of another form, ``snapshot.chain`` for a fact that is not
                what was written once.
        """
        table = TABLES[kind]
        stored = [_stored(kind, table, row) for row in rows]
        if kind is Carried.fact:
            self._follow(stored)
        if stored:
            self._connection.execute(insert(table), stored)
        if kind in _OF_DEFINITIONS:
            self._known.written_past()

    def finish(self) -> None:
        """The last step behind the rows: head of the journal, who is in which team, the next ticket's number."""
        self._connection.execute(update(journal_head).values(seq=self._head.seq, hash=self._head.hash))
        self.join_people()
        newest = self._connection.execute(select(func.max(journal.c.ticket))).scalar_one()
        if newest is not None:
            self.reserve(TicketId(newest))

    def join_people(self) -> None:
        """Teams and logins of everybody, after people were written as rows."""
        self._known.join_people()

    def reserve(self, number: TicketId) -> None:
        """Let no new ticket have this number or a lower one."""
        if self._connection.dialect.name == "sqlite":
            self._connection.execute(_RAISE.where(counters.c.value < number).values(value=number))
            return
        taken = self._connection.execute(select(ticket_number.next_value())).scalar_one()
        self._connection.execute(select(func.setval(ticket_number.name, max(taken, number))))

    def tickets(self, *, after: TicketId, most: int) -> tuple[TicketId, ...]:
        """Numbers of tickets that have facts, from the one behind ``after`` on."""
        found = self._connection.execute(_TICKETS.where(journal.c.ticket > after).limit(most))
        return tuple(map(TicketId, found.scalars().all()))

    def settle(self) -> None:
        """Write what waits for the end of the transaction, so that it need not be held."""
        self._texts.flush()

    def _follow(self, facts: Sequence[Mapping[str, Any]]) -> None:
        """Each fact is the next of the chain, as it was when it was written."""
        for fact in facts:
            seq, chained = self._head.seq + 1, link(self._head.hash, fact)
            if (fact["seq"], fact["hash"]) != (seq, chained):
                raise BadInput("snapshot.chain", seq=seq)
            self._head = Head(seq, chained)


def _told(row: Mapping[str, Any]) -> PlainRow:
    return {name: json.loads(value) if name in _JSON else value for name, value in row.items()}


def _stored(kind: Carried, table: Table, row: PlainRow) -> dict[str, Any]:
    told = {**_defaults(table), **row}  # an older form has fewer
    found = {name: to_json(value) if name in _JSON else value for name, value in told.items()}
    for column in _faulty(table, found):
        raise BadInput("snapshot.value", kind=kind.value, column=column)
    return found


def _defaults(table: Table) -> dict[str, Any]:
    """What a column holds that a row of an older form does not name."""
    found: dict[str, Any] = {column.name: None for column in table.columns if column.nullable}
    for column in table.columns:
        if isinstance(column.server_default, DefaultClause):
            said = str(column.server_default.arg)
            found[column.name] = said if isinstance(column.type, Text) else int(said)
    return found


def _faulty(table: Table, row: Mapping[str, Any]) -> Iterator[str]:
    yield from sorted(set(row) ^ {column.name for column in table.columns})
    for column in table.columns:
        if not _fits(column, row.get(column.name)):
            yield column.name


def _fits(column: Column[Any], value: object) -> bool:
    if value is None:
        return bool(column.nullable)
    kind: TypeEngine[Any] = column.type
    return isinstance(value, str) if isinstance(kind, Text) else type(value) is int
