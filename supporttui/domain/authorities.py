"""What speaks against handing a ticket to an authority now: hours, entry criteria, agreement, languages."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from supporttui.domain.people import Agreement, AuthorityKind, Line, Need, Team
from supporttui.domain.priorities import Priority
from supporttui.domain.rota.speakers import same_language
from supporttui.domain.sla.hours import Hours
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.domain.wall import resolve


class Caution(StrEnum):
    """Something to know before a ticket is handed over; nothing of it forbids that."""

    closed = "caution.closed"
    no_hours = "caution.no_hours"
    """Nobody wrote down when an authority outside works."""
    never_open = "caution.never_open"
    needs = "caution.needs"
    """The ticket lacks what the authority wants."""
    priority = "caution.priority"
    """It takes other priorities only."""
    elsewhere = "caution.elsewhere"
    """It resolves other services or categories."""
    language = "caution.language"
    """Nobody there is known to speak the requester's language."""
    expired = "caution.expired"
    not_begun = "caution.not_begun"
    expires = "caution.expires"
    """The agreement ends before it opens again."""


@dataclass(frozen=True, slots=True)
class HandOff:
    """A ticket at the door of an authority."""

    team: Team
    priority: Priority
    language: str
    """The requester's."""
    cautions: tuple[Caution, ...] = ()
    opens: Instant | None = None
    """The instant itself where it works now; ``None``: not known, or never."""
    line: Line | None = None
    """How it is reached for this priority."""
    lacks: tuple[Need, ...] = ()
    ends: Instant | None = None
    """When its agreement ends; ``None``: not at all."""

    @property
    def cautioned(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.cautions)


def hand_off(team: Team, ticket: Ticket, now: Instant, *, hours: Hours | None, spoken: Collection[str] = ()) -> HandOff:
    """What is to be known before a ticket goes to an authority.

    ``hours`` are those that were written down for it; ``spoken`` are languages of its people who are known here.
    """
    found = HandOff(
        team, ticket.priority, ticket.language,
        opens=None if hours is None else hours.next_open(now),
        line=line_for(team, ticket.priority),
        lacks=tuple(need for need in (team.entry.needs if team.entry else ()) if not _says(ticket, need)),
        ends=end_of(team.agreement, team.zone),
    )  # fmt: skip
    return replace(found, cautions=(*_hours(found, now, hours), *_entry(found, ticket, spoken), *_agreed(found, now)))


def line_for(team: Team, priority: Priority) -> Line | None:
    """How an authority is reached for a priority: a line for it, else one for all, else its telephone."""
    own = next((line for line in team.lines if priority in line.priorities), None)
    general = next((line for line in team.lines if not line.priorities), None)
    return own or general or (Line(team.phone) if team.phone else None)


def end_of(agreement: Agreement | None, zone: str) -> Instant | None:
    """The first instant after the last day of an agreement; ``None``: there is none."""
    return None if agreement is None or agreement.last is None else _midnight(agreement.last + timedelta(1), zone)


def _midnight(day: date, zone: str) -> Instant:
    return resolve(datetime.combine(day, time()), zone)


def _says(ticket: Ticket, need: Need) -> bool:
    said = ticket.references if need is Need.reference else str(getattr(ticket, need.value)).strip()
    return bool(said)


def _hours(found: HandOff, now: Instant, hours: Hours | None) -> Iterator[Caution]:
    if hours is None:
        if found.team.kind is AuthorityKind.external:
            yield Caution.no_hours
    elif found.opens is None:
        yield Caution.never_open
    elif found.opens > now:
        yield Caution.closed


def _entry(found: HandOff, ticket: Ticket, spoken: Collection[str]) -> Iterator[Caution]:
    team = found.team
    if found.lacks:
        yield Caution.needs
    if team.entry is not None and team.entry.priorities and ticket.priority not in team.entry.priorities:
        yield Caution.priority
    if not _resolves(team, ticket):
        yield Caution.elsewhere
    known = (*team.languages, *spoken)
    if ticket.language and known and not any(same_language(one, ticket.language) for one in known):
        yield Caution.language


def _resolves(team: Team, ticket: Ticket) -> bool:
    category = ticket.category.casefold()
    fits = not team.categories or not category or category in (one.casefold() for one in team.categories)
    return fits and (not team.services or ticket.service in team.services)


def _agreed(found: HandOff, now: Instant) -> Iterator[Caution]:
    agreement, zone = found.team.agreement, found.team.zone
    if agreement is None:
        return
    if found.ends is not None and found.ends <= now:
        yield Caution.expired
    elif agreement.first is not None and _midnight(agreement.first, zone) > now:
        yield Caution.not_begun
    elif found.ends is not None and found.opens is not None and found.ends <= found.opens:
        yield Caution.expires
