"""Whether promises are kept alike for everybody: the share of them by language, zone, team … beside the whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MARGIN = 10
"""Percentage points below the whole from which on a group is served worse."""
LEAST = 20
"""Fewer promises than these say nothing of a group."""


class Grouping(StrEnum):
    """What tickets are told apart by."""

    language = "language"
    zone = "zone"
    service = "service"
    team = "team"
    priority = "priority"
    category = "category"


class Served(StrEnum):
    """How a group is served beside the whole."""

    alike = "alike"
    worse = "worse"
    too_few = "too_few"


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What became of the promises to one group within a span."""

    group: str
    """A language, a zone …; empty: not known."""
    kept: int
    late: int
    """Kept late, or late and still open."""

    @property
    def count(self) -> int:
        """Of how many promises it is known."""
        return self.kept + self.late

    @property
    def percent(self) -> int | None:
        """The share that was kept, rounded down; ``None`` of none."""
        return self.kept * 100 // self.count if self.count else None


@dataclass(frozen=True, slots=True)
class Group:
    """A group with what is to be said of it."""

    verdicts: Verdicts
    served: Served


@dataclass(frozen=True, slots=True)
class Attainment:
    """The whole, and every group, those that are served worse first."""

    whole: Verdicts
    groups: tuple[Group, ...]


def attainment(found: Iterable[Verdicts], *, margin: int = MARGIN, least: int = LEAST) -> Attainment:
    """Hold every group against the whole; one overall figure hides those who are served worse."""
    groups = tuple(found)
    whole = Verdicts("", sum(one.kept for one in groups), sum(one.late for one in groups))
    told = (Group(one, _served(one, whole, margin, least)) for one in groups if one.count)
    return Attainment(whole, tuple(sorted(told, key=_rank)))


def _served(one: Verdicts, whole: Verdicts, margin: int, least: int) -> Served:
    if one.count < least:
        return Served.too_few
    # In whole numbers: kept/count + margin/100 <= whole.kept/whole.count
    below = whole.kept * one.count * 100 - one.kept * whole.count * 100
    return Served.worse if below >= margin * one.count * whole.count else Served.alike


def _rank(group: Group) -> tuple[bool, float, str]:
    return (group.served is not Served.worse, group.verdicts.kept / group.verdicts.count, group.verdicts.group)
