"""Profiles of processes: read, with who may work on them and when nobody is there; whom not to propose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from supporttui.domain.faults import NotFound
from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.process_defects import uncovered
from supporttui.domain.processes import LeftOut, Process, about, ends, left_out
from supporttui.domain.spans import FOREVER, Instant, Span
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rota.reading import snapshot
from supporttui.usecases.rules import Rules, rules_of

AHEAD = 14 * 86_400
"""So far ahead hours without a certified person are looked for."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with the certification that a process needs."""

    person: PersonId
    name: str
    ends: Instant | None
    """When it ends, exclusive; ``None``: it does not expire."""
    expired: bool


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Hours of a service in which nobody for a process is on duty, though somebody is needed at any hour."""

    service: str
    service_name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A process with the names of its services."""

    process: Process
    services: Mapping[str, str]
    """Key → name."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A process as it stands at an instant."""

    process: Process
    services: Mapping[str, str]
    """Key → name."""
    holders: tuple[Holder, ...]
    uncovered: tuple[Uncovered, ...]
    """Within 14 days."""


def every(tx: Transaction) -> tuple[Listed, ...]:
    """All of them, by name."""
    rules = rules_of(tx)
    found = sorted(tx.definitions.processes(), key=lambda one: (one.name.casefold(), one.id))
    return tuple(Listed(one, _services(rules, one)) for one in found)


def profile(tx: Transaction, wanted: str, now: Instant) -> Profile:
    """The process of this key or name.

    Raises:
        NotFound: ``process.unknown``.
    """
    rules, key = rules_of(tx), wanted.strip().casefold()
    for process in tx.definitions.processes():
        if key in (process.id.casefold(), process.name.casefold()):
            return _profile(rules, process, now)
    allowed = ", ".join(one.id for one in tx.definitions.processes())
    raise NotFound("process.unknown", process=wanted[:60], allowed=allowed[:300])


def not_for(tx: Transaction, tickets: Iterable[TicketId], now: Instant) -> tuple[LeftOut, ...]:
    """Who is not to be proposed for tickets, by name: they lack what a process needs that one of them is about.

    Raises:
        NotFound: ``ticket.unknown``.
    """
    known, rules = tx.definitions.processes(), rules_of(tx)
    found = (tx.tickets.get(ticket) for ticket in tickets) if known else ()
    processes = tuple(dict.fromkeys(one for ticket in found for one in about(known, ticket.service, ticket.category)))
    people = sorted(rules.people.values(), key=lambda one: one.name.casefold())
    lacking = (left_out(person, processes, Span(now, Instant(now + 1))) for person in people)
    return tuple(one for one in lacking if one is not None)


def _profile(rules: Rules, process: Process, now: Instant) -> Profile:
    return Profile(
        process,
        _services(rules, process),
        tuple(_holders(rules, process, now)),
        tuple(_uncovered(rules, process, now)),
    )


def _services(rules: Rules, process: Process) -> Mapping[str, str]:
    return {key: rules.services[key].name if key in rules.services else key for key in process.services}


def _holders(rules: Rules, process: Process, now: Instant) -> Iterable[Holder]:
    for person in sorted(rules.people.values(), key=lambda one: one.name.casefold()):
        until = ends(person, process.certification)
        if until is not None:
            yield Holder(person.id, person.name, None if until == FOREVER else until, expired=until <= now)


def _uncovered(rules: Rules, process: Process, now: Instant) -> Iterable[Uncovered]:
    ahead = Span(now, Instant(now + AHEAD))
    for service in (rules.services[key] for key in process.services if key in rules.services):
        plan = snapshot(rules, service.rota) if service.rota is not None else None
        spans = uncovered(process, plan, rules.people.values(), ahead)
        if spans:
            yield Uncovered(service.id, service.name, spans)
