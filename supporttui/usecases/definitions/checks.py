"""What must hold before definitions are written: names, zones, numbers; each fault has its path."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from datetime import date, datetime, time

from supporttui.domain.escalation.policy import EscalationKind
from supporttui.domain.faults import BadInput
from supporttui.domain.overflow import MOST_OPEN, price_of
from supporttui.domain.people import Overflow, Person, Team
from supporttui.domain.periods.hours import BETWEEN, as_calendar
from supporttui.domain.periods.period import Dates, Period
from supporttui.domain.processes import Process
from supporttui.domain.rota.schedule import Layer, Rota, Rotation
from supporttui.domain.services import Service
from supporttui.domain.site import HANDOVER_MINUTES, KEPT
from supporttui.domain.sla.calendars import UNTOUCHED
from supporttui.domain.sla.hours import Calendar, compile_hours
from supporttui.domain.sla.targets import Target, TargetSet
from supporttui.domain.sla.windows import read
from supporttui.domain.spans import Instant
from supporttui.domain.tasks import Task
from supporttui.domain.text import fold
from supporttui.domain.wall import resolve, zone
from supporttui.usecases.definitions.names import identifier, languages

Faults = Iterator[BadInput]

ERA = range(1970, 2100)
"""The years that calendars reach."""
MOST_SECONDS = 100 * 366 * 86_400
MOST_LEVELS = 99
_ANY_WEEK = Instant(1_735_689_600)
"""The first day of 2025: a year that calendars reach whatever else they say."""
_CLOCK = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]|24:00")


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that a definition may name, by kind."""

    calendars: Collection[str]
    target_sets: Collection[str]
    matrices: Collection[str]
    teams: Collection[str]
    people: Collection[str]
    rotas: Collection[str]
    policies: Mapping[str, EscalationKind]
    """Each with its kind."""
    services: Collection[str]
    certifications: Collection[str] = ()
    """That somebody holds, or held."""
    roles: Mapping[str, Collection[str]] = field(default_factory=dict)
    """What each rota and its layers are called."""
    temporary: Collection[str] = ()
    """Teams that end with a special period."""
    outside: Collection[str] = ()
    """Teams that are authorities outside."""
    periods: Collection[str] = ()
    priorities: Collection[int] = ()
    """That some matrix gives; none: nothing is known of them."""
    reachable: Collection[str] = ()
    """People with a contact point; none: nobody was given one yet."""


def calendars(found: Sequence[Calendar]) -> Faults:
    """A zone that exists, and windows that can be read."""
    for i, calendar in enumerate(found):
        yield from real_zone(f"calendars[{i}].zone", calendar.zone)
        for letter in (BETWEEN, UNTOUCHED):
            if letter in calendar.id:
                yield BadInput("definition.letter", where=f"calendars[{i}].id", found=calendar.id[:60], letter=letter)
        try:
            hours = compile_hours([(None, calendar)])
        except BadInput as fault:  # names the calendar and the place in it
            if fault.code != "zone.unknown":  # said already
                path = f"calendars[{i}].{fault.params.get('where', 'weekly')}"
                yield BadInput(fault.code, **{**fault.params, "path": path})
        else:
            if not any(hours.next_open(at) is not None for at in _beginnings(calendar)):
                yield BadInput("definition.never_open", where=f"calendars[{i}].weekly", calendar=calendar.id[:60])


def _beginnings(calendar: Calendar) -> Iterator[Instant]:
    """Where to look for open time: in any week, and on the dates that have windows of their own."""
    dates = (
        *(season.first for season in calendar.seasons if season.windows),
        *(special.day for special in calendar.special if special.windows),
        *(holiday.first for holiday in calendar.holidays if holiday.windows),
    )
    if calendar.weekly:
        yield _ANY_WEEK
    for day in dates:
        if day.year in ERA:
            yield resolve(datetime.combine(day, time()), calendar.zone)


def target_sets(found: Sequence[TargetSet], names: Names) -> Faults:
    """Times that are not negative, calendars, services and authorities that exist, and no two for the same tickets."""
    for i, targets in enumerate(found):
        yield from _alike(f"target_sets[{i}].targets", targets.targets)
        for j, target in enumerate(targets.targets):
            where = f"target_sets[{i}].targets[{j}]"
            yield from at_least(f"{where}.seconds", target.seconds, 0)
            yield from within(f"{where}.seconds", target.seconds, min(0, target.seconds), MOST_SECONDS)
            yield from at_least(f"{where}.days", target.days, 0)
            if target.priority is not None:
                yield from _priority(f"{where}.priority", target.priority, names)
            yield from exists(f"{where}.calendar", target.calendar, names.calendars)
            yield from exists(f"{where}.service", target.service, names.services)
            yield from exists(f"{where}.authority", target.authority, names.teams)


def _alike(where: str, found: Sequence[Target]) -> Faults:
    """Of two that fit the same tickets alike, the later would never hold."""
    first: dict[tuple[object, ...], int] = {}
    for j, one in enumerate(found):
        fits = (one.metric, one.authority, one.service, one.kind, one.priority)
        if (earlier := first.setdefault(fits, j)) != j:
            yield BadInput("definition.alike", where=f"{where}[{j}]", earlier=f"{where}[{earlier}]")


def _priority(where: str, found: int, names: Names) -> Faults:
    yield from at_least(where, found, 1)
    if found >= 1 and names.priorities and found not in names.priorities:
        allowed = ", ".join(map(str, sorted(names.priorities)))
        yield BadInput("definition.priority", where=where, found=found, allowed=allowed[:300])


def teams(found: Sequence[Team], names: Names) -> Faults:
    """A zone that exists, and overflow to a partner outside, by something that opens the path."""
    for i, team in enumerate(found):
        yield from real_zone(f"teams[{i}].zone", team.zone)
        yield from languages(f"teams[{i}].languages", team.languages)
        for j, rule in enumerate(team.overflow):
            yield from _overflow(f"teams[{i}].overflow[{j}]", rule, names)


def _overflow(where: str, rule: Overflow, names: Names) -> Faults:
    yield from exists(f"{where}.partner", rule.partner, names.outside)
    yield from exists(f"{where}.period", rule.period, names.periods)
    yield from exists(f"{where}.service", rule.service, names.services)
    if rule.limit is not None:
        yield from within(f"{where}.limit", rule.limit, 0, MOST_OPEN - 1)
    elif rule.period is None:
        yield BadInput("definition.missing", where=f"{where}.limit")
    if rule.amount and price_of(rule.amount) is None:
        yield BadInput("definition.amount", where=f"{where}.amount", found=rule.amount[:60])
    if rule.amount and not re.fullmatch("[A-Z]{3}", rule.currency):
        yield BadInput("definition.currency", where=f"{where}.currency", found=rule.currency[:60])


def people(found: Sequence[Person], names: Names) -> Faults:
    """A zone and teams that exist."""
    for i, person in enumerate(found):
        yield from real_zone(f"people[{i}].zone", person.zone)
        yield from languages(f"people[{i}].speaks", person.speaks)
        for j, team in enumerate(person.teams):
            yield from exists(f"people[{i}].teams[{j}]", team, names.teams)
            if team in person.teams[:j]:
                yield BadInput("definition.listed_twice", where=f"people[{i}].teams[{j}]", name=team[:60])
        for j, held in enumerate(person.certifications):
            yield from said(f"people[{i}].certifications[{j}].name", held.name)
            if held.expires is not None:
                yield from _in_era(f"people[{i}].certifications[{j}].expires", held.expires)


def rotas(found: Sequence[Rota], names: Names) -> Faults:
    """A zone, at least one layer with at least one turn, and people who exist."""
    for i, rota in enumerate(found):
        where = f"rotas[{i}]"
        yield from real_zone(f"{where}.zone", rota.zone)
        yield from exists(f"{where}.fallback", rota.fallback, names.people)
        yield from some(f"{where}.layers", rota.layers, "definition.no_layer", rota.name)
        yield from at_least(f"{where}.required_count", rota.required_count, 0)
        yield from languages(f"{where}.required_languages", rota.required_languages)
        for j, layer in enumerate(rota.layers):
            yield from _layer(f"{where}.layers[{j}]", layer, names)
        for j, requirement in enumerate(rota.requirements):
            if requirement.zone is not None:
                yield from real_zone(f"{where}.requirements[{j}].zone", requirement.zone)
            yield from languages(f"{where}.requirements[{j}].languages", requirement.languages)


def services(found: Sequence[Service], names: Names) -> Faults:
    """Everything that makes it work exists, and its team lasts: team, hours, targets, matrix, rota, policy."""
    for i, service in enumerate(found):
        where = f"services[{i}]"
        yield from real_zone(f"{where}.zone", service.zone)
        yield from exists(f"{where}.team", service.team, names.teams)
        if service.team in names.temporary:
            yield BadInput("definition.team_ends", where=f"{where}.team", team=service.team[:60])
        if service.going_over is not None:
            yield from exists(f"{where}.going_over.team", service.going_over.team, names.teams)
        yield from exists(f"{where}.calendar", service.calendar, names.calendars)
        yield from exists(f"{where}.targets", service.targets, names.target_sets)
        yield from exists(f"{where}.matrix", service.matrix, names.matrices)
        yield from exists(f"{where}.rota", service.rota, names.rotas)
        yield from _policy(f"{where}.policy", service.policy, EscalationKind.functional, names)
        yield from _policy(f"{where}.management", service.management, EscalationKind.hierarchical, names)


def periods(found: Sequence[Period], names: Names) -> Faults:
    """A zone, dates or a rule, hours that can be read, and everything that it names exists."""
    for i, period in enumerate(found):
        where = f"periods[{i}]"
        yield from real_zone(f"{where}.zone", period.zone)
        for j, service in enumerate(period.services):
            yield from exists(f"{where}.services[{j}]", service, names.services)
        yield from exists(f"{where}.targets", period.targets, names.target_sets)
        yield from _policy(f"{where}.policy", period.policy, EscalationKind.functional, names)
        yield from at_least(f"{where}.announce_days", period.announce_days, 0)
        yield from languages(f"{where}.required_languages", period.required_languages)
        if period.required_count is not None:
            yield from at_least(f"{where}.required_count", period.required_count, 1)
        for j, lift in enumerate(period.lifts):
            yield from some(f"{where}.lifts[{j}].categories", lift.categories, "definition.missing")
            yield from at_least(f"{where}.lifts[{j}].by", lift.by, 1)
        if period.since is not None:
            yield from _in_era(f"{where}.since", period.since)
        yield from _temporary(where, period, names)
        yield from _occurring(where, period, names)
        yield from _period_hours(f"{where}.hours", period)


def _temporary(where: str, period: Period, names: Names) -> Faults:
    """A team inside, brought by something that does not come round."""
    if period.team is not None:
        yield from exists(f"{where}.team", period.team, [team for team in names.teams if team not in names.outside])
        if period.rule is not None or any(dates.yearly for dates in period.dates):
            yield BadInput("definition.team_recurs", where=f"{where}.team", team=period.team[:60])


def _occurring(where: str, period: Period, names: Names) -> Faults:
    if not period.dates and period.rule is None:
        yield BadInput("definition.missing", where=f"{where}.dates")
    for i, dates in enumerate(period.dates):
        yield from _dates(f"{where}.dates[{i}]", dates)
    if (rule := period.rule) is not None:
        yield from exists(f"{where}.rule.calendar", rule.calendar, names.calendars)
        yield from within(f"{where}.rule.last", rule.last, 0, 31)
        yield from within(f"{where}.rule.first", rule.first, 0 if rule.last else 1, 31)
        yield from within(f"{where}.rule.fiscal.start_month", rule.fiscal.start_month, 1, 12)
        yield from within(f"{where}.rule.fiscal.week_ends", rule.fiscal.week_ends, 1, 7)


def _in_era(where: str, day: date) -> Faults:
    if day.year not in ERA:
        yield BadInput("definition.era", where=where, found=str(day), first=ERA[0], last=ERA[-1])


def _dates(where: str, dates: Dates) -> Faults:
    yield from _in_era(f"{where}.first", dates.first)
    yield from _in_era(f"{where}.last", dates.last)
    for name, clock in (("start", dates.start), ("end", dates.end)):
        if not _CLOCK.fullmatch(clock):
            yield BadInput("definition.clock", where=f"{where}.{name}", found=clock[:60])
            return
    if dates.yearly:  # may run over the year's end, but not once around
        sound = (dates.last - dates.first).days < 366
    else:
        sound = (dates.first, dates.start) < (dates.last, dates.end)
    if not sound:
        yield BadInput("definition.dates", where=where, first=str(dates.first), last=str(dates.last))


def _period_hours(where: str, period: Period) -> Faults:
    """Windows as those of calendars; their faults get the path in the pack."""
    if period.hours is None:
        return
    if not period.hours.windows and not period.hours.instead:
        yield BadInput("definition.missing", where=f"{where}.windows")
    try:
        read(as_calendar(period, period.hours))
    except BadInput as fault:
        place = str(fault.params["where"])
        if place != "zone":  # has a fault of its own
            yield BadInput(fault.code, **{**fault.params, "where": f"{where}.{place.replace('weekly', 'windows')}"})


def processes(found: Sequence[Process], names: Names) -> Faults:
    """A name, at least one service that exists, and somebody who holds what is asked of whoever works on it."""
    for i, process in enumerate(found):
        where = f"processes[{i}]"
        yield from said(f"{where}.name", process.name)
        yield from some(f"{where}.services", process.services, "definition.missing")
        for j, service in enumerate(process.services):
            yield from exists(f"{where}.services[{j}]", service, names.services)
        if process.line is not None:
            yield from within(f"{where}.line", process.line, 1, MOST_LEVELS)
        if process.certification and process.certification not in names.certifications:
            yield BadInput(
                "definition.no_holder", where=f"{where}.certification", certification=process.certification[:60],
                allowed=", ".join(sorted(names.certifications))[:300],
            )  # fmt: skip


def tasks(found: Sequence[Task], names: Names) -> Faults:
    """A name, a standard, and a role that its rota gives to somebody, or some rota if it names none."""
    for i, task in enumerate(found):
        where = f"tasks[{i}]"
        yield from said(f"{where}.name", task.name)
        yield from said(f"{where}.role", task.role)
        here = names.roles.get(task.rota or "") or [name for known in names.roles.values() for name in known]
        if task.role.strip() and fold(task.role.strip()) not in map(fold, here):
            yield from exists(f"{where}.role", task.role, here)
        yield from exists(f"{where}.rota", task.rota, names.rotas)
        yield from said(f"{where}.time", task.time or task.quality)


def said(where: str, text: str) -> Faults:
    """A text that is not empty."""
    if not text.strip():
        yield BadInput("definition.missing", where=where)


def site(found: Mapping[str, str]) -> Faults:
    """A zone that exists, numbers where they are wanted, and nothing that the program keeps itself; else texts."""
    for name in sorted(KEPT.intersection(found)):
        yield BadInput("definition.kept", where=f"site.{name}")
    if "zone" in found:
        yield from real_zone("site.zone", found["zone"])
    if not (minutes := found.get(HANDOVER_MINUTES, "0")).isdigit():
        yield BadInput("plain.type", where=f"site.{HANDOVER_MINUTES}", expected="int", found=minutes[:60])


def _layer(where: str, layer: Layer, names: Names) -> Faults:
    if layer.zone is not None:
        yield from real_zone(f"{where}.zone", layer.zone)
    yield from within(f"{where}.level", layer.level, 1, MOST_LEVELS)
    yield from identifier(f"{where}.name", layer.name)
    yield from some(f"{where}.rotations", layer.rotations, "definition.no_rotation", layer.name)
    for i, hours in enumerate(layer.restrictions):
        yield from some(f"{where}.restrictions[{i}].days", hours.days, "definition.no_day", layer.name)
    for i, rotation in enumerate(layer.rotations):
        yield from _rotation(f"{where}.rotations[{i}]", rotation, layer, names)
    for i in [i for i, rotation in enumerate(layer.rotations) if rotation.valid_from is None][1:]:
        place = f"{where}.rotations[{i}].valid_from"
        yield BadInput("definition.same_beginning", where=place, name=layer.name[:60])


def _rotation(where: str, rotation: Rotation, layer: Layer, names: Names) -> Faults:
    yield from _in_era(f"{where}.anchor", rotation.anchor.date())
    if not any(rotation.turns):
        yield BadInput("definition.nobody", where=f"{where}.turns", layer=layer.name[:60])
    for i, turn in enumerate(rotation.turns):
        for place, person in enumerate(turn):
            if person in turn[:place]:
                yield BadInput("definition.twice", where=f"{where}.turns[{i}]", name=person[:60])
            yield from exists(f"{where}.turns[{i}]", person, names.people)


def _policy(where: str, policy: str | None, kind: EscalationKind, names: Names) -> Faults:
    yield from exists(where, policy, names.policies)
    if policy is not None and names.policies.get(policy, kind) is not kind:
        yield BadInput("definition.policy_kind", where=where, name=policy[:60], kind=kind.value)


def exists(where: str, name: str | None, known: Collection[str]) -> Faults:
    """What is named is known; ``None`` names nothing."""
    if name is not None and name not in known:
        yield BadInput("definition.unknown", where=where, name=name[:60], allowed=", ".join(sorted(known))[:300])


def real_zone(where: str, name: str) -> Faults:
    """A zone that exists."""
    try:
        zone(name)
    except BadInput:
        yield BadInput("definition.zone", where=where, zone=name[:60])


def some(where: str, found: Sized, code: str, name: str = "") -> Faults:
    """At least one."""
    if not found:
        yield BadInput(code, where=where, name=name[:60])


def at_least(where: str, found: int, least: int) -> Faults:
    """A number that is not too small."""
    if found < least:
        yield BadInput("definition.too_small", where=where, found=found, least=least)


def within(where: str, found: int, least: int, most: int) -> Faults:
    """A number between two bounds, both included."""
    if not least <= found <= most:
        yield BadInput("definition.range", where=where, found=found, least=least, most=most)
