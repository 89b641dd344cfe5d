"""Where most issues are: tickets opened within some days by service, process, category and how they were resolved."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.processes import Process, about


class SpotBy(StrEnum):
    """What tickets are told apart by."""

    service = "service"
    process = "process"
    category = "category"
    resolution = "resolution"


@dataclass(frozen=True, slots=True)
class Cell:
    """How many tickets of a service and a category were opened, and resolved alike."""

    service: str
    category: str
    resolution: str
    """A code of the site; empty: not resolved yet."""
    count: int
    reopened: int = 0
    """How often they were reopened, all together."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A group of tickets beside all, and beside as many days before."""

    name: str
    """A service, a process, a category, a code; empty: none."""
    count: int
    of: int
    before: int
    reopened: int

    @property
    def percent(self) -> int:
        """Its share of all, rounded down."""
        return self.count * 100 // self.of if self.of else 0


def spots(
    cells: Sequence[Cell], before: Sequence[Cell], by: SpotBy, *, processes: Iterable[Process] = ()
) -> tuple[Spot, ...]:
    """The groups, the largest first. A ticket that is about several processes counts for each."""
    known = tuple(processes)
    counts, earlier, reopened = Counter[str](), Counter[str](), Counter[str]()
    for cell in cells:
        for name in _names(cell, by, known):
            counts[name] += cell.count
            reopened[name] += cell.reopened
    for cell in before:
        for name in _names(cell, by, known):
            earlier[name] += cell.count
    total = sum(cell.count for cell in cells)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Spot(name, count, total, earlier[name], reopened[name]) for name, count in ranked)


def _names(cell: Cell, by: SpotBy, processes: Sequence[Process]) -> Iterator[str]:
    match by:
        case SpotBy.service:
            yield cell.service
        case SpotBy.category:
            yield cell.category
        case SpotBy.resolution:
            yield cell.resolution
        case SpotBy.process:
            found = [process.id for process in about(processes, cell.service, cell.category)]
            yield from found or [""]
