"""What the site has agreed, read once in a transaction: services, promises, hours, policies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar

from supporttui.domain.escalation.policy import Policy
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import CalendarId, PersonId, PolicyId, ServiceId
from supporttui.domain.people import AuthorityKind, Person, Team
from supporttui.domain.periods.effects import lifted, policy_of, target_sets
from supporttui.domain.periods.hours import key_of
from supporttui.domain.periods.plan import Occurrence
from supporttui.domain.priorities import Level, Priority, PriorityMatrix
from supporttui.domain.services import Service
from supporttui.domain.sla.calendars import untouched_parts
from supporttui.domain.sla.hours import Hours
from supporttui.domain.sla.targets import Asked, Metric, Promised, Target, TargetSet, fitting
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind, Role
from supporttui.domain.tickets import Ticket
from supporttui.usecases.ports import Transaction, Versioned

T = TypeVar("T")

_LATELY = 256
"""Tickets whose agreements are kept in mind."""
_Agreed: TypeAlias = "tuple[tuple[tuple[str, int], ...], tuple[Versioned[TargetSet], ...]]"
"""What was agreed, by its keys and versions, and itself."""
ROUND_THE_CLOCK = CalendarId("24x7")
"""Calendar of a ticket whose service is unknown here; without a definition it is always open."""


def in_force(versions: Sequence[Versioned[T]], at: Instant) -> Versioned[T] | None:
    """The newest version that is valid at an instant; before all beginnings the first one."""
    if len(versions) == 1:
        return versions[0]
    valid = [version for version in versions if version.valid_from is None or version.valid_from <= at]
    return max(valid, key=lambda one: one.version, default=versions[0] if versions else None)


@dataclass(frozen=True, slots=True)
class Derived:
    """A priority from impact and urgency."""

    priority: Priority
    lifted_by: str = ""
    """The special period by which it counts as more urgent than was said."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The definitions behind one transaction, by what use cases ask of them."""

    tx: Transaction
    services: dict[ServiceId, Service]
    people: dict[str, Person]
    teams: dict[str, Team]
    outside: frozenset[str] = frozenset()
    """The authorities with desks of their own."""
    _lately: "dict[tuple[ServiceId, Instant], _Agreed]" = field(default_factory=dict, compare=False)
    _promised: dict[tuple[object, ...], dict[Metric, Target | None]] = field(default_factory=dict, compare=False)

    @property
    def shadows(self) -> frozenset[PersonId]:
        """Those who learn: on a rota they are called by nobody."""
        return frozenset(person.id for person in self.people.values() if person.role is Role.shadow)

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

    def promise(self, metric: Metric, ticket: Promised) -> Target | None:
        """The target by what was agreed when the ticket was opened; of special periods those that held by then.

        A period's target set goes before the service's own, also where it promises no time at all. A target
        without a name bears that of its agreement.
        """
        ids, agreed = self._agreed_on(ticket)
        asked = (ids, ticket.service, ticket.kind, ticket.priority, ticket.team, ticket.resolver)
        known = self._promised.setdefault(asked, {})
        if metric not in known:
            known[metric] = _promised(agreed, metric, ticket)
        return known[metric]

    def agreement(self, metric: Metric, ticket: Promised) -> Versioned[TargetSet] | None:
        """The target set whose word holds for a metric; where none says anything, that of the service."""
        agreed = self.agreed(ticket)
        saying = (one for one in agreed if _said(one, metric, ticket) is not None)
        return next(saying, agreed[-1] if agreed else None)

    def agreed(self, ticket: Promised) -> tuple[Versioned[TargetSet], ...]:
        """The target sets that were in force when the ticket was opened, in the order in which they are asked."""
        return self._agreed_on(ticket)[1]

    def _agreed_on(self, ticket: Promised) -> "_Agreed":
        """Asked for each metric of a ticket, one ticket after another."""
        asked = (ticket.service, ticket.created_at)
        known = self._lately.get(asked)
        if known is None:
            if len(self._lately) >= _LATELY:
                self._lately.clear()
            found = tuple(self._in_force(ticket.service, ticket.created_at))
            known = self._lately[asked] = (tuple((one.value.id, one.version) for one in found), found)
        return known

    def _in_force(self, service: ServiceId, at: Instant) -> Iterator[Versioned[TargetSet]]:
        if service not in self.services:
            return
        known = self.tx.definitions.target_sets()
        for key in (*target_sets(self.holding(service, at)), self.services[service].targets):
            version = in_force(known.get(key, ()), at)
            if version is not None:
                yield version

    def holding(self, service: ServiceId, at: Instant) -> tuple[Occurrence, ...]:
        """The special periods of a service at an instant, first what decides."""
        return self.tx.definitions.plan().at(at, service)

    def hours(self, calendar: CalendarId | None) -> Hours:
        """Service hours, compiled; ``None`` is round the clock."""
        key, since = (None, None) if calendar is None else untouched_parts(calendar)
        hours = self.tx.definitions.hours(key)
        return hours if since is None else hours.kept(since)

    def calendar(self, ticket: Promised) -> CalendarId:
        """The hours of the ticket's service."""
        service = self.services.get(ticket.service)
        return self.calendar_of(service) if service else ROUND_THE_CLOCK

    def calendar_of(self, service: Service) -> CalendarId:
        """The key of a service's hours: its calendar, or that with its special periods laid over it.

        Targets that name a calendar of their own count in that one, whatever period it is.
        """
        shaped = self.tx.definitions.plan().shapes_hours(service.id)
        return key_of(service.calendar, service.id) if shaped else service.calendar

    def policy_of(self, service: Service, at: Instant) -> PolicyId | None:
        """By which policy an escalation of the service begins at an instant."""
        return policy_of(self.holding(service.id, at), service.policy)

    def policies_of(self, ticket: Ticket, at: Instant) -> dict[EscalationKind, PolicyId]:
        """By which policies escalations of a ticket begin at an instant, one of each kind at most."""
        service = self.service(ticket)
        if service is None:
            return {}
        found = {
            EscalationKind.functional: self.policy_of(service, at),
            EscalationKind.hierarchical: service.management,
        }
        return {kind: policy for kind, policy in found.items() if policy is not None}

    def derived(
        self, matrix: PriorityMatrix, service: ServiceId, category: str, impact: Level, urgency: Level, *, at: Instant
    ) -> Derived:
        """The priority of a ticket by a matrix at an instant, as urgent as special periods let it count.

        Raises:
            BadInput: ``priority.level`` for what is outside the matrix.
        """
        usual = matrix.priority(impact, urgency)
        counted = lifted(self.holding(service, at), category, urgency)
        if counted.by is None:
            return Derived(usual)
        return Derived(matrix.priority(impact, counted.urgency), counted.by.period.id)

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
        """Id → name of every person, team, service, policy, period and source; where ids collide the person wins."""
        return {
            **{beat.id: beat.name or beat.id for beat in self.tx.definitions.beats()},
            **{source.id: source.name or source.id for source in self.tx.definitions.sources()},
            **{period: versions[-1].value.name for period, versions in self.tx.definitions.periods().items()},
            **{policy: versions[-1].value.name for policy, versions in self.tx.definitions.policies().items()},
            **{service.id: service.name for service in self.services.values()},
            **{team.id: team.name for team in self.teams.values()},
            **{person.id: person.name for person in self.people.values()},
        }

    def name(self, actor: str) -> str:
        """What a person is called; an id that is nobody's stands for itself."""
        person = self.people.get(actor)
        return person.name if person is not None else actor


def _promised(agreed: Sequence[Versioned[TargetSet]], metric: Metric, ticket: Promised) -> Target | None:
    for one in agreed:
        target = _said(one, metric, ticket)
        if target is not None:
            named = replace(target, name=target.name or one.value.name or one.value.id)
            return named if target.promised else None
    return None


def _said(agreed: Versioned[TargetSet], metric: Metric, ticket: Promised) -> Target | None:
    asked = Asked(ticket.service, ticket.kind, ticket.priority, ticket.team, ticket.resolver)
    return fitting(agreed.value.targets, metric, asked)


def rules_of(tx: Transaction) -> Rules:
    """The rules as this transaction sees them."""
    return Rules(
        tx,
        {service.id: service for service in tx.definitions.services()},
        {person.id: person for person in tx.definitions.people()},
        {team.id: team for team in tx.definitions.teams()},
        frozenset(team.id for team in tx.definitions.teams() if team.kind is AuthorityKind.external),
    )
