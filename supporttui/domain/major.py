"""A major incident: who runs it in which role, how often is told how it stands, what works only in part."""

from supporttui.domain.events import Event, MajorEnded, MajorLogged, MajorRoleGiven, MajorStarted
from supporttui.domain.faults import BadInput, Refused
from supporttui.domain.ids import PersonId
from supporttui.domain.states import MajorEntry, MajorRole
from supporttui.domain.tickets import Major, Ticket
from supporttui.domain.tickets.decisions import must_be_open

USUAL_MINUTES = 30
"""Between two communications, where nobody says."""
MOST_MINUTES = 24 * 60


def start(
    ticket: Ticket, *, commander: PersonId, minutes: int, communication: PersonId | None, scribe: PersonId | None
) -> tuple[Event, ...]:
    """It is a major incident from now on; of a drill, an exercise.

    Raises:
        BadInput: ``major.every``.
        Refused: ``ticket.not_open`` or ``major.running``.
    """
    must_be_open(ticket)
    if ticket.is_major:
        raise Refused("major.running", ticket=ticket.id)
    if not 1 <= minutes <= MOST_MINUTES:
        raise BadInput("major.every", most=MOST_MINUTES, found=minutes)
    return (MajorStarted(commander, minutes * 60, communication, scribe, ticket.drill),)


def give(ticket: Ticket, role: MajorRole, person: PersonId) -> tuple[Event, ...]:
    """Somebody takes a role.

    Raises:
        Refused: ``major.none`` or ``major.same_role``.
    """
    if running(ticket).of(role) == person:
        raise Refused("major.same_role", person=person)
    return (MajorRoleGiven(role, person),)


def log(ticket: Ticket, entry: MajorEntry, text: str) -> tuple[Event, ...]:
    """What was communicated, or what works only in part.

    Raises:
        Refused: ``major.none`` or ``text.empty``.
    """
    running(ticket)
    if not text.strip():
        raise Refused("text.empty", ticket=ticket.id)
    return (MajorLogged(entry, text.strip()),)


def end(ticket: Ticket, text: str) -> tuple[Event, ...]:
    """It is over.

    Raises:
        Refused: ``major.none``.
    """
    running(ticket)
    return (MajorEnded(text.strip()),)


def running(ticket: Ticket) -> Major:
    """The major incident under way. Raises Refused ``major.none``."""
    if ticket.major is None or not ticket.is_major:
        raise Refused("major.none", ticket=ticket.id)
    return ticket.major
