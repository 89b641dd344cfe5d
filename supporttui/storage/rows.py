"""Small things that all tables share: JSON in a column, inserts that leave what is there."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from sqlalchemy import Connection, Row, Table

from supporttui.domain.text import storable

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

AnyRow: TypeAlias = Row[*tuple[Any, ...]]
"""A row whose columns are read by name."""


PROMISED = '{"promised":["'
"""The bonds of a ticket with a promise begin with it, and with its instant (``filter/watching.py``)."""
MAJOR = '"major":'
ANNOUNCED = '"announcement":'
EARLY = '"early":'
"""These stand in the bonds of a ticket that was flagged, and in no text of theirs: there quotes are escaped."""


def to_json(plain: object) -> str:
    """Plain data as JSON text that both databases can hold."""
    return json.dumps(_storable(plain), ensure_ascii=False, separators=(",", ":"))


def _storable(plain: object) -> object:
    match plain:
        case str():
            return storable(plain)
        case Mapping():
            return {storable(str(key)): _storable(value) for key, value in plain.items()}
        case list() | tuple():
            return [_storable(value) for value in plain]
        case _:
            return plain


def upsert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ``ON CONFLICT``, which both databases spell alike."""
    return _insert(connection.dialect.name, table)


def _insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    # Only the dialect in use: the other's costs 4 MiB and as much time as a page of the queue.
    spelt = import_module(f"sqlalchemy.dialects.{dialect}")
    return cast("sqlite.Insert | postgresql.Insert", spelt.insert(table))


def insert_new(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless its key exists; whether it was new."""
    statement = upsert(connection, table).values(**values).on_conflict_do_nothing()
    return connection.execute(statement.returning(*table.primary_key)).first() is not None


def put_row(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, or give those whose primary key exists the new values."""
    connection.execute(_put(connection.dialect.name, table, tuple(rows[0])), rows)


@functools.cache
def _put(dialect: str, table: Table, names: tuple[str, ...]) -> sqlite.Insert | postgresql.Insert:
    """Kept, as to make it takes longer than to run it."""
    statement = _insert(dialect, table)
    keys = [column.name for column in table.primary_key]
    changed = {name: statement.excluded[name] for name in names if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)
