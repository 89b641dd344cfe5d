"""People, teams and other resolving authorities, and how to reach them."""

from dataclasses import dataclass, field
from datetime import date

from supporttui.domain.ids import CalendarId, PersonId, ServiceId, TeamId
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.calendars import Window
from supporttui.domain.spans import Instant
from supporttui.domain.states import AuthorityKind as AuthorityKind  # noqa: PLC0414  re-exported
from supporttui.domain.states import Need as Need  # noqa: PLC0414  re-exported
from supporttui.domain.states import Role as Role  # noqa: PLC0414  re-exported


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """One way to reach a person: a channel of the site and an address in it."""

    channel: str
    address: str
    rank: int = 1
    """1 is tried first."""
    after: int = 300
    """Of a later rank: so many seconds after the one before it, while nobody acknowledged; at once where that fails."""
    priorities: tuple[Priority, ...] = ()
    """Pages only of these; none: of all."""
    quiet: tuple[Window, ...] = ()
    """By the clocks of the person's zone: what would come here then comes afterwards, but for the top priority."""


@dataclass(frozen=True, slots=True)
class Certification:
    """What a person was examined in, as processes ask for it by its name."""

    name: str
    expires: date | None = None
    """Its last day, by the clocks of the person's zone; ``None``: it does not expire."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works at the desk or answers its calls."""

    id: PersonId
    name: str
    language: str = "en"
    """The language in which this person wants to be told things."""
    zone: str = "UTC"
    role: Role = Role.agent
    teams: tuple[TeamId, ...] = ()
    contacts: tuple[ContactPoint, ...] = field(default=())
    speaks: tuple[str, ...] = ()
    """Languages in which this person can help a requester, beside ``language``."""
    may_be_on_call: bool = True
    login: str = ""
    """The database login on a shared PostgreSQL; empty on SQLite."""
    valid_from: Instant | None = None
    """From when until when (half-open) this person may be on duty; ``None``: no bound."""
    valid_to: Instant | None = None
    certifications: tuple[Certification, ...] = ()


@dataclass(frozen=True, slots=True)
class Overflow:
    """When tickets of a team may go to a partner, and what that costs by the agreement with it."""

    partner: TeamId
    """An authority outside."""
    limit: int | None = None
    """More open tickets than this open the path,"""
    period: str | None = None
    """… and so does this special period while it lasts."""
    service: ServiceId | None = None
    """Only tickets of this service are counted and go; ``None``: all of the team."""
    amount: str = ""
    """Price of one ticket, such as ``45.00``; empty: none is agreed."""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A way to reach an authority, which is nobody's own."""

    address: str
    """A telephone number, a mail address, a link."""
    name: str = ""
    priorities: tuple[Priority, ...] = ()
    """Only for tickets of these; none: for all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What an authority wants before it takes a ticket."""

    needs: tuple[Need, ...] = ()
    """What the ticket must say."""
    priorities: tuple[Priority, ...] = ()
    """Only tickets of these; none: all."""
    checks: tuple[str, ...] = ()
    """In words, for whoever hands over to look at."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """By what an authority works for this site."""

    number: str = ""
    entitlement: str = ""
    """What proves that help is due, such as a number to be named on the telephone."""
    first: date | None = None
    last: date | None = None
    """Its first and its last day, by the authority's clocks; ``None``: no bound."""


@dataclass(frozen=True, slots=True)
class Team:
    """A resolving authority: a team inside, a partner or a vendor outside."""

    id: TeamId
    name: str
    kind: AuthorityKind = AuthorityKind.internal
    zone: str = "UTC"
    phone: str = ""
    languages: tuple[str, ...] = ()
    """In which an authority can be spoken to, beside what its people here speak."""
    overflow: tuple[Overflow, ...] = ()
    calendar: CalendarId | None = None
    """Its hours; ``None``: nobody wrote them down."""
    services: tuple[ServiceId, ...] = ()
    """What it resolves: tickets of these services,"""
    categories: tuple[str, ...] = ()
    """… of these categories,"""
    resolves: tuple[str, ...] = ()
    """… and in words, such as ``network`` or ``custom code``. None: nothing is said."""
    entry: Entry | None = None
    lines: tuple[Line, ...] = ()
    """The first that fits a ticket's priority counts; then ``phone``."""
    agreement: Agreement | None = None
