"""Which criteria of escalation hold for a ticket, from when on, and which nearly do."""

from collections.abc import Iterable
from dataclasses import dataclass

from supporttui.domain.escalation.criterion import COUNTS, Criterion, CriterionKind
from supporttui.domain.escalation.gauges import GAUGES, Subject
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket

NEARLY = 80
"""Percent of its limit from which on a criterion nearly holds."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a criterion measures at an instant, beside its limit."""

    criterion: Criterion
    value: int
    """In the unit of its kind; an impact level where 0 would be the widest."""

    @property
    def limit(self) -> int:
        """From which value on it holds."""
        return self.criterion.value

    @property
    def holds(self) -> bool:
        """Whether the limit is reached; of an impact, whether it is as wide."""
        if self.criterion.kind is CriterionKind.impact:
            return 0 < self.value <= self.limit
        return self.value >= self.limit

    @property
    def nearly(self) -> bool:
        """Not reached, but not far from it."""
        if self.holds:
            return False
        if self.criterion.kind is CriterionKind.impact:
            return self.value == self.limit + 1
        return self.value >= 0 and self.value * 100 >= self.limit * NEARLY


def measured(criterion: Criterion, subject: Subject, now: Instant) -> Measured:
    """What a criterion measures at ``now``; ``NOTHING`` where there is nothing to measure.

    Whether it may hold once more is not asked here.
    """
    return Measured(criterion, GAUGES[criterion.kind].value(criterion, subject, now))


def holds_from(criterion: Criterion, subject: Subject, now: Instant) -> Instant | None:
    """The first instant from ``now`` on at which it holds and may, if nothing else happens; ``None``: never."""
    if not _concerns(criterion, subject.ticket):
        return None
    free = _free_from(criterion, subject, now)
    if free is None:
        return None
    if measured(criterion, subject, free).holds:
        return free
    reached = GAUGES[criterion.kind].reached(criterion, subject, free)
    return None if reached is None else Instant(max(free, reached))


def nearly(criteria: Iterable[Criterion], subject: Subject, now: Instant) -> tuple[Measured, ...]:
    """Those that do not hold but nearly do, the nearest first."""
    found = (measured(one, subject, now) for one in criteria if _concerns(one, subject.ticket))
    return tuple(sorted((one for one in found if one.nearly), key=lambda one: (-_share(one), one.criterion.id)))


def _share(found: Measured) -> float:
    return found.value / found.limit if found.limit else 0.0


def _concerns(criterion: Criterion, ticket: Ticket) -> bool:
    if not ticket.is_open or ticket.void or ticket.merged_into is not None:
        return False
    return criterion.min_priority is None or ticket.priority <= criterion.min_priority


def _free_from(criterion: Criterion, subject: Subject, now: Instant) -> Instant | None:
    """From when on it may hold once more; ``None``: not until the ticket is reopened, or a count has grown."""
    held = subject.held.get(criterion.id, ())
    if not held:
        return now
    if len(held) >= criterion.most or not criterion.cooldown:
        return None
    if criterion.kind in COUNTS and measured(criterion, subject, now).value <= held[-1].value:
        return None
    return Instant(max(now, held[-1].at + criterion.cooldown))
