"""What came from other calendars: into the review list, and from there into force or away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from supporttui.domain.access import Permission
from supporttui.domain.exchange import holidays
from supporttui.domain.exchange.review import Entry, Found, Receiver, Verdict
from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.ids import CalendarId, PersonId
from supporttui.domain.rota.absence import Absence, AbsenceKind
from supporttui.domain.sla.calendars import Calendar
from supporttui.domain.spans import Instant, Span
from supporttui.domain.text import fold
from supporttui.usecases.access import require
from supporttui.usecases.definitions.defining import Pack, define
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.replay import refold
from supporttui.usecases.rota.away import take_in_absences
from supporttui.usecases.rota.rights import require_own
from supporttui.usecases.rules import in_force


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import brought."""

    new: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    """They were known, and are to be looked at again."""
    known: int
    """Waiting, decided or in force already."""
    withdrawn: tuple[Entry, ...]
    """Waiting ones that the source no longer has: they are off the list."""
    left: tuple[Entry, ...]
    """Accepted ones that the source no longer has: they stay in force until somebody takes them back."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a source says about a span of time, for a calendar or a person."""

    receiver: Receiver
    key: str
    zone: str
    source: str
    window: Span
    found: tuple[Found, ...]
    kind: AbsenceKind = AbsenceKind.leave


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of entries."""

    entries: tuple[Entry, ...]
    calendars: Mapping[str, int]
    """The number of the new version of each calendar that changed."""
    absences: int


def take_in(call: Call, tx: Transaction, delivery: Delivery, *, write: bool = True) -> Taken:
    """Put what a source says on the review list, where it counts for nothing yet. Doing it again changes nothing.

    Raises:
        Forbidden: ``access.denied``, ``access.unknown_person``, ``rota.not_yours``.
        NotFound: ``calendar.unknown``, ``person.unknown``.
    """
    _require(call, tx, delivery.receiver, delivery.key)
    if write:
        tx.rotas.hold()  # whoever takes something in at the same time comes before or after
    known = {one.id: one for one in tx.exchange.entries(receiver=delivery.receiver, key=delivery.key)}
    wanted = [_entry(call, delivery, one) for one in delivery.found]
    here = {_likeness(one) for one in known.values() if one.verdict is not Verdict.gone}
    fresh = (one for one in wanted if _is_new(known.get(one.id)))
    new = tuple(one for one in fresh if not (_likeness(one) in here or _in_force(tx, one, call.at)))
    changed = tuple(_again(known[one.id], one) for one in wanted if _changed(known.get(one.id), one))
    missing = [one for one in known.values() if _misses(delivery, one, {one.id for one in wanted})]
    withdrawn = tuple(replace(one, verdict=Verdict.gone) for one in missing if one.verdict is Verdict.pending)
    left = tuple(one for one in missing if one.verdict is Verdict.accepted)
    if write:
        tx.exchange.put_entries([*new, *changed, *withdrawn])
    return Taken(new, changed, len(wanted) - len(new) - len(changed), withdrawn, left)


def waiting(tx: Transaction) -> tuple[Entry, ...]:
    """What nobody has decided about yet, by time."""
    return tx.exchange.entries(Verdict.pending)


def decide(call: Call, tx: Transaction, ids: Iterable[str], *, accept: bool) -> Decided:
    """Let entries count from now on, or not; all of them, or none where one of them cannot be.

    Holidays make one new version of each calendar. What was accepted in an earlier form stays as it is where the
    new form is rejected.

    Raises:
        NotFound: ``review.unknown``, ``calendar.unknown``, ``person.unknown``.
        Refused: ``review.decided``; ``operation.known``.
        Forbidden: as ``take_in``.
    """
    wanted = _wanted(tx, ids)
    for receiver, key in dict.fromkeys((one.receiver, one.key) for one in wanted):
        _require(call, tx, receiver, key)
    verdict = Verdict.accepted if accept else Verdict.rejected
    decided = [replace(one, verdict=verdict, decided_by=call.actor, decided_at=call.at) for one in wanted]
    made: dict[str, int] = {}
    absences = 0
    if accept:
        persons = [one.absence for one in decided if one.receiver is Receiver.person]
        absences = take_in_absences(call, tx, persons) if persons else 0
        decided, made = _into_calendars(call, tx, decided)
    tx.exchange.put_entries(decided)
    return Decided(tuple(decided), made, absences)


def foretold(tx: Transaction, ids: Iterable[str], now: Instant) -> tuple[Pack, tuple[Absence, ...]]:
    """What accepting entries would define from now on, and who would be away. Raises as ``decide``, but of rights."""
    wanted = _wanted(tx, ids)
    calendars = (holidays.with_entries(_calendar(tx, key, now), mine)[0] for key, mine in _by_calendar(wanted).items())
    away = tuple(one.absence for one in wanted if one.receiver is Receiver.person)
    return Pack("review", calendars=tuple(calendars)), away


# --- into the list ------------------------------------------------------------------------------------


def _require(call: Call, tx: Transaction, receiver: Receiver, key: str) -> None:
    if receiver is Receiver.person:
        require_own(call, tx, PersonId(key))
        if all(person.id != key for person in tx.definitions.people()):
            raise NotFound("person.unknown", person=key[:60])
        return
    require(call, tx, Permission.configure)
    _calendar(tx, key, call.at)


def _calendar(tx: Transaction, key: str, at: Instant) -> Calendar:
    holds = in_force(tx.definitions.calendars().get(CalendarId(key), ()), at)
    if holds is None:
        raise NotFound("calendar.unknown", calendar=key[:60])
    return holds.value


def _entry(call: Call, delivery: Delivery, found: Found) -> Entry:
    place = f"{delivery.receiver.value}/{delivery.key}/{found.uid}"
    return Entry(
        sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:32], delivery.receiver, delivery.key, found.name,
        found.start, found.end, delivery.zone, delivery.source, kind=delivery.kind, found_at=call.at,
    )  # fmt: skip


def _is_new(known: Entry | None) -> bool:
    return known is None or known.verdict is Verdict.gone


def _changed(known: Entry | None, wanted: Entry) -> bool:
    return not _is_new(known) and known is not None and _likeness(known) != _likeness(wanted)


def _again(known: Entry, wanted: Entry) -> Entry:
    """Nobody decided about it in this form."""
    return replace(wanted, made=known.made)


def _likeness(entry: Entry) -> tuple[int, int, str]:
    """What makes entries of two sources the same."""
    return entry.start, entry.end, fold(entry.name.strip())


def _in_force(tx: Transaction, entry: Entry, at: Instant) -> bool:
    """Whether the calendar has such a holiday, or the person such an absence, wherever it came from."""
    if entry.receiver is Receiver.calendar:
        return holidays.has(_calendar(tx, entry.key, at), entry)
    there = tx.rotas.absences(entry.start, entry.end, person=PersonId(entry.key))
    return any(one.span == entry.span for one in there)


def _misses(delivery: Delivery, entry: Entry, found: set[str]) -> bool:
    """Whether the same source said this once, and now says nothing of it."""
    inside = delivery.window.start <= entry.start and entry.end <= delivery.window.end
    return entry.source == delivery.source and entry.id not in found and inside


# --- into force ---------------------------------------------------------------------------------------


def _wanted(tx: Transaction, ids: Iterable[str]) -> list[Entry]:
    known = {one.id: one for one in tx.exchange.entries()}
    found = []
    for key in dict.fromkeys(ids):
        if key not in known:
            raise NotFound("review.unknown", entry=key[:60])
        if known[key].verdict not in (Verdict.pending, Verdict.rejected):
            raise Refused("review.decided", entry=known[key].name[:60] or key[:8], verdict=known[key].verdict.value)
        found.append(known[key])
    return found


def _into_calendars(call: Call, tx: Transaction, entries: Sequence[Entry]) -> tuple[list[Entry], dict[str, int]]:
    """Into the version that holds now, and into each that is to begin later."""
    told = {one.id: one for one in entries}
    made: dict[str, int] = {}
    for key, mine in _by_calendar(entries).items():
        for begins, before in _standing(tx, key, call.at):
            after, with_made = holidays.with_entries(before, mine)
            if begins == call.at:
                told.update({one.id: one for one in with_made})
            if after != before:
                version = define(call, tx, key, after, valid_from=begins)
                made.setdefault(key, version)
    if made:
        refold(call, tx)
    return list(told.values()), made


def _by_calendar(entries: Iterable[Entry]) -> Mapping[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for one in entries:
        if one.receiver is Receiver.calendar:
            found.setdefault(one.key, []).append(one)
    return found


def _standing(tx: Transaction, key: str, at: Instant) -> list[tuple[Instant, Calendar]]:
    """What holds at an instant, and what begins after it: from when, and what."""
    versions = tx.definitions.calendars().get(CalendarId(key), ())
    later = {one.valid_from: one.value for one in versions if one.valid_from is not None and one.valid_from > at}
    return [(at, _calendar(tx, key, at)), *sorted(later.items(), key=lambda pair: pair[0])]
