"""Handovers: values to rows and back; written only over what was read."""

import json
from collections.abc import Iterator

from sqlalchemy import Connection, Select, and_, bindparam, func, or_, select, update

from supporttui.domain.handover.handover import Handover, HandoverState
from supporttui.domain.ids import RotaId
from supporttui.domain.plain import from_plain, to_plain
from supporttui.domain.spans import FOREVER, Instant
from supporttui.storage.rows import AnyRow, insert_new, to_json
from supporttui.storage.schema import handovers
from supporttui.usecases.passed import Versioned

PAGE = 50
"""Of the past, so many are read at once."""
_ALL = select(handovers.c.version, handovers.c.body)
_ONE = _ALL.where(handovers.c.id == bindparam("of"))
_IS_OPEN = (HandoverState.draft.value, HandoverState.signed.value)
_OPEN = (
    _ALL.where(handovers.c.due >= 0, handovers.c.state.in_(_IS_OPEN))  # by the index of what is to be looked at
    .order_by(handovers.c.end, handovers.c.id)
)  # fmt: skip
_DUE = (
    _ALL.where(handovers.c.due <= bindparam("now"))
    .order_by(handovers.c.due, handovers.c.id)
    .limit(bindparam("most"))
)  # fmt: skip
_NEXT_DUE = select(func.min(handovers.c.due))
_NEWEST = _ALL.order_by(handovers.c.end.desc(), handovers.c.id).limit(PAGE)
_MOVE = (
    update(handovers)
    .where(handovers.c.id == bindparam("of"), handovers.c.version == bindparam("over"))
    .values(
        version=handovers.c.version + 1, state=bindparam("becomes"), due=bindparam("again"), body=bindparam("new")
    )
)  # fmt: skip


class SqlHandovers:
    """Handovers within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, handover: str) -> Versioned[Handover] | None:
        """One of them."""
        row = self._connection.execute(_ONE, {"of": handover}).one_or_none()
        return None if row is None else _handover(row)

    def put(self, handover: Handover, *, due: Instant | None, over: int | None) -> bool:
        """Compare and swap on the version."""
        body = to_json(to_plain(handover))
        if over is not None:
            new = {"of": handover.id, "over": over, "becomes": handover.state.value, "again": due, "new": body}
            return self._connection.execute(_MOVE, new).rowcount == 1
        joint = handover.joint
        row = {
            "id": handover.id, "version": 1, "rota": joint.rota, "state": handover.state.value,
            "start": joint.span.start, "end": joint.span.end, "due": due, "body": body,
        }  # fmt: skip
        return insert_new(self._connection, handovers, row)

    def open(self, *, rota: RotaId | None = None) -> tuple[Versioned[Handover], ...]:
        """By their end."""
        return tuple(map(_handover, self._connection.execute(_of(_OPEN, rota)).all()))

    def due(self, now: Instant, limit: int) -> tuple[Versioned[Handover], ...]:
        """Those at ``now`` or before, oldest first."""
        return tuple(map(_handover, self._connection.execute(_DUE, {"now": now, "most": limit}).all()))

    def next_due(self) -> Instant | None:
        """The earliest of all."""
        at = self._connection.execute(_NEXT_DUE).scalar_one()
        return None if at is None else Instant(at)

    def newest(self, *, rota: RotaId | None = None, before: Instant | None = None) -> Iterator[Versioned[Handover]]:
        """Some at a time, so that whoever has enough stops; a driver would give all of them at once."""
        statement = _of(_NEWEST, rota)
        if before is not None:
            statement = statement.where(handovers.c.end < before)
        last: tuple[int, str] = (FOREVER, "")
        while True:
            behind = or_(handovers.c.end < last[0], and_(handovers.c.end == last[0], handovers.c.id > last[1]))
            found = [_handover(row) for row in self._connection.execute(statement.where(behind)).all()]
            yield from found
            if len(found) < PAGE:
                return
            last = (found[-1].value.joint.span.end, found[-1].value.id)


def _of(statement: Select[int, str], rota: RotaId | None) -> Select[int, str]:
    return statement if rota is None else statement.where(handovers.c.rota == rota)


def _handover(row: AnyRow) -> Versioned[Handover]:
    return Versioned(from_plain(Handover, json.loads(row.body), strict=False), row.version)
