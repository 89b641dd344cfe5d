"""What must hold of an escalation policy before it is written: somebody is told, and it never ends at nobody."""

from collections.abc import Collection, Iterator, Sequence

from supporttui.domain.escalation.criterion import Criterion
from supporttui.domain.escalation.policy import Policy, Silence, Step, StepHours, StepTarget, TargetKind
from supporttui.domain.faults import BadInput
from supporttui.domain.ids import CalendarId
from supporttui.domain.sla.calendars import Calendar
from supporttui.domain.sla.windows import read
from supporttui.usecases.definitions.checks import (
    MOST_LEVELS,
    MOST_SECONDS,
    Faults,
    Names,
    exists,
    real_zone,
    some,
    within,
)
from supporttui.usecases.definitions.names import identifier, language

_MOST_ACKS = 99
_MOST_REPEATS = 99


def policies(found: Sequence[Policy], names: Names) -> Faults:
    """At least one step, each with somebody to tell, addressees who exist, and a last resort who can be reached."""
    for i, policy in enumerate(found):
        where = f"policies[{i}]"
        yield from some(f"{where}.steps", policy.steps, "definition.no_step", policy.name)
        yield from _last_resort(f"{where}.last_resort", policy, names)
        for j, step in enumerate(policy.steps):
            yield from _step(f"{where}.steps[{j}]", step, names)
        yield from _criteria(f"{where}.criteria", policy.criteria, names)


def _criteria(where: str, found: Sequence[Criterion], names: Names) -> Faults:
    """Each by an id of its own, which its cool-down goes by, and of periods that there are."""
    for i, criterion in enumerate(found):
        if any(other.id == criterion.id for other in found[:i]):
            yield BadInput("definition.listed_twice", where=f"{where}[{i}].id", name=criterion.id[:60])
        yield from exists(f"{where}[{i}].period", criterion.period, names.periods)


def _last_resort(where: str, policy: Policy, names: Names) -> Faults:
    """A named human. Where nobody has a contact point yet, the site is not set up, and ``doctor`` says so."""
    if policy.last_resort is None:
        yield BadInput("definition.no_last_resort", where=where, name=policy.name[:60])
        return
    yield from exists(where, policy.last_resort, names.people)
    if names.reachable and policy.last_resort in names.people and policy.last_resort not in names.reachable:
        yield BadInput("definition.last_resort_unreachable", where=where, name=policy.last_resort[:60])


def _step(where: str, step: Step, names: Names) -> Faults:
    yield from within(f"{where}.wait", step.wait, 0, MOST_SECONDS)
    yield from within(f"{where}.acks", step.acks, 0, _MOST_ACKS)
    if step.silence is Silence.repeat:
        yield from within(f"{where}.repeats", step.repeats, 1, _MOST_REPEATS)
    yield from some(f"{where}.targets", step.targets, "definition.nobody_told", step.name)
    for i, target in enumerate(step.targets):
        yield from _target(f"{where}.targets[{i}]", target, names)
    for i, priority in enumerate(step.priorities):
        yield from _priority(f"{where}.priorities[{i}]", priority, names)
    if step.hours is not None:
        yield from _hours(f"{where}.hours", step.hours)


def _priority(where: str, found: int, names: Names) -> Faults:
    if names.priorities and found not in names.priorities:
        allowed = ", ".join(map(str, sorted(names.priorities)))
        yield BadInput("definition.priority", where=where, found=found, allowed=allowed[:300])


def _hours(where: str, hours: StepHours) -> Faults:
    yield from real_zone(f"{where}.zone", hours.zone)
    yield from some(f"{where}.windows", hours.windows, "definition.no_window")
    try:
        read(Calendar(CalendarId("step"), "", hours.zone, hours.windows))
    except BadInput as fault:
        place = str(fault.params.get("where", ""))
        if place != "zone":  # said already
            yield BadInput(fault.code, **{**fault.params, "where": f"{where}.{place.replace('weekly', 'windows')}"})


def _target(where: str, target: StepTarget, names: Names) -> Faults:
    """The fields that the kind asks for are there, and what they name exists."""
    yield from within(f"{where}.level", target.level, 1, MOST_LEVELS)
    yield from exists(f"{where}.rota", target.rota, names.rotas)
    match target.kind:
        case TargetKind.person:
            yield from _named(f"{where}.person", target.person, names.people)
        case TargetKind.team | TargetKind.authority:
            yield from _named(f"{where}.team", target.team, names.teams)
        case TargetKind.round_robin:
            yield from some(f"{where}.people", target.people, "definition.missing")
            yield from _people(f"{where}.people", target.people, names)
        case TargetKind.speaker if target.language:
            yield from language(f"{where}.language", target.language)
        case TargetKind.command:
            yield from identifier(f"{where}.channel", target.channel)
        case _:  # without a rota that of the ticket's service, without a language the requester's
            pass


def _people(where: str, people: Sequence[str], names: Names) -> Faults:
    for i, person in enumerate(people):
        yield from exists(f"{where}[{i}]", person, names.people)
        if person in people[:i]:
            yield BadInput("definition.listed_twice", where=f"{where}[{i}]", name=person[:60])


def _named(where: str, value: str | None, known: Collection[str]) -> Iterator[BadInput]:
    if value is None:
        yield BadInput("definition.missing", where=where)
    yield from exists(where, value, known)
