"""Foreign tickets from a file: rows are gathered by number, and each ticket comes whole or not at all."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from supporttui.domain.events import State
from supporttui.domain.spans import Instant
from supporttui.intake.cells import BadCell, Cells, columns_of, reading
from supporttui.intake.history import Cast, History, Named, Reading, Row, RowFault
from supporttui.intake.mapping import HistoryKind, MappingFile
from supporttui.intake.source import Checked, Progress, Record, check, records

Found = History | tuple[RowFault, ...]
"""A ticket, or why it is refused; a row without number is refused alone."""


def check_file(path: Path, mapping: MappingFile) -> Checked:
    """Make sure that the file is what it claims, by reading all of it; nothing is kept but its shape.

    Raises:
        BadInput: as ``source.check``.
    """
    needed = [column for column in columns_of(mapping) if column not in mapping.optional]
    return check(path, mapping, needed=needed)


def tickets(
    checked: Checked, mapping: MappingFile, services: Sequence[str], progress: Progress | None = None
) -> Iterator[Found]:
    """Every ticket of the file, each as soon as its last row is read.

    ``services`` are the services that exist. Memory holds the tickets whose rows are not all read yet:
    one, where the file is grouped by number.

    Raises:
        BadInput: as ``source.records``.
    """
    cells = Cells(mapping, checked.header)
    waiting: dict[str, list[Record]] = {}
    left = checked.per_number.copy()
    for record in records(checked, mapping, progress):
        key = _key(record, cells)
        left[key] -= 1
        if not key or key in cells.missing:
            yield (_numberless(record, cells),)
            continue
        rows = waiting.setdefault(key, [])
        rows.append(record)
        if left[key] <= 0:
            yield _ticket(waiting.pop(key), cells, services)


def _key(record: Record, cells: Cells) -> str:
    place = cells.index[cells.columns.number]
    return record.cells[place].strip() if place < len(record.cells) else ""


def _numberless(record: Record, cells: Cells) -> RowFault:
    try:
        cells.take(record.cells)
        cells.number()
    except BadCell as bad:
        return _fault(bad, record, "")
    raise AssertionError(record)


def _fault(bad: BadCell, record: Record, number: str) -> RowFault:
    column = ".".join(part for part in (record.path, bad.column) if part)
    return RowFault(record.line, column, number, bad.code, bad.params)


def _ticket(found: Sequence[Record], cells: Cells, services: Sequence[str]) -> Found:
    builder = _Builder(cells, services)
    faults = []
    for record in found:
        try:
            builder.add(record)
        except BadCell as bad:
            faults.append(_fault(bad, record, _key(record, cells)))
    return tuple(faults) if faults else builder.history()


class _Builder:
    """Gathers the rows of one ticket."""

    def __init__(self, cells: Cells, services: Sequence[str]) -> None:
        self.cells, self.services = cells, services
        self.rows: list[Row] = []
        self.people: set[Named] = set()
        self.teams: set[Named] = set()
        self.authorities: set[Named] = set()
        self.number, self.url = "", ""
        self.opened: Instant | None = None

    def add(self, record: Record) -> None:
        cells = self.cells
        cells.take(record.cells)
        self.number = cells.number()
        self.url = cells.cell(cells.columns.url)[:2_000] or self.url
        before = self.rows[-1].reading.state if self.rows else State.new
        said = reading(cells, self.number, before, self.services)
        self._meet()
        self._open()
        if cells.mapping.history is HistoryKind.events:
            self._append(self._update(record, said))
        else:
            for row in _milestones(cells, record, self.number, said):
                self._append(row)

    def history(self) -> History:
        assert self.opened is not None
        cast = Cast(frozenset(self.people), frozenset(self.teams), frozenset(self.authorities))
        return History(self.cells.mapping.system, self.number, self.opened, tuple(self.rows), cast, self.url)

    def _append(self, row: Row) -> None:
        first = self.cells.mapping.derive_response and row.reading.state is not State.new
        if first and not any(earlier.responded for earlier in self.rows):
            row = replace(row, responded=True)
        self.rows.append(row)

    def _update(self, record: Record, said: Reading) -> Row:
        cells = self.cells
        at = cells.at(cells.columns.at)
        if at is None:
            raise BadCell(cells.columns.at, "import.time_missing")
        return Row(record.line, at, cells.hash(), said, _actor(cells))

    def _open(self) -> None:
        columns = self.cells.columns
        at = self.cells.at(columns.opened) or self.cells.at(columns.at)
        if at is None:
            raise BadCell(columns.opened or columns.at, "import.time_missing")
        self.opened = at if self.opened is None else self.opened

    def _meet(self) -> None:
        cells, columns = self.cells, self.cells.columns
        for column, known, met in (
            (columns.owner, cells.mapping.people, self.people),
            (columns.team, cells.mapping.teams, self.teams),
            (columns.resolver, cells.mapping.teams, self.authorities),
        ):
            if (named := cells.named(column, known)) is not None:
                met.add(named)


def _actor(cells: Cells) -> str:
    return cells.cell(cells.columns.actor)[:200] or cells.mapping.system


def _milestones(cells: Cells, record: Record, number: str, said: Reading) -> Iterator[Row]:
    """A row that is a whole ticket, as the rows that led to it."""
    columns = cells.columns
    responded, resolved, closed, updated = (
        cells.at(column) for column in (columns.responded, columns.resolved, columns.closed, columns.at)
    )
    ended = said.state in (State.resolved, State.closed)
    actor = _actor(cells)
    if responded is not None:
        then = said
        if said.state is not State.new:
            then = replace(said, state=State.active, hold_reason="", resolution="")
        digest = _digest(number, "responded", responded)
        yield Row(record.line, responded, digest, then, actor, responded=True)
    if said.state is State.closed and resolved is not None:
        then = replace(said, state=State.resolved)
        yield Row(record.line, resolved, _digest(number, "resolved", resolved), then, actor)
    last = (closed if said.state is State.closed else None) or (resolved if ended else None) or updated
    yield Row(record.line, last, cells.hash(), said, actor)


def _digest(number: str, what: str, at: Instant) -> str:
    return hashlib.blake2b(f"{number}\x1f{what}\x1f{at}".encode(), digest_size=12).hexdigest()
