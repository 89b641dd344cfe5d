"""Who answers for a ticket: never an authority outside; where a site asks for it, only who said so.

``version`` is the one the person saw when the key was pressed; ``None`` takes the ticket as it is.
"""

from collections.abc import Sequence

from supporttui.domain.events import Event, OwnerDeclined, OwnerOffered
from supporttui.domain.faults import Refused
from supporttui.domain.ids import PersonId, TeamId, TicketId
from supporttui.domain.notices import QUIET, NoticeCode
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Offer, Ticket
from supporttui.domain.tickets import decisions as rules
from supporttui.usecases.messages import first_contacts, notice
from supporttui.usecases.ports import Call, Notice, Transaction
from supporttui.usecases.record import record, to_work_on
from supporttui.usecases.rules import Rules

SITE_MINUTES = "owner_offer_minutes"
"""Setting of the site: so long a person may think about owning a ticket; without it they own it at once."""


def outside_team(known: Rules, person: str) -> TeamId | None:
    """The authority outside that somebody is of; ``None`` for whoever is of a team inside too, or of none."""
    found = known.people.get(person)
    if found is None or not found.teams or any(team not in known.outside for team in found.teams):
        return None
    return found.teams[0]


def offer(
    call: Call, known: Rules, ticket: Ticket, person: PersonId, team: TeamId | None
) -> tuple[Sequence[Event], Sequence[Notice]] | None:
    """What it is to ask somebody to own a ticket; ``None`` where the site lets them own it at once.

    The owner keeps it, and hears when the offer is over.

    Raises:
        Refused: ``ticket.not_open`` or ``offer.same``.
    """
    minutes = known.tx.definitions.site().get(SITE_MINUTES, "")
    if not (minutes.isascii() and minutes.isdecimal() and int(minutes)) or person in (call.actor, ticket.owner):
        return None
    rules.must_be_open(ticket)
    standing = ticket.offer_at(call.at)
    if standing is not None and standing.person == person:
        raise Refused("offer.same", ticket=ticket.id, person=person)
    keeper = ticket.owner or call.actor
    until = Instant(call.at + int(minutes) * 60)
    return (OwnerOffered(person, until, PersonId(keeper), team),), _over(call, known, ticket, PersonId(keeper), until)


def _over(call: Call, known: Rules, ticket: Ticket, keeper: PersonId, until: Instant) -> tuple[Notice, ...]:
    return tuple(
        notice(
            known, ticket, keeper, contact,
            code=NoticeCode.offer_over, key=f"offer:{ticket.id}:{until}", not_before=until,
            operation=call.operation, more={"until": until}, priority=QUIET,
        )
        for contact in first_contacts(known.people.get(keeper))
    )  # fmt: skip


def accept(call: Call, tx: Transaction, ticket: TicketId, version: int | None) -> Ticket:
    """Own what was offered to me, and work on it.

    Raises:
        Refused: ``offer.none`` or ``offer.not_yours``, or as taking does.
    """
    found = to_work_on(call, tx, ticket, version)
    rules.must_be_open(found)
    return record(call, tx, found, rules.take(found, call.actor, _mine(call, found).team))


def decline(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, reason: str = "") -> Ticket:
    """Leave with its owner what was offered to me; whoever offered it is told.

    Raises:
        Refused: ``ticket.not_open``, ``offer.none`` or ``offer.not_yours``.
    """
    found = to_work_on(call, tx, ticket, version)
    rules.must_be_open(found)
    return record(call, tx, found, [OwnerDeclined(_mine(call, found).by, reason)])


def _mine(call: Call, ticket: Ticket) -> Offer:
    found = ticket.offer_at(call.at)
    if found is None:
        raise Refused("offer.none", ticket=ticket.id)
    if found.person != call.actor:
        raise Refused("offer.not_yours", ticket=ticket.id, person=found.person)
    return found
