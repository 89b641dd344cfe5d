"""Attention beside priority: to raise it, to take it back, to count who asks again; and what it displaces.

``version`` is the one the person saw when the key was pressed; ``None`` takes the ticket as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from supporttui.domain import attention as rules
from supporttui.domain.events import AttentionLowered, AttentionRaised, Fact
from supporttui.domain.faults import BadInput
from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.priorities import Level, Priority, PriorityMatrix
from supporttui.domain.queue import And, Op, QueueRow, SortBy, Term, counted
from supporttui.domain.sla.timer import SortBucket
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.real import real
from supporttui.usecases.record import record, to_work_on
from supporttui.usecases.rules import rules_of

MOST = 200
"""Tickets that are looked at for what would be displaced, and rows of the review."""
SOON = 3600
"""Seconds within which what falls due would be displaced."""
A_YEAR = 365 * 86_400
_OPEN = Term("is", Op.eq, ("open",))


def chase(
    call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, text: str = "", asker: str = ""
) -> Ticket:
    """The requester, or ``asker``, asked what becomes of it; it is counted, and may be a criterion to escalate.

    Raises:
        Refused: ``ticket.not_open``.
    """
    found = to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.chase(found, by=asker.strip(), text=text.strip()))


def attend(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    reason: str = "",
    impact: Level | None = None,
    level: str = "1",
    until: Instant | None = None,
    asker: str = "",
) -> Ticket:
    """Raise the attention until an instant, a day where none is given. Priority and promises stay.

    Raises:
        BadInput: ``attention.level``; ``priority.level`` for an impact outside the matrix.
        Refused: ``ticket.not_open``, or as ``attention.raised`` of the domain does.
    """
    found = to_work_on(call, tx, ticket, version)
    if impact is not None:
        _must_be_known(tx, found, impact)
    end = Instant(call.at + rules.LASTS) if until is None else until
    number = int(level) if level.isdecimal() else 0
    events = rules.raised(found, number, impact=impact, reason=reason, until=end, at=call.at, by=asker.strip())
    return record(call, tx, found, events)


def _must_be_known(tx: Transaction, ticket: Ticket, impact: Level) -> None:
    known = rules_of(tx)
    matrix = known.matrix(known.service(ticket), ticket.created_at) or PriorityMatrix()
    if not 1 <= impact <= len(matrix.rows):
        raise BadInput("priority.level", impact=impact, urgency=ticket.urgency)


def deescalate(
    call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, reason: str = "", verdict: str = ""
) -> Ticket:
    """Take the attention back, with a reason; a ``verdict`` of ``inflated``: the impact was less than stated.

    Raises:
        Refused: ``attention.none`` or ``attention.reason_missing``.
    """
    found = to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.lowered(found, reason=reason, inflated=verdict == "inflated"))


# --- what it costs, and whether it was worth it ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Displaced:
    """What more pressing work of the same team falls due soon, and so would wait."""

    priorities: Mapping[Priority, int]
    """Priority → how many tickets, the most pressing first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How often somebody had attention raised, and how often the impact was found to be less than stated."""

    by: str
    raised: int
    inflated: int


@dataclass(frozen=True, slots=True)
class Review:
    """The tickets with raised attention, and who asked for it in the last year."""

    tickets: tuple[Ticket, ...]
    """What ran out and was not looked at is among them; those to look at first come first."""
    asked: tuple[Asked, ...]
    now: Instant
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cost:
    """What is to be known before attention is raised."""

    ticket: Ticket
    displaced: Displaced
    asked: tuple[Asked, ...]
    """Who asked for attention in the last year, and how it was found."""
    names: Mapping[str, str]

    def asker(self, wanted: str) -> Asked | None:
        """The record of somebody by key or name; ``None``: they have none."""
        key = wanted.strip().casefold()
        known = (one for one in self.asked if key in (one.by.casefold(), self.names.get(one.by, "").casefold()))
        return next(known, None) if key else None


def cost(tx: Transaction, ticket: TicketId, now: Instant) -> Cost:
    """What more attention for a ticket would displace, and who asked for it before.

    Raises:
        NotFound: ``ticket.unknown``.
    """
    found = tx.tickets.get(ticket)
    return Cost(found, displaced(tx, ticket, now), _asked(_of_the_year(tx, now)), rules_of(tx).names())


def displaced(tx: Transaction, ticket: TicketId, now: Instant) -> Displaced:
    """More pressing open tickets of its team that fall due within the next hour, or are late."""
    found = tx.tickets.get(ticket)
    query = And((_OPEN, Term("team", Op.eq, (found.team,)), Term("priority", Op.lt, (found.priority,))))
    rows = tx.tickets.page(counted(query), now=now, me=None, sort=SortBy.sla, limit=MOST)
    counts: dict[Priority, int] = {}
    for row in rows:
        if row.id != ticket and _falls_soon(row, now):
            counts[row.priority] = counts.get(row.priority, 0) + 1
    return Displaced(dict(sorted(counts.items())))


def _falls_soon(row: QueueRow, now: Instant) -> bool:
    return row.sort.bucket is SortBucket.due and row.sort.key <= now + SOON


def review(tx: Transaction, now: Instant) -> Review:
    """What has raised attention, the soonest end first, and who asked for it how often."""
    asked_for = And((_OPEN, Term("attention", Op.gt, (0,))))
    rows = tx.tickets.page(counted(asked_for), now=now, me=None, sort=SortBy.number, limit=MOST)
    tickets = sorted((tx.tickets.get(row.id) for row in rows), key=lambda one: (one.attention_until or 0, one.id))
    return Review(tuple(tickets), _asked(_of_the_year(tx, now)), now, rules_of(tx).names())


def _of_the_year(tx: Transaction, now: Instant) -> Sequence[Fact]:
    return real(tx, tx.journal.of_kinds(("attention", "attention_end"), since=Instant(now - A_YEAR)))


def _asked(facts: Sequence[Fact]) -> tuple[Asked, ...]:
    """By who asked for it, or else who raised it."""
    by: dict[TicketId, str] = {}
    raised: dict[str, int] = {}
    inflated: dict[str, int] = {}
    for who, event in _told(facts, by):
        counted = raised if isinstance(event, AttentionRaised) else inflated
        counted[who] = counted.get(who, 0) + 1
    return tuple(
        Asked(who, raised[who], inflated.get(who, 0))
        for who in sorted(raised, key=lambda who: (-inflated.get(who, 0), -raised[who], who))
    )


def _told(facts: Sequence[Fact], by: dict[TicketId, str]) -> Iterator[tuple[str, AttentionRaised | AttentionLowered]]:
    for fact in facts:
        if isinstance(fact.event, AttentionRaised):
            by[fact.ticket] = fact.event.by or PersonId(fact.actor)
            yield by[fact.ticket], fact.event
        elif isinstance(fact.event, AttentionLowered) and fact.event.inflated and fact.ticket in by:
            yield by[fact.ticket], fact.event
