"""Values of fields with their counts, within a filter: one statement, over no more rows than it is told."""

import functools
from collections.abc import Mapping
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, String, bindparam, case, cast, func, literal, select, union_all

from supporttui.domain.queue import Node, Op, Term, visible
from supporttui.storage.filter import ascii_lower, condition
from supporttui.storage.narrowing import narrow
from supporttui.storage.schema import tickets

FLAGS = ("breached", "critical", "atrisk", "paused", "unassigned", "acknowledged", "escalated", "stale")
"""Words of ``is:`` that are counted; a ticket may have several."""
MOST_VALUES = 200
"""Of one field; the commonest ones."""

_FIELDS: Mapping[str, ColumnElement[Any]] = {
    "state": tickets.c.state,
    "priority": tickets.c.priority,
    "team": tickets.c.team,
    "owner": func.coalesce(tickets.c.owner, ""),
    "service": tickets.c.service,
    "lang": ascii_lower(tickets.c.language),
    "kind": tickets.c.kind,
    "category": ascii_lower(tickets.c.category),
}


@functools.lru_cache(maxsize=32)
def facets(query: Node, *, among_few: bool) -> Select[str, str, int]:
    """The statement: field, value and count, field by field; its parameter ``most`` bounds the rows looked at."""
    flags = {flag: case((condition(Term("is", Op.eq, (flag,))), 1), else_=0) for flag in FLAGS}
    columns = [column.label(name) for name, column in {**_FIELDS, **flags}.items()]
    rows = narrow(select(*columns), few=among_few).where(condition(visible(query)))
    found = rows.limit(bindparam("most")).cte("found")
    parts = [_values(found, name) for name in _FIELDS] + [_flag(found, flag) for flag in FLAGS]
    counted = union_all(*parts).subquery()
    return select(counted.c.field, counted.c.value, counted.c.count).where(counted.c["count"] > 0)


def _values(found: CTE, name: str) -> Select[Any]:
    value, count = cast(found.c[name], String).label("value"), func.count().label("count")
    counted = select(literal(name).label("field"), value, count).select_from(found).group_by(found.c[name])
    most = counted.order_by(count.desc(), found.c[name]).limit(MOST_VALUES).subquery()
    return select(most.c.field, most.c.value, most.c["count"])


def _flag(found: CTE, flag: str) -> Select[Any]:
    count = func.coalesce(func.sum(found.c[flag]), 0).label("count")
    return select(literal("is").label("field"), literal(flag).label("value"), count)
