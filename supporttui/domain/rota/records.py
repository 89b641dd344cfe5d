"""Duty as it was: kept when it became past, so that no later edit of the plan can change it."""

from dataclasses import dataclass

from supporttui.domain.faults import BadInput
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.rota.causes import Cause
from supporttui.domain.spans import Instant


@dataclass(frozen=True, slots=True)
class DutyRecord:
    """Who was on duty in one level for a span that is over; without people it was a gap."""

    rota: RotaId
    level: int
    start: Instant
    end: Instant
    people: tuple[PersonId, ...]
    layer: str | None
    cause: Cause
    inputs: str
    """Hash of everything that decided it."""
    recorded_at: Instant
    """Of two records of one instant the later recorded one holds."""

    def __post_init__(self) -> None:
        """Refuse a span without any second: ``record.span``."""
        if self.start >= self.end:
            raise BadInput("record.span", start=self.start, end=self.end)
