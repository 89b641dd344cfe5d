"""From a fact to those who should hear of it, and why. Words are made when it is sent, not here."""

from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.events import Assigned, EscalationEnded, Event
from supporttui.domain.ids import PersonId, TeamId
from supporttui.domain.people import Person, Role
from supporttui.domain.tickets import Ticket


class NoticeCode(StrEnum):
    """What a notice says. All carry the parameters ``prefix``, ``title``, ``priority`` and ``service``."""

    page = "page"
    """You are called: ``step``, ``step_name``, ``round``, ``generation``, ``firing``; by hand ``by``, ``text``."""
    assigned = "assigned"
    """The ticket is yours now; ``by`` whom."""
    transferred = "transferred"
    """The ticket is your team's now; ``by`` whom."""
    exhausted = "exhausted"
    """Nobody answered any step; you are the last resort."""
    withdrawn = "withdrawn"
    """The page you got is taken back, sorry; ``by`` whom."""
    reminder = "reminder"
    """You asked to be reminded ``until`` now, of ``text``."""
    handed_back = "handed_back"
    """What you were told is yours is not any more; ``by`` whom."""
    state = "state"
    """You follow it: it is in another ``state`` now; ``by``, ``text``."""
    priority = "priority"
    """You follow it: it has another priority now; ``by``, ``text``."""
    escalated = "escalated"
    """You follow it: ``step`` of its escalation was taken; ``by``."""
    breached = "breached"
    """You follow it: the target of ``metric`` was used up at ``due``."""


QUIET = 9
"""Priority in the outbox of what calls nobody out of bed; pages have their ticket's."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """One person or one team that should hear of a fact."""

    code: NoticeCode
    person: PersonId | None = None
    team: TeamId | None = None


def who_hears(ticket: Ticket, event: Event, *, actor: str, last_resort: PersonId | None = None) -> tuple[Hearing, ...]:
    """Those who should hear of an event that left ``ticket`` as it is; nobody is told of their own doing.

    Pages are not among them: whom a step reaches is resolved by the rota.
    """
    match event:
        case Assigned(owner=owner) if owner and owner != actor:
            return (Hearing(NoticeCode.assigned, person=owner),)
        case Assigned(team=team, owner=None | "") if team:
            return (Hearing(NoticeCode.transferred, team=ticket.team),)
        case EscalationEnded(exhausted=True) if last_resort is not None:
            return (Hearing(NoticeCode.exhausted, person=last_resort),)
        case _:
            return ()


def of_team(people: tuple[Person, ...], team: TeamId, *, but: str) -> tuple[PersonId, ...]:
    """Who hears what a team is told: its leads, or everybody in a team without one; never ``but``."""
    members = [person for person in people if team in person.teams and person.id != but]
    leads = [person for person in members if person.role is Role.lead]
    return tuple(person.id for person in leads or members)
