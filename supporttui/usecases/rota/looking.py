"""What a plan lacks in the months to come, and why somebody is on duty at an instant."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from supporttui.domain.faults import NotFound
from supporttui.domain.ids import RotaId
from supporttui.domain.periods.effects import staffing
from supporttui.domain.rota.coverage import Lack, Shortfall, shortfalls
from supporttui.domain.rota.explain import Reason, explain
from supporttui.domain.rota.lookout import Gap, gap_list
from supporttui.domain.rota.oncall import Duty, at_instant, levels
from supporttui.domain.rota.requirements import Asked
from supporttui.domain.rota.seams import Overlap, overlaps
from supporttui.domain.spans import Instant, Span
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rota.reading import Standing, names, snapshot, standings
from supporttui.usecases.rules import Rules, rules_of

_DAY = 86_400
YEAR = 366 * _DAY
"""So far ahead gaps are looked for."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """Where one rota does not give what it must, by level and time."""

    rota: RotaId
    name: str
    span: Span
    gaps: tuple[Gap, ...]
    """Where nobody is, with what makes it so; deliberate ones are marked."""
    shortfalls: tuple[Shortfall, ...]
    """Where somebody is, and too few are or nobody speaks a language; those who are away count as not there."""
    overlaps: tuple[Overlap, ...] = ()
    """Where a change of the clocks puts two layers on at once: what is nobody's lack, and somebody's double work."""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explained:
    """Who is on duty in a line of support at an instant, and every reason for it, in the order in which they act."""

    rota: RotaId
    rota_name: str
    at: Instant
    duty: Duty
    reasons: tuple[Reason, ...]
    names: Mapping[str, str]


def lacking(tx: Transaction, start: Instant, end: Instant, rota: RotaId | None = None) -> tuple[Lacking, ...]:
    """What every rota lacks between two instants, or one of them, by name.

    Raises:
        NotFound: ``rota.unknown``.
    """
    rules = rules_of(tx)
    return tuple(_lacking(rules, one, Span(start, end)) for one in chosen(rules, start, rota))


def why(tx: Transaction, at: Instant, rota: RotaId, level: int = 1) -> Explained:
    """Why somebody is on duty at an instant, or nobody.

    Raises:
        NotFound: ``rota.unknown``, ``rota.line_unknown``.
    """
    rules = rules_of(tx)
    (one,) = chosen(rules, at, rota)
    plan = snapshot(rules, rota, since=at) or one.plan
    if level not in levels(plan):
        raise NotFound("rota.line_unknown", line=level, allowed=", ".join(map(str, levels(plan))))
    duty, reasons = at_instant(plan, at, level=level), explain(plan, at, level)
    people = {person for reason in reasons for person in (*reason.people, reason.instead, reason.by) if person}
    return Explained(rota, one.rota.name, at, duty, reasons, names(rules, people.union(duty.people)))


def chosen(rules: Rules, at: Instant, rota: RotaId | None) -> list[Standing]:
    """One rota, or every rota by name. Raises NotFound ``rota.unknown``."""
    found = [one for one in standings(rules, at) if rota in (None, one.rota.id)]
    if rota is not None and not found:
        raise NotFound("rota.unknown", rota=rota[:60])
    return found


def asked_of(rules: Rules, rota: RotaId, span: Span) -> tuple[Asked, ...]:
    """What special periods ask of a rota beside what it asks for itself, by the periods' names."""
    definitions = rules.tx.definitions
    periods, services = definitions.periods(), [one.id for one in rules.services.values() if one.rota == rota]
    return tuple(
        Asked(one.span, one.count or 0, one.languages, ", ".join(periods[key][-1].value.name for key in one.periods))
        for one in staffing(definitions.plan(), services, span)
    )


def _lacking(rules: Rules, one: Standing, span: Span) -> Lacking:
    speaks = {person.id: (person.language, *person.speaks) for person in rules.people.values()}
    absences = rules.tx.rotas.absences(span.start, span.end)
    found = shortfalls(
        one.plan, span.start, span.end, speaks=speaks, at_levels=levels(one.plan), absences=absences,
        asked=asked_of(rules, one.rota.id, span), shadows=rules.shadows,
    )  # fmt: skip
    short = tuple(shortfall for shortfall in found if shortfall.lack is not Lack.nobody)
    gaps = gap_list(one.plan, span.start, span.end, absences=absences, shadows=rules.shadows)
    people = {person for each in short for person in each.duty.people}.union(*(gap.people for gap in gaps))
    return Lacking(
        one.rota.id, one.rota.name, span, gaps, short, overlaps(one.plan, span.start, span.end), names(rules, people)
    )
