"""Pinned periods: a plan of its own for a while, over layers and overrides."""

from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.faults import BadInput
from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant


class PinnedFallback(StrEnum):
    """Who is on duty inside a pinned period where none of its shifts is."""

    gap = "gap"
    """Nobody."""
    layers = "layers"
    """Whoever the layers and overrides give."""


@dataclass(frozen=True, slots=True)
class PinnedShift:
    """People on duty for a span of a pinned period, whatever the layers plan; what lies outside of it is cut."""

    start: Instant
    end: Instant
    people: tuple[PersonId, ...]
    level: int = 1

    def __post_init__(self) -> None:
        """Refuse ``pinned.span`` and a shift of nobody, ``pinned.nobody``."""
        if self.start >= self.end:
            raise BadInput("pinned.span", start=self.start, end=self.end)
        if not self.people:
            raise BadInput("pinned.nobody", start=self.start, end=self.end)


@dataclass(frozen=True, slots=True)
class PinnedPeriod:
    """A span whose shifts are set by hand; of several at one instant the one that begins last holds.

    It concerns the levels that its shifts name; without any shift, every level.
    """

    id: str
    start: Instant
    end: Instant
    shifts: tuple[PinnedShift, ...]
    fallback: PinnedFallback
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a period without any second: ``pinned.span``."""
        if self.start >= self.end:
            raise BadInput("pinned.span", start=self.start, end=self.end)

    def concerns(self, level: int) -> bool:
        """Whether the period decides about a level."""
        return not self.shifts or any(shift.level == level for shift in self.shifts)
