"""A wish to be covered, or to exchange duties with somebody."""

from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.faults import BadInput
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.spans import Instant, Span


class SwapState(StrEnum):
    """What became of a request; only ``asked`` can still change."""

    asked = "asked"
    taken = "taken"
    withdrawn = "withdrawn"
    expired = "expired"


@dataclass(frozen=True, slots=True)
class SwapPiece:
    """A stretch of one level's duty that goes to somebody else."""

    span: Span
    level: int = 1
    layer: str | None = None
    """Whose place it is; ``None``: wherever the person stands in the level."""

    def __post_init__(self) -> None:
        """Refuse a stretch without any second: ``swap.span``."""
        if not self.span.seconds:
            raise BadInput("swap.span", start=self.span.start, end=self.span.end)


@dataclass(frozen=True, slots=True)
class SwapRequest:
    """Somebody asks to be covered for some pieces, and may offer to take others in return.

    A taken one acts through overrides of kind ``replace`` that carry its id, one for each piece of either
    side, made in the transaction in which it is taken; duty itself knows no swaps.
    """

    id: str
    rota: RotaId
    asked_by: PersonId
    pieces: tuple[SwapPiece, ...]
    give_back: tuple[SwapPiece, ...] = ()
    """Pieces of whoever takes it, which the asking person does instead."""
    to: PersonId | None = None
    """``None``: whoever takes it first."""
    deadline: Instant | None = None
    approval: bool = False
    """A lead must say yes before it acts."""
    state: SwapState = SwapState.asked
    taken_by: PersonId | None = None
    taken_at: Instant | None = None
    approved_by: PersonId | None = None
    reason: str = ""
    created_at: Instant = Instant(0)

    def __post_init__(self) -> None:
        """Refuse a request about nothing, ``swap.empty``, and one to oneself, ``swap.own``."""
        if not self.pieces:
            raise BadInput("swap.empty", swap=self.id)
        if self.asked_by in (self.to, self.taken_by):
            raise BadInput("swap.own", swap=self.id, person=self.asked_by)
