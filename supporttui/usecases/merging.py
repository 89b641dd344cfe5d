"""Another database's tickets into one that is in use: by operation and by foreign key, and never twice.

A fact is the same where its operation and its place in it are the same. A ticket is the same where a fact of it is,
or where both took in the same foreign ticket. What both know stays; what only the other knows is added, and the ticket
is what all of its facts say. What the site has agreed is only added to: where both differ, ours stays.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from supporttui.domain.access import Permission
from supporttui.domain.events import Event, Fact, Imported, Merged, MergedIn, Opened, Referenced, Related
from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.ids import OperationId, TicketId
from supporttui.domain.site import KEPT
from supporttui.domain.tickets import Ticket
from supporttui.usecases.access import require
from supporttui.usecases.archive import Carried, PlainRow
from supporttui.usecases.ports import Call, Notice, NoticeState, Transaction
from supporttui.usecases.record import keep, refolded
from supporttui.usecases.replay import refold
from supporttui.usecases.rules import rules_of

BATCH = 200
"""Tickets in one transaction: short enough to let others write in between."""
HELD = "restored"
"""Error of a notice that had not left there: it does not leave here either, for it may leave there."""
_WAITS = frozenset({NoticeState.pending, NoticeState.sending, NoticeState.failed, NoticeState.bundled})

Placed = tuple[Fact, int]
"""A fact, and its place in its operation."""
Numbers = Mapping[TicketId, TicketId]
"""Number of a ticket there → its number here."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A ticket that was refused whole; nothing of it is here that was not here before."""

    ticket: TicketId
    """Its number there."""
    fault: Refused | NotFound


@dataclass(frozen=True, slots=True)
class Agreed:
    """What became of definitions, settings, overrides and views."""

    added: int = 0
    kept: int = 0
    """Differ; ours stays."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of tickets; each is counted once."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: tuple[Rejected, ...] = ()
    renumbered: Mapping[TicketId, TicketId] = field(default_factory=dict)
    """New here, under another number than there."""


def is_empty(tx: Transaction) -> bool:
    """Whether a database holds nothing that a snapshot could be in the way of."""
    is_named = bool(tx.definitions.site().keys() - KEPT)
    return not is_named and not any(tx.archive.count(kind) for kind in (Carried.fact, Carried.definition))


# --- what the site has agreed -------------------------------------------------------------------------


def agree(call: Call, source: Transaction, target: Transaction, *, write: bool = True) -> Agreed:
    """Add what is agreed there and unknown here.

    Raises:
        Forbidden: ``access.denied`` or ``access.unknown_person``.
    """
    require(call, target, Permission.configure)
    found = Agreed()
    for kind, keys in _KEYS.items():
        new, kept = _difference(_by_key(source, kind, keys), _by_key(target, kind, keys))
        found = Agreed(found.added + len(new), found.kept + kept)
        if write and new:
            _put(call, target, kind, new)
    if write and found.added:
        refold(call, target)
    return found


_KEYS: Mapping[Carried, tuple[str, ...]] = {
    Carried.site: ("name",),
    Carried.definition: ("kind", "key"),
    Carried.override: ("rota", "id"),
    Carried.swap: ("id",),
    Carried.absence: ("id",),
    Carried.pinned: ("rota", "id"),
    Carried.duty: ("rota", "level"),
    Carried.published: ("rota", "person", "level"),
    Carried.entry: ("id",),
    Carried.view: ("owner", "key"),
}
"""What tells one thing from another; the recorded duty of a line of support goes on, or is another one."""


def _by_key(tx: Transaction, kind: Carried, keys: Sequence[str]) -> dict[tuple[object, ...], list[PlainRow]]:
    """The versions of everything, oldest first."""
    found: dict[tuple[object, ...], list[PlainRow]] = {}
    last = None
    while rows := tx.archive.rows(kind, after=last, most=BATCH):
        for row in rows:
            if kind is Carried.site and row["name"] in KEPT:
                continue  # each database counts by the rules, and the clock, that it has
            found.setdefault(tuple(row[key] for key in keys), []).append(row)
        last = rows[-1]
    return found


def _difference(
    theirs: Mapping[tuple[object, ...], Sequence[PlainRow]], ours: Mapping[tuple[object, ...], Sequence[PlainRow]]
) -> tuple[list[PlainRow], int]:
    """Rows to add: all versions of what is unknown, later ones of what is the same so far; and how many differ."""
    new: list[PlainRow] = []
    kept = 0
    for key, versions in theirs.items():
        known = ours.get(key, ())
        if list(versions[: len(known)]) == list(known):
            new += versions[len(known) :]
        elif list(versions) != list(known[: len(versions)]):
            kept += 1
    return new, kept


def _put(call: Call, target: Transaction, kind: Carried, rows: Sequence[PlainRow]) -> None:
    target.archive.put(kind, rows)
    if kind is not Carried.definition:
        return
    for row in rows:
        target.journal.append_definition(call, row["kind"], row["key"], row["version"])
    target.archive.join_people()


# --- which ticket is which ----------------------------------------------------------------------------


def match(source: Transaction, target: Transaction) -> dict[TicketId, TicketId]:
    """The tickets there that are known here."""
    found: dict[TicketId, TicketId] = {}
    for numbers in _batches(source):
        stories = {number: source.journal.parts(number) for number in numbers}
        operations = sorted({fact.operation for story in stories.values() for fact, _ in story})
        known = target.journal.known_parts(operations)
        for number, story in stories.items():
            here = next((known[key] for key in _places(story) if known.get(key) is not None), None)
            here = _taken_in(target, story) if here is None else here
            if here is not None:
                found[number] = here
    return found


def _batches(source: Transaction) -> Iterator[tuple[TicketId, ...]]:
    last = TicketId(0)
    while numbers := source.archive.tickets(after=last, most=BATCH):
        yield numbers
        last = numbers[-1]


def _places(story: Sequence[Placed]) -> Iterator[tuple[OperationId, int]]:
    return ((fact.operation, part) for fact, part in story)


def _taken_in(target: Transaction, story: Sequence[Placed]) -> TicketId | None:
    """Our ticket of the same foreign number."""
    for fact, _ in story:
        if isinstance(fact.event, Imported):
            rows = target.journal.imported_rows(fact.event.system, [fact.event.number])
            if fact.event.number in rows:
                return rows[fact.event.number][0]
    return None


def number(source: Transaction, target: Transaction, known: Numbers) -> dict[TicketId, TicketId]:
    """A number here for every ticket there: a known one its own, a new one the same if it is free, else the next."""
    numbers = dict(known)
    taken = set(known.values())
    for batch in _batches(source):
        new = [one for one in batch if one not in known]
        taken |= {TicketId(row.id) for row in target.tickets.rows(new)}
        free = [one for one in new if one not in taken]
        numbers |= dict(zip(free, free, strict=True))
    if numbers:
        target.archive.reserve(max(numbers.values()))
    for batch in _batches(source):
        numbers |= {one: target.tickets.new_id() for one in batch if one not in numbers}
    return numbers


# --- tickets ------------------------------------------------------------------------------------------


def merge(call: Call, source: Transaction, target: Transaction, batch: Sequence[TicketId], numbers: Numbers) -> Outcome:
    """Add what is known there of these tickets and not here, each whole or not at all; nobody is told.

    Raises:
        Forbidden: ``access.denied`` or ``access.unknown_person``.
    """
    require(call, target, Permission.configure)
    imported = updated = unchanged = 0
    rejected: list[Rejected] = []
    moved: dict[TicketId, TicketId] = {}
    for there in batch:
        try:
            before, after = _merge_one(source, target, there, numbers)
        except (Refused, NotFound) as fault:
            rejected.append(Rejected(there, fault))
            continue
        imported += before is None
        updated += before is not None and after is not None
        unchanged += before is not None and after is None
        if before is None and numbers[there] != there:
            moved[there] = numbers[there]
    return Outcome(imported, updated, unchanged, tuple(rejected), moved)


def compare(source: Transaction, target: Transaction, batch: Sequence[TicketId], known: Numbers) -> Outcome:
    """What ``merge`` would do, as far as it can be told without writing."""
    imported = updated = 0
    for there in batch:
        if there not in known:
            imported += 1
        else:
            updated += bool(_new(target, source.journal.parts(there), known[there], known))
    return Outcome(imported, updated, len(batch) - imported - updated)


def _merge_one(
    source: Transaction, target: Transaction, there: TicketId, numbers: Numbers
) -> tuple[Ticket | None, Ticket | None]:
    """The ticket here before, if there was one, and after, if anything is new."""
    here, story = numbers[there], source.journal.parts(there)
    before = target.tickets.get(here) if target.tickets.rows([here]) else None
    new = _new(target, story, here, numbers) if before else [_here(placed, here, numbers) for placed in story]
    if not new:
        return before, None
    facts = [*target.journal.of_ticket(here), *(fact for fact, _ in new)]
    version = before.version if before else len({fact.operation for fact in facts})
    ticket = refolded(facts, version=version)
    with target.attempt():
        keep(target, before, ticket, facts=facts, rules=rules_of(target), now=target.now())
        target.marks.skip(here, target.tickets.timers(here), target.now())
        target.journal.adopt(new)
        target.outbox.add([_held(notice, there, here) for notice in source.outbox.of_ticket(there)])
    return before, ticket


def _new(target: Transaction, story: Sequence[Placed], here: TicketId, numbers: Numbers) -> list[Placed]:
    """The facts that are not here, as they will be here."""
    known = target.journal.known_parts(sorted({fact.operation for fact, _ in story}))
    ours = any(known.get(place) is not None for place in _places(story))
    found: list[Placed] = []
    for taken, group in groupby(_rows(story), key=lambda entry: entry[0]):
        if taken is None or not _is_known(target, taken):
            found += [placed for _, placed in group if ours or not _opens(placed[0].event, taken)]
    return [_here((fact, part), here, numbers) for fact, part in found if (fact.operation, part) not in known]


def _rows(story: Sequence[Placed]) -> Iterator[tuple[Imported | None, Placed]]:
    """Each fact with the row of a foreign log that brought it, if one did: its mark follows its events."""
    waiting: list[Placed] = []
    for fact, part in story:
        if waiting and waiting[0][0].operation != fact.operation:
            yield from ((None, placed) for placed in waiting)
            waiting = []
        waiting.append((fact, part))
        if isinstance(fact.event, Imported):
            yield from ((fact.event, placed) for placed in waiting)
            waiting = []
    yield from ((None, placed) for placed in waiting)


def _is_known(target: Transaction, taken: Imported) -> bool:
    rows = target.journal.imported_rows(taken.system, [taken.number])
    return taken.number in rows and taken.row in rows[taken.number][1]


def _opens(event: Event, taken: Imported | None) -> bool:
    """Whether it is the beginning of a ticket that began here, too."""
    if isinstance(event, Referenced) and taken is not None:
        return (event.system, event.key) == (taken.system, taken.number)
    return isinstance(event, Opened)


def _here(placed: Placed, here: TicketId, numbers: Numbers) -> Placed:
    fact, part = placed
    return replace(fact, ticket=here, seq=0, event=_renumbered(fact.event, numbers)), part


def _renumbered(event: Event, numbers: Numbers) -> Event:
    """With the numbers that other tickets have here."""
    match event:
        case Related(other):
            return replace(event, other=numbers.get(other, other))
        case Merged(into):
            return Merged(numbers.get(into, into))
        case MergedIn(source, opened):
            return MergedIn(numbers.get(source, source), opened)
        case _:
            return event


def _held(notice: Notice, there: TicketId, here: TicketId) -> Notice:
    waits = notice.state in _WAITS
    return replace(
        notice,
        ticket=here,
        key=notice.key.replace(f":{there}:", f":{here}:", 1),
        state=NoticeState.held if waits else notice.state,
        error=HELD if waits else notice.error,
        bundle="" if waits else notice.bundle,
    )
