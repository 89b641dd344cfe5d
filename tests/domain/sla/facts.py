"""Tickets in one made-up week, told in a line each: ``t("Tue 10:30")`` is that week's Tuesday."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from supporttui.domain.events import Event, Fact, Opened, PriorityChanged, Replied, RequesterWrote, State, StateChanged
from supporttui.domain.ids import CalendarId, OperationId, ServiceId, TeamId, TicketId
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.hours import ALWAYS, Hours, Window
from supporttui.domain.sla.measure import HoursOf
from supporttui.domain.sla.targets import Asked, ChangeRule, Metric, Target, fitting
from supporttui.domain.sla.timer import Timer, fold
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from tests.domain.sla.calendars import HOUR, at, hours, said

OFFICE = CalendarId("office")
LATE_SHIFT = CalendarId("late")
CALENDARS: dict[CalendarId | None, Hours] = {
    None: ALWAYS,
    OFFICE: hours(),
    LATE_SHIFT: hours(Window("12:00", "20:00")),
}
_MONDAY = date(2026, 3, 2)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

REPLY = Replied("We are on it.")
MESSAGE = RequesterWrote("Any news?")
ACTIVE = StateChanged(State.active)
WAITING = StateChanged(State.waiting_requester)
VENDOR = StateChanged(State.waiting_vendor)
RESOLVED = StateChanged(State.resolved)
CLOSED = StateChanged(State.closed)


def t(text: str) -> Instant:
    """An instant of the week that begins on Monday 2 March 2026, in UTC; ``"+Mon 09:00"`` is the week after."""
    day, time = text.removeprefix("+").split()
    number = _MONDAY.day + _DAYS.index(day) + 7 * text.startswith("+")
    return at(f"2026-03-{number:02}T{time}")


def word(instant: Instant | None) -> str:
    """The reverse of ``t``."""
    return "never" if instant is None else said(instant)[:3] + said(instant)[-6:]


def opened(priority: int = 3) -> Opened:
    return Opened("Printer", ServiceId("mail"), TeamId("desk"), Priority(priority))


def priority(level: int) -> PriorityChanged:
    return PriorityChanged(Priority(level), reason="by hand")


def scheduled(until: str) -> StateChanged:
    return StateChanged(State.scheduled, until=t(until))


def facts(*told: tuple[str | int, Event]) -> tuple[Fact, ...]:
    """Facts in the order in which they are told."""
    return tuple(
        Fact(
            TicketId(1), t(when) if isinstance(when, str) else Instant(when), "ana", event,
            OperationId(f"op{seq}"), seq,
        )
        for seq, (when, event) in enumerate(told, start=1)
    )  # fmt: skip


def target_for(targets: Sequence[Target], metric: Metric, asked: Asked) -> Target | None:
    """What is promised, if anything: the rule without a site around it."""
    found = fitting(targets, metric, asked)
    return found if found is not None and found.promised else None


def promise(targets: Sequence[Target], metric: Metric, ticket: Ticket) -> Target | None:
    return target_for(targets, metric, Asked(ticket.service, ticket.kind, ticket.priority))


def promises(*targets: Target) -> Callable[[Metric, Ticket], Target | None]:
    return partial(promise, targets)


HOURS: HoursOf = CALENDARS.__getitem__


def office(_ticket: Ticket) -> CalendarId:
    return OFFICE


def timers(told: Sequence[Fact], *targets: Target) -> tuple[Timer, ...]:
    return fold(told, promises(*targets), HOURS, office)


def timer(told: Sequence[Fact], *targets: Target) -> Timer:
    """The one timer that these targets give."""
    (only,) = timers(told, *targets)
    return only


SLOW = Target(Metric.resolution, 16 * HOUR)


def fast(rule: ChangeRule, seconds: int = 4 * HOUR, **more) -> Target:
    return Target(Metric.resolution, seconds, priority=Priority(1), change=rule, **more)
