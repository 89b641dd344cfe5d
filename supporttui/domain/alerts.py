"""What a terminal tells the person who sits at it: what has begun to press since it was looked last."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.ids import TicketId

SECONDS_BETWEEN = 30
"""No terminal calls more often; what comes between is told with the next call."""


class Alert(StrEnum):
    """What presses, the loudest first."""

    paged = "paged"
    """You are called."""
    p1 = "p1"
    """A ticket of the top priority is open."""
    breached = "breached"
    """A promise for a ticket of yours, or of the top priority, is broken."""
    at_risk = "at_risk"
    """Such a promise is in danger."""
    handover = "handover"
    """A handover waits for you."""


LOUD = frozenset({Alert.paged, Alert.p1})
"""They know no quiet hours."""
_ORDER = tuple(Alert)


@dataclass(frozen=True, slots=True)
class Pressing:
    """One thing that presses now; ``key`` tells it from the same thing at another time."""

    alert: Alert
    key: str
    ticket: TicketId | None = None


def loudest_first(found: Sequence[Pressing]) -> tuple[Pressing, ...]:
    """In the order in which they are told."""
    return tuple(sorted(found, key=lambda one: _ORDER.index(one.alert)))
