"""What the site has agreed, read once in a transaction: services, promises, hours, policies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from supporttui.domain.escalation.policy import Policy
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import CalendarId, PolicyId, ServiceId
from supporttui.domain.people import Person, Team
from supporttui.domain.priorities import PriorityMatrix
from supporttui.domain.services import Service
from supporttui.domain.sla.hours import Hours
from supporttui.domain.sla.targets import Metric, Target, target_for
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.ports import Transaction, Versioned

T = TypeVar("T")

ROUND_THE_CLOCK = CalendarId("24x7")
"""Calendar of a ticket whose service is unknown here; without a definition it is always open."""


def in_force(versions: Sequence[Versioned[T]], at: Instant) -> Versioned[T] | None:
    """The newest version that is valid at an instant; before all beginnings the first one."""
    valid = [version for version in versions if version.valid_from is None or version.valid_from <= at]
    return max(valid, key=lambda one: one.version, default=versions[0] if versions else None)


@dataclass(frozen=True, slots=True)
class Rules:
    """The definitions behind one transaction, by what use cases ask of them."""

    tx: Transaction
    services: dict[ServiceId, Service]
    people: dict[str, Person]
    teams: dict[str, Team]

    def service(self, ticket: Ticket) -> Service | None:
        """Of the ticket, if it is defined here."""
        return self.services.get(ticket.service)

    def known_service(self, service: ServiceId) -> Service:
        """The service of this key.

        Raises:
            NotFound: ``service.unknown``.
        """
        if service not in self.services:
            raise NotFound("service.unknown", service=service)
        return self.services[service]

    def promise(self, metric: Metric, ticket: Ticket) -> Target | None:
        """The target by the agreement that was in force when the ticket was opened."""
        service = self.service(ticket)
        versions = self.tx.definitions.target_sets().get(service.targets, ()) if service else ()
        agreed = in_force(versions, ticket.created_at)
        if agreed is None:
            return None
        return target_for(
            agreed.value.targets, metric, service=ticket.service, kind=ticket.kind, priority=ticket.priority
        )

    def hours(self, calendar: CalendarId | None) -> Hours:
        """Service hours, compiled; ``None`` is round the clock."""
        return self.tx.definitions.hours(calendar)

    def calendar(self, ticket: Ticket) -> CalendarId:
        """The calendar of the ticket's service."""
        service = self.service(ticket)
        return service.calendar if service else ROUND_THE_CLOCK

    def matrix(self, service: Service | None, at: Instant) -> PriorityMatrix | None:
        """Impact × urgency for a service, as it was in force at an instant; ``None`` where none is defined."""
        found = in_force(self.tx.definitions.matrices().get(self.matrix_key(service), ()), at)
        return found.value if found is not None else None

    def matrix_key(self, service: Service | None) -> str:
        """Under which key a service's matrix is defined."""
        return service.matrix if service is not None else "standard"

    def policy(self, policy: PolicyId, version: int | None = None) -> Policy:
        """A version of a policy; ``None`` is the newest.

        Raises:
            NotFound: ``policy.unknown``.
        """
        versions = self.tx.definitions.policies().get(policy, ())
        for found in reversed(versions):
            if version in (None, found.version):
                return found.value
        raise NotFound("policy.unknown", policy=policy, version=version or 0)

    def names(self) -> dict[str, str]:
        """Id → name of every person, team, service and policy; where ids collide the person wins."""
        return {
            **{policy: versions[-1].value.name for policy, versions in self.tx.definitions.policies().items()},
            **{service.id: service.name for service in self.services.values()},
            **{team.id: team.name for team in self.teams.values()},
            **{person.id: person.name for person in self.people.values()},
        }

    def name(self, actor: str) -> str:
        """What a person is called; an id that is nobody's stands for itself."""
        person = self.people.get(actor)
        return person.name if person is not None else actor


def rules_of(tx: Transaction) -> Rules:
    """The rules as this transaction sees them."""
    return Rules(
        tx,
        {service.id: service for service in tx.definitions.services()},
        {person.id: person for person in tx.definitions.people()},
        {team.id: team for team in tx.definitions.teams()},
    )
