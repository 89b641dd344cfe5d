"""Saved views: values to rows and back, each written over the version that was read."""

from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.ids import PersonId, ViewId
from supporttui.domain.queue import SortBy
from supporttui.domain.text import fold
from supporttui.domain.views import View
from supporttui.storage.rows import AnyRow
from supporttui.storage.schema import views

_ORDERED = select(views).order_by(views.c.key, views.c.id)
_SEEN = _ORDERED.where(or_(views.c.owner == bindparam("person"), views.c.shared == 1))
_ONE = select(views).where(views.c.id == bindparam("view"))
_HERE = (views.c.id == bindparam("view"), views.c.version == bindparam("expected"))
_SAVE = update(views).where(*_HERE).values(version=views.c.version + 1)
_DELETE = delete(views).where(*_HERE)


class SqlViews:
    """Saved views within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def seen_by(self, person: PersonId) -> tuple[View, ...]:
        """A person's own and those that others share, by name."""
        return tuple(map(_view, self._connection.execute(_SEEN, {"person": person}).all()))

    def all(self) -> tuple[View, ...]:
        """Everybody's, by name."""
        return tuple(map(_view, self._connection.execute(_ORDERED).all()))

    def get(self, view: ViewId) -> View:
        """One of them. Raises NotFound ``view.unknown``."""
        row = self._connection.execute(_ONE, {"view": view}).one_or_none()
        if row is None:
            raise NotFound("view.unknown", view=view)
        return _view(row)

    def insert(self, view: View) -> None:
        """A new one. Raises Refused ``view.exists`` when its owner has that name already."""
        self._write(insert(views), view, {"id": view.id, "version": view.version})

    def save(self, view: View, *, expected: int) -> bool:
        """Compare and swap on the version; False, and nothing is changed, if it is another one."""
        return self._write(_SAVE, view, {"view": view.id, "expected": expected}) == 1

    def delete(self, view: ViewId, *, expected: int) -> bool:
        """Forget it, if it is still at that version."""
        return self._connection.execute(_DELETE, {"view": view, "expected": expected}).rowcount == 1

    def _write(self, statement: Any, view: View, place: dict[str, Any]) -> int:
        try:
            with self._connection.begin_nested():
                return int(self._connection.execute(statement, {**_row(view), **place}).rowcount)
        except IntegrityError as error:
            raise Refused("view.exists", view=view.name) from error


def _row(view: View) -> dict[str, Any]:
    return {
        "owner": view.owner or "", "name": view.name, "key": fold(view.name), "query": view.query,
        "sort": view.sort.value, "reverse": int(view.reverse), "columns": ",".join(view.columns),
        "shared": int(view.shared),
    }  # fmt: skip


def _view(row: AnyRow) -> View:
    """An order that this program does not know was saved by a newer one: the default stands in for it."""
    sort = SortBy(row.sort) if row.sort in SortBy.__members__ else SortBy.sla
    return View(
        ViewId(row.id), row.name, row.query, sort, bool(row.reverse),
        tuple(filter(None, row.columns.split(","))), PersonId(row.owner), bool(row.shared), row.version,
    )  # fmt: skip
