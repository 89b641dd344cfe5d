"""What a shift needs while the database is away: the rota of the next days, how to reach who is on it, the plan.

It holds no more of people than their names and their first ways to be reached.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from supporttui.domain.ids import PersonId
from supporttui.domain.people import Person
from supporttui.domain.rota.oncall import Duty, level_duty, levels
from supporttui.domain.rota.shadows import without
from supporttui.domain.site import CONTINUITY_PLAN
from supporttui.domain.spans import Instant
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rota.reading import standings
from supporttui.usecases.rules import Rules, rules_of

DAYS = 7
WAYS = 2
"""Of each person so many ways to be reached are kept."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Who is on duty from an instant up to another; nobody where it is empty."""

    start: Instant
    end: Instant
    people: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of support of one rota, in turns that follow one another."""

    rota: str
    level: int
    turns: tuple[Turn, ...]

    def at(self, now: Instant) -> Turn | None:
        """The turn of an instant; ``None``: what was known does not reach so far."""
        return next((one for one in self.turns if one.start <= now < one.end), None)


@dataclass(frozen=True, slots=True)
class Contact:
    """How somebody on the rota is reached, the first way first: channel and address."""

    name: str
    ways: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of it, as it was at an instant."""

    at: Instant
    until: Instant
    lines: tuple[Line, ...]
    contacts: Mapping[PersonId, Contact]
    plan: str = ""
    """The site's own text; empty where it has none."""


def sheet(tx: Transaction, now: Instant, *, days: int = DAYS) -> Sheet:
    """The rotas from now on, everybody on them who may be called, and the site's continuity plan."""
    rules, until = rules_of(tx), Instant(now + days * 86_400)
    lines = tuple(
        Line(one.rota.name, level, _turns(without(level_duty(one.plan, now, until, level=level), rules.shadows)))
        for one in standings(rules, now)
        for level in levels(one.plan)
    )
    people = {person for line in lines for turn in line.turns for person in turn.people}
    plan = tx.definitions.site().get(CONTINUITY_PLAN, "").strip()
    return Sheet(now, until, lines, _contacts(rules, people), plan)


def _turns(pieces: Iterable[Duty]) -> tuple[Turn, ...]:
    """Pieces of the same people one after the other are one turn."""
    kept: list[Turn] = []
    for piece in pieces:
        if kept and kept[-1].people == piece.people:
            kept[-1] = Turn(kept[-1].start, piece.span.end, piece.people)
        else:
            kept.append(Turn(piece.span.start, piece.span.end, piece.people))
    return tuple(kept)


def _contacts(rules: Rules, people: Iterable[PersonId]) -> dict[PersonId, Contact]:
    known = {person: rules.people[person] for person in sorted(people) if person in rules.people}
    return {person: Contact(found.name, _ways(found)) for person, found in known.items()}


def _ways(person: Person) -> tuple[tuple[str, str], ...]:
    first = sorted(person.contacts, key=lambda contact: contact.rank)[:WAYS]
    return tuple((contact.channel, contact.address) for contact in first)
