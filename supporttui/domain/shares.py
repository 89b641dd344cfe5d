"""A service that goes over to another team in stages: of its new tickets that team gets a share, which grows."""

from dataclasses import dataclass
from datetime import date

from supporttui.domain.faults import BadInput
from supporttui.domain.ids import TeamId

WHOLE = 100


@dataclass(frozen=True, slots=True)
class Stage:
    """From a day on, on the service's clocks, so many of a hundred new tickets."""

    since: date
    percent: int

    def __post_init__(self) -> None:
        """Refuse what is no share: ``share.percent``."""
        if not 0 <= self.percent <= WHOLE:
            raise BadInput("share.percent", found=self.percent)


@dataclass(frozen=True, slots=True)
class GoingOver:
    """To which team, and by which stages; the newest that has begun holds."""

    team: TeamId
    stages: tuple[Stage, ...]

    def percent(self, day: date) -> int:
        """Its share of the tickets that are opened on a day."""
        begun = [stage for stage in self.stages if stage.since <= day]
        return max(begun, key=lambda stage: stage.since).percent if begun else 0


def falls(number: int, percent: int) -> bool:
    """Whether the ticket of this number, from 0 on, is one of the share: as evenly as whole tickets can be.

    >>> [falls(number, 30) for number in range(10)].count(True)
    3
    """
    return (number + 1) * percent // WHOLE > number * percent // WHOLE
