"""Lessons: what was learnt from tickets, shown when the next one of the kind is opened."""

from collections.abc import Iterable
from dataclasses import dataclass

from supporttui.domain.ids import PersonId, ServiceId, TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket


@dataclass(frozen=True, slots=True)
class Lesson:
    """Something to know before the next ticket of the kind."""

    id: str
    text: str
    service: ServiceId | None = None
    """Of the tickets that it is about; ``None``: any."""
    category: str = ""
    """Likewise; empty: any."""
    procedure: str | None = None
    """The procedure that it is about."""
    ticket: TicketId | None = None
    """From which it was learnt."""
    author: PersonId | None = None
    at: Instant | None = None
    """When it was written down."""


def about(lessons: Iterable[Lesson], ticket: Ticket, procedures: Iterable[str] = ()) -> tuple[Lesson, ...]:
    """The lessons for a ticket or for a procedure of it, what says most about it first; its own are left out."""
    known = frozenset(procedures)
    found = (one for one in lessons if one.ticket != ticket.id and _is_about(one, ticket, known))
    return tuple(sorted(found, key=lambda one: (not one.category, one.service is None, -(one.at or 0), one.id)))


def _is_about(lesson: Lesson, ticket: Ticket, procedures: frozenset[str]) -> bool:
    if lesson.procedure is not None and lesson.procedure in procedures:
        return True
    if lesson.service is None and not lesson.category:
        return False
    same_category = not lesson.category or lesson.category.casefold() == ticket.category.casefold()
    return lesson.service in (None, ticket.service) and same_category
