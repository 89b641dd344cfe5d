"""When people are away, or needed elsewhere."""

from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.faults import BadInput
from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant, Span


class AbsenceKind(StrEnum):
    """Why somebody cannot be on duty."""

    leave = "leave"
    sick = "sick"
    training = "training"
    half_day = "half_day"
    reserved = "reserved"
    """Promised to a project or to the next update."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A span in which a person is away. It never moves duty: where the two meet is a conflict to settle."""

    id: str
    person: PersonId
    start: Instant
    end: Instant
    kind: AbsenceKind
    source: str = ""
    """The calendar it came from; empty where it was entered here."""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a span without any second: ``absence.span``."""
        if self.start >= self.end:
            raise BadInput("absence.span", absence=self.id, start=self.start, end=self.end)

    @property
    def span(self) -> Span:
        """Half-open."""
        return Span(self.start, self.end)
