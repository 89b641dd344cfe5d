"""Tickets, their timers and references: values to rows and back; the queue's SQL is in ``queue.py``."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, literal_column, select, update

from supporttui.domain.events import Kind, State
from supporttui.domain.faults import Conflict, Forbidden, NotFound
from supporttui.domain.filter.watching import BETWEEN, followers_form, snoozed_form
from supporttui.domain.ids import CalendarId, OperationId, PersonId, ServiceId, TeamId, TicketId
from supporttui.domain.priorities import Level, Priority
from supporttui.domain.queue import Facet, Node, QueueRow, SortBy
from supporttui.domain.sla.targets import Metric
from supporttui.domain.sla.timer import SortKey, Timer, TimerState, decisive
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Reference, Ticket
from supporttui.storage import facets, queue
from supporttui.storage.bonds import from_bonds, to_bonds
from supporttui.storage.counters import Group, SqlCounts, group_of
from supporttui.storage.filter import bucket_number
from supporttui.storage.marks import DECIDING, Known, known_marks, next_mark
from supporttui.storage.narrowing import Narrowed, narrowed
from supporttui.storage.rows import AnyRow, put_row, to_json
from supporttui.storage.schema import (
    counters,
    escalations,
    journal,
    ticket_number,
    ticket_references,
    tickets,
    timers,
)
from supporttui.storage.search import SqlTexts, Stored
from supporttui.usecases.passed import OpenTimer
from supporttui.usecases.ports import EscalationState

_CHUNK = 500
_ONE = select(tickets).where(tickets.c.id == bindparam("ticket"))
_VERSION = select(tickets.c.version).where(tickets.c.id == bindparam("ticket"))
_LAST_FACT = (
    select(journal.c.actor, journal.c.at)
    .where(journal.c.ticket == bindparam("ticket"))
    .order_by(journal.c.seq.desc())
    .limit(1)
)
_SAVE = (
    update(tickets)
    .where(tickets.c.id == bindparam("ticket"), tickets.c.version == bindparam("expected"))
    .values(version=tickets.c.version + 1)
)
_ESCALATED = select(func.count()).where(
    escalations.c.ticket == bindparam("of"),
    escalations.c.firing > 0,
    escalations.c.state != EscalationState.done.value,
)
_INSERT = insert(tickets).values(escalated=_ESCALATED.scalar_subquery())
_COUNT_UP = (
    update(counters).where(counters.c.name == "ticket").values(value=counters.c.value + 1).returning(counters.c.value)
)
_TIMERS = select(timers).where(timers.c.ticket == bindparam("ticket")).order_by(timers.c.metric, timers.c.cycle)
_SEVERAL = select(tickets).where(tickets.c.id.in_(bindparam("wanted", expanding=True)))
_TIMERS_OF = (
    select(timers)
    .where(timers.c.ticket.in_(bindparam("wanted", expanding=True)))
    .order_by(timers.c.ticket, timers.c.metric, timers.c.cycle)
)
_OF_TICKET = ("id", "service", "kind", "priority", "team", "resolver", "category", "created_at")
_OPEN_TIMERS = (
    select(
        *(tickets.c[name] for name in _OF_TICKET),
        *(timers.c[name] for name in OpenTimer._fields[len(_OF_TICKET) :]),
    )
    .join(timers, timers.c.ticket == tickets.c.id)
    .where(
        tickets.c.is_open == literal_column("1"),
        tickets.c.void == literal_column("0"),
        tickets.c.drill == literal_column("0"),
    )
    .where(tickets.c.service.in_(bindparam("services", expanding=True)))
    .order_by(tickets.c.id, timers.c.metric, timers.c.cycle)
    .execution_options(yield_per=5_000)
)
_DROP_TIMERS = delete(timers).where(timers.c.ticket == bindparam("of")).returning(*DECIDING, timers.c.next_mark)
_DROP_REFERENCE = delete(ticket_references).where(
    ticket_references.c.ticket == bindparam("of"),
    ticket_references.c.system == bindparam("known_in"),
    ticket_references.c.key == bindparam("known_as"),
)
_FIND = (
    select(ticket_references.c.ticket)
    .join(tickets, tickets.c.id == ticket_references.c.ticket)
    .where(ticket_references.c.system == bindparam("system"), ticket_references.c.key == bindparam("key"))
    .order_by(tickets.c.void, tickets.c.merged_into.is_not(None), tickets.c.id)
    .limit(1)
)


class SqlTickets:
    """Tickets within one transaction."""

    def __init__(self, connection: Connection, texts: SqlTexts, counts: SqlCounts) -> None:
        self._connection = connection
        self._texts = texts
        self._counts = counts
        self._postgres = connection.dialect.name == "postgresql"
        self._references: dict[TicketId, tuple[Reference, ...]] = {}
        """As they were read: an undo may take one back."""
        self._counted: dict[TicketId, tuple[int, Group | None]] = {}
        """The version in which tickets were read last, and where they counted in it."""

    def new_id(self) -> TicketId:
        """The next number. A PostgreSQL sequence, so that two who open tickets need not wait."""
        taken = select(ticket_number.next_value()) if self._postgres else _COUNT_UP
        return TicketId(self._connection.execute(taken).scalar_one())

    def get(self, ticket: TicketId) -> Ticket:
        """The ticket as it is stored."""
        row = self._connection.execute(_ONE, {"ticket": ticket}).one_or_none()
        if row is None:
            raise NotFound("ticket.unknown", ticket=ticket)
        found = to_ticket(row)
        self._references[ticket] = found.references
        self._counted[ticket] = (found.version, group_of(found))
        return found

    def insert(self, ticket: Ticket, timers: Sequence[Timer], sort: SortKey) -> None:
        """A new row with its timers and references, under the number that it brings."""
        values = {**_row(ticket, timers, sort), "id": ticket.id, "version": ticket.version, "of": ticket.id}
        self._connection.execute(_INSERT, values)
        self._counts.moved(None, ticket)
        if ticket.drill:
            self._counts.drilled()
        self._put_with(ticket, timers, {})

    def save(self, ticket: Ticket, timers: Sequence[Timer], sort: SortKey, *, expected: int) -> Ticket:
        """Compare and swap on the version."""
        values, before = _row(ticket, timers, sort), self._group(ticket.id, expected)
        done = self._connection.execute(_SAVE, {**values, "ticket": ticket.id, "expected": expected})
        if done.rowcount != 1:
            raise self._why_not(ticket.id, expected)
        self._counts.moved(before, ticket)
        known = known_marks(self._connection.execute(_DROP_TIMERS, {"of": ticket.id}).all())
        self._put_with(ticket, timers, known)
        return replace(ticket, version=expected + 1)

    def _group(self, ticket: TicketId, version: int) -> Group | None:
        """Where it counts in the version that is to be replaced; for another one nothing is replaced."""
        read, group = self._counted.pop(ticket, (None, None))
        return group if read == version else self._counts.stored_group(ticket)

    def timers(self, ticket: TicketId) -> tuple[Timer, ...]:
        """By metric and cycle."""
        return tuple(map(_timer, self._connection.execute(_TIMERS, {"ticket": ticket}).all()))

    def several(self, tickets: Sequence[TicketId]) -> tuple[tuple[Ticket, tuple[Timer, ...]], ...]:
        """Two statements for some hundreds of them."""
        return tuple(
            found
            for start in range(0, len(tickets), _CHUNK)
            for found in self._together({"wanted": tickets[start : start + _CHUNK]})
        )

    def _together(self, wanted: Mapping[str, Sequence[TicketId]]) -> Iterator[tuple[Ticket, tuple[Timer, ...]]]:
        timers: dict[int, list[Timer]] = {}
        for row in self._connection.execute(_TIMERS_OF, wanted).all():
            timers.setdefault(row.ticket, []).append(_timer(row))
        for row in self._connection.execute(_SEVERAL, wanted).all():
            yield to_ticket(row), tuple(timers.get(row.id, ()))

    def open_timers(self, services: Iterable[str]) -> Iterator[OpenTimer]:
        """In the order of tickets, some thousands at once."""
        found = self._connection.execute(_OPEN_TIMERS, {"services": [*services]})
        return map(OpenTimer._make, found)

    def find(self, system: str, key: str) -> TicketId | None:
        """The oldest ticket that holds this reference; a merged one gives way to others, a void one to all."""
        found = self._connection.execute(_FIND, {"system": system, "key": key}).scalar_one_or_none()
        return None if found is None else TicketId(found)

    def page(
        self, query: Node, *, now: Instant, me: PersonId | None, sort: SortBy, limit: int,
        offset_row: QueueRow | None = None, backwards: bool = False, reverse: bool = False,
    ) -> tuple[QueueRow, ...]:  # fmt: skip
        """The rows behind (or before) a place; without one the first, or backwards the last, of all."""
        asked = {"now": now, "me": me, "most": limit}
        few = self._narrowed(query, asked)
        statement = queue.page(
            query, sort, backwards=backwards != reverse, placed=offset_row is not None, among_few=few is not None
        )
        place = {} if offset_row is None else queue.place(offset_row, sort)
        found = self._connection.execute(statement, {**asked, **place, **(few.parameter if few else {})}).all()
        rows = map(queue.to_row, found)
        return tuple(reversed(list(rows))) if backwards else tuple(rows)

    def rows(self, tickets: Iterable[TicketId]) -> tuple[QueueRow, ...]:
        """Rows of tickets by number; an unknown number has none."""
        wanted = list(tickets)
        parts = (wanted[start : start + _CHUNK] for start in range(0, len(wanted), _CHUNK))
        found = (self._connection.execute(queue.ROWS, {"wanted": part}).all() for part in parts)
        return tuple(queue.to_row(row) for rows in found for row in rows)

    def count(self, query: Node, *, now: Instant, me: PersonId | None, most: int) -> int:
        """Matches, at most ``most``; by the kept counts where they tell."""
        asked = {"now": now, "me": me, "most": most}
        if (total := self._counts.total(query, asked)) is not None:
            return min(most, total)
        few = narrowed(self._connection, self._texts, self._counts, query, asked)
        if few is not None:
            found = self._connection.execute(queue.count(query, among_few=True), {**asked, **few.parameter})
            counted: int = found.scalar_one()
            if few.is_whole or counted >= most:
                return counted
        return self._connection.execute(queue.count(query, among_few=False), asked).scalar_one()

    def _narrowed(self, query: Node, asked: Mapping[str, Any]) -> Narrowed | None:
        """The numbers to look at, where an index left few."""
        few = narrowed(self._connection, self._texts, self._counts, query, asked)
        return few if few is not None and few.is_whole else None

    def texts(self, ticket: TicketId) -> Stored:
        """Head and notes."""
        return self._texts.of_ticket(ticket)

    def facets(self, query: Node, *, now: Instant, me: PersonId | None, most: int) -> tuple[Facet, ...]:
        """Counted by one statement."""
        asked = {"now": now, "me": me, "most": most}
        few = self._narrowed(query, asked)
        statement = facets.facets(query, among_few=few is not None)
        rows = self._connection.execute(statement, {**asked, **(few.parameter if few else {})}).all()
        found = [Facet(field, value, count) for field, value, count in rows]
        return tuple(sorted(found, key=lambda facet: (-facet.count, facet.value)))

    def _why_not(self, ticket: TicketId, expected: int) -> NotFound | Conflict | Forbidden:
        """Nothing was updated: hidden, missing, changed and forbidden look alike until it is read again."""
        version = self._connection.execute(_VERSION, {"ticket": ticket}).scalar_one_or_none()
        if version is None:
            return NotFound("ticket.unknown", ticket=ticket)
        if version == expected:
            return Forbidden("ticket.forbidden", ticket=ticket)
        last = self._connection.execute(_LAST_FACT, {"ticket": ticket}).one_or_none()
        actor, at = (last.actor, last.at) if last else ("", 0)
        return Conflict("ticket.changed", changed_by=actor, at=Instant(at), ticket=ticket, version=version)

    def _put_with(self, ticket: Ticket, found: Sequence[Timer], known: Known) -> None:
        if found:
            self._connection.execute(insert(timers), [_timer_row(ticket, timer, known) for timer in found])
        self._put_references(ticket)
        self._texts.put(ticket)

    def _put_references(self, ticket: Ticket) -> None:
        kept = {(known.system, known.key) for known in ticket.references}
        for gone in self._references.pop(ticket.id, ()):
            if (gone.system, gone.key) not in kept:
                self._connection.execute(
                    _DROP_REFERENCE, {"of": ticket.id, "known_in": gone.system, "known_as": gone.key}
                )
        if ticket.references:
            rows = [
                {"ticket": ticket.id, "system": known.system, "key": known.key, "url": known.url}
                for known in ticket.references
            ]
            put_row(self._connection, ticket_references, rows)


def _row(ticket: Ticket, found: Sequence[Timer], sort: SortKey) -> dict[str, Any]:
    """All columns but ``id``, ``version`` and ``escalated``."""
    decides = decisive(found)
    return {
        "title": ticket.title, "state": ticket.state.value, "is_open": int(ticket.is_open),
        "priority": ticket.priority, "impact": ticket.impact, "urgency": ticket.urgency,
        "kind": ticket.kind.value, "service": ticket.service, "team": ticket.team,
        "resolver": ticket.resolver, "owner": ticket.owner, "acknowledged_by": ticket.acknowledged_by,
        "acknowledged_at": ticket.acknowledged_at, "requester": ticket.requester,
        "language": ticket.language, "zone": ticket.zone, "category": ticket.category,
        "drill": int(ticket.drill) + int(ticket.drill_calls), "text": ticket.text, "hold_reason": ticket.hold_reason,
        "hold_until": ticket.hold_until, "resolved_at": ticket.resolved_at,
        "resolution": ticket.resolution, "reopened": ticket.reopened, "hops": ticket.hops,
        "created_at": ticket.created_at, "updated_at": ticket.updated_at,
        "last_operation": ticket.last_operation,
        "followers": followers_form(ticket.followers), "snoozed": snoozed_form(ticket.reminders),
        "bonds": to_bonds(ticket), "merged_into": ticket.merged_into, "void": int(ticket.void),
        "attention": ticket.attention, "attention_until": ticket.attention_until, "chases": ticket.chases,
        "worked_at": ticket.worked_at,
        "refs": to_json([[known.system, known.key, known.url] for known in ticket.references]),
        "sort_bucket": bucket_number(sort.bucket), "sort_key": sort.key,
        "metric": decides.metric.value if decides else None, "due": decides.due if decides else None,
        "seconds": decides.seconds if decides else 0, "remaining": decides.remaining if decides else 0,
        "anchor": decides.anchor if decides else 0, "calendar": decides.calendar if decides else None,
    }  # fmt: skip


def to_ticket(row: AnyRow) -> Ticket:
    """A row of ``tickets`` with all its columns as the value."""
    return Ticket(
        id=TicketId(row.id), title=row.title, service=ServiceId(row.service), team=TeamId(row.team),
        priority=Priority(row.priority), created_at=Instant(row.created_at), state=State(row.state),
        impact=Level(row.impact), urgency=Level(row.urgency), kind=Kind(row.kind), text=row.text,
        requester=row.requester, language=row.language, zone=row.zone, category=row.category,
        drill=bool(row.drill), drill_calls=row.drill == 2, hold_reason=row.hold_reason,
        hold_until=_instant(row.hold_until),
        owner=_person(row.owner), resolver=row.resolver, acknowledged_by=_person(row.acknowledged_by),
        acknowledged_at=_instant(row.acknowledged_at), resolved_at=_instant(row.resolved_at),
        resolution=row.resolution, reopened=row.reopened, hops=row.hops,
        updated_at=Instant(row.updated_at), last_operation=OperationId(row.last_operation),
        references=tuple(Reference(*known) for known in json.loads(row.refs)), version=row.version,
        followers=tuple(map(PersonId, row.followers.strip(BETWEEN).split(BETWEEN))) if row.followers else (),
        merged_into=None if row.merged_into is None else TicketId(row.merged_into), void=bool(row.void),
        worked_at=Instant(row.worked_at), chases=row.chases, attention=row.attention,
        attention_until=_instant(row.attention_until),
        **(from_bonds(row.bonds) if row.bonds else {}),
    )  # fmt: skip


def _timer_row(ticket: Ticket, timer: Timer, known: Known) -> dict[str, Any]:
    return {
        "ticket": ticket.id, "metric": timer.metric.value, "cycle": timer.cycle, "seconds": timer.seconds,
        "calendar": timer.calendar, "started": timer.started, "state": timer.state.value,
        "due": timer.due, "remaining": timer.remaining, "anchor": timer.anchor, "stopped": timer.stopped,
        "late": int(timer.late), "breached_at": timer.breached_at, "warn_at": to_json(timer.warn_at),
        "derived": int(timer.derived), "authority": timer.authority, "days": timer.days,
        "breached_seconds": timer.breached_seconds, "breached_calendar": timer.breached_calendar,
        "next_mark": next_mark(ticket, timer, known),
    }  # fmt: skip


def _timer(row: AnyRow) -> Timer:
    return Timer(
        metric=Metric(row.metric), cycle=row.cycle, seconds=row.seconds,
        calendar=None if row.calendar is None else CalendarId(row.calendar),
        started=Instant(row.started), state=TimerState(row.state), due=_instant(row.due),
        remaining=row.remaining, anchor=Instant(row.anchor), stopped=_instant(row.stopped),
        late=bool(row.late), breached_at=_instant(row.breached_at),
        warn_at=tuple(map(Instant, json.loads(row.warn_at))), derived=bool(row.derived),
        authority=row.authority, days=row.days, breached_seconds=row.breached_seconds,
        breached_calendar=None if row.breached_calendar is None else CalendarId(row.breached_calendar),
    )  # fmt: skip


def _instant(value: int | None) -> Instant | None:
    return None if value is None else Instant(value)


def _person(value: str | None) -> PersonId | None:
    return None if value is None else PersonId(value)
