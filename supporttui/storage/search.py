"""Full-text search: the texts of tickets with their index, written with the facts, asked for few numbers at a time.

The index names candidates; the filter's condition (``filter.py``) has the last word on each.
"""

import functools
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, bindparam, select, text

from supporttui.domain.events import Event, Fact
from supporttui.domain.filter.fields import FIELDS, FieldKind
from supporttui.domain.filter.search import Needle, beginning_of, head_of, needle, notes_of, says_something
from supporttui.domain.ids import TicketId
from supporttui.domain.queue import And, Node, Or, Term, Words
from supporttui.domain.tickets import Ticket
from supporttui.storage.rows import put_row
from supporttui.storage.schema import texts
from supporttui.storage.schema.kept import INDEX, TOKENS, has_index

MOST = 2_000
"""Candidates; a word that more tickets have is met soon enough on a walk through them in their order."""
_TOKENS_ASKED = 30
"""Of one word or quoted text; the rest is seen in the text."""
_TOKENS_FOUND = 100
_CHUNK = 500

_FORGET = f"INSERT INTO {INDEX} ({INDEX}, rowid, head, notes) VALUES ('delete', ?, ?, ?)"  # noqa: S608
_LEARN = f"INSERT INTO {INDEX} (rowid, head, notes) VALUES (?, ?, ?)"  # noqa: S608
_STORED = select(texts).where(texts.c.ticket.in_(bindparam("wanted", expanding=True)))
_FINDS = text(f"SELECT 1 FROM {INDEX} WHERE {INDEX} MATCH :match AND rowid = :ticket")  # noqa: S608
_CANDIDATES = {
    "sqlite": text(f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH :match LIMIT :most"),  # noqa: S608
    "postgresql": text(f"SELECT ticket FROM texts WHERE {TOKENS} @@ CAST(:match AS tsquery) LIMIT :most"),  # noqa: S608
}

Stored = tuple[str, str]
"""Head and notes of a ticket."""


class SqlTexts:
    """The searched texts within one transaction; what is new is written before anybody looks, and at its end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._heads: dict[int, str] = {}
        self._said: dict[int, tuple[Event, ...]] = {}
        self._found: dict[Node, Sequence[int] | None] = {}

    def put(self, ticket: Ticket) -> None:
        """A ticket as it is now."""
        self._heads[ticket.id] = head_of(ticket)

    def say(self, facts: Iterable[Fact]) -> None:
        """What was said, in the order of the journal."""
        for fact in facts:
            if says_something(fact.event):
                self._said[fact.ticket] = (*self._said.get(fact.ticket, ()), fact.event)

    def of_ticket(self, ticket: TicketId) -> Stored:
        """As they are stored; empty where there are none."""
        self.flush()
        return self._stored([ticket]).get(ticket, ("", ""))

    def candidates(self, query: Node) -> Sequence[int] | None:
        """Numbers of tickets that may fit by the filter's words: all, or one more than ``MOST``; ``None``: any."""
        self.flush()
        if query not in self._found:
            self._found[query] = self._ask(query)
        return self._found[query]

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Forget what came inside, if it ends in an exception: the savepoint took back what was written of it."""
        heads, said = dict(self._heads), dict(self._said)
        try:
            yield
        except BaseException:  # also what ends the thread: the savepoint is gone then too
            self._heads, self._said = heads, said
            self._found = {}
            raise

    def flush(self) -> None:
        """Write what is new, and nothing that stays as it was."""
        if not self._heads and not self._said:
            return
        numbers = sorted({*self._heads, *self._said})
        for start in range(0, len(numbers), _CHUNK):
            self._write(numbers[start : start + _CHUNK])
        self._heads, self._said, self._found = {}, {}, {}

    def _write(self, numbers: Sequence[int]) -> None:
        before = self._stored(numbers)
        after = {number: self._new(number, *before.get(number, ("", ""))) for number in numbers}
        changed = {number: stored for number, stored in after.items() if stored != before.get(number)}
        if not changed:
            return
        if self._indexed:
            forgotten = [(number, *before[number]) for number in changed if number in before]
            if forgotten:
                self._connection.exec_driver_sql(_FORGET, forgotten)
            self._connection.exec_driver_sql(_LEARN, [(number, *stored) for number, stored in changed.items()])
        rows = [{"ticket": number, "head": head, "notes": notes} for number, (head, notes) in changed.items()]
        put_row(self._connection, texts, rows)

    def _new(self, number: int, head: str, notes: str) -> Stored:
        return self._heads.get(number, head), notes_of(self._said.get(number, ()), notes)

    def _stored(self, numbers: Sequence[int]) -> dict[int, Stored]:
        rows = self._connection.execute(_STORED, {"wanted": numbers}).all()
        return {row.ticket: (row.head, row.notes) for row in rows}

    @functools.cached_property
    def _indexed(self) -> bool:
        """Whether there is an index of SQLite to keep; PostgreSQL keeps its own."""
        return has_index(self._connection)

    def _ask(self, query: Node) -> Sequence[int] | None:
        dialect = self._connection.dialect.name
        wanted = asked(query, dialect)
        if not wanted or (dialect == "sqlite" and not self._indexed):
            return None
        return self._connection.execute(_CANDIDATES[dialect], {"match": wanted, "most": MOST + 1}).scalars().all()


@functools.lru_cache(maxsize=128)
def asked(node: Node, dialect: str) -> str:
    """What the index is asked, in its own language; empty where it cannot say no.

    Tokens are letters, digits and signs beyond ASCII: no text of a person can be taken for the language around them.
    """
    match node:
        case And(parts):
            return _joined([one for part in parts if (one := asked(part, dialect))], _AND[dialect])
        case Or(parts):
            either = [asked(part, dialect) for part in parts]
            return _joined(either, _OR[dialect]) if all(either) else ""
        case Words():
            return _tokens(needle(node), dialect)
        case Term(field=field, values=values) if FIELDS[field] is FieldKind.text:
            return _joined([_tokens(beginning_of(field, str(value)), dialect) for value in values], _OR[dialect])
        case _:
            return ""


_AND = {"sqlite": " AND ", "postgresql": " & "}
_OR = {"sqlite": " OR ", "postgresql": " | "}
_EXACT = {"sqlite": '"{}"', "postgresql": "'{}'"}
_BEGINNING = {"sqlite": '"{}"*', "postgresql": "'{}':*"}


def _joined(parts: Sequence[str], word: str) -> str:
    return f"({word.join(parts)})" if len(parts) > 1 else "".join(parts)


def _tokens(wanted: Needle, dialect: str) -> str:
    if not wanted.tokens:
        return ""
    *whole, last = wanted.tokens
    parts = [_EXACT[dialect].format(token) for token in dict.fromkeys(whole)]
    parts = [*parts[:_TOKENS_ASKED], (_BEGINNING if wanted.beginning else _EXACT)[dialect].format(last)]
    return _joined(parts, _AND[dialect])


def finds(connection: Connection, ticket: int, stored: Stored) -> bool:
    """Whether the index of SQLite finds a ticket by everything that is stored of it."""
    tokens = sorted(set("".join(stored).split()))
    parts = (tokens[start : start + _TOKENS_FOUND] for start in range(0, len(tokens), _TOKENS_FOUND))
    asked = (_joined([_EXACT["sqlite"].format(token) for token in part], _AND["sqlite"]) for part in parts)
    return all(connection.execute(_FINDS, {"match": match, "ticket": ticket}).first() for match in asked)
