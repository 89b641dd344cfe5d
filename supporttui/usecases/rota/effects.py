"""What a change of a rota would do, shown before it is made and told when it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.processes import LeftOut, left_out, of_line
from supporttui.domain.rota.absences import Absence
from supporttui.domain.rota.coverage import DELIBERATE
from supporttui.domain.rota.oncall import Duty, duty
from supporttui.domain.rota.snapshot import Snapshot, rota_at
from supporttui.domain.rota.speakers import same_language
from supporttui.domain.rota.whatif import Change, changes
from supporttui.domain.spans import Instant, Span
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rota.certified import on_rota
from supporttui.usecases.rota.reading import names
from supporttui.usecases.rota.wishes import Proposal, Wish, proposal
from supporttui.usecases.rules import Rules, rules_of


@dataclass(frozen=True, slots=True)
class Hours:
    """A person's time on duty in the span looked at, in seconds, lines of support added up."""

    person: PersonId
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language that somebody on duty speaks only before a change, or only after it."""

    language: str
    span: Span
    level: int
    lost: bool
    """Else it is gained."""


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who would be on duty while away, or reserved for something else."""

    person: PersonId
    absence: Absence
    span: Span
    """Where the two meet."""


@dataclass(frozen=True, slots=True)
class Uncertified:
    """Somebody who would be on duty for a process without the certification that it needs."""

    left_out: LeftOut
    span: Span


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to the plan of a rota within a span; without changes it has no effect."""

    rota: RotaId
    rota_name: str
    span: Span
    changes: tuple[Change, ...] = ()
    """Who is on duty instead of whom, by level and time."""
    gaps: tuple[Duty, ...] = ()
    """Where nobody is any more, and nobody meant that."""
    hours: tuple[Hours, ...] = ()
    """Of those whose time changes."""
    languages: tuple[Spoken, ...] = ()
    away: tuple[Away, ...] = ()
    doubled: tuple[Duty, ...] = ()
    """Where somebody who comes on duty stands in another line of support at the same time."""
    uncertified: tuple[Uncertified, ...] = ()
    """Of those who come on duty; nothing forbids it, and it is told before it is done."""
    names: Mapping[str, str] = field(default_factory=dict)


def whatif(tx: Transaction, wish: Wish, now: Instant) -> Effect:
    """What a wish would do; nothing is written. Raises as ``wishes.proposal`` does."""
    rules = rules_of(tx)
    return effect(rules, proposal(rules, wish, now))


def effect(rules: Rules, asked: Proposal) -> Effect:
    """The difference between a rota as it is and as it would be; of a new rota, all of it."""
    before, after, span = asked.before, asked.after, asked.span
    found = () if before is None else changes(before, after, span.start, span.end)
    plan = duty(after, span.start, span.end)
    hours = tuple(_hours(() if before is None else duty(before, span.start, span.end), plan))
    people = {one.person for one in hours}.union(*((*c.before.people, *c.after.people) for c in found))
    return Effect(
        asked.rota,
        rota_at(after, span.start).name,
        span,
        changes=found,
        gaps=tuple(c.after for c in found if c.before.people and is_gap(c.after)),
        hours=hours,
        languages=tuple(_languages(rules, after, found)),
        away=tuple(_away(rules, found)),
        doubled=tuple(_doubled(found, plan)),
        uncertified=tuple(_uncertified(rules, asked.rota, found)),
        names=names(rules, people),
    )


def is_gap(piece: Duty) -> bool:
    """Whether nobody is on duty, and nobody meant that."""
    return not piece.people and piece.cause not in DELIBERATE


def _hours(before: Iterable[Duty], after: Iterable[Duty]) -> Iterator[Hours]:
    old, new = _seconds(before), _seconds(after)
    for person in sorted(old.keys() | new.keys()):
        if old.get(person) != new.get(person):
            yield Hours(person, old.get(person, 0), new.get(person, 0))


def _seconds(plan: Iterable[Duty]) -> dict[PersonId, int]:
    total: dict[PersonId, int] = {}
    for piece in plan:
        for person in piece.people:
            total[person] = total.get(person, 0) + piece.span.seconds
    return total


def _languages(rules: Rules, plan: Snapshot, found: Sequence[Change]) -> Iterator[Spoken]:
    """Of the languages that the rota requires, or of all where it requires none; where nobody is, none is missed."""
    for change in (one for one in found if one.after.people):
        span, level = change.after.span, change.after.level
        before, after = _spoken(rules, change.before.people), _spoken(rules, change.after.people)
        wanted = rota_at(plan, span.start).required_languages or tuple(sorted(before | after))
        for language in wanted:
            was, becomes = (any(same_language(one, language) for one in spoken) for spoken in (before, after))
            if was != becomes:
                yield Spoken(language, span, level, lost=was)


def _spoken(rules: Rules, people: Iterable[PersonId]) -> set[str]:
    known = (rules.people[person] for person in people if person in rules.people)
    return {language for person in known for language in (person.language, *person.speaks)}


def _away(rules: Rules, found: Iterable[Change]) -> Iterator[Away]:
    """By absences of those who come on duty, each once."""
    for change in found:
        span = change.after.span
        for person in _arriving(change):
            for absence in rules.tx.rotas.absences(span.start, span.end, person=person):
                meets = Span(max(span.start, absence.start), min(span.end, absence.end))
                yield Away(person, absence, meets)


def _uncertified(rules: Rules, rota: RotaId, found: Iterable[Change]) -> Iterator[Uncertified]:
    processes = on_rota(rules, rota)
    for change in found if processes else ():
        for person in (rules.people[one] for one in _arriving(change) if one in rules.people):
            mine = of_line(processes, change.after.level)
            if (lacks := left_out(person, mine, change.after.span)) is not None:
                yield Uncertified(lacks, change.after.span)


def _doubled(found: Iterable[Change], plan: Iterable[Duty]) -> Iterator[Duty]:
    arriving = [(change.after, person) for change in found for person in _arriving(change)]
    for piece in plan:
        for own, person in arriving:
            meets = Span(max(own.span.start, piece.span.start), min(own.span.end, piece.span.end))
            if person in piece.people and piece.level != own.level and meets.seconds:
                yield Duty(meets, (person,), piece.layer, piece.level, piece.cause)


def _arriving(change: Change) -> tuple[PersonId, ...]:
    return tuple(person for person in change.after.people if person not in change.before.people)
