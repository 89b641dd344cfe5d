"""Counts over many tickets, for reports: a walk, and no index of their own."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, cast, func, or_, select

from supporttui.domain.attainment import Grouping, Verdicts
from supporttui.domain.charters import REFERRED
from supporttui.domain.hotspots import Cell
from supporttui.domain.sla.order import Metric, TimerState
from supporttui.domain.spans import Instant
from supporttui.storage.schema import Text, tickets, timers

_GROUPS: Mapping[Grouping, ColumnElement[Any]] = {
    Grouping.language: tickets.c.language,
    Grouping.zone: tickets.c.zone,
    Grouping.service: tickets.c.service,
    Grouping.team: tickets.c.team,
    Grouping.priority: cast(tickets.c.priority, Text),
    Grouping.category: tickets.c.category,
}
_UNMET = (TimerState.running.value, TimerState.paused.value)
_MET = and_(
    timers.c.state == TimerState.met.value,
    timers.c.stopped >= bindparam("since"),
    timers.c.stopped < bindparam("until"),
)
_USED_UP = func.coalesce(timers.c.breached_at, timers.c.due)
_LATE_STILL = and_(
    timers.c.state.in_(_UNMET), _USED_UP.is_not(None), bindparam("since") <= _USED_UP, bindparam("until") > _USED_UP
)
_KEPT = func.sum(case((and_(_MET, timers.c.late == 0), 1), else_=0))
_COUNTED = (tickets.c.void == 0, tickets.c.drill == 0, tickets.c.merged_into.is_(None))


class SqlFigures:
    """Figures within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def verdicts(self, by: Grouping, metric: Metric, *, since: Instant, until: Instant) -> tuple[Verdicts, ...]:
        """One statement, grouped by the database."""
        group = _GROUPS[by].label("found")
        statement = (
            select(group, _KEPT.label("kept"), func.count().label("decided"))
            .join(timers, timers.c.ticket == tickets.c.id)
            .where(
                *_COUNTED, tickets.c.resolution != REFERRED,
                timers.c.metric == bindparam("metric"), or_(_MET, _LATE_STILL),
            )
            .group_by(group)
            .order_by(group)
        )  # fmt: skip
        rows = self._connection.execute(statement, {"metric": metric.value, "since": since, "until": until}).all()
        return tuple(Verdicts(str(row.found), int(row.kept), int(row.decided) - int(row.kept)) for row in rows)

    def referred(self, *, since: Instant, until: Instant) -> int:
        """One count."""
        ended = tickets.c.resolved_at
        statement = select(func.count()).where(
            tickets.c.resolution == REFERRED, tickets.c.void == 0, tickets.c.drill == 0, ended >= since, ended < until
        )
        return int(self._connection.execute(statement).scalar_one())

    def opened(self, *, since: Instant, until: Instant) -> tuple[Cell, ...]:
        """One statement, grouped by the database."""
        groups = (tickets.c.service, tickets.c.category, tickets.c.resolution)
        statement = (
            select(*groups, func.count().label("opened"), func.sum(tickets.c.reopened).label("reopened"))
            .where(*_COUNTED, tickets.c.created_at >= bindparam("since"), tickets.c.created_at < bindparam("until"))
            .group_by(*groups)
            .order_by(*groups)
        )
        rows = self._connection.execute(statement, {"since": since, "until": until}).all()
        return tuple(
            Cell(row.service, row.category, row.resolution, int(row.opened), int(row.reopened)) for row in rows
        )
