"""The pages of the queue: one statement a window, by keyset, in both directions.

The statements of every order are built at import; a filter adds its condition once and is then kept.
"""

import functools
import json
from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, bindparam, func, literal_column, select, tuple_

from supporttui.domain.events import Kind, State
from supporttui.domain.filter.watching import DIGITS
from supporttui.domain.ids import CalendarId, PersonId, ServiceId, TeamId, TicketId
from supporttui.domain.priorities import Priority
from supporttui.domain.queue import Node, QueueRow, SortBy, visible
from supporttui.domain.sla.targets import Metric
from supporttui.domain.sla.timer import SortBucket, SortKey
from supporttui.domain.spans import Instant
from supporttui.storage.filter import bucket_number, condition
from supporttui.storage.narrowing import narrow
from supporttui.storage.rows import ANNOUNCED, EARLY, MAJOR, PROMISED, AnyRow
from supporttui.storage.schema import QUEUE_COLUMNS, tickets

AnySelect: TypeAlias = Select[*tuple[Any, ...]]

_BUCKETS: Mapping[int, SortBucket] = {bucket_number(bucket): bucket for bucket in SortBucket}

ORDER: Mapping[SortBy, tuple[ColumnElement[int], ...]] = {
    SortBy.sla: (tickets.c.sort_bucket, tickets.c.sort_key, tickets.c.id),
    SortBy.priority: (tickets.c.priority, tickets.c.sort_bucket, tickets.c.sort_key, tickets.c.id),
    SortBy.created: (tickets.c.created_at, tickets.c.id),
    SortBy.updated: (tickets.c.updated_at, tickets.c.id),
    SortBy.number: (tickets.c.id,),
    SortBy.worked: (tickets.c.worked_at, tickets.c.id),
}
"""Columns of each order; every one has an index over open tickets and ends with the number."""
NEWEST_FIRST = frozenset({SortBy.created, SortBy.updated, SortBy.number})

_SELECT = select(*(tickets.c[name] for name in QUEUE_COLUMNS))
ROWS = _SELECT.where(tickets.c.id.in_(bindparam("wanted", expanding=True)))
"""The rows of given tickets."""


def _ordered(sort: SortBy, *, backwards: bool, placed: bool) -> AnySelect:
    """All rows of an order; ``placed`` from behind a row whose keys are the parameters ``k0``, ``k1`` and so on."""
    keys = ORDER[sort]
    down = (sort in NEWEST_FIRST) != backwards
    statement = _SELECT.order_by(*(key.desc() if down else key for key in keys))
    if placed:
        place = tuple_(*(bindparam(f"k{i}", type_=key.type) for i, key in enumerate(keys)))
        here = tuple_(*keys)
        statement = statement.where(here < place if down else here > place)
    return statement.limit(bindparam("most"))


_PAGES: Mapping[tuple[SortBy, bool, bool], AnySelect] = {
    (sort, backwards, placed): _ordered(sort, backwards=backwards, placed=placed)
    for sort in SortBy
    for backwards in (False, True)
    for placed in (False, True)
}


@functools.lru_cache(maxsize=128)
def page(query: Node, sort: SortBy, *, backwards: bool, placed: bool, among_few: bool) -> AnySelect:
    """The statement of a page, kept for the next window of the same list; ``among_few``: of the numbers ``among``."""
    return narrow(_PAGES[sort, backwards, placed], few=among_few).where(condition(visible(query)))


@functools.lru_cache(maxsize=128)
def count(query: Node, *, among_few: bool) -> Select[int]:
    """The statement that counts matches up to the parameter ``most``."""
    one: ColumnElement[int] = literal_column("1")
    found = narrow(select(one).select_from(tickets), few=among_few).where(condition(visible(query)))
    return select(func.count()).select_from(found.limit(bindparam("most")).subquery())


def place(row: QueueRow, sort: SortBy) -> dict[str, int]:
    """The keys of a row as parameters of a placed page."""
    sla = (bucket_number(row.sort.bucket), row.sort.key, row.id)
    keys: Mapping[SortBy, tuple[int, ...]] = {
        SortBy.sla: sla,
        SortBy.priority: (row.priority, *sla),
        SortBy.created: (row.created_at, row.id),
        SortBy.updated: (row.updated_at, row.id),
        SortBy.number: (row.id,),
        SortBy.worked: (row.worked_at, row.id),
    }
    return {f"k{i}": key for i, key in enumerate(keys[sort])}


def to_row(row: AnyRow) -> QueueRow:
    """A database row, in the order of ``QUEUE_COLUMNS``, as a line of the queue."""
    (
        number, version, title, state, priority, service, team, resolver, owner, acknowledged_by, requester,
        kind, language, created_at, updated_at, bucket, key, metric, due, seconds, remaining, anchor,
        calendar, escalated, drill, category, references,
        followers, snoozed, merged_into, void, attention, attention_until, chases, hops, worked_at, bonds,
    ) = tuple(row)  # fmt: skip
    return QueueRow(
        TicketId(number), version, title, State(state), Priority(priority), ServiceId(service),
        TeamId(team), resolver, None if owner is None else PersonId(owner),
        None if acknowledged_by is None else PersonId(acknowledged_by), requester, Kind(kind), language,
        Instant(created_at), Instant(updated_at), SortKey(_BUCKETS[bucket], key),
        None if metric is None else Metric(metric), None if due is None else Instant(due), seconds,
        remaining, Instant(anchor), None if calendar is None else CalendarId(calendar),
        bool(escalated), bool(drill), category, _keys(references),
        followers, snoozed, merged_into is not None, bool(void),
        attention, None if attention_until is None else Instant(attention_until), chases, hops, Instant(worked_at),
        EARLY in bonds, _promised(bonds), MAJOR in bonds, ANNOUNCED in bonds,
    )  # fmt: skip


def _promised(bonds: str) -> Instant | None:
    """Without reading all of it as JSON: most tickets of a page have some, and few a promise."""
    start = len(PROMISED)
    return Instant(int(bonds[start : start + DIGITS])) if bonds.startswith(PROMISED) else None


def _keys(references: str) -> tuple[str, ...]:
    """The keys among stored references; most tickets have none, and nothing is parsed for them."""
    return () if references == "[]" else tuple(key for _, key, *_ in json.loads(references))
