"""What each kind of criterion measures of a ticket, and when it will have measured enough."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from supporttui.domain.escalation.criterion import Criterion, CriterionKind
from supporttui.domain.ids import CalendarId
from supporttui.domain.sla.hours import Hours
from supporttui.domain.sla.order import TimerState
from supporttui.domain.sla.timer import Timer
from supporttui.domain.spans import Instant, Span
from supporttui.domain.tickets import Ticket

NOTHING = -1
"""Measured where there is nothing to measure: no criterion holds."""


@dataclass(frozen=True, slots=True)
class Held:
    """A time at which a criterion held, and what was measured then."""

    at: Instant
    value: int


@dataclass(frozen=True, slots=True)
class Subject:
    """All that criteria look at of one ticket."""

    ticket: Ticket
    timers: Sequence[Timer]
    hours: Callable[[CalendarId | None], Hours]
    calendar: CalendarId | None
    """Of the service."""
    unanswered: Instant | None
    """Since when nobody has acknowledged it; ``None``: somebody has."""
    periods: Sequence[tuple[str, Span]] = ()
    """Special periods of the service, those under way and those to come."""
    held: Mapping[str, Sequence[Held]] = field(default_factory=dict)
    """Criterion → when it held since the ticket was opened or reopened, oldest first."""


class Gauge(NamedTuple):
    """How one kind measures."""

    value: Callable[[Criterion, Subject, Instant], int]
    """In the unit of the kind; ``NOTHING`` where there is nothing to measure."""
    reached: Callable[[Criterion, Subject, Instant], Instant | None]
    """The first instant from one on at which the limit is reached, if nothing happens and it is not yet; ``None``:
    never."""


def _never(_: Criterion, __: Subject, ___: Instant) -> None:
    """What only facts move."""


# --- timers -------------------------------------------------------------------------------------------


def _timers(criterion: Criterion, subject: Subject) -> list[Timer]:
    return [timer for timer in subject.timers if timer.unmet and criterion.metric in (None, timer.metric)]


def _used(criterion: Criterion, subject: Subject, now: Instant) -> int:
    return max((_percent(timer, subject, now) for timer in _timers(criterion, subject)), default=NOTHING)


def _percent(timer: Timer, subject: Subject, now: Instant) -> int:
    return 100 if timer.seconds <= 0 else _spent(timer, subject, now) * 100 // timer.seconds


def _spent(timer: Timer, subject: Subject, now: Instant) -> int:
    """Seconds of its own time that a timer has used by ``now``."""
    spent = timer.seconds - timer.remaining
    if timer.state is not TimerState.running or now <= timer.anchor:
        return spent
    return spent + subject.hours(timer.calendar).between(timer.anchor, now)


def _used_up(criterion: Criterion, subject: Subject, _: Instant) -> Instant | None:
    return _earliest(_used_at(criterion, timer, subject) for timer in _timers(criterion, subject))


def _used_at(criterion: Criterion, timer: Timer, subject: Subject) -> Instant | None:
    """When so many percent of a running timer are used."""
    if timer.state is not TimerState.running:
        return None
    needed = -(-timer.seconds * criterion.value // 100)  # rounded up: at that second the percentage is reached
    missing = needed - (timer.seconds - timer.remaining)
    return timer.anchor if missing <= 0 else subject.hours(timer.calendar).after(timer.anchor, missing)


def _late(criterion: Criterion, subject: Subject, now: Instant) -> int:
    since = _late_at(criterion, subject)
    return NOTHING if since is None or now < since else now - since


def _late_at(criterion: Criterion, subject: Subject) -> Instant | None:
    return _earliest(_breach(timer) for timer in _timers(criterion, subject))


def _breach(timer: Timer) -> Instant | None:
    """The second from which on it is late; of one that stands still, only if it was before."""
    due = timer.due if timer.breached_at is None else timer.breached_at
    return None if due is None else Instant(due + 1)


def _late_enough(criterion: Criterion, subject: Subject, _: Instant) -> Instant | None:
    since = _late_at(criterion, subject)
    return None if since is None else Instant(since + criterion.value)


# --- silence ------------------------------------------------------------------------------------------


def _unanswered(criterion: Criterion, subject: Subject, now: Instant) -> int:
    return NOTHING if subject.unanswered is None else _elapsed(criterion, subject, subject.unanswered, now)


def _unanswered_at(criterion: Criterion, subject: Subject, _: Instant) -> Instant | None:
    return None if subject.unanswered is None else _after(criterion, subject, subject.unanswered)


def _idle(criterion: Criterion, subject: Subject, now: Instant) -> int:
    return _elapsed(criterion, subject, subject.ticket.worked_at, now)


def _idle_at(criterion: Criterion, subject: Subject, _: Instant) -> Instant | None:
    return _after(criterion, subject, subject.ticket.worked_at)


def _missed(_: Criterion, subject: Subject, now: Instant) -> int:
    since = _missed_at(subject)
    return NOTHING if since is None or now < since else now - since


def _missed_at(subject: Subject) -> Instant | None:
    """The first second at which the requester should have heard."""
    promised = subject.ticket.promised
    return None if promised is None else Instant(promised.until + 1)


def _missed_enough(criterion: Criterion, subject: Subject, _: Instant) -> Instant | None:
    since = _missed_at(subject)
    return None if since is None else Instant(since + criterion.value)


def _elapsed(criterion: Criterion, subject: Subject, since: Instant, now: Instant) -> int:
    if now <= since:
        return 0
    return subject.hours(subject.calendar).between(since, now) if criterion.in_hours else now - since


def _after(criterion: Criterion, subject: Subject, since: Instant) -> Instant | None:
    if not criterion.in_hours:
        return Instant(since + criterion.value)
    return subject.hours(subject.calendar).after(since, criterion.value)


# --- special periods ----------------------------------------------------------------------------------


def _periods(criterion: Criterion, subject: Subject) -> list[Span]:
    return [span for key, span in subject.periods if criterion.period in (None, key)]


def _within(criterion: Criterion, subject: Subject, now: Instant) -> int:
    under_way = (span for span in _periods(criterion, subject) if span.start <= now < span.end)
    return max((now - span.start for span in under_way), default=NOTHING)


def _begins(criterion: Criterion, subject: Subject, now: Instant) -> Instant | None:
    found = ((Instant(span.start + criterion.value), span.end) for span in _periods(criterion, subject))
    return _earliest(at for at, end in found if now <= at < end)


def _earliest(found: Iterable[Instant | None]) -> Instant | None:
    return min((at for at in found if at is not None), default=None)


GAUGES: Mapping[CriterionKind, Gauge] = {
    CriterionKind.used: Gauge(_used, _used_up),
    CriterionKind.breached: Gauge(_late, _late_enough),
    CriterionKind.unacknowledged: Gauge(_unanswered, _unanswered_at),
    CriterionKind.no_update: Gauge(_idle, _idle_at),
    CriterionKind.promise: Gauge(_missed, _missed_enough),
    CriterionKind.hops: Gauge(lambda _, subject, __: subject.ticket.hops, _never),
    CriterionKind.reopened: Gauge(lambda _, subject, __: subject.ticket.reopened, _never),
    CriterionKind.chased: Gauge(lambda _, subject, __: subject.ticket.chases, _never),
    CriterionKind.period: Gauge(_within, _begins),
    CriterionKind.impact: Gauge(lambda _, subject, __: subject.ticket.impact, _never),
}
