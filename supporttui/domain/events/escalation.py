"""What happens in the escalation of a ticket."""

from dataclasses import dataclass

from supporttui.domain.ids import PersonId, PolicyId
from supporttui.domain.spans import Instant
from supporttui.domain.states import AckResume, EscalationKind


@dataclass(frozen=True, slots=True)
class EscalationStarted:
    """A policy version begins to watch over the ticket; a new ``generation`` after each reopening."""

    policy: PolicyId
    policy_version: int
    generation: int = 1
    """Counted over both kinds, so that no number of a ticket comes twice."""
    kind: EscalationKind = EscalationKind.functional


@dataclass(frozen=True, slots=True)
class StepFired:
    """A step of the policy came due, or was taken by hand; paged are those it resolved to."""

    generation: int
    firing: int
    """1, 2, 3 … within the generation; unique with ticket and generation."""
    step: int
    round: int
    paged: tuple[PersonId, ...] = ()
    by_hand: bool = False
    cause: str = ""
    """Code: why nobody was paged, or which criterion held."""
    skipped: tuple[tuple[int, int], ...] = ()
    """(round, step) of steps missed while no watch ran, or passed over by hand as they reach nobody; they have no
    number."""
    waited: int = 0
    """Seconds for which nobody had answered the step before, or the beginning; 0 by hand."""
    kind: EscalationKind = EscalationKind.functional
    called: tuple[str, ...] = ()
    """Channels that were told, without a person."""
    answered: tuple[PersonId, ...] = ()
    """Left out, because they had acknowledged while others were still to; that goes on counting."""


@dataclass(frozen=True, slots=True)
class EscalationEnded:
    """Rounds used up, or stopped by hand; resolving a ticket ends it without a fact."""

    generation: int
    exhausted: bool = False


@dataclass(frozen=True, slots=True)
class PageWithdrawn:
    """Pages of one firing were taken back before they left."""

    generation: int
    firing: int


@dataclass(frozen=True, slots=True)
class EscalationSnoozed:
    """It is quiet until an instant, then goes on with the time that was left; ``None``: from now on."""

    until: Instant | None = None
    kind: EscalationKind = EscalationKind.functional


@dataclass(frozen=True, slots=True)
class Unacknowledged:
    """Nobody has answered after all: it goes on as the policy says, or as was chosen."""

    resume: AckResume | None = None


@dataclass(frozen=True, slots=True)
class EscalationMoved:
    """It goes on by another version of its policy, at the step where it stands."""

    policy_version: int
    kind: EscalationKind = EscalationKind.functional
