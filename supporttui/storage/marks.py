"""When the watch looks at a timer next: kept beside the timer, moved only as it was read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from supporttui.domain.ids import TicketId
from supporttui.domain.sla.marks import coming, passed
from supporttui.domain.sla.targets import Metric
from supporttui.domain.sla.timer import Timer
from supporttui.domain.spans import FOREVER, Instant
from supporttui.domain.tickets import Ticket
from supporttui.storage.rows import to_json
from supporttui.storage.schema import timers
from supporttui.usecases.passed import Mark

DECIDING = (timers.c.metric, timers.c.cycle, timers.c.state, timers.c.due, timers.c.breached_at, timers.c.warn_at)
"""What the marks of a timer follow from, behind its key."""
_DUE = (
    select(timers.c.ticket, timers.c.metric, timers.c.cycle, timers.c.next_mark)
    .where(timers.c.next_mark <= bindparam("now"))
    .order_by(timers.c.next_mark, timers.c.ticket)
    .limit(bindparam("most"))
)
_NEXT_DUE = select(func.min(timers.c.next_mark)).where(timers.c.next_mark.is_not(None))
_OF_ONE = (
    timers.c.ticket == bindparam("of"),
    timers.c.metric == bindparam("of_metric"),
    timers.c.cycle == bindparam("of_cycle"),
)
_LOOK = update(timers).where(*_OF_ONE).values(next_mark=bindparam("again"))
_MOVE = _LOOK.where(
    timers.c.next_mark == bindparam("known"),
    timers.c.state == bindparam("known_state"),
    timers.c.due.is_not_distinct_from(bindparam("known_due")),
    timers.c.breached_at.is_not_distinct_from(bindparam("known_breach")),
    timers.c.warn_at == bindparam("known_warnings"),
)


class SqlMarks:
    """Marks within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def due(self, now: Instant, limit: int) -> tuple[Mark, ...]:
        """Those at ``now`` or before, oldest first."""
        found = self._connection.execute(_DUE, {"now": now, "most": limit}).all()
        return tuple(Mark(TicketId(t), Metric(metric), cycle, Instant(at)) for t, metric, cycle, at in found)

    def next_due(self) -> Instant | None:
        """The earliest of all."""
        at = self._connection.execute(_NEXT_DUE).scalar_one()
        return None if at is None else Instant(at)

    def move(self, known: Mark, timer: Timer, again: Instant | None) -> bool:
        """Compare and swap: a desk may have made another timer of it since it was read."""
        was = {
            "known": known.at, "known_state": timer.state.value, "known_due": timer.due,
            "known_breach": timer.breached_at, "known_warnings": to_json(timer.warn_at),
        }  # fmt: skip
        return self._connection.execute(_MOVE, {**_key(known.ticket, timer), **was, "again": again}).rowcount == 1

    def look(self, ticket: TicketId, timers: Iterable[Timer], again: Instant | None) -> None:
        """Whatever it was."""
        rows = [{**_key(ticket, timer), "again": again} for timer in timers]
        if rows:
            self._connection.execute(_LOOK, rows)

    def skip(self, ticket: TicketId, found: Iterable[Timer], now: Instant) -> None:
        """What has come by ``now`` is not told, now or after any other change."""
        for timer in found:
            self.look(ticket, [timer], coming(timer, now) or FOREVER)


Known = Mapping[tuple[Any, ...], int | None]
"""What decides → when it was to be looked at."""


def known_marks(rows: Iterable[Sequence[Any]]) -> Known:
    """Of the timers of a ticket that are about to be replaced; rows of ``DECIDING`` and ``next_mark``."""
    return {tuple(row[:-1]): row[-1] for row in rows}


def next_mark(ticket: Ticket, timer: Timer, known: Known) -> int | None:
    """When to look at a timer that is being stored: as before if nothing of its marks changed.

    What has come already is told now. Nobody is warned of what is not open, void, or part of another ticket.
    """
    if not ticket.is_open or ticket.void or ticket.merged_into is not None:
        return None
    decides = (
        timer.metric.value, timer.cycle, timer.state.value, timer.due, timer.breached_at, to_json(timer.warn_at),
    )  # fmt: skip
    if (again := known.get(decides)) is not None:
        return again
    if passed(timer, ticket.updated_at) is not None:
        return ticket.updated_at
    return coming(timer, ticket.updated_at)


def _key(ticket: TicketId, timer: Timer) -> dict[str, Any]:
    return {"of": ticket, "of_metric": timer.metric.value, "of_cycle": timer.cycle}
