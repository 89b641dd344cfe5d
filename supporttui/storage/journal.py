"""The journal: facts in one order, numbered at commit, each hash built on the one before."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, literal_column, select, update
from sqlalchemy.exc import IntegrityError

from supporttui.domain.events import Fact, Imported, Origin, StepFired, event_from, kind_of, payload
from supporttui.domain.faults import Refused, StoreUnavailable
from supporttui.domain.ids import OperationId, TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.text import storable
from supporttui.domain.tickets import ordered
from supporttui.storage.chain import link
from supporttui.storage.rows import AnyRow, insert_new, to_json, upsert
from supporttui.storage.schema import firings, imported_rows, journal, journal_head
from supporttui.storage.search import SqlTexts
from supporttui.usecases.ports import Call

PENDING = 2**53
"""Facts of a running transaction are read with numbers from here on: behind every stored one."""
_CHUNK = 1000
_DEFINITION = "definition"
WAKE = "NOTIFY supporttui"
"""Wakes the feeds of a PostgreSQL; without payload, because every role may listen."""

_COLUMNS = (
    journal.c.seq, journal.c.ticket, journal.c.at, journal.c.actor, journal.c.payload,
    journal.c.operation, journal.c.recorded_at, journal.c.origin,
)  # fmt: skip
_FACTS = select(*_COLUMNS).where(journal.c.ticket.is_not(None))
_OF_TICKET = select(*_COLUMNS).where(journal.c.ticket == bindparam("ticket"))
_PARTS = select(*_COLUMNS, journal.c.part).where(journal.c.ticket == bindparam("ticket")).order_by(journal.c.seq)
_PLACES = select(journal.c.operation, journal.c.part, journal.c.ticket)
_OF_OPERATION = _FACTS.where(journal.c.operation == bindparam("operation")).order_by(journal.c.part)
_KNOWN = select(journal.c.seq).where(journal.c.operation == bindparam("operation")).limit(1)
_NEXT = _FACTS.where(journal.c.seq > bindparam("after")).order_by(journal.c.seq).limit(_CHUNK)
_NEXT_UNTIL = _NEXT.where(journal.c.at <= bindparam("until"))
_OF_KINDS = _FACTS.where(
    journal.c.kind.in_(bindparam("kinds", expanding=True)), journal.c.at >= bindparam("since")
).order_by(journal.c.seq)
_HEAD = select(journal_head.c.seq)
_TAKE = update(journal_head).values(seq=journal_head.c.seq + bindparam("taken"))
_TAKEN = (journal_head.c.seq, journal_head.c.hash, func.app_now())
_NO_LOGIN: ColumnElement[str] = literal_column("''")
_SESSION_USER: ColumnElement[str] = literal_column("session_user")
_NUMBERS = {
    "sqlite": _TAKE.returning(*_TAKEN, _NO_LOGIN),
    "postgresql": _TAKE.returning(*_TAKEN, _SESSION_USER),
}
_CHAIN = update(journal_head).values(hash=bindparam("chained"))
_INSERT = insert(journal)


class SqlJournal:
    """The journal within one transaction."""

    def __init__(self, connection: Connection, texts: SqlTexts) -> None:
        self._connection = connection
        self._texts = texts
        self._pending: list[dict[str, Any]] = []
        self._facts: list[Fact] = []
        self._of_ticket: dict[TicketId, list[Fact]] = {}
        """The same by ticket: a bulk asks for each of a thousand."""
        self._parts: dict[str, int] = {}
        self._fired: set[tuple[int, int, int]] = set()

    def append(self, facts: Sequence[Fact]) -> None:
        """Add facts to the end; what they make unique is claimed at once."""
        for operation in {fact.operation for fact in facts}:
            self._begin(operation)
        for fact in facts:
            self._add_fact(fact)
        self.claim(facts)

    def _add_fact(self, fact: Fact) -> None:
        self._add(
            at=fact.at, actor=fact.actor, origin=fact.origin, operation=fact.operation,
            ticket=fact.ticket, kind=kind_of(fact.event), stored=payload(fact.event),
        )  # fmt: skip
        numbered = replace(fact, seq=PENDING + len(self._pending))
        self._facts.append(numbered)
        self._of_ticket.setdefault(fact.ticket, []).append(numbered)

    def claim(self, facts: Sequence[Fact]) -> None:
        """What facts make unique, or can be found by."""
        for fact in facts:
            match fact.event:
                case StepFired(generation, firing):
                    self.fire(fact.ticket, generation, firing)
        self._took_in(facts)
        self._texts.say(facts)

    def parts(self, ticket: TicketId) -> tuple[tuple[Fact, int], ...]:
        """The stored facts of a ticket in journal order, each with its place within its operation."""
        return tuple((_fact(row), row.part) for row in self._connection.execute(_PARTS, {"ticket": ticket}).all())

    def adopt(self, facts: Sequence[tuple[Fact, int]]) -> None:
        """Add facts of another database under the operations and places that they have there."""
        for fact, part in facts:
            self._parts[fact.operation] = part
            self._add_fact(fact)
        self.claim([fact for fact, _ in facts])

    def known_parts(self, operations: Sequence[OperationId]) -> dict[tuple[OperationId, int], TicketId | None]:
        """Of these operations the places that are stored, and the ticket of each."""
        found: dict[tuple[OperationId, int], TicketId | None] = {}
        for start in range(0, len(operations), _CHUNK):
            wanted = operations[start : start + _CHUNK]
            rows = self._connection.execute(_PLACES.where(journal.c.operation.in_(wanted))).all()
            found.update({(OperationId(row.operation), row.part): row.ticket for row in rows})
        return found

    def append_definition(self, call: Call, kind: str, key: str, version: int) -> None:
        """A definition changed; the fact has no ticket."""
        self._begin(call.operation)
        self._add(
            at=call.at, actor=call.actor, origin=call.origin, operation=call.operation, ticket=None,
            kind=_DEFINITION,
            stored={"kind": _DEFINITION, "v": 1, "data": {"kind": kind, "key": key, "version": version}},
        )  # fmt: skip

    def fire(self, ticket: TicketId, generation: int, firing: int) -> None:
        """Claim the number of a firing for this transaction.

        Raises:
            Refused: ``escalation.fired`` when another transaction has it.
        """
        key = (ticket, generation, firing)
        if key in self._fired:
            return
        values = {"ticket": ticket, "generation": generation, "firing": firing}
        if not insert_new(self._connection, firings, values):
            raise Refused("escalation.fired", ticket=ticket, firing=firing)
        self._fired.add(key)

    def of_ticket(self, ticket: TicketId, *, until: Instant | None = None) -> tuple[Fact, ...]:
        """Stored facts and those of this transaction, as the fold orders them."""
        statement = _OF_TICKET if until is None else _OF_TICKET.where(journal.c.at <= bindparam("until"))
        rows = self._connection.execute(statement, {"ticket": ticket, "until": until}).all()
        facts = [_fact(row) for row in rows]
        facts += [fact for fact in self._of_ticket.get(ticket, ()) if until is None or fact.at <= until]
        return tuple(ordered(facts))

    def operation(self, operation: OperationId) -> tuple[Fact, ...]:
        """What was stored under an operation id, and what this transaction adds to it."""
        rows = self._connection.execute(_OF_OPERATION, {"operation": operation}).all()
        return (*map(_fact, rows), *(fact for fact in self._facts if fact.operation == operation))

    def each(self, *, until: Instant | None = None, after: int = 0) -> Iterator[Fact]:
        """Every stored fact in journal order; fetched in parts, so that no cursor stays open."""
        statement = _NEXT if until is None else _NEXT_UNTIL
        while True:
            rows = self._connection.execute(statement, {"after": after, "until": until}).all()
            yield from map(_fact, rows)
            if len(rows) < _CHUNK:
                return
            after = rows[-1].seq

    def of_kinds(self, kinds: Sequence[str], *, since: Instant) -> tuple[Fact, ...]:
        """By a walk over what was since: for reports, not for screens."""
        return tuple(map(_fact, self._connection.execute(_OF_KINDS, {"kinds": list(kinds), "since": since}).all()))

    def head(self) -> int:
        """The newest number that is committed, or was when this transaction began."""
        return int(self._connection.execute(_HEAD).scalar_one())

    def imported_rows(self, system: str, numbers: Sequence[str]) -> dict[str, tuple[TicketId, frozenset[str]]]:
        """Per foreign number our ticket and the hashes of the rows taken in."""
        table = imported_rows.c
        found: dict[str, tuple[TicketId, set[str]]] = {}
        for start in range(0, len(numbers), _CHUNK):
            wanted = numbers[start : start + _CHUNK]
            statement = select(table.number, table.ticket, table.row).where(
                table.system == system, table.number.in_(wanted)
            )
            for number, ticket, row in self._connection.execute(statement).all():
                found.setdefault(number, (ticket, set()))[1].add(row)
        return {number: (ticket, frozenset(rows)) for number, (ticket, rows) in found.items()}

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Forget what was appended inside, if it ends in an exception."""
        pending, facts, parts, fired = len(self._pending), len(self._facts), dict(self._parts), set(self._fired)
        try:
            yield
        except BaseException:  # also what ends the thread: the savepoint is gone then too
            for fact in self._facts[facts:]:
                self._of_ticket[fact.ticket].pop()
            del self._pending[pending:], self._facts[facts:]
            self._parts, self._fired = parts, fired
            raise

    def flush(self) -> bool:
        """Number, chain and store what was appended: the last statements before the commit.

        From here to the commit the head row is locked, so numbers become visible in their order.
        """
        if not self._pending:
            return False
        dialect = self._connection.dialect.name
        taken = {"taken": len(self._pending)}
        last, chained, recorded_at, login = self._connection.execute(_NUMBERS[dialect], taken).one()
        first = last - len(self._pending) + 1
        for seq, row in enumerate(self._pending, first):
            row.update(seq=seq, recorded_at=recorded_at, login=login)
            chained = row["hash"] = link(chained, row)
        self._insert()
        self._connection.execute(_CHAIN, {"chained": chained})
        if dialect == "postgresql":
            self._connection.exec_driver_sql(WAKE)
        self._pending, self._facts, self._of_ticket = [], [], {}
        return True

    def _insert(self) -> None:
        try:
            self._connection.execute(_INSERT, self._pending)
        except IntegrityError as error:
            if "operation" not in str(error.orig):
                raise
            # Another transaction looked for the same operation as early as this one, and was faster.
            raise Refused("operation.known", operation=self._pending[0]["operation"]) from error

    def _begin(self, operation: OperationId) -> None:
        if operation in self._parts:
            return
        if self._connection.execute(_KNOWN, {"operation": operation}).first() is not None:
            raise Refused("operation.known", operation=operation)
        self._parts[operation] = 0

    def _add(
        self, *, at: Instant, actor: str, origin: Origin, operation: str, ticket: TicketId | None, kind: str,
        stored: Mapping[str, Any],
    ) -> None:  # fmt: skip
        part = self._parts[operation]
        self._parts[operation] = part + 1
        self._pending.append({
            "at": at, "actor": storable(actor), "origin": origin.value, "operation": storable(operation),
            "part": part, "ticket": ticket, "kind": kind, "payload": to_json(stored),
        })  # fmt: skip

    def _took_in(self, facts: Sequence[Fact]) -> None:
        """Remember the rows of foreign logs among these facts, in one statement: an import brings thousands."""
        taken = {
            (said.system, said.number, said.row): fact.ticket
            for fact in facts
            if isinstance(said := fact.event, Imported)
        }
        if taken:
            rows = [{"system": key[0], "number": key[1], "row": key[2], "ticket": taken[key]} for key in taken]
            statement = upsert(self._connection, imported_rows).on_conflict_do_nothing()
            new = self._connection.execute(statement.returning(imported_rows.c.row), rows).all()
            if len(new) < len(rows):
                # Another import took in one of these rows since this one looked.
                raise StoreUnavailable("store.locked")


def _fact(row: AnyRow) -> Fact:
    return Fact(
        ticket=TicketId(row.ticket), at=Instant(row.at), actor=row.actor,
        event=event_from(json.loads(row.payload)), operation=OperationId(row.operation), seq=row.seq,
        recorded_at=Instant(row.recorded_at), origin=Origin(row.origin),
    )  # fmt: skip
