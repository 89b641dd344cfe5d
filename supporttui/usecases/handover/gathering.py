"""What a shift has to give, read from the database: tickets, periods, entries of calendars, faults of the engine."""

from collections.abc import Iterator, Sequence

from supporttui.domain.exchange.review import Verdict
from supporttui.domain.filter.spelling import term_text
from supporttui.domain.handover.filling import TOP, Known, beyond, falls_to, in_order, items, promised
from supporttui.domain.handover.handover import Handover, Item, Joint, Reason, ReasonKind
from supporttui.domain.ids import ServiceId, TicketId
from supporttui.domain.periods.period import PeriodKind
from supporttui.domain.periods.plan import Occurrence
from supporttui.domain.queue import And, Node, Op, Or, SortBy, Term, counted
from supporttui.domain.spans import Instant, Span
from supporttui.domain.states import EscalationState
from supporttui.usecases.handover.standing import Duties
from supporttui.usecases.ports import Transaction

MOST = 1000
"""Tickets that are looked at, the most important first."""
COUNTED = 100_000
"""Those beyond them are counted so far and no further."""
DAY = 86_400
SILENT = 30
"""After so many seconds without a sign of life the watch is said to be silent."""
_OPEN = Term("is", Op.eq, ("open",))
_GIVEN_UP = ("dead", "held")
"""States of notices that will not leave by themselves."""


def gather(duties: Duties, handover: Handover, drafts: Sequence[Item] = ()) -> tuple[Item, ...]:
    """Every item of a handover as it is now; ``drafts`` are those of whoever looks, which only their desk knows."""
    tx, now, joint = duties.rules.tx, duties.now, handover.joint
    asked = _asked(joint, duties.services(joint), duties.rules.outside)
    numbers = _numbers(duties, joint, asked)
    return in_order(
        (
            *items(_tickets(duties, joint, numbers), joint, now),
            *_beyond(duties, joint, asked, len(numbers)),
            *promised(handover.promises),
            *_periods(duties, joint),
            *_entries(tx, now),
            *_faults(tx, now),
            *drafts,
        )
    )


# --- tickets ------------------------------------------------------------------------------------------


def _tickets(duties: Duties, joint: Joint, numbers: Sequence[TicketId]) -> Iterator[Known]:
    rules, tx = duties.rules, duties.rules.tx
    first, others = duties.is_first(joint), duties.others(joint)
    running = tx.escalations.running()
    asleep = (one for one in reversed(running) if one.state is EscalationState.snoozed)
    hushed = {one.ticket: one.due for one in asleep}  # of two kinds the one that goes on first
    calling = {
        one.ticket for one in running
        if one.state in (EscalationState.running, EscalationState.exhausted) and one.firing
    }  # fmt: skip
    for ticket, timers in tx.tickets.several(numbers):
        if falls_to(ticket, joint.giving, first=first, others=others):
            yield Known(
                ticket, timers if ticket.is_open else (), escalating=ticket.id in calling,
                hushed=hushed.get(ticket.id), outside=ticket.resolver in rules.outside,
            )  # fmt: skip


def _numbers(duties: Duties, joint: Joint, asked: Node) -> Sequence[TicketId]:
    """The tickets that may be of interest, once each; reminders are asked for each of those who give."""
    found: dict[TicketId, None] = {}
    for person in joint.giving:
        rows = duties.rules.tx.tickets.page(asked, now=duties.now, me=person, sort=SortBy.priority, limit=MOST)
        found |= {row.id: None for row in rows}
    return tuple(found)


def _beyond(duties: Duties, joint: Joint, asked: Node, looked_at: int) -> Iterator[Item]:
    """Where more may be of interest than were looked at: how many, and by which filter they are found."""
    if looked_at < MOST:
        return
    count = duties.rules.tx.tickets.count
    found = max(count(asked, now=duties.now, me=person, most=COUNTED) for person in joint.giving)
    services = sorted(duties.services(joint))
    where = "is:open" if not services else f"is:open {term_text('service', services)}"
    yield from beyond(found - looked_at, where)


def _asked(joint: Joint, services: frozenset[ServiceId], outside: frozenset[str]) -> Node:
    """Drills are nobody's to answer for."""
    mine = Term("owner", Op.eq, tuple(joint.giving))
    open_ones = Or(
        (
            mine,
            Term("priority", Op.le, (TOP,)),
            Term("falls", Op.lt, (joint.takes.end,)),
            *(Term("is", Op.eq, (flag,)) for flag in ("waiting", "escalated", "snoozed", "promised", "major")),
            *([Term("resolver", Op.eq, tuple(sorted(outside)))] if outside else []),
        )
    )
    told = Or((And((_OPEN, open_ones)), Term("updated", Op.ge, (joint.span.start,))))
    here = Or((mine, Term("service", Op.eq, tuple(sorted(services))))) if services else mine
    return counted(And((here, told)))


# --- what is no ticket ----------------------------------------------------------------------------------


def _periods(duties: Duties, joint: Joint) -> Iterator[Item]:
    """Freezes and one-off events that hold within a day, and whatever else begins or ends in it."""
    day = Span(duties.now, Instant(duties.now + DAY))
    services = duties.services(joint)
    for one in duties.rules.tx.definitions.plan().touching(day):
        concerned = not one.period.services or services.intersection(one.period.services)
        if concerned and _matters(one, day):
            reason = Reason(ReasonKind.period, one.whole.start, one.whole.end, one.period.kind.value)
            yield Item(f"period:{one.period.id}:{one.whole.start}", (reason,), title=one.period.name)


def _matters(one: Occurrence, day: Span) -> bool:
    turns = one.whole.start in day or one.whole.end in day
    return turns or one.period.freezes or one.period.kind is PeriodKind.event


def _entries(tx: Transaction, now: Instant) -> Iterator[Item]:
    """What other calendars say of the coming day, whether it counts already or still waits for a word."""
    day = Span(now, Instant(now + DAY))
    for one in tx.exchange.entries(Verdict.pending, Verdict.accepted):
        if day.touches(one.span):
            detail = one.key if one.verdict is Verdict.accepted else ""
            yield Item(
                f"entry:{one.id}", (Reason(ReasonKind.entry, one.start, one.end, detail),), title=one.name or one.key
            )


def _faults(tx: Transaction, now: Instant) -> Iterator[Item]:
    """What the program could not send, and a watch that nobody hears."""
    for state, count in sorted(tx.outbox.counts().items()):
        if state.value in _GIVEN_UP and count:
            yield _fault(state.value, count)
    pulse = tx.lease.pulse()
    if pulse is None:
        yield _fault("no_watch")
        return
    if now - pulse.seen > SILENT:
        yield _fault("watch_silent", at=pulse.seen)
    if pulse.troubles:
        yield _fault("trouble", len(pulse.troubles), min(one.since for one in pulse.troubles))


def _fault(code: str, count: int = 0, at: Instant | None = None) -> Item:
    return Item(f"fault:{code}", (Reason(ReasonKind.fault, at, detail=code, count=count),))


def draft_item(kind: str, ticket: TicketId | None, saved: Instant, title: str = "") -> Item:
    """A text that was typed and not sent."""
    where = "new" if ticket is None else str(ticket)
    return Item(f"draft:{where}:{kind}", (Reason(ReasonKind.draft, saved, detail=kind),), ticket, title)
