"""What leaves as a file: a snapshot of everything, or tickets as a table for people or as JSON for machines."""

import csv
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TextIO

from supporttui import __version__, shapes
from supporttui.bootstrap.files import whole
from supporttui.domain.ids import DEFAULT_PREFIX, TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.domain.tickets import Ticket
from supporttui.i18n import times
from supporttui.i18n.catalogue import Words
from supporttui.intake import snapshots
from supporttui.intake.formulas import defused
from supporttui.machine import json_line
from supporttui.usecases import exporting, queue
from supporttui.usecases.items import item, names_in
from supporttui.usecases.ports import Store, Transaction
from supporttui.usecases.rules import rules_of
from supporttui.usecases.views import Ask, QueueItem

BATCH = 200
STANDARD_OUTPUT = "-"
Progress = Callable[[int, int], None]


class Form(StrEnum):
    """What a file is written as."""

    snapshot = "snapshot"
    """Everything, journal and all: what ``import`` reads back."""
    csv = "csv"
    """A table for people: a row a ticket."""
    json = "json"
    """One object, as ``queue --json`` prints it."""
    jsonl = "jsonl"
    """An object a line, as ``ticket show --json`` prints it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a table is written."""

    delimiter: str = ","
    mark: bool = False
    """With a byte order mark, by which some spreadsheets know UTF-8."""
    raw: bool = False
    """Cells exactly as they are, also those that a spreadsheet would run."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom, and out of what."""

    read: exporting.Reading
    words: Words
    prefix: str
    now: Instant


@contextmanager
def target(file: str, *, force: bool, mark: bool = False) -> Iterator[TextIO]:
    """Where lines go: standard output, or a file that is there whole at the end, mode 0600, or not at all.

    Raises:
        Refused: ``file.exists``, ``file.unwritable``.
    """
    if file == STANDARD_OUTPUT:
        yield sys.stdout
        sys.stdout.flush()
        return
    with whole(Path(file), force=force) as beside, beside.open("w", encoding="utf-8", newline="") as stream:
        stream.write("\ufeff" if mark else "")
        yield stream


def snapshot(store: Store, stream: TextIO, now: Instant, *, tell: Progress | None = None) -> snapshots.Made:
    """Everything of a database as JSON lines."""
    return snapshots.write(store, _liner(stream), times.iso(now), program=__version__, tell=tell)


def tickets(
    reader: Reader,
    stream: TextIO,
    found: Sequence[TicketId],
    *,
    form: Form,
    sheet: Sheet = Sheet(),
    tell: Progress | None = None,
) -> int:
    """Tickets in this order; how many cells were kept from being run as formulas."""
    batches = _told(_batches(found), len(found), tell)
    match form:
        case Form.csv:
            return _table(reader, stream, batches, sheet)
        case Form.json:
            _document(reader, stream, batches, len(found))
        case _:
            _objects(reader, _liner(stream), batches)
    return 0


def from_the_desk(tx: Transaction, ask: Ask, file: str, *, words: Words, now: Instant) -> tuple[str, int, int]:
    """The tickets that a list shows into a new file, whose suffix tells the form; file, tickets, defused cells.

    Raises:
        Refused: ``file.exists``, ``file.unwritable``.
    """
    path = Path(file).expanduser()
    form = {".json": Form.json, ".jsonl": Form.jsonl}.get(path.suffix.casefold(), Form.csv)
    reader = Reader(lambda: nullcontext(tx), words, tx.definitions.site().get("prefix", DEFAULT_PREFIX), now)
    found = exporting.numbers(tx, ask, now)
    with target(str(path), force=False) as stream:
        kept = tickets(reader, stream, found, form=form)
    return str(path), len(found), kept


Batches = Iterator[Sequence[TicketId]]


def _batches(found: Sequence[TicketId]) -> Batches:
    numbers = iter(found)
    while batch := list(islice(numbers, BATCH)):
        yield batch


def _told(batches: Batches, total: int, tell: Progress | None) -> Batches:
    done = 0
    for batch in batches:
        yield batch
        done += len(batch)
        if tell is not None:
            tell(done, total)


def _liner(stream: TextIO) -> Callable[[str], object]:
    return lambda line: stream.write(line + "\n")


# --- for machines -------------------------------------------------------------------------------------


def _document(reader: Reader, stream: TextIO, batches: Batches, total: int) -> None:
    """The object of ``queue --json``, whose list is written part by part."""
    head = json_line(as_of=shapes.iso(reader.now), total=total, tickets=[])
    stream.write(head.removesuffix("]}"))
    first = True
    for batch in batches:
        with reader.read() as tx:
            items, names = _items(tx, batch, reader.now)
        for one in items:
            row = shapes.row(reader.words, one, reader.now, names=names, prefix=reader.prefix)
            stream.write(("" if first else ",") + "\n" + json.dumps(row, default=str))
            first = False
    stream.write("\n]}\n")


def _objects(reader: Reader, put: Callable[[str], object], batches: Batches) -> None:
    for batch in batches:
        with reader.read() as tx:
            details = [queue.detail(tx, number, reader.now) for number in batch]
        for detail in details:
            put(json_line(**shapes.whole(reader.words, detail, prefix=reader.prefix)))


def _items(tx: Transaction, batch: Sequence[TicketId], now: Instant) -> tuple[list[QueueItem], Mapping[str, str]]:
    """In the asked order; what went in between is left out."""
    rules, rows = rules_of(tx), {row.id: row for row in tx.tickets.rows(batch)}
    ordered = [rows[number] for number in batch if number in rows]
    return [item(rules, row, now) for row in ordered], names_in(rules, ordered)


# --- for people ---------------------------------------------------------------------------------------

Cell = Callable[[Reader, Ticket, QueueItem], str | int | None]


def _at(reader: Reader, at: Instant | None) -> str:
    return "" if at is None else times.iso(at, reader.words.zone)


COLUMNS: Mapping[str, Cell] = {
    "number": lambda reader, ticket, _: f"{reader.prefix}{ticket.id}",
    "title": lambda _, ticket, __: ticket.title,
    "state": lambda _, ticket, __: ticket.state.value,
    "priority": lambda _, ticket, __: ticket.priority,
    "impact": lambda _, ticket, __: ticket.impact,
    "urgency": lambda _, ticket, __: ticket.urgency,
    "kind": lambda _, ticket, __: ticket.kind.value,
    "category": lambda _, ticket, __: ticket.category,
    "service": lambda _, ticket, __: ticket.service,
    "team": lambda _, ticket, __: ticket.team,
    "owner": lambda _, ticket, __: ticket.owner,
    "resolver": lambda _, ticket, __: ticket.resolver,
    "requester": lambda _, ticket, __: ticket.requester,
    "language": lambda _, ticket, __: ticket.language,
    "acknowledged_by": lambda _, ticket, __: ticket.acknowledged_by,
    "acknowledged_at": lambda reader, ticket, _: _at(reader, ticket.acknowledged_at),
    "hold_reason": lambda _, ticket, __: ticket.hold_reason,
    "hold_until": lambda reader, ticket, _: _at(reader, ticket.hold_until),
    "opened_at": lambda reader, ticket, _: _at(reader, ticket.created_at),
    "updated_at": lambda reader, ticket, _: _at(reader, ticket.updated_at),
    "resolved_at": lambda reader, ticket, _: _at(reader, ticket.resolved_at),
    "resolution": lambda _, ticket, __: ticket.resolution,
    "reopened": lambda _, ticket, __: ticket.reopened,
    "metric": lambda _, __, shown: shown.row.metric.value if shown.row.metric else "",
    "due": lambda reader, _, shown: _at(reader, shown.row.due),
    "references": lambda _, ticket, __: "; ".join(f"{one.system}:{one.key}" for one in ticket.references),
    "text": lambda _, ticket, __: ticket.text,
    "zone": lambda reader, _, __: reader.words.zone,
}
"""Code of a column → its cell; the preset ``csv`` reads them back. ``zone`` is the one of every time in the row."""
_LONG = frozenset({"text"})


def _table(reader: Reader, stream: TextIO, batches: Batches, sheet: Sheet) -> int:
    writer = csv.writer(stream, delimiter=sheet.delimiter, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    kept = 0
    for batch in batches:
        for row in _rows(reader, batch):
            cells = [_cell(name, value, sheet) for name, value in row]
            kept += sum(runs for _, runs in cells)
            writer.writerow(text for text, _ in cells)
    return kept


def _rows(reader: Reader, batch: Sequence[TicketId]) -> Iterator[list[tuple[str, str | int | None]]]:
    with reader.read() as tx:
        shown, _ = _items(tx, batch, reader.now)
        found = [(tx.tickets.get(TicketId(one.row.id)), one) for one in shown]
    for ticket, one in found:
        yield [(name, cell(reader, ticket, one)) for name, cell in COLUMNS.items()]


def _cell(name: str, value: str | int | None, sheet: Sheet) -> tuple[str | int | None, bool]:
    """Numbers of ours stay numbers; text that came from somewhere is cleaned, and kept from being run."""
    if not isinstance(value, str) or sheet.raw:
        return value, False
    text = safe_text(value, one_line=name not in _LONG)
    safe = defused(text)
    return safe, safe != text
