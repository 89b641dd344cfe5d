"""Published events and the review list: values to rows and back."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from supporttui.domain.exchange.published import Calendar, Published
from supporttui.domain.exchange.review import Entry, Receiver, Verdict
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.plain import from_plain, to_plain
from supporttui.domain.spans import Instant
from supporttui.storage.rows import AnyRow, put_row, to_json
from supporttui.storage.schema import published, review_entries

_PUBLISHED = (
    select(published)
    .where(
        published.c.rota == bindparam("of"),
        published.c.person == bindparam("whose"),
        published.c.end > bindparam("after"),
        published.c.start < bindparam("before"),
    )
    .order_by(published.c.level, published.c.start)
)
_COUNT = select(func.count()).where(review_entries.c.verdict == bindparam("verdict"))
_ENTRIES = select(review_entries.c.body).order_by(review_entries.c.start, review_entries.c.id)


class SqlExchange:
    """What is exchanged with other calendars, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def published(self, calendar: Calendar) -> tuple[Published, ...]:
        """By line and time."""
        window = calendar.window
        place = {"of": calendar.rota, "whose": calendar.person, "after": window.start, "before": window.end}
        return tuple(map(_event, self._connection.execute(_PUBLISHED, place).all()))

    def publish(self, events: Sequence[Published]) -> None:
        """By their slots."""
        if events:
            put_row(self._connection, published, list(map(_given, events)))

    def entries(self, *verdicts: Verdict, receiver: Receiver | None = None, key: str = "") -> tuple[Entry, ...]:
        """By time."""
        statement = _ENTRIES
        if verdicts:
            statement = statement.where(review_entries.c.verdict.in_([one.value for one in verdicts]))
        if receiver is not None:
            statement = statement.where(review_entries.c.receiver == receiver.value, review_entries.c.key == key)
        return tuple(map(_entry, self._connection.execute(statement).scalars().all()))

    def count(self, verdict: Verdict) -> int:
        """By the index alone."""
        return int(self._connection.execute(_COUNT, {"verdict": verdict.value}).scalar_one())

    def put_entries(self, entries: Sequence[Entry]) -> None:
        """By their ids."""
        if entries:
            put_row(self._connection, review_entries, list(map(_listed, entries)))


def _given(event: Published) -> Mapping[str, Any]:
    return {
        "rota": event.rota, "person": event.person, "level": event.level, "start": event.start, "end": event.end,
        "people": to_json(event.people), "uid": event.uid, "sequence": event.sequence,
        "cancelled": int(event.cancelled), "changed_at": event.changed_at,
    }  # fmt: skip


def _event(row: AnyRow) -> Published:
    return Published(
        RotaId(row.rota), PersonId(row.person), row.level, Instant(row.start), Instant(row.end),
        tuple(map(PersonId, json.loads(row.people))), row.uid, row.sequence, bool(row.cancelled),
        Instant(row.changed_at),
    )  # fmt: skip


def _listed(entry: Entry) -> Mapping[str, Any]:
    return {
        "id": entry.id, "receiver": entry.receiver.value, "key": entry.key, "verdict": entry.verdict.value,
        "start": entry.start, "body": to_json(to_plain(entry)),
    }  # fmt: skip


def _entry(body: str) -> Entry:
    return from_plain(Entry, json.loads(body), strict=False)
