"""Take in tickets from another system, with their true history."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from supporttui.domain.access import Permission
from supporttui.domain.events import Event, Fact, Imported, Origin
from supporttui.domain.faults import Refused
from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.usecases.access import require
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.record import keep, refolded
from supporttui.usecases.rules import Rules, rules_of


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a foreign history; ``actor`` is the name the other system gives."""

    at: Instant
    actor: str
    event: Event


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """One row of a foreign log; ``hash`` (of its content) tells whether it was taken in before."""

    hash: str
    events: tuple[Happened, ...]
    fields: dict[str, str] = field(default_factory=dict)
    """What of the reading changed with this row; kept in the journal, so that the next import can compare."""
    line: int = 0
    at: Instant | None = None
    """When the row was written; its ``Imported`` fact stands here, also when no event comes with it."""
    actor: str = ""


@dataclass(frozen=True, slots=True)
class ForeignTicket:
    """A ticket of another system: its number there, and its rows in the order of the file."""

    system: str
    number: str
    rows: tuple[ForeignRow, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A ticket that was refused whole, with the fault that says why."""

    number: str
    line: int
    fault: Refused


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch; tickets are counted, and each once."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    rows: int = 0
    rejected: tuple[Rejected, ...] = ()


def take_in(call: Call, tx: Transaction, batch: Sequence[ForeignTicket]) -> Outcome:
    """Store what is new of these tickets, each whole or not at all; nobody is told and nothing escalates.

    The facts keep the instants and actors of the source and pass by the table of transitions. A row whose
    hash is known is skipped, so taking in the same batch again changes nothing.

    Raises:
        Forbidden: ``access.denied`` or ``access.unknown_person``.
    """
    require(call, tx, Permission.configure)
    import_call = replace(call, origin=Origin.imported)
    rules = rules_of(tx)
    known = _known(tx, batch)
    outcome, facts = Outcome(), list[Fact]()
    for foreign in batch:
        ticket, hashes = known.get((foreign.system, foreign.number), (None, frozenset()))
        rows = _new_rows(foreign, hashes)
        try:
            new = _store(import_call, tx, rules, ticket, foreign, rows) if rows else ()
        except Refused as fault:
            outcome = _sum(outcome, Outcome(rejected=(Rejected(foreign.number, rows[0].line, fault),)))
            continue
        facts += new
        outcome = _sum(outcome, _done(ticket, rows))
    tx.journal.append(facts)
    return outcome


_Key = tuple[str, str]


def _known(tx: Transaction, batch: Sequence[ForeignTicket]) -> dict[_Key, tuple[TicketId, frozenset[str]]]:
    """Per system and number our ticket and the rows it has."""
    found: dict[_Key, tuple[TicketId, frozenset[str]]] = {}
    for system in sorted({foreign.system for foreign in batch}):
        numbers = [foreign.number for foreign in batch if foreign.system == system]
        taken = tx.journal.imported_rows(system, numbers)
        found.update({(system, number): entry for number, entry in taken.items()})
    return found


def _new_rows(foreign: ForeignTicket, hashes: Collection[str]) -> tuple[ForeignRow, ...]:
    new = (row for row in foreign.rows if row.hash not in hashes)
    first: dict[str, ForeignRow] = {}  # a row that stands twice in one file happened once
    for row in new:
        first.setdefault(row.hash, row)
    return tuple(first.values())


def _store(
    call: Call,
    tx: Transaction,
    rules: Rules,
    ticket: TicketId | None,
    foreign: ForeignTicket,
    rows: Sequence[ForeignRow],
) -> Sequence[Fact]:
    """Store a ticket and give its new facts, for all of a batch go into the journal at once.

    Folds first, then writes: a history that makes no ticket is refused before anything of it is stored.
    """
    before = None if ticket is None else tx.tickets.get(ticket)
    known = () if before is None else tx.journal.of_ticket(before.id)
    number = tx.tickets.new_id() if before is None else before.id
    new = [fact for row in rows for fact in _facts(call, number, foreign, row)]
    facts = [*known, *new]
    after = refolded(facts, version=1 if before is None else before.version)
    keep(tx, before, after, facts=facts, rules=rules, now=call.at)
    tx.marks.skip(number, tx.tickets.timers(number), call.at)
    return new


def _done(ticket: TicketId | None, rows: Sequence[ForeignRow]) -> Outcome:
    if not rows:
        return Outcome(unchanged=1)
    return Outcome(imported=int(ticket is None), updated=int(ticket is not None), rows=len(rows))


def _facts(call: Call, ticket: TicketId, foreign: ForeignTicket, row: ForeignRow) -> Iterator[Fact]:
    """The events of a row, then the row itself: what it said, and that it is here."""
    for happened in row.events:
        yield Fact(ticket, happened.at, happened.actor, happened.event, call.operation, origin=call.origin)
    taken = Imported(foreign.system, foreign.number, row.hash, row.fields)
    at = row.at if row.at is not None else (row.events[-1].at if row.events else call.at)
    actor = row.actor or (row.events[-1].actor if row.events else foreign.system)
    yield Fact(ticket, at, actor, taken, call.operation, origin=call.origin)


def _sum(left: Outcome, right: Outcome) -> Outcome:
    return Outcome(
        left.imported + right.imported,
        left.updated + right.updated,
        left.unchanged + right.unchanged,
        left.rows + right.rows,
        left.rejected + right.rejected,
    )
