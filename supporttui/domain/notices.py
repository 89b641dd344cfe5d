"""From a fact to those who should hear of it, and why. Words are made when it is sent, not here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from supporttui.domain.events import (
    Assigned,
    EscalationEnded,
    Event,
    OwnerDeclined,
    OwnerOffered,
    PriorityChanged,
    RepeatsSeen,
    StateChanged,
    StepFired,
    Undone,
)
from supporttui.domain.ids import PersonId, TeamId
from supporttui.domain.people import Person, Role
from supporttui.domain.tickets import Ticket

SECOND = "second"
"""Parameter of a page to somebody who is called after the others, and answers nothing."""


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
    offered = "offered"
    """You are asked to own it, ``until`` then; ``by`` whom."""
    offer_declined = "offer_declined"
    """Whom you asked to own it does not; ``by`` whom, ``text``."""
    offer_over = "offer_over"
    """Whom you asked to own it has not answered ``until`` now: it stays yours."""
    wrote = "wrote"
    """Its requester wrote, ``by`` name: the ticket is yours, or nobody's and you answer for it."""
    again = "again"
    """A source, ``by`` name, reports again what the ticket is about; as above."""
    repeats = "repeats"
    """With it so many are alike that one cause is to be looked for: ``text`` by which words."""
    state = "state"
    """You follow it: it is in another ``state`` now; ``by``, ``text``."""
    priority = "priority"
    """You follow it: it has another priority now; ``by``, ``text``."""
    escalated = "escalated"
    """You follow it: ``step`` of its escalation was taken; ``by``."""
    breached = "breached"
    """You follow it: the target of ``metric`` was used up at ``due``."""
    warning = "warning"
    """The time for ``metric`` runs out at ``due``, or did if it is ``late``; ``cycle`` and ``mark`` say which timer and
    which of its marks."""


class DutyCode(StrEnum):
    """What a notice about a rota says, and no ticket.

    All carry ``rota``, ``start``, ``end``, ``line`` and ``by``, and if there is one a ``text``; ``more`` counts what is
    not told.
    """

    given = "duty.given"
    """You are on duty then; that was not planned before."""
    gone = "duty.gone"
    """You are not on duty then any more."""
    cover = "duty.cover"
    """Somebody asks you, or everybody, to take their duty: the ``swap``."""
    consent = "duty.consent"
    """As a lead you are asked to agree to a ``swap``."""


class HandoverCode(StrEnum):
    """What a notice about a handover says, and no ticket.

    All carry ``handover``, ``rota``, ``end``, ``by`` who gives, ``to`` who takes, ``items`` and ``unread``; with a
    ``letter`` goes the whole of it, as JSON.
    """

    signed = "handover.signed"
    """It waits for you to read and accept it."""
    unsigned = "handover.unsigned"
    """It does not wait for you any more: ``by`` took it back."""
    late = "handover.late"
    """As a lead: nobody has accepted it."""
    remark = "handover.remark"
    """The ``actor`` asks, or answers: ``text``."""
    accepted = "handover.accepted"
    """The ``actor`` answers for it now."""
    copy = "handover.copy"
    """The ``actor`` sends it to you to read."""


DRILL = "drill"
"""Channel of what a drill says without really telling anybody; no site has one of this name."""
WARNING = 7
LATE = 6
"""Priority in the outbox of warnings, and of those that tell that the time is over."""
QUIET = 9
"""Priority in the outbox of what calls nobody out of bed; pages have their ticket's."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """One person or one team that should hear of a fact."""

    code: NoticeCode
    person: PersonId | None = None
    team: TeamId | None = None
    more: Mapping[str, str | int] = field(default_factory=dict)
    """Parameters of the code."""


def who_hears(ticket: Ticket, event: Event, *, actor: str, last_resort: PersonId | None = None) -> tuple[Hearing, ...]:
    """Those who should hear of an event that left ``ticket`` as it is; nobody is told of their own doing.

    Pages are not among them: whom a step reaches is resolved by the rota. Nor is a breach, which no event tells.
    """
    concerned = _concerned(ticket, event, actor, last_resort)
    told = _told_to_followers(ticket, event)
    if told is None:
        return concerned
    known = {actor, *(hearing.person for hearing in concerned), *_paged(event)}
    code, more = told
    return (*concerned, *(Hearing(code, person=one, more=more) for one in ticket.followers if one not in known))


def _told_to_followers(ticket: Ticket, event: Event) -> tuple[NoticeCode, Mapping[str, str | int]] | None:
    """What matters to whoever follows a ticket, if the event is of that kind."""
    if isinstance(event, Undone):
        return _told_of_undoing(ticket, event)
    match event:
        case StateChanged(text=text):
            return NoticeCode.state, {"state": ticket.state.value, "text": text}
        case PriorityChanged(reason=reason):
            return NoticeCode.priority, {"text": reason}
        case StepFired(step=step):
            return NoticeCode.escalated, {"step": step}
        case EscalationEnded(exhausted=True):
            return NoticeCode.exhausted, {}
        case _:
            return None


def _told_of_undoing(ticket: Ticket, event: Undone) -> tuple[NoticeCode, Mapping[str, str | int]] | None:
    if "state" in event.restores:
        return NoticeCode.state, {"state": ticket.state.value}
    return (NoticeCode.priority, {}) if "priority" in event.restores else None


def _paged(event: Event) -> tuple[PersonId, ...]:
    return event.paged if isinstance(event, StepFired) else ()


def _concerned(ticket: Ticket, event: Event, actor: str, last_resort: PersonId | None) -> tuple[Hearing, ...]:
    """Whose the ticket is now, and the last resort."""
    match event:
        case Assigned(owner=owner) if owner and owner != actor:
            return (Hearing(NoticeCode.assigned, person=owner),)
        case Assigned(resolver=resolver) if resolver:
            return (Hearing(NoticeCode.transferred, team=TeamId(resolver)),)
        case Assigned(team=team, owner=None | "") if team:
            return (Hearing(NoticeCode.transferred, team=ticket.team),)
        case OwnerOffered() | OwnerDeclined() | RepeatsSeen():
            return _asked(ticket, event, actor)
        case EscalationEnded(exhausted=True) if last_resort is not None:
            return (Hearing(NoticeCode.exhausted, person=last_resort, more={"generation": event.generation}),)
        case _:
            return ()


def _asked(ticket: Ticket, event: OwnerOffered | OwnerDeclined | RepeatsSeen, actor: str) -> tuple[Hearing, ...]:
    """Who is asked to own it, and who asked; who is to look for one cause."""
    match event:
        case OwnerOffered(person, until):
            hearing = Hearing(NoticeCode.offered, person=person, more={"until": until})
        case OwnerDeclined(to, reason):
            hearing = Hearing(NoticeCode.offer_declined, person=to, more={"text": reason})
        case RepeatsSeen(words=words):
            hearing = Hearing(NoticeCode.repeats, team=ticket.team, more={"text": ", ".join(words)})
    return () if hearing.person == actor else (hearing,)


def of_team(people: tuple[Person, ...], team: TeamId, *, but: str) -> tuple[PersonId, ...]:
    """Who hears what a team is told: its leads, or everybody in a team without one; never ``but``."""
    members = [person for person in people if team in person.teams and person.id != but]
    leads = [person for person in members if person.role is Role.lead]
    return tuple(person.id for person in leads or members)
