"""Which target applies to a ticket: authority × service × kind × priority, as data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from supporttui.domain.ids import CalendarId, ServiceId, TeamId, TicketId
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.order import AgreementKind, agreement_of
from supporttui.domain.sla.order import Metric as Metric  # noqa: PLC0414  re-exported
from supporttui.domain.spans import Instant
from supporttui.domain.states import OPEN_STATES, Kind, State


class TimeBase(StrEnum):
    """Business seconds count only inside the calendar; real seconds always."""

    business = "business"
    real = "real"


class ChangeRule(StrEnum):
    """What a new target does to a running timer (``spec`` words: sla 1.3.12)."""

    retroactive = "retroactive"
    carry_elapsed = "carry_elapsed"
    from_now = "from_now"
    proportional = "proportional"


class ReopenRule(StrEnum):
    """What reopening does to the timers that end when a ticket is resolved (sla 1.3.13)."""

    continue_ = "continue"
    include = "include"
    new_cycle = "new_cycle"
    ignore = "ignore"


@dataclass(frozen=True, slots=True)
class Target:
    """One promise. ``None`` in priority, kind, service or authority means any; no time at all: no timer runs."""

    metric: Metric
    seconds: int = 0
    """Of ``base`` time."""
    priority: Priority | None = None
    kind: Kind | None = None
    service: str | None = None
    base: TimeBase = TimeBase.business
    calendar: CalendarId | None = None
    """Instead of the service's own, such as round the clock for priority 1."""
    pauses: frozenset[State] | None = None
    """States in which it stands still; ``None`` means the metric's default (``default_pauses``)."""
    change: ChangeRule = ChangeRule.retroactive
    reopen: ReopenRule = ReopenRule.continue_
    warn_percent: tuple[int, ...] = (75,)
    due_next_open: bool = False
    """A day filled exactly is due at the next opening instead of at closing."""
    authority: str | None = None
    """A team or an authority outside. Of an OLA or an underpinning contract the one that works on the ticket;
    of the others also the team that owns it."""
    days: int = 0
    """In working days instead of seconds: due at the same wall clock time on the n-th next date with open time,
    or when it opens after that."""
    end_of_day: bool = False
    """Of working days: due at the last closing of that date."""
    warn_offset: tuple[int, ...] = ()
    """Seconds of ``base`` time before due (negative) or after it."""
    name: str = ""
    """What people call this promise; empty: the name of its agreement."""
    wake: bool = False
    """Its warnings reach people outside their hours too, instead of when those begin."""

    @property
    def promised(self) -> bool:
        """Whether there is any time to keep."""
        return self.seconds > 0 or self.days > 0


@dataclass(frozen=True, slots=True)
class TargetSet:
    """All promises of an agreement; services name it by ``id``."""

    id: str
    targets: tuple[Target, ...] = ()
    name: str = ""


class Promised(Protocol):
    """What of a ticket a promise may rest on; nothing else of it changes one."""

    @property
    def id(self) -> TicketId:
        """Its number."""
        ...

    @property
    def service(self) -> ServiceId:
        """What is affected."""
        ...

    @property
    def kind(self) -> Kind:
        """What was asked for."""
        ...

    @property
    def priority(self) -> Priority:
        """How pressing it is."""
        ...

    @property
    def team(self) -> TeamId:
        """The internal team that owns it."""
        ...

    @property
    def resolver(self) -> str:
        """An authority other than that team, or empty."""
        ...

    @property
    def category(self) -> str:
        """The site's own word."""
        ...

    @property
    def created_at(self) -> Instant:
        """When it was opened."""
        ...


_ASKED = frozenset({State.waiting_requester, State.scheduled})
_PAUSES: Mapping[Metric, frozenset[State]] = {
    Metric.first_response: frozenset(),
    Metric.update: _ASKED,
    Metric.resolution: _ASKED,
    Metric.ownership: frozenset(),
    Metric.ola: frozenset({State.scheduled}),
    Metric.underpinning: OPEN_STATES - {State.waiting_vendor},
}


def default_pauses(metric: Metric) -> frozenset[State]:
    """The states in which a metric stands still unless its target says otherwise.

    First response and ownership never pause. Update and resolution pause for the requester and while scheduled,
    an OLA only while scheduled: nobody works before the day that was agreed. An underpinning contract runs only
    while the ticket waits for the vendor.
    """
    return _PAUSES[metric]


class Asked(NamedTuple):
    """A ticket for which a target is looked for."""

    service: str
    kind: Kind
    priority: Priority
    team: str = ""
    resolver: str = ""


def fitting(targets: Iterable[Target], metric: Metric, asked: Asked) -> Target | None:
    """The most specific target that fits, or ``None``: nothing is said.

    More specific is: names the authority, then the service, then the kind, then the priority; among equals the
    first listed. A target without any time fits too: an explicit "no promise" (``Target.promised``).

    >>> usual, urgent = Target(Metric.resolution, 28_800), Target(Metric.resolution, 14_400, priority=Priority(1))
    >>> fitting([usual, urgent], Metric.resolution, Asked("erp", Kind.incident, Priority(1))) is urgent
    True
    """
    service, kind, priority, team, resolver = asked
    authorities = authorities_of(metric, team=team, resolver=resolver)
    best: Target | None = None
    best_score = -1
    for target in targets:
        fits = (
            target.metric is metric
            and (target.authority is None or target.authority in authorities)
            and target.service in (None, service)
            and target.kind in (None, kind)
            and target.priority in (None, priority)
        )
        score = (
            8 * (target.authority is not None)
            + 4 * (target.service is not None)
            + 2 * (target.kind is not None)
            + (target.priority is not None)
        )
        if fits and score > best_score:
            best, best_score = target, score
    return best


def authorities_of(metric: Metric, *, team: str, resolver: str) -> frozenset[str]:
    """Whose promise it may be: of an OLA or an underpinning contract whoever works on it, else its owner's too."""
    works = resolver or team
    return frozenset({team, works} if agreement_of(metric) is AgreementKind.sla else {works})
