"""What came in from outside: reports by key, messages by their ids, signs of life; each written over what was read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update

from supporttui.domain.events import Signal
from supporttui.domain.faults import Conflict
from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.storage.rows import AnyRow, insert_new
from supporttui.storage.schema import alerts, beats, received, tickets
from supporttui.usecases.stores.incoming import Alert, Arrival, Sign

_ALERT = select(alerts).where(alerts.c.source == bindparam("of_source"), alerts.c.key == bindparam("of_key"))
_FOLD = (
    update(alerts)
    .where(
        alerts.c.source == bindparam("of_source"), alerts.c.key == bindparam("of_key"),
        alerts.c.ticket == bindparam("known_ticket"), alerts.c.count == bindparam("known_count"),
        alerts.c.state == bindparam("known_state"),
    )
)  # fmt: skip
_OF_TICKET = select(alerts).where(alerts.c.ticket == bindparam("ticket")).order_by(alerts.c.first_at, alerts.c.key)
_GOES_ON = (
    select(alerts.c.key).where(alerts.c.ticket == bindparam("ticket"), alerts.c.state == Signal.firing.value).limit(1)
)
_NEWEST = select(alerts).order_by(alerts.c.ticket.desc(), alerts.c.source, alerts.c.key).limit(bindparam("most"))
_LATELY = (
    select(alerts.c.first_at, tickets.c.requester)
    .join(tickets, tickets.c.id == alerts.c.ticket)
    .where(alerts.c.source == bindparam("of_source"))
    .order_by(alerts.c.ticket.desc())
    .limit(bindparam("most"))
)
_KNOWN = select(received.c.ticket).where(
    received.c.source == bindparam("of_source"), received.c.message == bindparam("of_message")
)
_OLDEST = select(func.min(received.c.at))
_FORGOTTEN = (
    select(received.c.source, received.c.message)
    .where(received.c.at < bindparam("before"))
    .order_by(received.c.at)
    .limit(bindparam("most"))
)
_FORGET = delete(received).where(
    received.c.source == bindparam("of_source"), received.c.message == bindparam("of_message")
)
_TICKETS_OF = select(received.c.message, received.c.ticket).where(
    received.c.message.in_(bindparam("messages", expanding=True)), received.c.ticket.is_not(None)
)
_SIGN = select(beats).where(beats.c.id == bindparam("of"))
_MOVE = update(beats).where(
    beats.c.id == bindparam("of"), beats.c.last_at == bindparam("known_last"),
    beats.c.due.is_not_distinct_from(bindparam("known_due")),
    beats.c.ticket.is_not_distinct_from(bindparam("known_ticket")),
)  # fmt: skip
_SILENT = (
    select(beats).where(beats.c.due <= bindparam("now")).order_by(beats.c.due, beats.c.id).limit(bindparam("most"))
)
_NEXT_SILENT = select(func.min(beats.c.due))


class SqlIncoming:
    """What came in, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # --- reports --------------------------------------------------------------------------------------

    def alert(self, source: str, key: str) -> Alert | None:
        """By its key."""
        row = self._connection.execute(_ALERT, {"of_source": source, "of_key": key}).one_or_none()
        return None if row is None else _alert(row)

    def put(self, alert: Alert, *, known: Alert | None) -> None:
        """Insert, or compare and swap: another process may have taken in the same report meanwhile."""
        if known is None:
            stored = insert_new(self._connection, alerts, _row(alert))
        else:
            was = {
                "of_source": known.source, "of_key": known.key, "known_ticket": known.ticket,
                "known_count": known.count, "known_state": known.state,
            }  # fmt: skip
            stored = self._connection.execute(_FOLD.values(_row(alert)), was).rowcount == 1
        if not stored:
            raise Conflict("intake.raced", changed_by=alert.source, at=alert.last_at)

    def alerts_of(self, ticket: TicketId) -> tuple[Alert, ...]:
        """The first first."""
        return tuple(map(_alert, self._connection.execute(_OF_TICKET, {"ticket": ticket}).all()))

    def goes_on(self, ticket: TicketId) -> bool:
        """Whether there is one that is firing."""
        return self._connection.execute(_GOES_ON, {"ticket": ticket}).first() is not None

    def newest(self, *, source: str | None, limit: int) -> tuple[Alert, ...]:
        """By the numbers of their tickets, the highest first."""
        wanted = _NEWEST if source is None else _NEWEST.where(alerts.c.source == source)
        return tuple(map(_alert, self._connection.execute(wanted, {"most": limit}).all()))

    def lately(self, source: str, limit: int) -> tuple[Arrival, ...]:
        """By the numbers of their tickets, which ascend with time."""
        found = self._connection.execute(_LATELY, {"of_source": source, "most": limit}).all()
        return tuple(Arrival(Instant(at), requester) for at, requester in found)

    # --- messages -------------------------------------------------------------------------------------

    def receive(self, source: str, message: str, at: Instant, ticket: TicketId | None) -> bool:
        """Insert; whether it was new."""
        return insert_new(
            self._connection, received, {"source": source, "message": message, "at": at, "ticket": ticket}
        )

    def knows(self, source: str, message: str) -> bool:
        """With a ticket or without."""
        found = self._connection.execute(_KNOWN, {"of_source": source, "of_message": message})
        return found.one_or_none() is not None

    def oldest(self) -> Instant | None:
        """By the index on when they came."""
        found = self._connection.execute(_OLDEST).scalar_one()
        return None if found is None else Instant(found)

    def forget(self, before: Instant, limit: int) -> int:
        """One statement for as many as are found."""
        keys = self._connection.execute(_FORGOTTEN, {"before": before, "most": limit}).all()
        if keys:
            self._connection.execute(
                _FORGET, [{"of_source": source, "of_message": message} for source, message in keys]
            )
        return len(keys)

    def ticket_of(self, messages: Sequence[str]) -> TicketId | None:
        """By the order of the messages."""
        if not messages:
            return None
        found = dict(self._connection.execute(_TICKETS_OF, {"messages": messages}).all())
        return next((TicketId(found[one]) for one in messages if one in found), None)

    # --- signs of life --------------------------------------------------------------------------------

    def sign(self, beat: str) -> Sign | None:
        """The last one."""
        row = self._connection.execute(_SIGN, {"of": beat}).one_or_none()
        return None if row is None else _sign(row)

    def signs(self) -> tuple[Sign, ...]:
        """By id."""
        return tuple(map(_sign, self._connection.execute(select(beats).order_by(beats.c.id)).all()))

    def put_sign(self, sign: Sign, *, known: Sign | None) -> None:
        """Insert, or compare and swap."""
        row = {"id": sign.id, "last_at": sign.last_at, "due": sign.due, "ticket": sign.ticket}
        if known is None:
            stored = insert_new(self._connection, beats, row)
        else:
            was = {
                "of": known.id, "known_last": known.last_at, "known_due": known.due, "known_ticket": known.ticket,
            }  # fmt: skip
            stored = self._connection.execute(_MOVE.values(row), was).rowcount == 1
        if not stored:
            raise Conflict("intake.raced", changed_by=sign.id, at=sign.last_at)

    def silent(self, now: Instant, limit: int) -> tuple[Sign, ...]:
        """By their due instants."""
        return tuple(map(_sign, self._connection.execute(_SILENT, {"now": now, "most": limit}).all()))

    def next_silent(self) -> Instant | None:
        """The earliest of all."""
        due = self._connection.execute(_NEXT_SILENT).scalar_one()
        return None if due is None else Instant(due)


def _row(alert: Alert) -> dict[str, Any]:
    return {
        "source": alert.source, "key": alert.key, "ticket": alert.ticket, "state": alert.state,
        "count": alert.count, "first_at": alert.first_at, "last_at": alert.last_at,
    }  # fmt: skip


def _alert(row: AnyRow) -> Alert:
    source, key, ticket, state, count, first_at, last_at = row  # by name, ``count`` would be a method of rows
    return Alert(source, key, TicketId(ticket), state, count, Instant(first_at), Instant(last_at))


def _sign(row: AnyRow) -> Sign:
    return Sign(
        row.id, Instant(row.last_at), None if row.due is None else Instant(row.due),
        None if row.ticket is None else TicketId(row.ticket),
    )  # fmt: skip
