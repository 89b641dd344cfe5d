"""The stored reading of escalations; what is true are the facts of their tickets."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, case, exists, func, select, update

from supporttui.domain.ids import PolicyId, TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.storage.journal import SqlJournal
from supporttui.storage.rows import AnyRow, put_row
from supporttui.storage.schema import counters, escalations, tickets
from supporttui.usecases.ports import Escalation, EscalationState

_OPEN = tuple(state.value for state in EscalationState if state is not EscalationState.done)
_ALL = select(escalations)
_ONE = _ALL.where(escalations.c.ticket == bindparam("ticket"), escalations.c.kind == bindparam("of_kind"))
_BOTH = _ALL.where(escalations.c.ticket == bindparam("ticket")).order_by(escalations.c.kind)
_RUNNING = (
    _ALL.join(tickets, tickets.c.id == escalations.c.ticket)
    .where(escalations.c.state.in_(_OPEN), tickets.c.is_open == 1)
    .order_by(escalations.c.due.is_(None), escalations.c.due, escalations.c.ticket, escalations.c.kind)
)
_DUE = (
    _ALL.join(tickets, tickets.c.id == escalations.c.ticket)
    .where(escalations.c.due <= bindparam("now"))
    # In a storm the most pressing are called first, however long the others have waited.
    .order_by(tickets.c.priority, escalations.c.due, escalations.c.ticket)
    .limit(bindparam("most"))
)
_POINTER = select(counters.c.value).where(counters.c.name == bindparam("called"))
_NEXT_DUE = select(func.min(escalations.c.due))
_MOVE = (
    update(escalations)
    .where(
        *(column == bindparam(f"known_{column.name}") for column in escalations.c if column is not escalations.c.due),
        escalations.c.due.is_not_distinct_from(bindparam("known_due")),
    )
    .values(state=bindparam("becomes"), due=bindparam("again"))
)
_STANDS = (
    exists()
    .where(
        escalations.c.ticket == tickets.c.id,
        escalations.c.firing > 0,
        escalations.c.state != EscalationState.done.value,
    )
    .correlate(tickets)
)
_FLAGGED = case((_STANDS, 1), else_=0)
_FLAG = (
    update(tickets).where(tickets.c.id == bindparam("of"), tickets.c.escalated != _FLAGGED).values(escalated=_FLAGGED)
)


class SqlEscalations:
    """Escalations within one transaction."""

    def __init__(self, connection: Connection, journal: SqlJournal) -> None:
        self._connection = connection
        self._journal = journal
        self._read: dict[tuple[TicketId, EscalationKind], Escalation | None] = {}

    def get(self, ticket: TicketId, kind: EscalationKind = EscalationKind.functional) -> Escalation | None:
        """The latest generation; ``None`` for a ticket that never had one of this kind."""
        row = self._connection.execute(_ONE, {"ticket": ticket, "of_kind": kind.value}).one_or_none()
        found = self._read[ticket, kind] = None if row is None else _escalation(row)
        return found

    def of_ticket(self, ticket: TicketId) -> tuple[Escalation, ...]:
        """One a kind, in the order of the kinds' words."""
        found = tuple(map(_escalation, self._connection.execute(_BOTH, {"ticket": ticket}).all()))
        for kind in EscalationKind:
            self._read[ticket, kind] = next((one for one in found if one.kind is kind), None)
        return found

    def save(self, escalation: Escalation) -> None:
        """Insert or replace; a firing that was not there when this transaction read is claimed first."""
        ticket, key = escalation.ticket, (escalation.ticket, escalation.kind)
        before = self._read[key] if key in self._read else self.get(*key)
        known = None if before is None else (before.generation, before.firing)
        if escalation.firing and (escalation.generation, escalation.firing) != known:
            self._journal.fire(ticket, escalation.generation, escalation.firing)
        put_row(self._connection, escalations, [_row(escalation)])
        self._stands(escalation)

    def move(self, known: Escalation, state: EscalationState, *, due: Instant | None) -> bool:
        """Compare and swap: a desk may have gone on with it since it was read."""
        was = {f"known_{name}": value for name, value in _row(known).items()}
        moved = self._connection.execute(_MOVE, {**was, "becomes": state.value, "again": due}).rowcount == 1
        if moved:
            self._stands(replace(known, state=state, due=due))
        return moved

    def _stands(self, escalation: Escalation) -> None:
        self._connection.execute(_FLAG, {"of": escalation.ticket})
        self._read[escalation.ticket, escalation.kind] = escalation

    def running(self) -> tuple[Escalation, ...]:
        """Those of open tickets that are not done; without a due instant last."""
        return tuple(map(_escalation, self._connection.execute(_RUNNING).all()))

    def due(self, now: Instant, limit: int) -> tuple[Escalation, ...]:
        """Those with a step at ``now`` or before, the most pressing first, then the oldest."""
        return tuple(map(_escalation, self._connection.execute(_DUE, {"now": now, "most": limit}).all()))

    def pointer(self, name: str) -> int:
        """Kept among the counters; 0 for a name that never had a turn."""
        return int(self._connection.execute(_POINTER, {"called": name}).scalar() or 0)

    def point(self, name: str, place: int) -> None:
        """Set it."""
        put_row(self._connection, counters, [{"name": name, "value": place}])

    def next_due(self) -> Instant | None:
        """The earliest step of all."""
        due = self._connection.execute(_NEXT_DUE).scalar_one()
        return None if due is None else Instant(due)


def _row(escalation: Escalation) -> dict[str, Any]:
    return {
        "ticket": escalation.ticket, "policy": escalation.policy,
        "policy_version": escalation.policy_version, "generation": escalation.generation,
        "state": escalation.state.value, "step": escalation.step, "round": escalation.round,
        "firing": escalation.firing, "due": escalation.due, "kind": escalation.kind.value,
    }  # fmt: skip


def _escalation(row: AnyRow) -> Escalation:
    return Escalation(
        TicketId(row.ticket), PolicyId(row.policy), row.policy_version, row.generation,
        EscalationState(row.state), row.step, row.round, row.firing,
        None if row.due is None else Instant(row.due), EscalationKind(row.kind),
    )  # fmt: skip
