"""Who is on call, and the plan of a span, for every rota: all by one snapshot of what decides it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from supporttui.domain.faults import NotFound
from supporttui.domain.ids import RotaId, ServiceId
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.coverage import gaps
from supporttui.domain.rota.oncall import at_instant, duty, layer_duty, levels, next_on_call, until
from supporttui.domain.rota.schedule import Rota
from supporttui.domain.rota.snapshot import Snapshot, Version, rota_at
from supporttui.domain.spans import FOREVER, Instant, Span
from supporttui.domain.text import fold
from supporttui.usecases.ports import Transaction, Versioned
from supporttui.usecases.rules import Rules, rules_of
from supporttui.usecases.views import OnCall, RotaPlan


class Standing(NamedTuple):
    """A rota as it is defined at an instant, and the plan that answers for every instant."""

    rota: Rota
    plan: Snapshot


def snapshot(rules: Rules, rota: RotaId, *, since: Instant | None = None) -> Snapshot | None:
    """Everything that decides who is on duty; ``None`` for a rota that is not defined here.

    Recorded duty is among it from ``since`` on; without it the present and the future are asked, of which
    there is none.
    """
    versions = lasting(rules.tx.definitions.rotas().get(rota, ()))
    if not versions:
        return None
    return Snapshot(
        versions,
        overrides=rules.tx.definitions.overrides(rota),
        pinned=rules.tx.rotas.pinned(rota),
        records=() if since is None else rules.tx.rotas.records(rota, since, FOREVER),
        people=tuple(rules.people.values()),
    )


def lasting(versions: Sequence[Versioned[Rota]]) -> tuple[Version, ...]:
    """The versions that decide anything, by their beginning: a later version hides earlier ones from then on."""
    standing: list[Version] = []
    for known in versions:
        new = Version(known.value, known.valid_from)
        standing = [*(one for one in standing if one.since < new.since), new]
    return tuple(standing)


def standing(rules: Rules, rota: RotaId | None, at: Instant) -> Standing | None:
    """A rota as it stands at an instant; ``None`` without one, or for one that is not defined here."""
    found = None if rota is None else snapshot(rules, rota)
    return None if found is None else Standing(rota_at(found, at), found)


def standings(rules: Rules, at: Instant, service: ServiceId | None = None) -> list[Standing]:
    """The rota that a service names, or every rota, by name, as they stand at an instant.

    Raises:
        NotFound: ``service.unknown``.
    """
    ids = rules.tx.definitions.rotas() if service is None else (rules.known_service(service).rota,)
    found = (standing(rules, rota, at) for rota in ids)
    return sorted((one for one in found if one is not None), key=lambda one: (one.rota.name, one.rota.id))


def plan(tx: Transaction, start: Instant, end: Instant, *, now: Instant | None = None) -> tuple[RotaPlan, ...]:
    """Every rota between two instants, by name, as it is defined now; without ``now``: the database's clock."""
    rules = rules_of(tx)
    at = tx.now() if now is None else now
    return tuple(_plan(rules, one, Span(start, end), now=at) for one in standings(rules, at))


def who(tx: Transaction, at: Instant, service: ServiceId | None = None, *, role: str = "") -> tuple[OnCall, ...]:
    """Each line of support at an instant, of every rota or of the one that a service names.

    With a role only the lines of the rota, or of the layer, that is called so.

    Raises:
        NotFound: ``service.unknown``, ``rota.role_unknown``.
    """
    rules = rules_of(tx)
    every = standings(rules, at, service)
    lines = tuple(line for one in every for line in _lines(rules, one, at))
    if not role:
        return lines
    found = called(lines, role)
    if not found:
        known = dict.fromkeys(name for line in lines for name in (line.rota_name, *line.layers))
        raise NotFound("rota.role_unknown", role=role[:60], allowed=", ".join(known))
    return found


def called(lines: Iterable[OnCall], role: str) -> tuple[OnCall, ...]:
    """The lines of support that a rota or a layer of this name has, in any case."""
    wanted = fold(role.strip())
    return tuple(line for line in lines if wanted in map(fold, (line.rota, line.rota_name, *line.layers)))


def _plan(rules: Rules, one: Standing, span: Span, *, now: Instant) -> RotaPlan:
    known = snapshot(rules, one.rota.id, since=span.start if span.start < now else None) or one.plan
    final = duty(known, span.start, span.end)
    layers = layer_duty(known, span.start, span.end)
    people = {person for pieces in (final, *layers.values()) for piece in pieces for person in piece.people}
    return RotaPlan(
        rota=one.rota,
        span=span,
        layers=layers,
        levels={level: tuple(piece for piece in final if piece.level == level) for level in levels(known)},
        gaps=gaps(known, span.start, span.end, shadows=rules.shadows),
        now=_lines(rules, one, now),
        names=names(rules, people),
    )


def _lines(rules: Rules, one: Standing, at: Instant) -> tuple[OnCall, ...]:
    return tuple(_line(rules, one, at, level) for level in levels(one.plan, at))


def _line(rules: Rules, one: Standing, at: Instant, level: int) -> OnCall:
    current, following = at_instant(one.plan, at, level=level), next_on_call(one.plan, at, level=level)
    people = (*current.people, *(following.people if following is not None else ()))
    return OnCall(
        rota=one.rota.id,
        rota_name=one.rota.name,
        level=level,
        people=current.people,
        until=until(one.plan, at, level),
        cause=current.cause.value,
        next=following.people if following is not None else (),
        next_at=following.span.start if following is not None else None,
        names=names(rules, people),
        layers=tuple(layer.name for layer in one.rota.layers if layer.level == level),
        phones={person: reached for person in people if (reached := address(rules, person))},
        learning=tuple(person for person in current.people if person in rules.shadows),
    )


def answering(line: OnCall) -> OnCall:
    """The line without those who only look on."""
    if not line.learning:
        return line
    people = tuple(person for person in line.people if person not in line.learning)
    return replace(line, people=people, cause=line.cause if people else Cause.learning.value)


def names(rules: Rules, people: Iterable[str]) -> dict[str, str]:
    """Person → what they are called."""
    return {person: rules.name(person) for person in people}


def address(rules: Rules, person: str) -> str:
    """Of the first contact point, to call when the program cannot; empty without one."""
    found = rules.people.get(person)
    contacts = found.contacts if found is not None else ()
    return min(contacts, key=lambda contact: contact.rank).address if contacts else ""
