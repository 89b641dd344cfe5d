"""Business processes that services support: what helping with one takes, and who may."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from supporttui.domain.ids import PersonId, ServiceId
from supporttui.domain.people import Certification, Person
from supporttui.domain.spans import FOREVER, Instant, Span
from supporttui.domain.wall import resolve


class Criticality(StrEnum):
    """What a standstill costs the business."""

    low = "low"
    normal = "normal"
    high = "high"
    critical = "critical"


class Unfit(StrEnum):
    """Why somebody is not proposed for a process."""

    uncertified = "unfit.uncertified"
    expired = "unfit.expired"
    """The certification ends before the work does."""


@dataclass(frozen=True, slots=True)
class Process:
    """The profile of a process: nine answers that support needs before the first call."""

    id: str
    name: str
    services: tuple[ServiceId, ...] = ()
    """Where its tickets come in."""
    categories: tuple[str, ...] = ()
    """Of the tickets that are about it; none: every ticket of its services."""
    expertise: str = ""
    """What one must understand to help."""
    queries: tuple[str, ...] = ()
    """What people are likely to ask."""
    volume: str = ""
    """How much it is used."""
    criticality: Criticality = Criticality.normal
    skills: tuple[str, ...] = ()
    aggregation: str = ""
    """On which level it is looked at: a single posting, a document, a company."""
    interfaces: tuple[str, ...] = ()
    """To which other systems and processes."""
    certification: str = ""
    """What whoever works on it must hold; empty: nothing."""
    out_of_hours: bool = False
    """Whether somebody for it must be on duty at any hour."""
    line: int | None = None
    """The line of support that works on it; ``None``: every line."""


class LeftOut(NamedTuple):
    """Somebody who is not proposed, and why."""

    person: PersonId
    why: Unfit
    process: Process
    last: date | None = None
    """The last day of a certification that ends too early."""


def about(processes: Iterable[Process], service: str, category: str) -> tuple[Process, ...]:
    """The processes that a ticket of a service and a category is about."""
    return tuple(
        one for one in processes if service in one.services and (not one.categories or category in one.categories)
    )


def of_line(processes: Iterable[Process], level: int) -> tuple[Process, ...]:
    """The processes that a line of support works on."""
    return tuple(one for one in processes if one.line in (None, level))


def behind(processes: Iterable[Process], services: Collection[ServiceId]) -> tuple[Process, ...]:
    """The processes of any of these services."""
    return tuple(one for one in processes if any(service in services for service in one.services))


def ends(person: Person, certification: str) -> Instant | None:
    """Until when, exclusive, somebody holds a certification; ``None``: they never did.

    Its last day is one by the clocks of the person's zone.
    """
    if any(one.expires is None for one in _held(person, certification)):
        return FOREVER
    last = last_day(person, certification)
    return None if last is None else resolve(datetime.combine(last + timedelta(days=1), time()), person.zone)


def last_day(person: Person, certification: str) -> date | None:
    """The latest of the last days of what somebody holds of it; ``None`` where none has one."""
    return max((one.expires for one in _held(person, certification) if one.expires is not None), default=None)


def _held(person: Person, certification: str) -> Iterator[Certification]:
    return (one for one in person.certifications if one.name == certification)


def unfit(person: Person, process: Process, span: Span) -> Unfit | None:
    """Why somebody may not work on a process for all of a span; ``None``: they may."""
    if not process.certification:
        return None
    until = ends(person, process.certification)
    if until is None:
        return Unfit.uncertified
    return Unfit.expired if until < span.end else None


def left_out(person: Person, processes: Iterable[Process], span: Span) -> LeftOut | None:
    """The first reason not to propose somebody for work on all of these processes."""
    found = ((one, why) for one in processes if (why := unfit(person, one, span)) is not None)
    return next((LeftOut(person.id, why, one, last_day(person, one.certification)) for one, why in found), None)
