"""Swaps, absences, pinned periods and recorded duty: values to rows and back."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, func, insert, literal_column, select, update

from supporttui.domain.events import KINDS, StepFired, event_from
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.plain import from_plain, to_plain
from supporttui.domain.rota.absence import Absence
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.pinned import PinnedPeriod
from supporttui.domain.rota.records import DutyRecord
from supporttui.domain.rota.schedule import Override
from supporttui.domain.rota.swaps import SwapRequest
from supporttui.domain.spans import Instant
from supporttui.storage.definitions import SqlDefinitions
from supporttui.storage.rows import AnyRow, insert_new, put_row, to_json
from supporttui.storage.schema import absences, duty_records, journal, overrides, pinned_periods, swaps, tickets
from supporttui.usecases.ports import Versioned

_SWAP = select(swaps.c.version, swaps.c.body).where(swaps.c.id == bindparam("swap"))
_SWAPS = select(swaps.c.body).where(swaps.c.end > bindparam("since")).order_by(swaps.c.start, swaps.c.id)
_MOVE_SWAP = (
    update(swaps)
    .where(swaps.c.id == bindparam("swap"), swaps.c.version == bindparam("over"))
    .values(version=swaps.c.version + 1, state=bindparam("becomes"), body=bindparam("new"))
)
_ABSENCES = select(absences.c.body).where(absences.c.removed_at.is_(None)).order_by(absences.c.start, absences.c.id)
_ABSENCE = select(absences.c.body).where(absences.c.id == bindparam("absence"), absences.c.removed_at.is_(None))
_NEAR = (absences.c.end > bindparam("after"), absences.c.start < bindparam("before"))
_OF_ROTA: tuple[ColumnElement[bool], ...] = (duty_records.c.rota == bindparam("of"),)
_RECORDS = (
    select(duty_records)
    .where(*_OF_ROTA, duty_records.c.end > bindparam("after"), duty_records.c.start < bindparam("before"))
    .order_by(duty_records.c.level, duty_records.c.start)
)
_RECORDED = select(func.max(duty_records.c.end)).where(*_OF_ROTA)
_FIRED = next(word for word, event in KINDS.items() if event is StepFired)
_PAGED = (
    select(journal.c.at, journal.c.payload)
    .join(tickets, tickets.c.id == journal.c.ticket)
    .where(journal.c.at >= bindparam("after"), journal.c.at < bindparam("before"), journal.c.kind == _FIRED)
    .where(tickets.c.drill == literal_column("0"))
    .order_by(journal.c.at, journal.c.seq)
)


class SqlRotas:
    """What lies beside rotas, within one transaction."""

    def __init__(self, connection: Connection, definitions: SqlDefinitions) -> None:
        self._connection = connection
        self._definitions = definitions

    def hold(self) -> None:
        """By the counter of definitions, which every change of one moves: its row is ours until the end."""
        self._definitions.written_past()

    def pinned(self, rota: RotaId) -> tuple[PinnedPeriod, ...]:
        """As far as they hold, in the order in which they were made."""
        return self._definitions.pinned(rota)

    def pin(self, rota: RotaId, period: PinnedPeriod, *, created_at: Instant) -> None:
        """A new pinned period."""
        self._definitions.written_past()
        row = {"rota": rota, "id": period.id, "created_at": created_at, **_spanned(period)}
        self._connection.execute(insert(pinned_periods), row)

    def end(self, rota: RotaId, change: Override | PinnedPeriod, at: Instant) -> bool:
        """Marked with the instant: what it did before stays."""
        self._definitions.written_past()
        table = overrides if isinstance(change, Override) else pinned_periods
        here = (table.c.rota == rota, table.c.id == change.id)
        return self._remove(table, *here, at=at)

    # --- swaps ----------------------------------------------------------------------------------------

    def swap(self, swap: str) -> Versioned[SwapRequest]:
        """One of them. Raises NotFound ``swap.unknown``."""
        row = self._connection.execute(_SWAP, {"swap": swap}).one_or_none()
        if row is None:
            raise NotFound("swap.unknown", swap=swap[:60])
        return Versioned(_request(row.body), row.version)

    def swaps(self, *, since: Instant, rota: RotaId | None = None) -> tuple[SwapRequest, ...]:
        """Of one rota or of all, by their first piece."""
        statement = _SWAPS if rota is None else _SWAPS.where(swaps.c.rota == rota)
        return tuple(map(_request, self._connection.execute(statement, {"since": since}).scalars().all()))

    def put_swap(self, swap: SwapRequest, *, over: int | None) -> bool:
        """Compare and swap on the version."""
        body = to_json(to_plain(swap))
        if over is not None:
            new = {"swap": swap.id, "over": over, "becomes": swap.state.value, "new": body}
            return self._connection.execute(_MOVE_SWAP, new).rowcount == 1
        spans = [piece.span for piece in (*swap.pieces, *swap.give_back)]
        row = {
            "id": swap.id, "version": 1, "rota": swap.rota, "state": swap.state.value,
            "start": min(span.start for span in spans), "end": max(span.end for span in spans), "body": body,
        }  # fmt: skip
        return insert_new(self._connection, swaps, row)

    # --- absences -------------------------------------------------------------------------------------

    def absence(self, absence: str) -> Absence:
        """One of them. Raises NotFound ``absence.unknown``."""
        body = self._connection.execute(_ABSENCE, {"absence": absence}).scalar_one_or_none()
        if body is None:
            raise NotFound("absence.unknown", absence=absence[:60])
        return _absence(body)

    def absences(self, start: Instant, end: Instant, *, person: PersonId | None = None) -> tuple[Absence, ...]:
        """Those that touch a span, of one person or of all."""
        statement = _ABSENCES.where(*_NEAR)
        if person is not None:
            statement = statement.where(absences.c.person == person)
        found = self._connection.execute(statement, {"after": start, "before": end}).scalars().all()
        return tuple(map(_absence, found))

    def put_absence(self, absence: Absence) -> bool:
        """Over an earlier one of the same id, also a removed one."""
        body = self._connection.execute(_ABSENCE, {"absence": absence.id}).scalar_one_or_none()
        if body is not None and _absence(body) == absence:
            return False
        row = {"id": absence.id, "person": absence.person, "removed_at": None, **_spanned(absence)}
        put_row(self._connection, absences, [row])
        return True

    def remove_absence(self, absence: str, at: Instant) -> bool:
        """Marked, so that what was known at the time can be told."""
        return self._remove(absences, absences.c.id == absence, at=at)

    # --- duty that is over ----------------------------------------------------------------------------

    def records(self, rota: RotaId, start: Instant, end: Instant) -> tuple[DutyRecord, ...]:
        """Those that touch a span, whole."""
        found = self._connection.execute(_RECORDS, {"of": rota, "after": start, "before": end}).all()
        return tuple(map(_record, found))

    def recorded_until(self, rota: RotaId) -> Instant | None:
        """The newest end."""
        end = self._connection.execute(_RECORDED, {"of": rota}).scalar_one()
        return None if end is None else Instant(end)

    def add_records(self, records: Sequence[DutyRecord]) -> None:
        """Nothing is written over what was recorded before."""
        if records:
            self._connection.execute(insert(duty_records), [_recorded(record) for record in records])

    def paged(self, start: Instant, end: Instant) -> tuple[tuple[PersonId, Instant], ...]:
        """By the facts of escalations."""
        rows = self._connection.execute(_PAGED, {"after": start, "before": end}).all()
        return tuple((person, Instant(row.at)) for row in rows for person in _people(row.payload))

    def _remove(self, table: Table, *here: ColumnElement[bool], at: Instant) -> bool:
        statement = update(table).where(*here, table.c.removed_at.is_(None)).values(removed_at=at)
        return self._connection.execute(statement).rowcount == 1


def _people(payload: str) -> tuple[PersonId, ...]:
    event = event_from(json.loads(payload))
    return event.paged if isinstance(event, StepFired) else ()


def _spanned(value: Absence | PinnedPeriod) -> dict[str, Any]:
    return {"start": value.start, "end": value.end, "body": to_json(to_plain(value))}


def _request(body: str) -> SwapRequest:
    return from_plain(SwapRequest, json.loads(body), strict=False)


def _absence(body: str) -> Absence:
    return from_plain(Absence, json.loads(body), strict=False)


def _recorded(record: DutyRecord) -> Mapping[str, Any]:
    return {
        "rota": record.rota, "level": record.level, "start": record.start, "end": record.end,
        "people": to_json(record.people), "layer": record.layer, "cause": record.cause.value,
        "inputs": record.inputs, "recorded_at": record.recorded_at,
    }  # fmt: skip


def _record(row: AnyRow) -> DutyRecord:
    return DutyRecord(
        RotaId(row.rota), row.level, Instant(row.start), Instant(row.end), tuple(map(PersonId, json.loads(row.people))),
        row.layer, Cause(row.cause), row.inputs, Instant(row.recorded_at),
    )  # fmt: skip
