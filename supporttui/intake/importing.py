"""An import from end to end: the file, what of it is new, batches into the store, and a summary."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from supporttui import packs
from supporttui.domain.access import Permission
from supporttui.domain.faults import BadInput, StoreUnavailable
from supporttui.domain.ids import OperationId, PersonId, TeamId
from supporttui.domain.people import AuthorityKind, Person, Team
from supporttui.intake.changes import Known, to_take_in
from supporttui.intake.files import Found, tickets
from supporttui.intake.history import History, Named, RowFault
from supporttui.intake.mapping import MappingFile
from supporttui.intake.source import Checked, Progress
from supporttui.usecases.access import require
from supporttui.usecases.definitions.defining import apply_pack, first_person
from supporttui.usecases.intake import ForeignTicket, Outcome, take_in
from supporttui.usecases.ports import Call, Store, Transaction

BATCH = 200
"""Tickets in one transaction: short enough to let others write in between."""
KEPT_FAULTS = 1000
"""Refused rows that the summary lists; all are counted."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What an import did, or with ``check`` would have done. Tickets are counted once each."""

    rows: int = 0
    """Read below the header."""
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    refused_rows: int = 0
    faults: tuple[RowFault, ...] = ()
    """The first refused rows, in the file's order."""
    starter: bool = False
    """The store had no services, so the starter policies were applied first."""
    checked_only: bool = False

    @property
    def tickets(self) -> int:
        """Tickets in the file."""
        return self.imported + self.updated + self.unchanged + self.refused


def import_checked(
    store: Store,
    call: Call,
    checked: Checked,
    mapping: MappingFile,
    *,
    only_check: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Take in every ticket of a checked file; a second time nothing changes. ``only_check`` writes nothing.

    The file has been read whole (``files.check_file``), to make sure that it is what it claims; here it is read in
    batches. A ticket with a bad row is left out whole; the others go on. Facts bear the operation
    ``<operation>.<batch>``.

    Raises:
        BadInput: a fault of the file as a whole, before anything is written, or ``import.service_unknown``.
    """
    services, starter = _services(store, call, mapping, only_check=only_check)
    found = tickets(checked, mapping, services, progress)
    summary = Summary(rows=checked.rows, starter=starter, checked_only=only_check)
    for number, batch in enumerate(_batches(found), 1):
        histories = [entry for entry in batch if isinstance(entry, History)]
        refused = [fault for entry in batch if not isinstance(entry, History) for fault in entry]
        part = replace(call, operation=OperationId(f"{call.operation}.{number}"))
        outcome = _look(store, part, histories) if only_check else _write(store, part, histories)
        summary = _add(summary, outcome, refused, tickets=len(batch) - len(histories))
    return summary


def _services(store: Store, call: Call, mapping: MappingFile, *, only_check: bool) -> tuple[tuple[str, ...], bool]:
    """The services that tickets may belong to; an empty store gets the starter policies."""
    with store.read() as tx:
        services = tuple(service.id for service in tx.definitions.services())
        zone = tx.definitions.site().get("zone", mapping.zone)
    starter = not services
    if starter:
        pack = packs.starter(zone=zone)
        services = tuple(service.id for service in pack.services)
    if isinstance(mapping.service, str) and mapping.service not in services:
        allowed = ", ".join(services)[:300]
        raise BadInput("import.service_unknown", file=mapping.file, service=mapping.service, allowed=allowed)
    if starter and not only_check:
        with store.write() as tx:
            apply_pack(replace(call, operation=OperationId(f"{call.operation}.0")), tx, pack)
    return services, starter


def _write(store: Store, call: Call, histories: Sequence[History]) -> Outcome:
    if not histories:
        return Outcome()
    try:
        return _written(store, call, histories)
    except StoreUnavailable as fault:
        if fault.code != "store.locked":
            raise
    # Such as another import of the same rows at the same instant: what it took in is known by now.
    return _written(store, call, histories)


def _written(store: Store, call: Call, histories: Sequence[History]) -> Outcome:
    with store.write() as tx:
        require(call, tx, Permission.configure)
        first_person(call, tx)
        _introduce(call, tx, histories)
        return take_in(call, tx, _new(call, tx, histories))


def _look(store: Store, call: Call, histories: Sequence[History]) -> Outcome:
    """What taking in would do."""
    with store.read() as tx:
        known = _known(tx, histories)
        fresh = [foreign for foreign in _new(call, tx, histories) if foreign.rows]
    imported = sum(foreign.number not in known for foreign in fresh)
    return Outcome(imported, len(fresh) - imported, len(histories) - len(fresh))


def _new(call: Call, tx: Transaction, histories: Sequence[History]) -> tuple[ForeignTicket, ...]:
    known = _known(tx, histories)
    return tuple(to_take_in(history, known.get(history.number), call.at) for history in histories)


def _known(tx: Transaction, histories: Sequence[History]) -> dict[str, Known]:
    """What the journal has of these tickets; facts only where a row is new, for nobody else compares."""
    if not histories:
        return {}
    rows = tx.journal.imported_rows(histories[0].system, [history.number for history in histories])
    known: dict[str, Known] = {}
    for history in histories:
        if history.number in rows:
            ticket, hashes = rows[history.number]
            new = any(row.hash not in hashes for row in history.rows)
            known[history.number] = Known(hashes, tx.journal.of_ticket(ticket) if new else ())
    return known


def _introduce(call: Call, tx: Transaction, histories: Iterable[History]) -> None:
    """People, teams and authorities that the file names and the store has not met yet."""
    casts = [history.cast for history in histories]
    here: set[str] = {team.id for team in tx.definitions.teams()}
    for kind, met in (
        (AuthorityKind.internal, {named for cast in casts for named in cast.teams}),
        (AuthorityKind.external, {named for cast in casts for named in cast.authorities}),
    ):
        for named in _unmet(met, here):
            _put(call, tx, Team(TeamId(named.id), named.name, kind))
            here.add(named.id)
    people = {named for cast in casts for named in cast.people}
    for named in _unmet(people, {person.id for person in tx.definitions.people()}):
        _put(call, tx, Person(PersonId(named.id), named.name, may_be_on_call=False))


def _unmet(met: Iterable[Named], here: Collection[str]) -> list[Named]:
    """One name for each id that is not here, in a fixed order."""
    found = sorted(met, key=lambda one: (one.id, one.name))
    return list({named.id: named for named in found if named.id not in here}.values())


def _put(call: Call, tx: Transaction, value: Person | Team) -> None:
    version = tx.definitions.put(value.id, value)
    tx.journal.append_definition(call, type(value).__name__.lower(), value.id, version)


def _batches(found: Iterator[Found]) -> Iterator[list[Found]]:
    while batch := list(islice(found, BATCH)):
        yield batch


def _add(summary: Summary, outcome: Outcome, refused: Sequence[RowFault], *, tickets: int) -> Summary:
    rejected = [RowFault(each.line, "", each.number, each.fault.code, each.fault.params) for each in outcome.rejected]
    faults = (*summary.faults, *sorted((*refused, *rejected), key=lambda fault: fault.line))
    return replace(
        summary,
        imported=summary.imported + outcome.imported,
        updated=summary.updated + outcome.updated,
        unchanged=summary.unchanged + outcome.unchanged,
        refused=summary.refused + tickets + len(rejected),
        refused_rows=summary.refused_rows + len(refused) + len(rejected),
        faults=faults[:KEPT_FAULTS],
    )
