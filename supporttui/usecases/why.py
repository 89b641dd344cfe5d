"""Why a ticket's timers stand where they stand: span by span, by which agreement, and what it adds up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from supporttui.domain.events import Fact
from supporttui.domain.ids import CalendarId, TicketId
from supporttui.domain.periods.hours import parts_of
from supporttui.domain.priorities import Priority
from supporttui.domain.reasons import Entry, Phase, told
from supporttui.domain.sla.calendars import Calendar, Piece
from supporttui.domain.sla.explain import explain
from supporttui.domain.sla.targets import Metric, Target
from supporttui.domain.sla.timer import Segment, Timer, by_urgency, segment_of
from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span
from supporttui.domain.tickets import Ticket
from supporttui.usecases.ports import Transaction, Versioned
from supporttui.usecases.queue import opening_of
from supporttui.usecases.rules import Rules, rules_of
from supporttui.usecases.views import Opening


@dataclass(frozen=True, slots=True)
class Grounds:
    """By what a timer is measured: the policy line."""

    service: str
    """Its name; the key of one that is not defined here."""
    priority: Priority
    agreement: str
    """Key of the target set; empty: none is defined."""
    agreement_name: str
    agreement_version: int
    agreement_from: Instant | None
    """Since when that version holds; ``None``: without beginning."""
    calendar: CalendarId | None
    """``None``: round the clock."""
    calendar_name: str
    calendar_versions: tuple[int, ...]
    """Those in force from the timer's start to its end, oldest first."""
    zone: str
    """Of the calendar's clocks."""
    periods: tuple[str, ...] = ()
    """Names of the special periods of the service that lie within the timer's time."""
    opening: Opening | None = None
    """Of the service; ``None`` where it is not defined here."""


@dataclass(frozen=True, slots=True)
class Sum:
    """``counted + ahead + left == target``, in seconds of the timer's time base."""

    target: int
    counted: int
    """Up to now, and not after due."""
    ahead: int
    """From now to due."""
    left: int
    """What no span shows: of a timer that is paused, never due, or stopped in time."""
    late: int
    """Open seconds after due."""


@dataclass(frozen=True, slots=True)
class TimerReason:
    """Why a timer stands where it stands."""

    timer: Timer
    target: Target | None
    """As it is defined today; ``None``: no longer."""
    segment: Segment | None
    parts: tuple[Piece, ...]
    """From its start to its end, due or now without a gap."""
    grounds: Grounds
    sum: Sum


@dataclass(frozen=True, slots=True)
class Why:
    """The reasons of a ticket's timers."""

    ticket: Ticket
    reasons: tuple[TimerReason, ...]
    """The most urgent first, those that ended last."""
    names: Mapping[str, str]
    now: Instant


def of(tx: Transaction, ticket: TicketId, now: Instant, *, metric: Metric | None = None) -> Why:
    """The reasons of all timers of a ticket, or of those of one metric.

    Raises:
        NotFound: ``ticket.unknown``.
    """
    rules, found = rules_of(tx), tx.tickets.get(ticket)
    facts = tx.journal.of_ticket(ticket)
    timers = [timer for timer in by_urgency(tx.tickets.timers(ticket)) if metric in (None, timer.metric)]
    reasons = tuple(_reason(rules, found, timer, facts, now=now) for timer in timers)
    return Why(found, reasons, rules.names(), now)


def summed(timer: Timer, entries: Sequence[Entry]) -> Sum:
    """What the lines of a story add up to."""
    by_phase = {phase: sum(entry.seconds for entry in entries if entry.phase is phase) for phase in Phase}
    counted, ahead = by_phase[Phase.counted], by_phase[Phase.ahead]
    return Sum(timer.seconds, counted, ahead, timer.seconds - counted - ahead, by_phase[Phase.late])


def _reason(rules: Rules, ticket: Ticket, timer: Timer, facts: tuple[Fact, ...], *, now: Instant) -> TimerReason:
    parts = explain(
        timer, facts, rules.promise,
        hours=rules.hours, default_calendar=rules.calendar, until=now, outside=rules.outside,
    )  # fmt: skip
    entries = told(parts, now=now, due=timer.due, zone="UTC")
    segment = segment_of(timer, rules.hours(timer.calendar), now) if timer.unmet else None
    target = rules.promise(timer.metric, ticket)
    by = grounds(rules, ticket, timer, parts, now=now)
    return TimerReason(timer, target, segment, parts, by, summed(timer, entries))


def grounds(rules: Rules, ticket: Ticket, timer: Timer, parts: Sequence[Piece] = (), *, now: Instant) -> Grounds:
    """By what a timer of the ticket is measured as it stands."""
    service = rules.service(ticket)
    agreed = rules.agreement(timer.metric, ticket)
    versions = rules.tx.definitions.calendars().get(parts_of(timer.calendar)[0], ()) if timer.calendar else ()
    over = Span(timer.started, parts[-1].span.end if parts else timer.started)
    calendar = versions[-1].value if versions else None
    return Grounds(
        service=service.name if service is not None else ticket.service,
        priority=ticket.priority,
        agreement=agreed.value.id if agreed is not None else "",
        agreement_name=agreed.value.name if agreed is not None else "",
        agreement_version=agreed.version if agreed is not None else 0,
        agreement_from=agreed.valid_from if agreed is not None else None,
        calendar=None if timer.calendar is None else parts_of(timer.calendar)[0],
        calendar_name=calendar.name if calendar is not None else timer.calendar or "",
        calendar_versions=tuple(version.version for version in reigning(versions, over)),
        zone=calendar.zone if calendar is not None else "UTC",
        periods=_periods(rules, ticket, over),
        opening=None if service is None else opening_of(rules, service, now),
    )


def _periods(rules: Rules, ticket: Ticket, over: Span) -> tuple[str, ...]:
    found = rules.tx.definitions.plan().touching(Span(over.start, Instant(over.end + 1)), ticket.service)
    return tuple(dict.fromkeys(one.period.name for one in found))


def reigning(versions: Sequence[Versioned[Calendar]], over: Span) -> tuple[Versioned[Calendar], ...]:
    """The versions in force at some instant of a span, both ends included, in the order of their beginnings."""
    ordered = sorted(versions, key=lambda one: (_begins(one), one.version))
    ends = [*map(_begins, ordered[1:]), FOREVER]
    return tuple(
        one
        for one, end in zip(ordered, ends, strict=True)
        if _begins(one) <= over.end and end > max(over.start, _begins(one))
    )


def _begins(version: Versioned[Calendar]) -> Instant:
    return BEGINNING if version.valid_from is None else version.valid_from
