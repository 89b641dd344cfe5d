"""How well the first line hands tickets over, as scored by those who took them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from supporttui.domain.events import Fact, LookRated
from supporttui.domain.ids import PersonId, TeamId, TicketId
from supporttui.domain.undoing import taken_back

SCORES = (1, 2, 3, 4, 5)
"""From of no use to all that was needed."""
POOR = 2
"""Up to this score a first look was of little help."""


@dataclass(frozen=True, slots=True)
class Score:
    """What the first looks of one team were worth."""

    team: TeamId
    count: int
    mean: float
    poor: int
    """How many were of little help."""


def by_team(facts: Iterable[Fact]) -> tuple[Score, ...]:
    """The worst mean first; of one person's first looks at a ticket the newest score that stands counts.

    ``facts`` are ratings and undos in journal order.
    """
    known = tuple(facts)
    undone = taken_back(known)
    last: dict[tuple[TicketId, PersonId], LookRated] = {}
    for fact in known:
        if isinstance(fact.event, LookRated) and fact.operation not in undone:
            last[fact.ticket, fact.event.of] = fact.event
    found: dict[TeamId, list[int]] = {}
    for event in last.values():
        found.setdefault(event.team, []).append(event.score)
    return tuple(sorted(_scores(found), key=lambda one: (one.mean, one.team)))


def _scores(found: Mapping[TeamId, list[int]]) -> Iterable[Score]:
    return (
        Score(team, len(scores), sum(scores) / len(scores), sum(score <= POOR for score in scores))
        for team, scores in found.items()
    )
