"""Values with sensible defaults, one word for each deviation: ``ticket(priority=1)``, ``service(policy=None)``."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from supporttui.domain.escalation.policy import Policy, Step, StepTarget, TargetKind
from supporttui.domain.events import Event, Fact, Opened, Origin
from supporttui.domain.faults import SupportError
from supporttui.domain.people import ContactPoint, Person, Role, Team
from supporttui.domain.priorities import PriorityMatrix
from supporttui.domain.queue import QueueRow
from supporttui.domain.rota.schedule import Layer, Rota, Rotation, Unit
from supporttui.domain.services import Service
from supporttui.domain.sla.hours import Calendar, Window
from supporttui.domain.sla.targets import Metric, Target, TargetSet
from supporttui.domain.sla.timer import SortKey
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.ports import Call, Store

NOW = Instant(1_772_418_000)
"""2026-03-02T02:20:00Z, a Monday: 03:20 in Berlin."""


class MovableClock:
    """Stands until it is moved; the store's clock and the desk's at once."""

    def __init__(self, now: int = NOW) -> None:
        self.now = Instant(now)

    def __call__(self) -> Instant:
        return self.now

    def forward(self, **spans: float) -> Instant:
        """Move on by ``minutes=``, ``hours=``, ``seconds=`` …"""
        self.now = Instant(self.now + int(timedelta(**spans).total_seconds()))
        return self.now


@contextmanager
def refuses(code: str, kind: type[SupportError] = SupportError) -> Iterator[None]:
    """Passes if just this fault is raised."""
    with pytest.raises(kind) as caught:
        yield
    assert caught.value.code == code


# --- values --------------------------------------------------------------------------------------------


def ticket(**deviations: Any) -> Ticket:
    """Ticket 1042, new, priority 3, of the service ``mail``."""
    defaults = {
        "id": 1042, "title": "Mail is slow", "service": "mail", "team": "desk", "priority": 3,
        "created_at": NOW, "updated_at": NOW, "last_operation": "open",
    }  # fmt: skip
    return Ticket(**{**defaults, **deviations})


def opened(**deviations: Any) -> Opened:
    """The opening of such a ticket."""
    defaults = {"title": "Mail is slow", "service": "mail", "team": "desk", "priority": 3}
    return Opened(**{**defaults, **deviations})


def fact(event: Event, **deviations: Any) -> Fact:
    """A fact of ticket 1042 by Ana."""
    defaults = {"ticket": 1042, "at": NOW, "actor": "ana", "operation": "op", "event": event}
    return Fact(**{**defaults, **deviations})


def row(**deviations: Any) -> QueueRow:
    """A row of the queue without a timer."""
    source = ticket()
    defaults = {
        "id": source.id, "version": 1, "title": source.title, "state": source.state, "priority": 3,
        "service": "mail", "team": "desk", "resolver": "", "owner": None, "acknowledged_by": None,
        "requester": "", "kind": source.kind, "language": "", "created_at": NOW, "updated_at": NOW,
        "sort": SortKey(),
    }  # fmt: skip
    return QueueRow(**{**defaults, **deviations})


def person(name: str = "Ana", **deviations: Any) -> Person:
    """An agent of the desk who can be reached by mail; the id is the name in lower case."""
    key = name.split(maxsplit=1)[0].lower()
    defaults = {"id": key, "name": name, "teams": ("desk",), "contacts": (contact(key),)}
    return Person(**{**defaults, **deviations})


def contact(key: str = "ana", **deviations: Any) -> ContactPoint:
    """A mail address."""
    return ContactPoint(**{"channel": "mail", "address": f"{key}@example.org", **deviations})


def service(key: str = "mail", **deviations: Any) -> Service:
    """A service of the desk, in office hours, watched over by the policy."""
    defaults = {
        "id": key, "name": key.title(), "team": "desk", "calendar": "office", "rota": "night",
        "policy": "urgent", "zone": "Europe/Berlin",
    }  # fmt: skip
    return Service(**{**defaults, **deviations})


def calendar(**deviations: Any) -> Calendar:
    """Monday to Friday, 09:00 to 17:00 in Berlin."""
    defaults = {
        "id": "office", "name": "Office", "zone": "Europe/Berlin", "weekly": (Window("09:00", "17:00"),),
    }  # fmt: skip
    return Calendar(**{**defaults, **deviations})


def targets(**deviations: Any) -> TargetSet:
    """Priority 1 and 2 round the clock, the rest in office hours."""
    always = {"calendar": "always"}
    defaults = {
        "id": "standard",
        "targets": (
            Target(Metric.first_response, 900, priority=1, **always),
            Target(Metric.resolution, 14_400, priority=1, **always),
            Target(Metric.first_response, 3_600, priority=2, **always),
            Target(Metric.resolution, 28_800, priority=2, **always),
            Target(Metric.first_response, 14_400),
            Target(Metric.resolution, 144_000),
        ),
    }
    return TargetSet(**{**defaults, **deviations})


def rota(**deviations: Any) -> Rota:
    """Two lines: Ana and Ben take daily turns in the first, Mia is always second; round the clock."""
    anchor = datetime(2026, 3, 2, 8)
    first = Layer("first", (Rotation(anchor, (("ana",), ("ben",)), unit=Unit.day),))
    second = Layer("second", (Rotation(anchor, (("mia",),)),), level=2)
    defaults = {"id": "night", "name": "Night", "zone": "Europe/Berlin", "layers": (first, second)}
    return Rota(**{**defaults, **deviations})


def policy(**deviations: Any) -> Policy:
    """First line at once, second line after 10 minutes, the lead after 10 more; twice; then Zoe."""
    steps = (
        Step("L1", 0, (StepTarget(TargetKind.on_call, level=1),)),
        Step("L2", 600, (StepTarget(TargetKind.on_call, level=2),)),
        Step("Lead", 600, (StepTarget(TargetKind.person, person="lea"),)),
    )
    defaults = {"id": "urgent", "name": "Urgent", "steps": steps, "rounds": 2, "last_resort": "zoe"}
    return Policy(**{**defaults, **deviations})


PEOPLE = (
    person("Ana"),
    person("Ben"),
    person("Mia"),
    person("Lea", role=Role.lead),
    person("Zoe", role=Role.admin, teams=("network",)),
    person("Aud", role=Role.auditor, contacts=()),
)


def site(store: Store, *, people: Iterable[Person] = PEOPLE, **replacing: Any) -> None:
    """Define a small desk: two teams, two services, hours, targets, a rota, a policy.

    A keyword replaces a definition: ``site(store, policy=policy(rounds=1))``.
    """
    values: dict[str, Any] = {
        "desk": Team("desk", "Desk"), "network": Team("network", "Network"), "mail": service(),
        "vpn": service("vpn", policy=None), "office": calendar(), "always": _always(),
        "standard": targets(), "night": rota(), "urgent": policy(),
    }  # fmt: skip
    renamed = {"policy": "urgent", "rota": "night", "targets": "standard", "calendar": "office"}
    values.update({renamed.get(name, name): value for name, value in replacing.items()})
    with store.write() as tx:
        tx.definitions.put_site({"name": "Berlin", "zone": "Europe/Berlin", "prefix": "T-"})
        for one in people:
            tx.definitions.put(one.id, one)
        for key, value in values.items():
            tx.definitions.put(key, value)
        tx.definitions.put("standard", PriorityMatrix())


def _always() -> Calendar:
    days = (1, 2, 3, 4, 5, 6, 7)
    return calendar(id="always", name="Always", weekly=(Window("00:00", "24:00", days),))


# --- a desk to work at ------------------------------------------------------------------------------------


@dataclass
class Desk:
    """Runs use cases for people at a store, each in a transaction with a new operation id."""

    store: Store
    clock: MovableClock
    prefix: str = "op"
    token: int = 0
    """Of the watch, once ``lead`` was called."""
    numbers: Iterable[int] = field(default_factory=itertools.count)
    last: str = ""
    """The operation id of the newest write."""

    def call(self, actor: str = "ana", origin: Origin = Origin.desk) -> Call:
        """A new call at the clock's instant."""
        self.last = f"{self.prefix}-{next(iter(self.numbers))}"
        return Call(actor, self.clock(), self.last, origin)

    def do(self, usecase: Callable[..., Any], *args: Any, by: str = "ana", **options: Any) -> Any:
        """Write as a person."""
        with self.store.write() as tx:
            return usecase(self.call(by), tx, *args, **options)

    def watch(self, usecase: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Write as the watch."""
        with self.store.write() as tx:
            return usecase(self.call("watch", Origin.watch), tx, *args, **options)

    def ask(self, usecase: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Read."""
        with self.store.read() as tx:
            return usecase(tx, *args, **options)

    def lead(self, holder: str = "watch", seconds: int = 3600) -> int:
        """Take the lease."""
        with self.store.write() as tx:
            token = tx.lease.take(holder, seconds)
        assert token is not None
        self.token = token
        return token


def at_version(value: Ticket, version: int) -> Ticket:
    """The same ticket at another version."""
    return replace(value, version=version)
