"""What happens in the escalation of a ticket."""

from dataclasses import dataclass

from supporttui.domain.ids import PersonId, PolicyId


@dataclass(frozen=True, slots=True)
class EscalationStarted:
    """A policy version begins to watch over the ticket; a new ``generation`` after each reopening."""

    policy: PolicyId
    policy_version: int
    generation: int = 1


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
    """(round, step) of steps missed while no watch ran; they paged nobody and have no number."""
    waited: int = 0
    """Seconds for which nobody had answered the step before, or the beginning; 0 by hand."""


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
