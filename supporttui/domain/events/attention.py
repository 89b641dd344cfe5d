"""What happens to the attention that a ticket gets, which is not its priority; and why it escalated."""

from collections.abc import Sequence
from dataclasses import dataclass

from supporttui.domain.ids import PolicyId
from supporttui.domain.priorities import Level
from supporttui.domain.spans import Instant


@dataclass(frozen=True, slots=True)
class Chased:
    """The requester asked what becomes of it; ``by`` is who asked, if it was somebody else."""

    by: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class AttentionRaised:
    """More people look at it from now on, whatever its priority; for a stated impact, and for a time."""

    level: int
    impact: Level
    """What is said to be hit; held against the ticket's own impact."""
    reason: str
    until: Instant
    """From here on it counts no more, by itself."""
    by: str = ""
    """Who asked for it, such as the requester; empty: the actor."""


@dataclass(frozen=True, slots=True)
class AttentionLowered:
    """De-escalated, with a reason; ``inflated`` says whether the impact was less than stated."""

    reason: str
    inflated: bool = False


@dataclass(frozen=True, slots=True)
class CriterionHeld:
    """A criterion of a policy held: what was measured, against which limit, and which others nearly did."""

    criterion: str
    policy: PolicyId
    policy_version: int
    kind: str
    value: int
    limit: int
    near: Sequence[tuple[str, int, int]] = ()
    """Criterion, value and limit."""
