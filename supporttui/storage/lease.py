"""One watch at a time: a row with an end and a token that fences every write of its holder."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, case, func, select, update

from supporttui.domain.faults import Refused
from supporttui.domain.spans import Instant
from supporttui.storage.journal import WAKE
from supporttui.storage.rows import to_json
from supporttui.storage.schema import lease
from supporttui.usecases.ports import Pulse, Trouble

_MINE = lease.c.holder == bindparam("me")
_OVER = lease.c.until <= func.app_now()
# Renewing keeps the token: what its holder has claimed stays its own. Only a lease that ran out gets a new one,
# also where the same holder takes it again: in between somebody else may have led.
_TAKE = (
    update(lease)
    .where(lease.c.name == "watch", _MINE | _OVER)
    .values(
        token=case((_OVER, lease.c.token + 1), else_=lease.c.token),
        holder=bindparam("me"),
        until=func.app_now() + bindparam("length"),
        seen=func.app_now(),
    )
    .returning(lease.c.token)
)
# Shared: writes under one lease go side by side, and whoever takes it over waits for their commits.
_CURRENT = select(lease.c.token).where(lease.c.name == "watch").with_for_update(read=True)
# A new number fences what the old holder may still have in hand.
_RELEASE = (
    update(lease)
    .where(lease.c.name == "watch", lease.c.token == bindparam("current"))
    .values(token=lease.c.token + 1, until=func.app_now(), seen=func.app_now())
)
_AUDITED = (
    update(lease)
    .where(lease.c.name == "watch", lease.c.token == bindparam("current"))
    .values(audited_at=func.app_now(), troubles=bindparam("found"))
)
_PULSE = select(lease.c.holder, lease.c.token, lease.c.until, lease.c.seen, lease.c.audited_at, lease.c.troubles).where(
    lease.c.name == "watch"
)


class SqlLease:
    """The lease within one transaction; its ends are reckoned by the database alone."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, holder: str, seconds: int) -> int | None:
        """Take or renew; one statement, so that only one of two can win. A new holding has a new token."""
        token = self._connection.execute(_TAKE, {"me": holder, "length": seconds}).scalar_one_or_none()
        if token is not None and self._connection.dialect.name == "postgresql":
            # The desks' sign of life: who hears none for 15 s looks each second (feed.py).
            self._connection.exec_driver_sql(WAKE)
        return token

    def check(self, token: int) -> None:
        """Raises Refused (``lease.lost``); until the commit nobody can take the lease away."""
        if self._connection.execute(_CURRENT).scalar_one() != token:
            raise Refused("lease.lost", token=token)

    def release(self, token: int) -> None:
        """Give it back; a token that is no longer the current one changes nothing."""
        self._connection.execute(_RELEASE, {"current": token})

    def audited(self, token: int, found: Sequence[Trouble]) -> None:
        """Over what the last look found; under a token that is not the current one nothing."""
        self._connection.execute(_AUDITED, {"current": token, "found": to_json([list(one) for one in found])})

    def pulse(self) -> Pulse | None:
        """The row as it stands; ``None`` when no watch ever ran."""
        row = self._connection.execute(_PULSE).one()
        if not row.token:
            return None
        at = None if row.audited_at is None else Instant(row.audited_at)
        found = tuple(Trouble(*one) for one in json.loads(row.troubles))
        return Pulse(row.holder, row.token, Instant(row.until), Instant(row.seen), at, found)
