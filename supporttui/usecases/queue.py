"""Reads for the queue, the ticket screen and the status line; nothing here writes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from supporttui.domain.access import Permission, may
from supporttui.domain.hops import hops
from supporttui.domain.ids import DEFAULT_PREFIX, PersonId, ServiceId, TicketId
from supporttui.domain.people import Role
from supporttui.domain.queue import And, Op, QueueRow, SortBy, Term, counted
from supporttui.domain.services import Service
from supporttui.domain.site import TZ_VERSION
from supporttui.domain.sla.timer import SortBucket, SortKey, Timer, by_urgency, segment_of
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.domain.tickets import Ticket
from supporttui.usecases import beside, overflow
from supporttui.usecases.access import role_of
from supporttui.usecases.announcing import announced
from supporttui.usecases.deciding import to_decide
from supporttui.usecases.escalation.reading import of_ticket
from supporttui.usecases.forecast import expected
from supporttui.usecases.handover.news import news
from supporttui.usecases.items import item, names_in
from supporttui.usecases.languages import of_ticket as of_requester
from supporttui.usecases.ports import EscalationState, NoticeState, Transaction
from supporttui.usecases.real import drills_among
from supporttui.usecases.rota import who
from supporttui.usecases.rota.reading import answering
from supporttui.usecases.rules import Rules, rules_of
from supporttui.usecases.views import (
    Ask,
    NextBreach,
    Opening,
    QueueItem,
    QueuePage,
    Status,
    TicketDetail,
    TimerView,
)
from supporttui.usecases.warned import warned

MOST = 1000
"""Matches are counted up to here."""
_EVERY = 2**31
FIRST = 60
"""Rows from the head of the queue that answer most of the status line."""
_OPEN = Term("is", Op.eq, ("open",))
_COUNTED = counted(_OPEN)


def page(tx: Transaction, ask: Ask, now: Instant) -> QueuePage:
    """Part of the queue with its countdowns, never more than ``ask.limit`` rows."""
    rules = rules_of(tx)
    rows = tx.tickets.page(
        ask.query, now=now, me=ask.me, sort=ask.sort, limit=ask.limit,
        offset_row=ask.after, backwards=ask.backwards, reverse=ask.reverse,
    )  # fmt: skip
    total = tx.tickets.count(ask.query, now=now, me=ask.me, most=MOST)
    items = tuple(item(rules, row, now) for row in rows)
    return QueuePage(items, tx.journal.head(), now, total, names_in(rules, rows))


def items(tx: Transaction, tickets: Iterable[TicketId], now: Instant) -> tuple[QueueItem, ...]:
    """The rows of these tickets as they are now, open or not, in any order; unknown numbers are left out."""
    rules = rules_of(tx)
    return tuple(item(rules, row, now) for row in tx.tickets.rows(tickets))


def detail(tx: Transaction, ticket: TicketId, now: Instant) -> TicketDetail:
    """Everything about one ticket.

    Raises:
        NotFound: ``ticket.unknown``.
    """
    rules, found = rules_of(tx), tx.tickets.get(ticket)
    facts, notices = tx.journal.of_ticket(ticket), tx.outbox.of_ticket(ticket)
    row = tx.tickets.rows([ticket])[0]
    return TicketDetail(
        ticket=found,
        item=item(rules, row, now),
        timers=tuple(_timer(rules, found, timer, now) for timer in by_urgency(tx.tickets.timers(ticket))),
        facts=tuple(reversed(facts)),
        service=rules.service(found),
        team=rules.teams.get(found.team),
        escalation=of_ticket(rules, row, now),
        management=of_ticket(rules, row, now, kind=EscalationKind.hierarchical),
        notices=notices,
        names=rules.names(),
        head=tx.journal.head(),
        now=now,
        opening=_opening(rules, found, now),
        speakers=of_requester(rules, found, now),
        hops=hops(facts, now if found.resolved_at is None else found.resolved_at),
        overflow=overflow.of_ticket(rules, found, now),
        warned=warned(tx, notices),
        beside=beside.of_ticket(tx, ticket, now),
    )


def opening(tx: Transaction, service: ServiceId, now: Instant) -> Opening:
    """Whether a service is open, and when that changes.

    Raises:
        NotFound: ``service.unknown``.
    """
    rules = rules_of(tx)
    return opening_of(rules, rules.known_service(service), now)


_STILL = (EscalationState.acknowledged, EscalationState.snoozed)
"""Escalations that need nobody's answer now."""


def status(tx: Transaction, now: Instant, me: PersonId | None = None) -> Status:
    """The first line of every screen, from few rows however long the queue is."""
    rules, site = rules_of(tx), tx.definitions.site()
    role = Role.admin if me is None else role_of(tx, me)
    first = tx.tickets.page(_COUNTED, now=now, me=me, sort=SortBy.sla, limit=FIRST)
    notices = tx.outbox.counts()
    return Status(
        site=site.get("name", ""),
        zone=site.get("zone", "UTC"),
        prefix=site.get("prefix", DEFAULT_PREFIX),
        on_call=tuple(map(answering, who(tx, now))),
        next_breach=_next_breach(rules, first, now),
        open=tx.tickets.count(_COUNTED, now=now, me=me, most=MOST),
        breached=_breached(tx, first, now),
        running=_running(tx, now),
        watch=tx.lease.pulse(),
        outbox_dead=notices.get(NoticeState.dead, 0),
        outbox_held=notices.get(NoticeState.held, 0),
        head=tx.journal.head(),
        now=now,
        names=rules.names(),
        me=me,
        role=role,
        expected=expected(tx, now, me),
        announced=announced(tx, now),
        to_decide=to_decide(tx, now) if role is not None and may(role, Permission.configure) else 0,
        handover=None if me is None else news(tx, now, me),
        zone_data=site.get(TZ_VERSION, ""),
    )


def _running(tx: Transaction, now: Instant) -> int:
    """Escalations that wait for an answer, those of drills left out."""
    waiting = [one.ticket for one in tx.escalations.running() if one.state not in _STILL]
    listed, real = (tx.tickets.count(asked, now=now, me=None, most=_EVERY) for asked in (_OPEN, _COUNTED))
    if listed == real:
        return len(waiting)
    drills = drills_among(tx, waiting)
    return sum(ticket not in drills for ticket in waiting)


def _is_late(row: QueueRow, now: Instant) -> bool:
    return row.sort.bucket is SortBucket.due and row.sort.key < now


def _breached(tx: Transaction, first: Sequence[QueueRow], now: Instant) -> int:
    """Late ones stand first in the queue, so that they are counted there unless they fill its first rows."""
    if len(first) < FIRST or not _is_late(first[-1], now):
        return sum(_is_late(row, now) for row in first)
    return tx.tickets.count(And((_COUNTED, Term("is", Op.eq, ("breached",)))), now=now, me=None, most=MOST)


def _next_breach(rules: Rules, first: Sequence[QueueRow], now: Instant) -> NextBreach | None:
    """The soonest running timer that is not late yet."""
    coming = [row for row in first if not _is_late(row, now)]
    if not coming and len(first) == FIRST:
        now_due = replace(first[-1], id=TicketId(0), sort=SortKey(SortBucket.due, now))  # behind it nothing is late
        coming = list(rules.tx.tickets.page(_COUNTED, now=now, me=None, sort=SortBy.sla, limit=1, offset_row=now_due))
    if not coming or coming[0].sort.bucket is not SortBucket.due:
        return None
    return NextBreach(coming[0].id, Instant(coming[0].sort.key), item(rules, coming[0], now))


def _opening(rules: Rules, ticket: Ticket, now: Instant) -> Opening | None:
    service = rules.service(ticket)
    return None if service is None else opening_of(rules, service, now)


def opening_of(rules: Rules, service: Service, now: Instant) -> Opening:
    """Whether a service is open, and when that changes."""
    hours = rules.hours(rules.calendar_of(service))
    return Opening(hours.is_open(now), hours.next_change(now))


def _timer(rules: Rules, ticket: Ticket, timer: Timer, now: Instant) -> TimerView:
    segment = segment_of(timer, rules.hours(timer.calendar), now) if timer.unmet else None
    return TimerView(timer, segment, rules.promise(timer.metric, ticket))
