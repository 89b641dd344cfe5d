"""Which target applies to a ticket: service × kind × priority, as data."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.ids import CalendarId
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.order import Metric as Metric  # noqa: PLC0414  re-exported
from supporttui.domain.states import Kind, State


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
    """What reopening does to the resolution timer (sla 1.3.13)."""

    continue_ = "continue"
    include = "include"
    new_cycle = "new_cycle"
    ignore = "ignore"


@dataclass(frozen=True, slots=True)
class Target:
    """One promise. ``None`` in priority, kind or service means any."""

    metric: Metric
    seconds: int
    """Of ``base`` time; 0 means that no timer runs."""
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


@dataclass(frozen=True, slots=True)
class TargetSet:
    """All promises of an agreement; services name it by ``id``."""

    id: str
    targets: tuple[Target, ...] = ()
    name: str = ""


def default_pauses(metric: Metric) -> frozenset[State]:
    """First response never pauses; update and resolution pause for the requester and while scheduled."""
    if metric is Metric.first_response:
        return frozenset()
    return frozenset({State.waiting_requester, State.scheduled})


def target_for(
    targets: Iterable[Target], metric: Metric, *, service: str, kind: Kind, priority: Priority
) -> Target | None:
    """The most specific target that fits, or ``None``: no promise.

    More specific is: names the service, then the kind, then the priority; among equals the first listed.
    A target of 0 seconds is an explicit "no promise" and gives ``None``.

    >>> usual, urgent = Target(Metric.resolution, 28_800), Target(Metric.resolution, 14_400, priority=Priority(1))
    >>> found = target_for([usual, urgent], Metric.resolution, service="erp", kind=Kind.incident, priority=Priority(1))
    >>> found is urgent
    True
    """
    best: Target | None = None
    best_score = -1
    for target in targets:
        fits = (
            target.metric is metric
            and target.service in (None, service)
            and target.kind in (None, kind)
            and target.priority in (None, priority)
        )
        score = 4 * (target.service is not None) + 2 * (target.kind is not None) + (target.priority is not None)
        if fits and score > best_score:
            best, best_score = target, score
    return best if best is not None and best.seconds > 0 else None
