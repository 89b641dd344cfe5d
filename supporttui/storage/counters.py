"""Counts of open tickets (but void ones) that no list is walked for: kept by writers per team, owner and resolver.

The rows are changed last, just before the head of the journal is taken, and always in the same order: whoever opens,
assigns or closes a ticket holds the count of its team for no longer than the head, and nobody waits in a circle.
"""

import functools
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, literal_column, select, union_all
from sqlalchemy.sql.visitors import replacement_traverse

from supporttui.domain.ids import TicketId
from supporttui.domain.queue import DRILL, And, Node, Not, Op, Or, Term, visible
from supporttui.domain.sla.timer import SortBucket
from supporttui.domain.tickets import Ticket
from supporttui.storage.filter import IS_OPEN, NOW, bucket_number, condition, unsought
from supporttui.storage.rows import upsert
from supporttui.storage.schema import counters, open_counts, tickets

Group = tuple[str, str, str]
"""Team, owner (empty: nobody) and resolver."""

OPEN = Term("is", Op.eq, ("open",))
LATE = Term("is", Op.eq, ("breached",))
_KEPT = frozenset({"team", "owner", "resolver"})
_KEPT_FLAGS = frozenset({"open", "mine", "unassigned"})

_NOBODY: ColumnElement[str] = literal_column("''")
_OWNER = func.coalesce(tickets.c.owner, _NOBODY)
_COUNTED = (IS_OPEN, tickets.c.void == literal_column("0"))
_GROUP = select(tickets.c.team, _OWNER, tickets.c.resolver).where(tickets.c.id == bindparam("ticket"), *_COUNTED)
GROUPS = select(
    tickets.c.team, _OWNER.label("owner"), tickets.c.resolver, func.count().label("value")
).where(*_COUNTED).group_by(tickets.c.team, _OWNER, tickets.c.resolver)  # fmt: skip
"""What the rows must be."""
STORED = select(open_counts).where(open_counts.c.value != 0)
_COLUMNS: Mapping[Any, ColumnElement[Any]] = {
    tickets.c.team: open_counts.c.team,
    tickets.c.owner: func.nullif(open_counts.c.owner, _NOBODY),
    tickets.c.resolver: open_counts.c.resolver,
    tickets.c.is_open: literal_column("1"),
}


_DRILLS = "drills"
_EVER = select(counters.c.value).where(counters.c.name == _DRILLS)
_OPEN_DRILLS = select(func.count()).where(*_COUNTED, tickets.c.drill != literal_column("0"))

# From the few counts to the tickets: the other way round all open ones would be looked at.
_TEAM_IS = (
    tickets.c.team == unsought(open_counts.c.team),
    tickets.c.resolver == unsought(open_counts.c.resolver),
)
_OWNED = (open_counts.c.owner != _NOBODY, tickets.c.owner == unsought(open_counts.c.owner))
_FREE = (open_counts.c.owner == _NOBODY, tickets.c.owner.is_(None))


def group_of(ticket: Ticket) -> Group | None:
    """Where a ticket counts; ``None`` if it does not."""
    return (ticket.team, ticket.owner or "", ticket.resolver) if ticket.is_open and not ticket.void else None


class SqlCounts:
    """The counts within one transaction; they change at its end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._changes: Counter[Group] = Counter()
        self._totals: dict[tuple[Node, str | None], int] = {}
        self._ever: bool | None = None
        """Whether there ever was a drill, once that was asked."""

    def stored_group(self, ticket: TicketId) -> Group | None:
        """Where a stored ticket counts; ``None`` if it is not open, or not there."""
        row = self._connection.execute(_GROUP, {"ticket": ticket}).first()
        return None if row is None else (row[0], row[1], row[2])

    def moved(self, before: Group | None, ticket: Ticket) -> None:
        """A ticket was stored that counted elsewhere, or nowhere, before."""
        after = group_of(ticket)
        if before == after:
            return
        self._totals = {}
        if before is not None:
            self._changes[before] -= 1
        if after is not None:
            self._changes[after] += 1

    def drilled(self) -> None:
        """A drill is put in: from now on totals have to look for drills."""
        statement = upsert(self._connection, counters)
        more = statement.on_conflict_do_update(index_elements=["name"], set_={"value": counters.c.value + 1})
        self._ever = True
        self._connection.execute(more, {"name": _DRILLS, "value": 1})

    def total(self, query: Node, asked: Mapping[str, Any]) -> int | None:
        """How many tickets fit, if the counts tell; what this transaction changed is written for it."""
        parts = tuple(parts_of(query))
        wanted = And(tuple(part for part in parts if part != Not(DRILL)))
        statement = kept(wanted)
        if statement is None:
            return None
        self.flush()
        known = (wanted, asked["me"])
        if known not in self._totals:
            self._totals[known] = int(self._connection.execute(statement, asked).scalar_one())
        return self._totals[known] - (self._drills(wanted, asked) if Not(DRILL) in parts else 0)

    def _drills(self, query: Node, asked: Mapping[str, Any]) -> int:
        """The open drills that fit: looked for only where there ever was one."""
        if self._ever is None:
            self._ever = bool(self._connection.execute(_EVER).scalar())
        if not self._ever:
            return 0
        return int(self._connection.execute(_OPEN_DRILLS.where(condition(query)), asked).scalar_one())

    def flush(self) -> None:
        """Add what changed to the rows, in their order."""
        rows = [
            {"team": team, "owner": owner, "resolver": resolver, "value": change}
            for (team, owner, resolver), change in sorted(self._changes.items())
            if change
        ]
        if rows:
            statement = upsert(self._connection, open_counts)
            added = open_counts.c.value + statement.excluded.value
            keys = list(open_counts.primary_key)
            statement = statement.on_conflict_do_update(index_elements=keys, set_={"value": added})
            for row in rows:  # one by one: the order of a statement's rows is the database's
                self._connection.execute(statement, row)
        self._changes = Counter()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Forget what came inside, if it ends in an exception."""
        changes = self._changes.copy()
        try:
            yield
        except BaseException:  # also what ends the thread: the savepoint is gone then too
            self._changes, self._totals = changes, {}
            raise


def parts_of(query: Node) -> Iterator[Node]:
    """What must hold together."""
    if isinstance(query, And):
        for part in query.parts:
            yield from parts_of(part)
    else:
        yield query


@functools.lru_cache(maxsize=128)
def kept(query: Node) -> Select[int] | None:
    """The statement that answers from the counts, for a filter of open tickets that asks for nothing else."""
    if OPEN not in parts_of(query) or not _is_kept(query):
        return None
    return select(func.coalesce(func.sum(open_counts.c.value), 0)).where(_of_groups(query))


def _of_groups(query: Node) -> ColumnElement[bool]:
    """The condition on tickets as one on the rows that count them."""
    return replacement_traverse(condition(query), {}, lambda element, **_: _COLUMNS.get(element))


def whose(query: Node) -> Node | None:
    """What a filter asks of open tickets that the counts tell; ``None`` for nothing but that they are open."""
    parts = tuple(part for part in parts_of(query) if _is_kept(part))
    return And(parts) if OPEN in parts and len(set(parts)) > 1 else None


@functools.lru_cache(maxsize=128)
def of_people(query: Node) -> Select[int]:
    """The numbers of the tickets that ``kept`` counts, up to ``most``."""
    by_owner = (
        select(tickets.c.id).where(open_counts.c.value > 0, _of_groups(query), IS_OPEN, *_TEAM_IS, *owner)
        for owner in (_OWNED, _FREE)
    )
    found = union_all(*by_owner).subquery()
    return select(found.c.id).limit(bindparam("most"))


def _is_kept(node: Node) -> bool:
    match node:
        case And(parts) | Or(parts):
            return all(map(_is_kept, parts))
        case Not(part):
            return _is_kept(part)
        case Term("is", _, values):
            return _KEPT_FLAGS.issuperset(values)
        case Term(field):
            return field in _KEPT
        case _:
            return False


_RUNS_OUT = (tickets.c.sort_bucket == bucket_number(SortBucket.due), tickets.c.sort_key < NOW)
_STANDS_OVERDRAWN = (tickets.c.sort_bucket == bucket_number(SortBucket.paused), tickets.c.sort_key < 0)


@functools.lru_cache(maxsize=128)
def late(query: Node) -> Select[int] | None:
    """The numbers of open tickets that are late and fit, up to ``most``: two stretches of the default order's index."""
    if not {OPEN, LATE}.issubset(parts_of(query)):
        return None
    number = tickets.c.id
    stretches = (
        select(number).where(IS_OPEN, *where, condition(visible(query))) for where in (_RUNS_OUT, _STANDS_OVERDRAWN)
    )
    found = union_all(*stretches).subquery()
    return select(found.c.id).limit(bindparam("most"))
