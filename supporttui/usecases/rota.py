"""Who is on call, and the plan of a span, for every rota."""

from collections.abc import Iterable

from supporttui.domain.ids import ServiceId
from supporttui.domain.rota.coverage import gaps
from supporttui.domain.rota.oncall import at_instant, duty, layer_duty, levels, next_on_call, until
from supporttui.domain.rota.schedule import Rota
from supporttui.domain.spans import Instant, Span
from supporttui.usecases.paging import rota_of
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rules import Rules, rules_of
from supporttui.usecases.views import OnCall, RotaPlan


def plan(tx: Transaction, start: Instant, end: Instant, *, now: Instant | None = None) -> tuple[RotaPlan, ...]:
    """Every rota between two instants, by name, as it is defined now; without ``now``: the database's clock."""
    rules = rules_of(tx)
    at = tx.now() if now is None else now
    return tuple(_plan(rules, rota, start, end, now=at) for rota in rotas_of(rules, at))


def who(tx: Transaction, at: Instant, service: ServiceId | None = None) -> tuple[OnCall, ...]:
    """Each line of support at an instant, of every rota or of the one that a service names.

    Raises:
        NotFound: ``service.unknown``.
    """
    rules = rules_of(tx)
    return tuple(line for rota in rotas_of(rules, at, service) for line in _lines(rules, rota, at))


def rotas_of(rules: Rules, at: Instant, service: ServiceId | None = None) -> list[Rota]:
    """The rota that a service names, or every rota, by name, as they hold at an instant.

    Raises:
        NotFound: ``service.unknown``.
    """
    ids = rules.tx.definitions.rotas() if service is None else (rules.known_service(service).rota,)
    found = (rota_of(rules, rota, at) for rota in ids)
    return sorted((rota for rota in found if rota is not None), key=lambda rota: (rota.name, rota.id))


def _plan(rules: Rules, rota: Rota, start: Instant, end: Instant, *, now: Instant) -> RotaPlan:
    final = duty(rota, start, end)
    layers = layer_duty(rota, start, end)
    people = {person for pieces in (final, *layers.values()) for piece in pieces for person in piece.people}
    return RotaPlan(
        rota=rota,
        span=Span(start, end),
        layers=layers,
        levels={level: tuple(piece for piece in final if piece.level == level) for level in levels(rota)},
        gaps=gaps(rota, start, end),
        now=_lines(rules, rota, now),
        names=_names(rules, people),
    )


def _lines(rules: Rules, rota: Rota, at: Instant) -> tuple[OnCall, ...]:
    return tuple(_line(rules, rota, at, level) for level in levels(rota))


def _line(rules: Rules, rota: Rota, at: Instant, level: int) -> OnCall:
    current, following = at_instant(rota, at, level=level), next_on_call(rota, at, level=level)
    people = (*current.people, *(following.people if following is not None else ()))
    return OnCall(
        rota=rota.id,
        rota_name=rota.name,
        level=level,
        people=current.people,
        until=until(rota, at, level),
        cause=current.cause.value,
        next=following.people if following is not None else (),
        next_at=following.span.start if following is not None else None,
        names=_names(rules, people),
        phones={person: reached for person in people if (reached := address(rules, person))},
    )


def _names(rules: Rules, people: Iterable[str]) -> dict[str, str]:
    return {person: rules.name(person) for person in people}


def address(rules: Rules, person: str) -> str:
    """Of the first contact point, to call when the program cannot; empty without one."""
    found = rules.people.get(person)
    contacts = found.contacts if found is not None else ()
    return min(contacts, key=lambda contact: contact.rank).address if contacts else ""
