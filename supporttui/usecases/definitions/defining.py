"""Definitions: people, teams, services and policies, one by one or as a pack that is checked whole first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any

from supporttui.domain.access import Permission
from supporttui.domain.charters import Charter
from supporttui.domain.escalation.policy import EscalationKind, Policy
from supporttui.domain.faults import BadInput
from supporttui.domain.ids import RotaId
from supporttui.domain.incoming.source import Beat, IntakeSource
from supporttui.domain.lessons import Lesson
from supporttui.domain.people import AuthorityKind, Person, Role, Team
from supporttui.domain.periods.period import Period
from supporttui.domain.priorities import PriorityMatrix
from supporttui.domain.procedures import Procedure
from supporttui.domain.processes import Process
from supporttui.domain.replies import Template
from supporttui.domain.rota.schedule import Override, Rota
from supporttui.domain.services import Service
from supporttui.domain.sla.hours import Calendar
from supporttui.domain.sla.targets import TargetSet
from supporttui.domain.spans import Instant
from supporttui.domain.tasks import Task
from supporttui.domain.wall import resolve
from supporttui.usecases.access import require
from supporttui.usecases.definitions import authorities, checks, contacts
from supporttui.usecases.definitions import charters as charter_checks
from supporttui.usecases.definitions import names as words
from supporttui.usecases.definitions import policies as policy_checks
from supporttui.usecases.definitions import procedures as procedure_checks
from supporttui.usecases.definitions import sources as source_checks
from supporttui.usecases.definitions.checks import Names
from supporttui.usecases.definitions.instants import out_of_reach
from supporttui.usecases.ports import Call, Definition, Transaction, Versioned
from supporttui.usecases.replay import refold
from supporttui.usecases.rules import in_force

Single = Person | Team | Service | Template | Process | Task | IntakeSource | Beat | Lesson
"""Kept in one version."""
Keyed = Single | Calendar | TargetSet | Period | Rota | Policy | Procedure | Charter
"""Definitions that carry their key."""


@dataclass(frozen=True, slots=True)
class Pack:
    """Definitions that belong together, such as starter policies; a TOML file of ``packs`` has this form."""

    name: str
    about: str = ""
    calendars: tuple[Calendar, ...] = ()
    target_sets: tuple[TargetSet, ...] = ()
    matrices: Mapping[str, PriorityMatrix] = field(default_factory=dict)
    teams: tuple[Team, ...] = ()
    people: tuple[Person, ...] = ()
    rotas: tuple[Rota, ...] = ()
    policies: tuple[Policy, ...] = ()
    services: tuple[Service, ...] = ()
    periods: tuple[Period, ...] = ()
    templates: tuple[Template, ...] = ()
    processes: tuple[Process, ...] = ()
    tasks: tuple[Task, ...] = ()
    sources: tuple[IntakeSource, ...] = ()
    beats: tuple[Beat, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    charters: tuple[Charter, ...] = ()
    site: Mapping[str, str] = field(default_factory=dict)


_WITH_ID = (
    "calendars", "target_sets", "teams", "people", "rotas", "policies", "services", "periods", "templates",
    "processes", "tasks", "sources", "beats", "procedures", "lessons", "charters",
)  # fmt: skip


def apply_pack(call: Call, tx: Transaction, pack: Pack) -> int:
    """Put every definition of the pack into the store; how many.

    What the store has under the same key gets a new version from now on; a first version has no
    beginning, so that the past can be judged by it. Site settings that exist stay. Where nobody is known
    yet, the actor becomes the site's first person.

    Raises:
        BadInput: ``definition.…`` with the path in the pack; nothing was written.
        Forbidden: ``access.denied`` or ``access.unknown_person``.
    """
    require(call, tx, Permission.configure)
    check(tx, pack)
    first_person(call, tx)
    parts = keyed(pack)
    for key, value in parts:
        define(call, tx, key, value)
    refold(call, tx)
    here = tx.definitions.site()
    tx.definitions.put_site({name: text for name, text in pack.site.items() if name not in here})
    return len(parts)


def first_person(call: Call, tx: Transaction) -> None:
    """Where nobody is known yet, the actor becomes the site's first person, an administrator."""
    if not tx.definitions.people():
        zone = tx.definitions.site().get("zone", "UTC")
        define(call, tx, call.actor, Person(call.actor, call.actor, zone=zone, role=Role.admin))


def define(call: Call, tx: Transaction, key: str, value: Definition, *, valid_from: Instant | None = None) -> int:
    """Store one definition and say so in the journal; its version. One equal to what holds then is left as it is.

    From an instant on, or from now on, where there is an earlier version, otherwise without beginning. A special
    period acts on services that have a past: its first version begins on the date that it names, or now.
    What is kept in one version changes at once.
    """
    begins = call.at if valid_from is None else valid_from
    known = versions(tx, key, value)
    holds = in_force(known, begins)
    if holds is not None and unnumbered(holds.value) == unnumbered(value):
        return holds.version
    version = tx.definitions.put(key, value, valid_from=_beginning(begins, value, is_first=not known))
    tx.journal.append_definition(call, type(value).__name__.lower(), key, version)
    return version


def _beginning(begins: Instant, value: Definition, *, is_first: bool) -> Instant | None:
    if not isinstance(value, Period):
        return None if is_first else begins
    if value.since is None:
        return begins
    named = resolve(datetime.combine(value.since, time()), value.zone)
    return named if is_first else max(begins, named)


def unnumbered(value: Definition) -> Definition:
    """A policy bears the number of its version, which only the store knows."""
    return replace(value, version=1) if isinstance(value, Policy) else value


def check(tx: Transaction, pack: Pack) -> None:
    """Every name that the pack uses exists in it or in the store, and every value makes sense.

    Raises:
        BadInput: the first fault, with its path.
    """
    if (fault := next(faults(tx, pack), None)) is not None:
        raise fault


def keyed(pack: Pack) -> tuple[tuple[str, Definition], ...]:
    """Every definition with its key, in an order in which each comes after those that it names."""
    alone: tuple[Keyed, ...] = (
        *pack.calendars, *pack.target_sets, *pack.teams, *pack.people, *pack.rotas, *pack.policies,
        *pack.services, *pack.periods, *pack.templates, *pack.processes, *pack.tasks,
        *pack.sources, *pack.beats, *pack.procedures, *pack.lessons, *pack.charters,
    )  # fmt: skip
    return (*pack.matrices.items(), *((key_of(value), value) for value in alone))


def key_of(value: Keyed) -> str:
    """The key of a definition that carries its own."""
    return value.id


def versions(tx: Transaction, key: str, value: Definition) -> Sequence[Versioned[Definition]]:
    """What the store has under this key, oldest first."""
    found = tx.definitions
    single: Mapping[type, Callable[[], Sequence[Single]]] = {
        Person: found.people,
        Team: found.teams,
        Service: found.services,
        Template: found.templates,
        Process: found.processes,
        Task: found.tasks,
        IntakeSource: found.sources,
        Lesson: found.lessons,
        Beat: found.beats,
    }
    if isinstance(value, Override):
        return tuple(Versioned(one, 1, None) for one in found.overrides(RotaId(key)) if one.id == value.id)
    if (read := single.get(type(value))) is not None:
        return tuple(Versioned(one, 1, None) for one in read() if one.id == key)
    versioned: Mapping[type, Callable[[], Mapping[Any, Sequence[Versioned[Any]]]]] = {
        Calendar: found.calendars,
        TargetSet: found.target_sets,
        PriorityMatrix: found.matrices,
        Period: found.periods,
        Rota: found.rotas,
        Policy: found.policies,
        Procedure: found.procedures,
        Charter: found.charters,
    }
    return versioned[type(value)]().get(key, ())


def _names(tx: Transaction, pack: Pack) -> Names:
    """Everything that a definition of the pack may name."""
    found = tx.definitions
    teams = {one.id: one for one in (*found.teams(), *pack.teams)}
    return Names(
        calendars=frozenset([*found.calendars(), *(one.id for one in pack.calendars)]),
        target_sets=frozenset([*found.target_sets(), *(one.id for one in pack.target_sets)]),
        matrices=frozenset([*found.matrices(), *pack.matrices]),
        teams=frozenset(teams),
        people=frozenset(one.id for one in (*found.people(), *pack.people)),
        rotas=frozenset([*found.rotas(), *(one.id for one in pack.rotas)]),
        policies=_policies(tx, pack),
        services=frozenset(one.id for one in (*found.services(), *pack.services)),
        certifications=frozenset(held.name for one in (*found.people(), *pack.people) for held in one.certifications),
        roles=_roles(tx, pack),
        temporary=_temporary(tx, pack),
        outside=frozenset(one.id for one in teams.values() if one.kind is AuthorityKind.external),
        periods=frozenset([*found.periods(), *(one.id for one in pack.periods)]),
        priorities=_priorities(tx, pack),
        reachable=_reachable(tx, pack),
    )


def _policies(tx: Transaction, pack: Pack) -> Mapping[str, EscalationKind]:
    """Each with the kind of its newest version, or of the one in the pack."""
    stored = {key: known[-1].value for key, known in tx.definitions.policies().items()}
    return {key: one.kind for key, one in {**stored, **{one.id: one for one in pack.policies}}.items()}


def _reachable(tx: Transaction, pack: Pack) -> frozenset[str]:
    people = {one.id: one for one in (*tx.definitions.people(), *pack.people)}
    return frozenset(one.id for one in people.values() if one.contacts and one.role is not Role.shadow)


def _priorities(tx: Transaction, pack: Pack) -> frozenset[int]:
    """What the newest version of any matrix, or the one in the pack, gives."""
    stored = {key: known[-1].value for key, known in tx.definitions.matrices().items()}
    return frozenset(given for matrix in {**stored, **pack.matrices}.values() for given in matrix.priorities)


def _temporary(tx: Transaction, pack: Pack) -> frozenset[str]:
    """The teams of the newest version of any special period, or of the one in the pack."""
    stored = {key: known[-1].value for key, known in tx.definitions.periods().items()}
    periods = {**stored, **{one.id: one for one in pack.periods}}.values()
    return frozenset(one.team for one in periods if one.team is not None and one.active)


def _roles(tx: Transaction, pack: Pack) -> Mapping[str, frozenset[str]]:
    """What the newest version of each rota, or the one in the pack, is called, and its layers."""
    stored = {key: known[-1].value for key, known in tx.definitions.rotas().items()}
    rotas = {**stored, **{one.id: one for one in pack.rotas}}
    return {
        key: frozenset(name for name in (one.id, one.name, *(layer.name for layer in one.layers)) if name)
        for key, one in rotas.items()
    }


def faults(tx: Transaction, pack: Pack) -> Iterator[BadInput]:
    """Everything that is wrong with a pack, each with its path."""
    names = _names(tx, pack)
    for part in _WITH_ID:
        yield from words.ids(part, [one.id for one in getattr(pack, part)])
        for i, value in enumerate(getattr(pack, part)):
            yield from out_of_reach(f"{part}[{i}]", value)
    for key in pack.matrices:
        yield from words.identifier(f"matrices.{key[:60]}", key)
    yield from checks.calendars(pack.calendars)
    yield from checks.target_sets(pack.target_sets, names)
    yield from checks.teams(pack.teams, names)
    yield from authorities.authorities(pack.teams, names)
    yield from checks.people(pack.people, names)
    yield from checks.rotas(pack.rotas, names)
    yield from policy_checks.policies(pack.policies, names)
    yield from contacts.contacts(pack.people, names)
    yield from checks.services(pack.services, names)
    yield from checks.periods(pack.periods, names)
    yield from words.templates(pack.templates)
    yield from checks.processes(pack.processes, names)
    yield from checks.tasks(pack.tasks, names)
    yield from source_checks.sources(pack.sources, names)
    yield from procedure_checks.procedures(pack.procedures, names)
    known = frozenset([*tx.definitions.procedures(), *(one.id for one in pack.procedures)])
    yield from procedure_checks.lessons(pack.lessons, names, known)
    yield from charter_checks.faults(pack.charters, names)
    yield from source_checks.beats(pack.beats, names)
    yield from checks.site(pack.site)
