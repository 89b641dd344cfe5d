"""What vendors announce: a window of time on the ticket that their message became."""

from supporttui.domain.events import AnnouncementRetracted, Event, UpdateAnnounced
from supporttui.domain.faults import BadInput, Refused
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.domain.tickets.decisions import must_be_open

SOON = 86_400
"""So many seconds before it begins, it is shown beside other tickets of its service."""


def announce(
    ticket: Ticket, *, start: Instant | None, end: Instant | None, text: str, at: Instant
) -> tuple[Event, ...]:
    """Something is done by the vendor in a window that is not over.

    Raises:
        BadInput: ``announce.window_missing``.
        Refused: ``ticket.not_open``, ``announce.backwards``, ``announce.past`` or ``announce.same``.
    """
    must_be_open(ticket)
    if start is None or end is None:
        raise BadInput("announce.window_missing")
    if end <= start:
        raise Refused("announce.backwards")
    if end <= at:
        raise Refused("announce.past")
    known = ticket.announcement
    if known is not None and (known.start, known.end, known.text) == (start, end, text):
        raise Refused("announce.same", ticket=ticket.id)
    return (UpdateAnnounced(start, end, text),)


def retract(ticket: Ticket, *, reason: str) -> tuple[Event, ...]:
    """It is not done after all.

    Raises:
        Refused: ``announce.none``.
    """
    if ticket.announcement is None:
        raise Refused("announce.none", ticket=ticket.id)
    return (AnnouncementRetracted(reason),)


def concerns(announcing: Ticket, ticket: Ticket, now: Instant) -> bool:
    """Whether what is announced on one ticket is worth knowing on another one of its service.

    It goes on, begins within a day, or was while the other ticket was opened.
    """
    found = announcing.announcement
    if found is None or announcing.id == ticket.id or announcing.service != ticket.service:
        return False
    return (found.start <= now + SOON and now < found.end) or found.start <= ticket.created_at < found.end
