"""Which coming duties to give to whom, so that hard hours are shared alike."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low

from supporttui.domain.ids import PersonId
from supporttui.domain.people import Person
from supporttui.domain.processes import Process
from supporttui.domain.rota.hardship import hardship
from supporttui.domain.rota.oncall import Duty, duty
from supporttui.domain.rota.proposals import Candidates, Merit, spans_of
from supporttui.domain.rota.snapshot import Plan
from supporttui.domain.spans import Instant, Span


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One coming duty that somebody else should do."""

    duty: Duty
    person: PersonId
    """Whose it is."""
    to: PersonId
    spread: int
    """Seconds of hard duty between who has most and who has least, as planned;"""
    spread_after: int
    """… and with this and every suggestion before it."""


def suggestions(
    plan: Plan,
    start: Instant,
    end: Instant,
    *,
    people: Iterable[Person],
    so_far: Mapping[PersonId, int],
    most: int = 3,
    processes: Sequence[Process] = (),
) -> tuple[Suggestion, ...]:
    """The moves that best narrow the spread of hard duty by the end of a span, each after the ones before it.

    ``so_far``: seconds of hard duty that the ledger has for each person; who is not in it is new and starts
    at the median of those who are. Only rested people are given a duty, and only those who are certified for the
    ``processes`` that it is for. A duty that began is not moved.
    """
    known = {person.id: person for person in people}
    pieces = [piece for piece in duty(plan, start, end) if piece.span.start > start or not piece.people]
    balances = _planned(plan, Span(start, end), known, so_far)
    team = Candidates(plan, known.values(), (), within=Span(start, end), processes=processes)
    found: list[Suggestion] = []
    for _ in range(most):
        best = _best(pieces, known, balances, team=team)
        if best is None:
            break
        found.append(best)
        pieces.remove(best.duty)
        for person, sign in ((best.person, -1), (best.to, 1)):
            balances[person] += sign * _cost(known[person], best.duty)
    return tuple(found)


def _planned(
    plan: Plan, span: Span, people: Mapping[PersonId, Person], so_far: Mapping[PersonId, int]
) -> dict[PersonId, int]:
    """What everybody will have at the end if nothing is moved."""
    newcomer = median_low(so_far.values()) if so_far else 0
    coming = spans_of(duty(plan, span.start, span.end))
    return {
        person.id: so_far.get(person.id, newcomer) + hardship(coming.get(person.id, ()), person.zone).hard
        for person in people.values()
    }


def _best(
    pieces: Iterable[Duty], people: Mapping[PersonId, Person], balances: Mapping[PersonId, int], *, team: Candidates
) -> Suggestion | None:
    """The move away from whoever has most that leaves the narrowest spread, if it narrows it at all."""
    if not balances:
        return None
    spread = _spread(balances)
    worst = max(balances, key=lambda person: (balances[person], person))
    found: list[Suggestion] = []
    for piece in pieces:
        taken = _cost(people[worst], piece) if worst in piece.people else 0
        if not taken:
            continue
        for proposal in team.proposals(piece.span, piece.level, without=piece.people, languages=()):
            to = proposal.person
            given = balances[to] + _cost(people[to], piece)
            after = _spread({**balances, worst: balances[worst] - taken, to: given})
            if after < spread and Merit.rested in proposal.reasons:
                found.append(Suggestion(piece, worst, to, spread, after))
    return min(found, key=lambda one: (one.spread_after, one.duty.span, one.to), default=None)


def _spread(balances: Mapping[PersonId, int]) -> int:
    return max(balances.values()) - min(balances.values())


def _cost(person: Person, piece: Duty) -> int:
    return hardship([piece.span], person.zone).hard
