"""Major incidents: begun, given roles, told of, ended; each with its log, and all of them as a list.

``version`` is the one the person saw when the key was pressed; ``None`` takes the ticket as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from supporttui.domain import major as rules
from supporttui.domain import promises
from supporttui.domain.access import Permission
from supporttui.domain.events import Fact, MajorEnded, MajorStarted
from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.states import MajorEntry, MajorRole
from supporttui.domain.tickets import Ticket
from supporttui.domain.undoing import taken_back
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.record import record, to_work_on
from supporttui.usecases.rules import rules_of

BACK = 3 * 365 * 86_400
"""Seconds for which the list goes back."""


def start(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    every: int = rules.USUAL_MINUTES,
    commander: PersonId | None = None,
    communication: PersonId | None = None,
    scribe: PersonId | None = None,
) -> Ticket:
    """Run it as a major incident; the next communication is promised in ``every`` minutes. Of a drill: an exercise.

    Raises:
        BadInput: ``major.every``.
        NotFound: ``person.unknown``.
        Refused: ``ticket.not_open`` or ``major.running``.
    """
    found = to_work_on(call, tx, ticket, version, permission=Permission.escalate)
    who = commander or PersonId(call.actor)
    _must_be_known(tx, who, communication, scribe)
    begun = rules.start(found, commander=who, minutes=every, communication=communication, scribe=scribe)
    until, known = Instant(call.at + every * 60), found.promised
    sooner = known is not None and known.until <= until
    told = () if sooner else promises.promise(found, until=until, by=communication or who, text="", at=call.at)
    return record(call, tx, found, (*begun, *told))


def give(
    call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, role: str, person: PersonId
) -> Ticket:  # fmt: skip
    """Somebody takes a role in it.

    Raises:
        NotFound: ``person.unknown``.
        Refused: ``major.none`` or ``major.same_role``.
    """
    found = to_work_on(call, tx, ticket, version)
    _must_be_known(tx, person)
    return record(call, tx, found, rules.give(found, MajorRole(role), person))


def say(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, text: str) -> Ticket:
    """It was told how it stands, and to whom; the next time is promised by its cadence.

    Raises:
        Refused: ``major.none`` or ``text.empty``.
    """
    found = to_work_on(call, tx, ticket, version)
    told = rules.log(found, MajorEntry.said, text)
    at = Instant(max(call.at, found.updated_at))
    return record(call, tx, found, (*told, *promises.again(found, by=PersonId(call.actor), at=at)))


def degrade(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, text: str) -> Ticket:
    """What works only in part, or another way, until it is over.

    Raises:
        Refused: ``major.none`` or ``text.empty``.
    """
    found = to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.log(found, MajorEntry.degraded, text))


def end(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, text: str = "") -> Ticket:
    """It is a ticket like others again; its state stays.

    Raises:
        Refused: ``major.none``.
    """
    found = to_work_on(call, tx, ticket, version, permission=Permission.escalate)
    return record(call, tx, found, rules.end(found, text))


def _must_be_known(tx: Transaction, *people: PersonId | None) -> None:
    known = rules_of(tx).people
    for person in people:
        if person is not None and person not in known:
            raise NotFound("person.unknown", person=person)


# --- to be read -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Log:
    """One major incident as it stands, and what happened in it, oldest first."""

    ticket: Ticket
    facts: tuple[Fact, ...]
    names: Mapping[str, str]
    now: Instant


@dataclass(frozen=True, slots=True)
class Listed:
    """Every major incident of the last years, the newest first; exercises among them, marked as such."""

    tickets: tuple[Ticket, ...]
    names: Mapping[str, str]
    now: Instant


def log(tx: Transaction, ticket: TicketId, now: Instant) -> Log:
    """From its beginning to its end, or to now: everything that was done to the ticket, by whom.

    Raises:
        NotFound: ``ticket.unknown``.
        Refused: ``major.none``.
    """
    found = tx.tickets.get(ticket)
    if found.major is None:
        raise Refused("major.none", ticket=ticket)
    facts = tx.journal.of_ticket(ticket)
    undone = taken_back(facts)
    standing = [fact for fact in facts if fact.operation not in undone]
    begun = [place for place, fact in enumerate(standing) if isinstance(fact.event, MajorStarted)]
    since = standing[begun[-1] if begun else 0 :]
    over = next((place for place, fact in enumerate(since) if isinstance(fact.event, MajorEnded)), len(since))
    return Log(found, tuple(since[: over + 1]), rules_of(tx).names(), now)


def listed(tx: Transaction, now: Instant) -> Listed:
    """Those that began in the last years and were not taken back."""
    facts = tx.journal.of_kinds(("major",), since=Instant(now - BACK))
    numbers = dict.fromkeys(fact.ticket for fact in reversed(facts))
    tickets = tuple(one for number in numbers if (one := tx.tickets.get(number)).major is not None)
    return Listed(tickets, rules_of(tx).names(), now)
