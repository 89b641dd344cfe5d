"""Who could take over a stretch of duty, and why this one rather than that one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.ids import PersonId
from supporttui.domain.people import Person
from supporttui.domain.processes import LeftOut, Process, left_out, of_line
from supporttui.domain.rota.absence import Absence
from supporttui.domain.rota.hardship import hardship
from supporttui.domain.rota.ledger import REST
from supporttui.domain.rota.oncall import Duty, duty
from supporttui.domain.rota.snapshot import Plan, rota_at
from supporttui.domain.rota.speakers import same_language
from supporttui.domain.rota.validity import Bar, bars, bars_of
from supporttui.domain.spans import Instant, Span

REACH = 14 * 86400
"""How far on either side other duties are looked at; a longer rest is no better."""


class Merit(StrEnum):
    """What speaks for somebody, by rank."""

    speaks = "merit.speaks"
    """Every language that would be missing."""
    rested = "merit.rested"
    """Eleven hours of rest before and after."""
    longest_rest = "merit.longest_rest"
    """Nobody has a longer one."""
    fewest_hard = "merit.fewest_hard"
    """Nobody has fewer hard hours in the period."""
    free_before = "merit.free_before"
    """No duty in the two weeks before."""
    free_after = "merit.free_after"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody who is free for a stretch of duty."""

    person: PersonId
    reasons: tuple[Merit, ...]
    rest: int
    """Seconds between the stretch and the nearest other duty, at most ``REACH``."""
    hard: int
    """Seconds of hard duty in the period looked at."""


class Candidates:
    """Some people and all their duties in a period, asked for proposals."""

    def __init__(
        self,
        plan: Plan,
        people: Iterable[Person],
        absences: Sequence[Absence],
        *,
        within: Span,
        processes: Sequence[Process] = (),
    ) -> None:
        self._plan, self._absences, self._processes = plan, absences, processes
        self._people = sorted(people, key=lambda person: person.id)
        pieces = duty(plan, Instant(within.start - REACH), Instant(within.end + REACH))
        self._spans = spans_of(pieces)
        inside = spans_of(duty(plan, within.start, within.end))
        self._hard = {p.id: hardship(inside.get(p.id, ()), p.zone).hard for p in self._people}

    def proposals(
        self, span: Span, level: int, *, without: Collection[PersonId], languages: Sequence[str]
    ) -> tuple[Proposal, ...]:
        """Who is valid, there, not on duty in a span and certified for the processes of a line, the best first.

        ``without``: who is not asked; ``languages``: those that would be missing.
        """
        processes = of_line(self._processes, level)
        free = [one for one in self._free(span, without) if left_out(one, processes, span) is None]
        if not free:
            return ()
        rests = {person.id: self._rests(person.id, span) for person in free}
        longest = max(min(both) for both in rests.values())
        fewest = min(self._hard[person.id] for person in free)
        found = []
        for person in free:
            before, after = rests[person.id]
            merits = {
                Merit.speaks: bool(languages) and all(speaks(person, language) for language in languages),
                Merit.rested: min(before, after) >= REST,
                Merit.longest_rest: min(before, after) == longest,
                Merit.fewest_hard: self._hard[person.id] == fewest,
                Merit.free_before: before == REACH,
                Merit.free_after: after == REACH,
            }
            reasons = tuple(merit for merit, given in merits.items() if given)
            found.append(Proposal(person.id, reasons, min(before, after), self._hard[person.id]))
        return tuple(sorted(found, key=_rank))

    def left_out(self, span: Span, level: int, *, without: Collection[PersonId]) -> tuple[LeftOut, ...]:
        """Who could take a span of a line but for a certification, with what is missing, by id."""
        processes = of_line(self._processes, level)
        found = (left_out(person, processes, span) for person in self._free(span, without))
        return tuple(one for one in found if one is not None)

    def _free(self, span: Span, without: Collection[PersonId]) -> list[Person]:
        barred = {bar.person for bar in self._bars(span)} | set(without)
        return [person for person in self._people if person.id not in barred and self._is_free(person.id, span)]

    def _is_free(self, person: PersonId, span: Span) -> bool:
        away = (absence.span for absence in self._absences if absence.person == person)
        return not any(one.touches(span) for one in (*away, *self._spans.get(person, ())))

    def _rests(self, person: PersonId, span: Span) -> tuple[int, int]:
        duties = self._spans.get(person, ())
        before = min((span.start - one.end for one in duties if one.end <= span.start), default=REACH)
        after = min((one.start - span.end for one in duties if one.start >= span.end), default=REACH)
        return min(before, REACH), min(after, REACH)

    def _bars(self, span: Span) -> list[Bar]:
        """Who may not be on duty in all of a span, by the rota and by what is known of the person."""
        validities = rota_at(self._plan, span.start).validities
        return bars(validities, span) + bars_of(self._people, [person.id for person in self._people], span)


def _rank(proposal: Proposal) -> tuple[bool, bool, int, int, PersonId]:
    return (
        Merit.speaks not in proposal.reasons,
        Merit.rested not in proposal.reasons,
        -proposal.rest,
        proposal.hard,
        proposal.person,
    )


def speaks(person: Person, language: str) -> bool:
    """Whether a person can help in a language, regions aside."""
    return any(same_language(language, one) for one in (person.language, *person.speaks))


def spans_of(pieces: Iterable[Duty]) -> Mapping[PersonId, list[Span]]:
    """The duties of each person, in the order of the pieces."""
    found: dict[PersonId, list[Span]] = {}
    for piece in pieces:
        for person in piece.people:
            found.setdefault(person, []).append(piece.span)
    return found
