"""Notices waiting to be sent: queued once, claimed by one, marked only under the claim."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Executable, func, select

from supporttui.domain.faults import NotFound
from supporttui.domain.ids import OperationId, PersonId, TicketId
from supporttui.domain.spans import Instant
from supporttui.storage import outbox_statements as sql
from supporttui.storage.rows import AnyRow, to_json, upsert
from supporttui.storage.schema import outbox
from supporttui.usecases.ports import Notice, NoticeState

_FOR_GOOD = (NoticeState.sent, NoticeState.dead)
_NEVER_PACED = ("reply",)
"""Letters to requesters are each their own."""
_CHUNK = 500
"""Keys in one statement: a database takes only so many parameters."""


class SqlOutbox:
    """The outbox within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, notices: Sequence[Notice]) -> None:
        """Queue; a key that exists keeps its row, whatever became of it."""
        if notices:
            now = self._connection.execute(select(func.app_now())).scalar_one()
            statement = upsert(self._connection, outbox).on_conflict_do_nothing()
            self._connection.execute(
                statement, [{**_row(notice), "claim_until": 0, "created_at": now} for notice in notices]
            )

    def get(self, key: str) -> Notice:
        """By its key."""
        row = self._connection.execute(sql.ONE, {"asked": key}).one_or_none()
        if row is None:
            raise NotFound("notice.unknown", key=key[:120])
        return _notice(row)

    # --- claimed, sent, put back ----------------------------------------------------------------------

    def claim(self, now: Instant, token: int, *, limit: int, seconds: int) -> tuple[Notice, ...]:
        """Take due rows; those that another transaction holds are skipped, not waited for."""
        keys = self._connection.execute(sql.DUE, {"now": now, "most": limit}).scalars().all()
        if not keys:
            return ()
        values = {"keys": keys, "fence": token, "length": seconds}
        # ``returning`` gives rows in no order, whatever that of the keys.
        claimed = map(_notice, self._connection.execute(sql.CLAIM, values).all())
        return tuple(sorted(claimed, key=lambda notice: (notice.priority, notice.not_before, notice.key)))

    def mark(
        self, notice: Notice, state: NoticeState, *, token: int, not_before: Instant | None = None,
        error: str = "",
    ) -> bool:  # fmt: skip
        """Record the outcome; False if the claim went to somebody else."""
        values = {
            "claimed": notice.key, "fence": token, "outcome": state.value, "again": not_before,
            "reason": error,
        }  # fmt: skip
        marked = self._connection.execute(sql.MARK, values).rowcount == 1
        if marked and state in _FOR_GOOD:
            self._connection.execute(sql.WITH_IT, {"leading": notice.key, "outcome": state.value, "reason": error})
        return marked

    def put_back(self, notice: Notice, *, token: int, not_before: Instant, error: str) -> bool:
        """As it was, but for its time and why it waits."""
        values = {"claimed": notice.key, "fence": token, "again": not_before, "reason": error}
        return self._connection.execute(sql.PUT_BACK, values).rowcount == 1

    # --- paced ----------------------------------------------------------------------------------------

    def postpone(self, like: Notice, until: Instant, *, error: str) -> None:
        """One statement, however many wait."""
        values = {**_point(like), "pressing": like.priority, "never": _NEVER_PACED, "again": until, "reason": error}
        self._connection.execute(sql.POSTPONE, values)

    def hasten(self, keys: Sequence[str], at: Instant) -> None:
        """By key; what may leave sooner does."""
        if keys:
            self._connection.execute(sql.HASTEN, [{"queued": key, "sooner": at} for key in keys])

    def bundle(self, leading: str, keys: Sequence[str], *, error: str) -> None:
        """Those that lead others bring them along."""
        for start in range(0, len(keys), _CHUNK):
            values = {"leading": leading, "keys": keys[start : start + _CHUNK], "reason": error}
            self._connection.execute(sql.BUNDLE, values)
            self._connection.execute(sql.REBUNDLE, values)

    def bundled(self, leading: str) -> tuple[Notice, ...]:
        """Those that have not left with it."""
        return self._found(sql.BUNDLED_TO, {"leading": leading})

    def beside(self, notice: Notice, now: Instant, *, waiting_for: str, limit: int) -> tuple[Notice, ...]:
        """Without those that another transaction holds."""
        asked = {
            "of_code": notice.code, "for_person": notice.person, "now": now, "reason": waiting_for,
            "pressing": notice.priority, "never": _NEVER_PACED, "most": limit,
        }  # fmt: skip
        return self._found(sql.BESIDE, {**_point(notice), **asked})

    def sent_to(self, notice: Notice, *, since: Instant) -> tuple[Instant, ...]:
        """Messages, not notices: what left as part of another one is none of its own."""
        values = {**_point(notice), "since": since, "pressing": notice.priority}
        return tuple(map(Instant, self._connection.execute(sql.SENT_TO, values).scalars().all()))

    # --- taken back, written anew, decided ------------------------------------------------------------

    def withdraw(self, operation: OperationId) -> int:
        """Take back what has not left; how many messages."""
        rows = self._connection.execute(sql.WITHDRAW, {"made_by": operation}).all()
        keys = {row.key for row in rows}
        self._free(sorted(keys))
        return sum(row.bundle not in keys for row in rows)

    def rewrite(self, notices: Sequence[Notice]) -> None:
        """Other parameters, state, error and bundle for notices by key."""
        if notices:
            rows = [
                {
                    "queued": one.key, "told": to_json(one.params), "as_state": one.state.value, "reason": one.error,
                    "part_of": one.bundle, "fence": one.token,
                }
                for one in notices
            ]  # fmt: skip
            self._connection.execute(sql.REWRITE, rows)

    def decide(self, notice: Notice, state: NoticeState, *, not_before: Instant, error: str = "") -> bool:
        """Compare and swap: two people may decide at once."""
        values = {"waiting": notice.key, "outcome": state.value, "again": not_before, "reason": error}
        decided = self._connection.execute(sql.DECIDE, values).rowcount == 1
        if decided and state is NoticeState.suppressed:
            self._free([notice.key])
        return decided

    def _free(self, leading: Sequence[str]) -> None:
        """What was to leave as part of these leaves without them."""
        for start in range(0, len(leading), _CHUNK):
            self._connection.execute(sql.FREE, {"keys": leading[start : start + _CHUNK]})

    # --- looked at ------------------------------------------------------------------------------------

    def of_ticket(self, ticket: TicketId) -> tuple[Notice, ...]:
        """All notices about a ticket, newest first."""
        return self._found(sql.OF_TICKET, {"ticket": ticket})

    def of_operation(self, operation: OperationId) -> tuple[Notice, ...]:
        """All notices of an operation, whatever became of them."""
        return self._found(sql.OF_OPERATION, {"made_by": operation})

    def parts_of(self, leading: str) -> tuple[Notice, ...]:
        """Most pressing first."""
        return self._found(sql.PARTS_OF, {"leading": leading})

    def in_states(self, states: Sequence[NoticeState], *, limit: int) -> tuple[Notice, ...]:
        """At most so many."""
        return self._found(sql.IN_STATES, {"states": [state.value for state in states], "most": limit})

    def stuck(self, before: Instant, *, limit: int) -> tuple[Notice, ...]:
        """At most so many."""
        return self._found(sql.STUCK, {"before": before, "most": limit})

    def next_due(self) -> Instant | None:
        """When the next row may be claimed: its time comes, or a claim on it runs out."""
        times = (self._connection.execute(query).scalar_one() for query in (sql.NEXT_WAITING, sql.NEXT_CLAIM_END))
        return min((Instant(at) for at in times if at is not None), default=None)

    def counts(self) -> dict[NoticeState, int]:
        """Rows per state; states without rows are left out."""
        return {NoticeState(state): count for state, count in self._connection.execute(sql.COUNTS).all()}

    def _found(self, statement: Executable, values: Mapping[str, Any]) -> tuple[Notice, ...]:
        return tuple(map(_notice, self._connection.execute(statement, values).all()))


def _point(notice: Notice) -> dict[str, Any]:
    return {"over": notice.channel, "to": notice.address, "about": notice.ticket}


def _row(notice: Notice) -> dict[str, Any]:
    return {
        "key": notice.key, "ticket": notice.ticket, "person": notice.person, "channel": notice.channel,
        "address": notice.address, "code": notice.code, "params": to_json(notice.params),
        "not_before": notice.not_before, "priority": notice.priority, "state": notice.state.value,
        "attempts": notice.attempts, "token": notice.token, "operation": notice.operation,
        "error": notice.error, "bundle": notice.bundle, "sent_at": notice.sent_at,
    }  # fmt: skip


def _notice(row: AnyRow) -> Notice:
    return Notice(
        key=row.key, ticket=None if row.ticket is None else TicketId(row.ticket),
        person=PersonId(row.person), channel=row.channel, address=row.address, code=row.code,
        params=json.loads(row.params), not_before=Instant(row.not_before), priority=row.priority,
        state=NoticeState(row.state), attempts=row.attempts, token=row.token,
        operation=OperationId(row.operation), error=row.error, bundle=row.bundle,
        sent_at=None if row.sent_at is None else Instant(row.sent_at),
    )  # fmt: skip
