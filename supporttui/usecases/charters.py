"""Charters as people ask for them: of a service, and where a category belongs that is out of scope."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from supporttui.domain import charters as rules
from supporttui.domain.charters import REFERRED, Charter, Referral
from supporttui.domain.events import StateChanged
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import ServiceId
from supporttui.domain.spans import Instant
from supporttui.domain.states import State
from supporttui.domain.wall import to_wall
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rules import in_force, rules_of


@dataclass(frozen=True, slots=True)
class Told:
    """A charter as somebody reads it."""

    charter: Charter
    service: str
    """By name."""
    today: date
    names: Mapping[str, str]
    """Of people."""


def of_service(tx: Transaction, service: ServiceId, now: Instant) -> Charter | None:
    """The charter that is effective for a service."""
    return rules.of_service(_valid(tx, now), service, _today(tx, now))


def referral(tx: Transaction, now: Instant, *, service: str, category: str) -> Referral | None:
    """Where a ticket of this service (its key or name) and category belongs; ``None``: here."""
    wanted = service.strip().casefold()
    for one in tx.definitions.services():
        if wanted in (one.id.casefold(), one.name.casefold()):
            charter = of_service(tx, ServiceId(one.id), now)
            return None if charter is None else charter.referral(category)
    return None


def referred(found: Referral) -> StateChanged:
    """The close that records where a ticket belongs."""
    return StateChanged(State.closed, reason=REFERRED, text=f"{found.to}: {found.text}" if found.text else found.to)


def every(tx: Transaction, now: Instant, *, service: str = "") -> tuple[Told, ...]:
    """The charters that hold, by service; those of one service (its key or name) if one is given.

    Raises:
        NotFound: ``service.unknown``.
    """
    names, today = rules_of(tx).names(), _today(tx, now)
    services = {one.id: one.name for one in tx.definitions.services()}
    wanted = {key for key, name in services.items() if service.casefold() in ("", key.casefold(), name.casefold())}
    if not wanted and service:
        raise NotFound("service.unknown", service=service[:60])
    found = (one for one in _valid(tx, now) if one.service in wanted)
    told = (Told(one, services.get(one.service, one.service), today, names) for one in found)
    return tuple(sorted(told, key=lambda one: (one.service.casefold(), one.charter.id)))


def _valid(tx: Transaction, now: Instant) -> tuple[Charter, ...]:
    found = (in_force(versions, now) for versions in tx.definitions.charters().values())
    return tuple(one.value for one in found if one is not None)


def _today(tx: Transaction, now: Instant) -> date:
    return to_wall(now, tx.definitions.site().get("zone", "UTC")).date()
