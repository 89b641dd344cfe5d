"""When the watch looks whether a criterion of escalation holds for a ticket."""

from sqlalchemy import Connection, bindparam, delete, func, select

from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.storage.rows import put_row
from supporttui.storage.schema import looks

_ONE = select(looks.c.due).where(looks.c.ticket == bindparam("of"))
_DUE = (
    select(looks.c.ticket)
    .where(looks.c.due <= bindparam("now"))
    .order_by(looks.c.due, looks.c.ticket)
    .limit(bindparam("most"))
)
_NEXT_DUE = select(func.min(looks.c.due))
_FORGET = delete(looks).where(looks.c.ticket == bindparam("of"))


class SqlLooks:
    """Looks within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def at(self, ticket: TicketId) -> Instant | None:
        """When it is looked at."""
        at = self._connection.execute(_ONE, {"of": ticket}).scalar_one_or_none()
        return None if at is None else Instant(at)

    def put(self, ticket: TicketId, at: Instant | None) -> None:
        """Most tickets have none; nothing is written that stands there already."""
        if at == self.at(ticket):
            return
        if at is None:
            self._connection.execute(_FORGET, {"of": ticket})
        else:
            put_row(self._connection, looks, [{"ticket": ticket, "due": at}])

    def due(self, now: Instant, limit: int) -> tuple[TicketId, ...]:
        """Those at ``now`` or before."""
        return tuple(map(TicketId, self._connection.execute(_DUE, {"now": now, "most": limit}).scalars().all()))

    def next_due(self) -> Instant | None:
        """The earliest of all."""
        at = self._connection.execute(_NEXT_DUE).scalar_one()
        return None if at is None else Instant(at)
