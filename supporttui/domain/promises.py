"""When the requester hears next: promised beside the targets, kept by a reply, missed when it passes without one."""

from supporttui.domain.events import Event, UpdatePromised, UpdateReleased
from supporttui.domain.faults import BadInput, Refused
from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.domain.tickets.decisions import must_be_open


def promise(ticket: Ticket, *, until: Instant | None, by: PersonId, text: str, at: Instant) -> tuple[Event, ...]:
    """An update is promised by an instant; what was promised before no longer counts.

    Raises:
        BadInput: ``promise.until_missing``.
        Refused: ``ticket.not_open``, ``promise.past`` or ``promise.same``.
    """
    must_be_open(ticket)
    if until is None:
        raise BadInput("promise.until_missing")
    if until <= at:
        raise Refused("promise.past")
    known = ticket.promised
    if known is not None and (known.until, known.text) == (until, text):
        raise Refused("promise.same", ticket=ticket.id)
    return (UpdatePromised(until, by, text),)


def release(ticket: Ticket, *, reason: str) -> tuple[Event, ...]:
    """Nothing is promised any more.

    Raises:
        Refused: ``promise.none``.
    """
    if ticket.promised is None:
        raise Refused("promise.none", ticket=ticket.id)
    return (UpdateReleased(reason),)


def again(ticket: Ticket, *, by: PersonId, at: Instant) -> tuple[Event, ...]:
    """What a communication promises by itself: the next one of a major incident under way."""
    if not ticket.is_open or not ticket.is_major or ticket.major is None:
        return ()
    return (UpdatePromised(Instant(at + ticket.major.every), by),)
