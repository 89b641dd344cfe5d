"""Priority from impact and urgency, by a matrix that is data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NewType

from supporttui.domain.faults import BadInput

Priority = NewType("Priority", int)
"""1 is the most pressing; how many there are, and their labels, is data of the site."""
Level = NewType("Level", int)
"""Impact or urgency; 1 is the highest."""

DEFAULT_MATRIX: tuple[tuple[int, ...], ...] = ((1, 2, 3), (2, 3, 4), (3, 4, 4))


@dataclass(frozen=True, slots=True)
class PriorityMatrix:
    """``rows[impact - 1][urgency - 1]`` is the priority."""

    rows: tuple[tuple[Priority, ...], ...] = tuple(tuple(Priority(p) for p in row) for row in DEFAULT_MATRIX)
    labels: Mapping[str, str] = field(default_factory=dict)
    """Priority number as text → the site's own label; empty means the shipped words."""

    def priority(self, impact: Level, urgency: Level) -> Priority:
        """The derived priority.

        >>> PriorityMatrix().priority(Level(1), Level(1))
        1

        Raises:
            BadInput: ``priority.level`` when either level is outside the matrix.
        """
        if not (1 <= impact <= len(self.rows)) or not (1 <= urgency <= len(self.rows[impact - 1])):
            raise BadInput("priority.level", impact=impact, urgency=urgency)
        return self.rows[impact - 1][urgency - 1]

    @property
    def priorities(self) -> tuple[Priority, ...]:
        """Every priority that the matrix can give, most pressing first."""
        return tuple(sorted({p for row in self.rows for p in row}))
