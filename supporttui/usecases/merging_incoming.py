"""What came in from outside to another database, beside the tickets that were merged: so none is taken in again.

A message that either took in is known. Of one report under one key, and of one sign of life, the later word holds,
while the ticket of a report stays ours where it is still worked on. What belongs to no ticket here is left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from supporttui.domain.access import Permission
from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.paging.codes import AckCode
from supporttui.domain.spans import Instant
from supporttui.usecases.access import require
from supporttui.usecases.archive import Carried, PlainRow
from supporttui.usecases.incoming.taking import standing
from supporttui.usecases.merging import BATCH, Numbers
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.stores.incoming import Alert, Sign

KINDS = (Carried.received, Carried.alert, Carried.beat, Carried.code, Carried.turn)


def batches(source: Transaction) -> Iterator[tuple[Carried, Sequence[PlainRow]]]:
    """All of it, in parts for short transactions."""
    for kind in KINDS:
        last = None
        while rows := source.archive.rows(kind, after=last, most=BATCH):
            yield kind, rows
            last = rows[-1]


def add(call: Call, target: Transaction, kind: Carried, rows: Sequence[PlainRow], numbers: Numbers) -> None:
    """Add what is unknown here; ``numbers`` are those of their tickets here.

    Raises:
        Forbidden: ``access.denied`` or ``access.unknown_person``.
        Conflict: ``intake.raced``: nothing was stored; the same again will do.
    """
    require(call, target, Permission.configure)
    here = _here(target, rows, numbers)
    for row in rows:
        ticket = here.get(row.get("ticket"))
        match kind:
            case Carried.received if ticket is not None or row["ticket"] is None:
                target.incoming.receive(row["source"], row["message"], Instant(row["at"]), ticket)
            case Carried.alert if ticket is not None:
                _report(target, Alert(**{**row, "ticket": ticket}))
            case Carried.beat:
                _sign(target, Sign(**{**row, "ticket": ticket}))
            case Carried.code if ticket is not None:
                target.ack_codes.add(AckCode(**{**row, "person": PersonId(row["person"]), "ticket": ticket}))
            case Carried.turn if not target.escalations.pointer(row["name"]):
                target.escalations.point(row["name"], row["value"])


def _here(target: Transaction, rows: Iterable[PlainRow], numbers: Numbers) -> Mapping[object, TicketId]:
    """Numbers of those tickets that came, or were here."""
    theirs = [TicketId(row["ticket"]) for row in rows if row.get("ticket") is not None]
    wanted = {there: numbers[there] for there in theirs if there in numbers}
    found = {row.id for row in target.tickets.rows(wanted.values())}
    return {there: here for there, here in wanted.items() if here in found}


def _report(target: Transaction, theirs: Alert) -> None:
    ours = target.incoming.alert(theirs.source, theirs.key)
    if ours is None:
        target.incoming.put(theirs, known=None)
    elif ours.ticket == theirs.ticket:
        later = max(ours, theirs, key=lambda one: one.last_at)
        both = replace(later, count=max(ours.count, theirs.count), first_at=min(ours.first_at, theirs.first_at))
        _put(target, both, ours)
    elif standing(target, ours.ticket) is None:
        _put(target, theirs, ours)


def _put(target: Transaction, alert: Alert, known: Alert) -> None:
    if alert != known:
        target.incoming.put(alert, known=known)


def _sign(target: Transaction, theirs: Sign) -> None:
    ours = target.incoming.sign(theirs.id)
    if ours is None or theirs.last_at > ours.last_at:
        target.incoming.put_sign(theirs, known=ours)
