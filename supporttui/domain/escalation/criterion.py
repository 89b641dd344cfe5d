"""Criteria of escalation as data: reasons to escalate beside the priority."""

from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.faults import BadInput
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.order import Metric


class CriterionKind(StrEnum):
    """What a criterion looks at; its ``value`` is the limit in the unit said here."""

    used = "used"
    """Percent of a target that is used up."""
    breached = "breached"
    """Seconds of real time since a target was used up; 0: as soon as it is late."""
    unacknowledged = "unacknowledged"
    """Seconds since the ticket was opened, reopened or escalated in which nobody has acknowledged it."""
    no_update = "no_update"
    """Seconds without real work on it: a reply, a note, another state or hand. Paused tickets too."""
    promise = "promise"
    """Seconds of real time since a promised update was missed; 0: as soon as it is."""
    hops = "hops"
    """How often the working authority changed."""
    reopened = "reopened"
    """How often it was reopened."""
    chased = "chased"
    """How often the requester asked what becomes of it."""
    period = "period"
    """Seconds of real time since a special period of its service began; 0: as soon as it does."""
    impact = "impact"
    """An impact level: as wide as this, or wider (1 is the widest)."""


COUNTS = (CriterionKind.hops, CriterionKind.reopened, CriterionKind.chased)
"""What only grows, one by one: holds again only once it has grown."""
_FROM_ZERO = (CriterionKind.breached, CriterionKind.promise, CriterionKind.period)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One reason to escalate by a policy, beside the priorities that start it."""

    id: str
    kind: CriterionKind
    value: int = 0
    metric: Metric | None = None
    """Of ``used`` and ``breached``: the target; ``None``: whichever comes first."""
    period: str | None = None
    """Of ``period``: which one; ``None``: any."""
    min_priority: Priority | None = None
    """Only tickets as pressing as this, or more."""
    cooldown: int = 0
    """Seconds for which it does not hold again; 0: once until the ticket is reopened."""
    in_hours: bool = False
    """``no_update`` and ``unacknowledged`` count only within the service's hours."""
    most: int = 3
    """So often at most until the ticket is reopened."""

    def __post_init__(self) -> None:
        """Refuse what could never hold, or always would: ``criterion.value``, ``criterion.positive``."""
        least = 0 if self.kind in _FROM_ZERO else 1
        if self.value < least:
            raise BadInput("criterion.value", criterion=self.id, least=least, found=self.value)
        if self.cooldown < 0 or self.most < 1:
            raise BadInput("criterion.positive", criterion=self.id)
