"""Attention beside priority: raised for a stated impact and a time, taken back as easily, and never a priority.

Loud cases must not displace critical ones: raising attention changes neither the priority nor any promise.
"""

from supporttui.domain.events import AttentionLowered, AttentionRaised, Chased, Event
from supporttui.domain.faults import BadInput, Refused
from supporttui.domain.priorities import Level
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.domain.tickets.decisions import must_be_open

LEVELS = (1, 2)
"""Raised, and high."""
LASTS = 86_400
"""Seconds for which attention is raised where nobody says."""


def chase(ticket: Ticket, *, by: str, text: str) -> tuple[Event, ...]:
    """The requester asked what becomes of it.

    Raises:
        Refused: ``ticket.not_open``.
    """
    must_be_open(ticket)
    return (Chased(by, text),)


def raised(
    ticket: Ticket, level: int, *, impact: Level | None, reason: str, until: Instant, at: Instant, by: str
) -> tuple[Event, ...]:
    """More attention up to ``until``, for an impact that somebody states; the priority stays as it is.

    Raises:
        BadInput: ``attention.level``.
        Refused: ``ticket.not_open``, ``attention.impact_missing``, ``attention.reason_missing``,
            ``attention.until_past`` or ``attention.same``.
    """
    must_be_open(ticket)
    if level not in LEVELS:
        raise BadInput("attention.level", level=level)
    if impact is None:
        raise Refused("attention.impact_missing")
    if not reason.strip():
        raise Refused("attention.reason_missing")
    if until <= at:
        raise Refused("attention.until_past")
    if (level, until) == (ticket.attention_at(at), ticket.attention_until):
        raise Refused("attention.same", ticket=ticket.id)
    return (AttentionRaised(level, impact, reason.strip(), until, by),)


def lowered(ticket: Ticket, *, reason: str, inflated: bool) -> tuple[Event, ...]:
    """No more attention than its priority gives it; also after it ran out, to say whether it was worth it.

    Raises:
        Refused: ``attention.none`` or ``attention.reason_missing``.
    """
    if not ticket.attention:
        raise Refused("attention.none", ticket=ticket.id)
    if not reason.strip():
        raise Refused("attention.reason_missing")
    return (AttentionLowered(reason.strip(), inflated),)


def outgrows(ticket: Ticket, now: Instant) -> bool:
    """Whether it has more attention than its own impact and priority are worth.

    The stated impact is wider than the ticket's, or the attention is high on what is neither of the two most pressing
    priorities.
    """
    attention = ticket.attention_at(now)
    if not attention:
        return False
    stated = ticket.attention_impact
    return (stated is not None and stated < ticket.impact) or (attention == LEVELS[-1] and ticket.priority > 2)
