"""Where somebody is on duty and away at once, and who could be there instead."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from supporttui.domain.ids import PersonId
from supporttui.domain.people import Person
from supporttui.domain.processes import LeftOut, Process
from supporttui.domain.rota.absence import Absence as Absence  # noqa: PLC0414  re-exported
from supporttui.domain.rota.absence import AbsenceKind as AbsenceKind  # noqa: PLC0414  re-exported
from supporttui.domain.rota.oncall import Duty, duty
from supporttui.domain.rota.proposals import Candidates, Proposal, speaks
from supporttui.domain.rota.requirements import needs
from supporttui.domain.rota.snapshot import Plan, rota_at
from supporttui.domain.spans import Instant, Span


@dataclass(frozen=True, slots=True)
class Conflict:
    """A stretch of duty in which a person is away. Nothing moves until somebody decides."""

    absence: Absence
    duty: Duty
    """The piece of the plan, with its own span; the conflict is ``span``."""
    span: Span
    proposals: tuple[Proposal, ...]
    """Who could take it, the best first."""
    left_out: tuple[LeftOut, ...] = ()
    """Who could but for a certification."""

    @property
    def person(self) -> PersonId:
        """Who is both."""
        return self.absence.person


def conflicts(
    plan: Plan,
    absences: Sequence[Absence],
    start: Instant,
    end: Instant,
    *,
    people: Iterable[Person],
    processes: Sequence[Process] = (),
) -> tuple[Conflict, ...]:
    """Every duty between two instants of somebody who is away then, by time.

    ``people``: who may be proposed; ``processes``: those that the duty is for.
    """
    if start >= end or not absences:
        return ()
    known = list(people)
    team = Candidates(plan, known, absences, within=Span(start, end), processes=processes)
    found = [
        Conflict(
            absence,
            piece,
            span,
            team.proposals(span, piece.level, without=piece.people, languages=needed),
            team.left_out(span, piece.level, without=piece.people),
        )
        for piece in duty(plan, start, end)
        for absence, span in _away(piece, absences)
        for needed in [_missing(plan, piece, span, away=absence.person, people=known)]
    ]
    return tuple(sorted(found, key=lambda one: (one.span, one.duty.level, one.absence.id)))


def _away(piece: Duty, absences: Iterable[Absence]) -> Iterator[tuple[Absence, Span]]:
    for absence in absences:
        span = Span(max(piece.span.start, absence.start), min(piece.span.end, absence.end))
        if absence.person in piece.people and span.seconds:
            yield absence, span


def _missing(plan: Plan, piece: Duty, span: Span, *, away: PersonId, people: Iterable[Person]) -> list[str]:
    """The languages required in a span that those who stay do not speak."""
    staying = [person for person in people if person.id in piece.people and person.id != away]
    asked = needs(rota_at(plan, span.start), piece.level, span)
    required = dict.fromkeys(language for need in asked for language in need.languages)
    return [language for language in required if not any(speaks(person, language) for person in staying)]
