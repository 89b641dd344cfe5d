"""Notices waiting to be sent: queued once, claimed by one, marked only under the claim."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, or_, select, update

from supporttui.domain.ids import OperationId, PersonId, TicketId
from supporttui.domain.spans import Instant
from supporttui.storage.rows import AnyRow, to_json, upsert
from supporttui.storage.schema import Text, outbox
from supporttui.usecases.ports import Notice, NoticeState

_WAITING = (NoticeState.pending.value, NoticeState.failed.value)
_SENDING = NoticeState.sending.value
_COLUMNS = (
    outbox.c.key, outbox.c.ticket, outbox.c.person, outbox.c.channel, outbox.c.address, outbox.c.code,
    outbox.c.params, outbox.c.not_before, outbox.c.priority, outbox.c.state, outbox.c.attempts,
    outbox.c.token, outbox.c.operation, outbox.c.error,
)  # fmt: skip
_ORDER = (outbox.c.priority, outbox.c.not_before, outbox.c.key)
_DUE = (
    select(outbox.c.key)
    .where(
        or_(
            and_(outbox.c.state.in_(_WAITING), outbox.c.not_before <= bindparam("now")),
            and_(outbox.c.state == _SENDING, outbox.c.claim_until <= func.app_now()),
        )
    )
    .order_by(*_ORDER)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(outbox)
    .where(outbox.c.key.in_(bindparam("keys", expanding=True)))
    .values(
        state=_SENDING,
        attempts=outbox.c.attempts + 1,
        token=bindparam("fence"),
        claim_until=func.app_now() + bindparam("length"),
    )
    .returning(*_COLUMNS)
)
_MARK = (
    update(outbox)
    .where(
        outbox.c.key == bindparam("claimed"),
        outbox.c.token == bindparam("fence"),
        outbox.c.state == _SENDING,
    )
    .values(
        state=bindparam("outcome"),
        not_before=func.coalesce(bindparam("again"), outbox.c.not_before),
        error=bindparam("reason"),
        claim_until=0,
    )
)
_WITHDRAW = (
    update(outbox)
    .where(outbox.c.operation == bindparam("made_by"), outbox.c.state.in_(_WAITING))
    .values(state=NoticeState.withdrawn.value)
)
_OF_TICKET = (
    select(*_COLUMNS).where(outbox.c.ticket == bindparam("ticket")).order_by(outbox.c.not_before.desc(), outbox.c.key)
)
_OF_OPERATION = select(*_COLUMNS).where(outbox.c.operation == bindparam("made_by")).order_by(outbox.c.key)
_REWRITE = (
    update(outbox)
    .where(
        outbox.c.key == bindparam("queued"),
        outbox.c.state != NoticeState.sent.value,
        or_(
            outbox.c.state != _SENDING,
            and_(outbox.c.token == bindparam("fence"), bindparam("as_state", type_=Text) == _SENDING),
        ),
    )
    .values(params=bindparam("told"), state=bindparam("as_state"), error=bindparam("reason"))
)
_NEXT_WAITING = select(func.min(outbox.c.not_before)).where(outbox.c.state.in_(_WAITING))
_NEXT_CLAIM_END = select(func.min(outbox.c.claim_until)).where(outbox.c.state == _SENDING)
_COUNTS = select(outbox.c.state, func.count()).group_by(outbox.c.state)


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

    def claim(self, now: Instant, token: int, *, limit: int, seconds: int) -> tuple[Notice, ...]:
        """Take due rows; those that another transaction holds are skipped, not waited for."""
        keys = self._connection.execute(_DUE, {"now": now, "most": limit}).scalars().all()
        if not keys:
            return ()
        values = {"keys": keys, "fence": token, "length": seconds}
        # ``returning`` gives rows in no order, whatever that of the keys.
        claimed = map(_notice, self._connection.execute(_CLAIM, values).all())
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
        return self._connection.execute(_MARK, values).rowcount == 1

    def withdraw(self, operation: OperationId) -> int:
        """Take back what has not left; how many rows."""
        return self._connection.execute(_WITHDRAW, {"made_by": operation}).rowcount

    def of_ticket(self, ticket: TicketId) -> tuple[Notice, ...]:
        """All notices about a ticket, newest first."""
        return tuple(map(_notice, self._connection.execute(_OF_TICKET, {"ticket": ticket}).all()))

    def of_operation(self, operation: OperationId) -> tuple[Notice, ...]:
        """All notices of an operation, whatever became of them."""
        return tuple(map(_notice, self._connection.execute(_OF_OPERATION, {"made_by": operation}).all()))

    def rewrite(self, notices: Sequence[Notice]) -> None:
        """Other parameters, state and error for notices by key; who holds a claim may word what it sends anew."""
        if notices:
            rows = [
                {
                    "queued": one.key, "told": to_json(one.params), "as_state": one.state.value, "reason": one.error,
                    "fence": one.token,
                }
                for one in notices
            ]  # fmt: skip
            self._connection.execute(_REWRITE, rows)

    def next_due(self) -> Instant | None:
        """When the next row may be claimed: its time comes, or a claim on it runs out."""
        times = (self._connection.execute(query).scalar_one() for query in (_NEXT_WAITING, _NEXT_CLAIM_END))
        return min((Instant(at) for at in times if at is not None), default=None)

    def counts(self) -> dict[NoticeState, int]:
        """Rows per state; states without rows are left out."""
        return {NoticeState(state): count for state, count in self._connection.execute(_COUNTS).all()}


def _row(notice: Notice) -> dict[str, Any]:
    return {
        "key": notice.key, "ticket": notice.ticket, "person": notice.person, "channel": notice.channel,
        "address": notice.address, "code": notice.code, "params": to_json(notice.params),
        "not_before": notice.not_before, "priority": notice.priority, "state": notice.state.value,
        "attempts": notice.attempts, "token": notice.token, "operation": notice.operation,
        "error": notice.error,
    }  # fmt: skip


def _notice(row: AnyRow) -> Notice:
    return Notice(
        key=row.key, ticket=None if row.ticket is None else TicketId(row.ticket),
        person=PersonId(row.person), channel=row.channel, address=row.address, code=row.code,
        params=json.loads(row.params), not_before=Instant(row.not_before), priority=row.priority,
        state=NoticeState(row.state), attempts=row.attempts, token=row.token,
        operation=OperationId(row.operation), error=row.error,
    )  # fmt: skip
