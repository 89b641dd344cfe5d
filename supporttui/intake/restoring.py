"""A snapshot into a database: an empty one is filled from it, a used one gets what it does not know yet."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from supporttui.domain.access import Permission
from supporttui.domain.ids import OperationId, TicketId
from supporttui.intake import snapshots
from supporttui.intake.snapshots import Made
from supporttui.intake.source import Progress
from supporttui.usecases import merging, merging_incoming, replay
from supporttui.usecases.access import require
from supporttui.usecases.archive import Carried, PlainRow
from supporttui.usecases.merging import Agreed, Outcome
from supporttui.usecases.ports import Call, NoticeState, Store, Transaction

ROWS = 500
"""Rows of one statement."""
_WAITS = tuple(
    state.value for state in (NoticeState.pending, NoticeState.sending, NoticeState.failed, NoticeState.bundled)
)

_NOTHING = Agreed()

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of a snapshot, or would with ``checked_only``."""

    made: Made
    filled: bool
    """The database was empty, and is now what the snapshot shows."""
    tickets: Outcome
    agreed: Agreed = _NOTHING
    checked_only: bool = False


def restore(
    store: Store,
    call: Call,
    path: Path,
    temporary: Callable[[], AbstractContextManager[Store]],
    *,
    only_check: bool = False,
    progress: Progress | None = None,
) -> Restored:
    """Take in a snapshot; a second time nothing changes. ``only_check`` writes nothing.

    An empty database is filled in one transaction, and then is what the other one was, down to the numbers and
    hashes of its journal. Otherwise ``temporary`` gives an empty database for the time being, from which each
    ticket comes whole or not at all.

    Raises:
        BadInput: as ``snapshots.check``; ``snapshot.value``, ``snapshot.chain``.
        Forbidden: ``access.denied`` or ``access.unknown_person``.
    """
    made = snapshots.check(path, progress)
    with store.read() as tx:
        empty = merging.is_empty(tx)
    if empty and not only_check:
        return Restored(made, filled=True, tickets=Outcome(_fill(store, path, call)))
    with temporary() as source:
        count = _fill(source, path)
        if empty:
            return Restored(made, filled=True, tickets=Outcome(count), checked_only=True)
        agreed, tickets = (_look if only_check else _merge)(source, store, call)
    return Restored(made, filled=False, tickets=tickets, agreed=agreed, checked_only=only_check)


def _fill(store: Store, path: Path, call: Call | None = None) -> int:
    """All of a snapshot into an empty database; how many tickets it has."""
    with store.write() as tx:
        if call is not None:
            require(call, tx, Permission.configure)
        named = tx.definitions.site().keys()
        for kind, rows in _grouped(snapshots.rows(path)):
            tx.archive.put(kind, [row for row in rows if kind is not Carried.site or row["name"] not in named])
        tx.archive.finish()
        return replay.restore(tx)


def _grouped(rows: Iterator[tuple[Carried, PlainRow]]) -> Iterator[tuple[Carried, list[PlainRow]]]:
    """Rows of one kind that follow one another, so many at once."""
    waiting: list[PlainRow] = []
    kind = Carried.site
    for one, row in rows:
        if waiting and (one is not kind or len(waiting) == ROWS):
            yield kind, waiting
            waiting = []
        kind = one
        waiting.append(_held(row) if one is Carried.notice else row)
    if waiting:
        yield kind, waiting


def _held(notice: PlainRow) -> PlainRow:
    """What had not left there does not leave here: it may leave there."""
    if notice.get("state") not in _WAITS:
        return notice
    return {**notice, "state": NoticeState.held.value, "error": merging.HELD, "bundle": ""}


def _merge(source: Store, store: Store, call: Call) -> tuple[Agreed, Outcome]:
    with source.read() as there:
        with store.write() as here:
            agreed = merging.agree(replace(call, operation=OperationId(f"{call.operation}.0")), there, here)
        with store.write() as here:
            numbers = merging.number(there, here, merging.match(there, here))
        found = Outcome()
        for batch in _parts(iter(sorted(numbers))):
            with store.write() as here:
                found = _sum(found, merging.merge(call, there, here, batch, numbers))
        for kind, rows in merging_incoming.batches(there):
            with store.write() as here:
                merging_incoming.add(call, here, kind, rows, numbers)
    return agreed, found


def _look(source: Store, store: Store, call: Call) -> tuple[Agreed, Outcome]:
    with source.read() as there, store.read() as here:
        agreed = merging.agree(call, there, here, write=False)
        known = merging.match(there, here)
        found = Outcome()
        for batch in _parts(_tickets(there)):
            found = _sum(found, merging.compare(there, here, batch, known))
    return agreed, found


def _tickets(there: Transaction) -> Iterator[TicketId]:
    last = TicketId(0)
    while numbers := there.archive.tickets(after=last, most=merging.BATCH):
        yield from numbers
        last = numbers[-1]


def _parts(numbers: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(numbers, merging.BATCH)):
        yield batch


def _sum(left: Outcome, right: Outcome) -> Outcome:
    return Outcome(
        left.imported + right.imported,
        left.updated + right.updated,
        left.unchanged + right.unchanged,
        (*left.rejected, *right.rejected),
        {**left.renumbered, **right.renumbered},
    )
