"""Definitions: people, teams, services and policies, one by one or as a pack that is checked whole first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any

from supporttui.domain.access import Permission
from supporttui.domain.escalation.policy import Policy
from supporttui.domain.faults import BadInput
from supporttui.domain.ids import RotaId
from supporttui.domain.people import Person, Role, Team
from supporttui.domain.periods.period import Period
from supporttui.domain.priorities import PriorityMatrix
from supporttui.domain.replies import Template
from supporttui.domain.rota.schedule import Override, Rota
from supporttui.domain.services import Service
from supporttui.domain.sla.hours import Calendar
from supporttui.domain.sla.targets import TargetSet
from supporttui.domain.spans import Instant
from supporttui.domain.wall import resolve
from supporttui.usecases import definition_checks as checks
from supporttui.usecases.access import require
from supporttui.usecases.definition_checks import Names
from supporttui.usecases.ports import Call, Definition, Transaction, Versioned
from supporttui.usecases.replay import refold

Keyed = Person | Team | Service | Calendar | TargetSet | Period | Rota | Policy | Template
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
    site: Mapping[str, str] = field(default_factory=dict)


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


def define(call: Call, tx: Transaction, key: str, value: Definition) -> int:
    """Store one definition and say so in the journal; its version. An equal one is left as it is.

    From now on where there is an earlier version, otherwise without beginning. A special period acts on services
    that have a past: its first version begins on the date that it names, or now.
    """
    known = _versions(tx, key, value)
    if known and known[-1] == _as_stored(value, len(known)):
        return len(known)
    version = tx.definitions.put(key, value, valid_from=call.at if known else _beginning(call, value))
    tx.journal.append_definition(call, type(value).__name__.lower(), key, version)
    return version


def _beginning(call: Call, value: Definition) -> Instant | None:
    if not isinstance(value, Period):
        return None
    return call.at if value.since is None else resolve(datetime.combine(value.since, time()), value.zone)


def _as_stored(value: Definition, version: int) -> Definition:
    """A policy bears the number of its version, which only the store knows."""
    return replace(value, version=version) if isinstance(value, Policy) else value


def check(tx: Transaction, pack: Pack) -> None:
    """Every name that the pack uses exists in it or in the store, and every value makes sense.

    Raises:
        BadInput: the first fault, with its path.
    """
    if (fault := next(_faults(tx, pack), None)) is not None:
        raise fault


def keyed(pack: Pack) -> tuple[tuple[str, Definition], ...]:
    """Every definition with its key, in an order in which each comes after those that it names."""
    alone: tuple[Keyed, ...] = (
        *pack.calendars, *pack.target_sets, *pack.teams, *pack.people, *pack.rotas, *pack.policies,
        *pack.services, *pack.periods, *pack.templates,
    )  # fmt: skip
    return (*pack.matrices.items(), *((key_of(value), value) for value in alone))


def key_of(value: Keyed) -> str:
    """The key of a definition that carries its own."""
    return value.id


def _versions(tx: Transaction, key: str, value: Definition) -> Sequence[Definition]:
    """What the store has under this key, oldest first."""
    found = tx.definitions
    match value:
        case Person():
            return tuple(one for one in found.people() if one.id == key)
        case Team():
            return tuple(one for one in found.teams() if one.id == key)
        case Service():
            return tuple(one for one in found.services() if one.id == key)
        case Template():
            return tuple(one for one in found.templates() if one.id == key)
        case Override():
            return tuple(one for one in found.overrides(RotaId(key)) if one.id == value.id)
        case _:
            return tuple(version.value for version in _versioned(tx, value).get(key, ()))


def _versioned(
    tx: Transaction, value: Calendar | TargetSet | PriorityMatrix | Period | Rota | Policy
) -> Mapping[str, Sequence[Versioned[Any]]]:
    found = tx.definitions
    reads: Mapping[type, Callable[[], Mapping[Any, Sequence[Versioned[Any]]]]] = {
        Calendar: found.calendars,
        TargetSet: found.target_sets,
        PriorityMatrix: found.matrices,
        Period: found.periods,
        Rota: found.rotas,
        Policy: found.policies,
    }
    return reads[type(value)]()


def _names(tx: Transaction, pack: Pack) -> Names:
    """Everything that a definition of the pack may name."""
    found = tx.definitions
    return Names(
        calendars=frozenset([*found.calendars(), *(one.id for one in pack.calendars)]),
        target_sets=frozenset([*found.target_sets(), *(one.id for one in pack.target_sets)]),
        matrices=frozenset([*found.matrices(), *pack.matrices]),
        teams=frozenset(one.id for one in (*found.teams(), *pack.teams)),
        people=frozenset(one.id for one in (*found.people(), *pack.people)),
        rotas=frozenset([*found.rotas(), *(one.id for one in pack.rotas)]),
        policies=frozenset([*found.policies(), *(one.id for one in pack.policies)]),
        services=frozenset(one.id for one in (*found.services(), *pack.services)),
    )


def _faults(tx: Transaction, pack: Pack) -> Iterator[BadInput]:
    names = _names(tx, pack)
    yield from checks.calendars(pack.calendars)
    yield from checks.target_sets(pack.target_sets, names)
    yield from checks.teams(pack.teams)
    yield from checks.people(pack.people, names)
    yield from checks.rotas(pack.rotas, names)
    yield from checks.policies(pack.policies, names)
    yield from checks.services(pack.services, names)
    yield from checks.periods(pack.periods, names)
    yield from checks.templates(pack.templates)
