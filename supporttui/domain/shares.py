"""A service that goes over to another team in stages: of its new tickets that team gets a share, which grows."""

from dataclasses import dataclass
from datetime import date
from zlib import crc32

from supporttui.domain.faults import BadInput
from supporttui.domain.ids import OperationId, TeamId

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


def falls(operation: OperationId, percent: int) -> bool:
    """Whether what is opened by an operation is one of the share: as by lot, and the same whenever it is asked.

    No count is kept: those who open tickets need not wait for each other, nor be allowed to write one.

    >>> [falls(OperationId(f"op-{number}"), 30) for number in range(1000)].count(True)
    302
    """
    return crc32(operation.encode()) % WHOLE < percent
