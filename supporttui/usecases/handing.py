"""Giving a ticket to somebody else."""

from collections.abc import Sequence

from supporttui.domain.events import Event
from supporttui.domain.faults import BadInput, NotFound, Refused
from supporttui.domain.ids import PersonId, TeamId, TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.domain.tickets import decisions as rules
from supporttui.usecases import overflow, owning
from supporttui.usecases.ports import Call, Notice, Transaction
from supporttui.usecases.record import record, to_work_on
from supporttui.usecases.rules import Rules, rules_of
from supporttui.usecases.temporary import lasting, must_last


def transfer(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    team: TeamId | None = None,
    owner: PersonId | None = None,
    text: str = "",
) -> Ticket:
    """Give it to somebody else, who is told, with an internal note if there is a ``text``.

    Inside it is wholly theirs: owner, team, and who works on it; a person alone brings their own team. An authority
    outside works on it while its owner stays, who keeps what was promised. Where the site asks people first
    (``owning.SITE_MINUTES``), the owner stays until the person accepts.

    Raises:
        BadInput: ``transfer.nobody`` without team and owner; it names the partner who could take it.
        NotFound: ``person.unknown`` or ``team.unknown``.
        Refused: ``transfer.owner_outside``, ``team.ended``, ``ticket.not_open`` or ``assign.nothing``.
    """
    found, known = to_work_on(call, tx, ticket, version), rules_of(tx)
    _must_be_known(known, owner, team)
    must_last(known, call.at, team)
    events: Sequence[Event]
    notices: Sequence[Notice] = ()
    if (outside := _outside(known, owner, team)) is not None:
        events = rules.assign(found, resolver=outside)
    elif team or owner:
        home = team or _team_of(known, found, owner, at=call.at)
        asked = owning.offer(call, known, found, owner, home) if owner else None
        events, notices = asked or (rules.assign(found, owner=owner, team=home, resolver=""), ())
    else:
        raise _to_whom(known, found, call.at)
    if text.strip():
        events = (*events, *rules.note(found, text))
    return record(call, tx, found, events, rules=known, notices=notices)


def _outside(known: Rules, owner: PersonId | None, team: TeamId | None) -> TeamId | None:
    """The authority outside that is meant, if it is one; a person of it stands for it and owns nothing."""
    if owner and (theirs := owning.outside_team(known, owner)) is not None:
        return theirs
    if not team or team not in known.outside:
        return None
    if owner:
        raise Refused("transfer.owner_outside", team=team)
    return team


def assign(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    owner: PersonId | None = None,
    team: TeamId | None = None,
    resolver: str | None = None,
) -> Ticket:
    """Set owner, team and resolver one by one; whoever gets it is told. ``None`` stays, ``""`` empties.

    Raises:
        NotFound: ``person.unknown`` or ``team.unknown``.
        Refused: ``transfer.owner_outside``, ``team.ended``, ``ticket.not_open`` or ``assign.nothing``.
    """
    found, known = to_work_on(call, tx, ticket, version), rules_of(tx)
    _must_be_known(known, owner, team, resolver)
    must_last(known, call.at, team, resolver)
    for outside in filter(None, (owning.outside_team(known, owner or ""), team if team in known.outside else None)):
        raise Refused("transfer.owner_outside", team=outside)
    return record(call, tx, found, rules.assign(found, owner=owner, team=team, resolver=resolver), rules=known)


def _to_whom(known: Rules, ticket: Ticket, at: Instant) -> BadInput:
    allowed = ", ".join(sorted(known.teams))
    found = overflow.of_ticket(known, ticket, at)
    if found is None:
        return BadInput("transfer.nobody", allowed=allowed)
    price = "-" if found.price is None else f"{found.price} {found.currency}".strip()
    return BadInput("transfer.nobody", allowed=allowed, partner=found.partner, open=found.open, price=price)


def _must_be_known(known: Rules, owner: str | None, *authorities: str | None) -> None:
    if owner and owner not in known.people:
        raise NotFound("person.unknown", person=owner)
    for authority in authorities:
        if authority and authority not in known.teams:
            raise NotFound("team.unknown", team=authority)


def _team_of(known: Rules, ticket: Ticket, owner: PersonId | None, *, at: Instant) -> TeamId | None:
    """The person's own team, unless it is the ticket's already; of a team that ended nobody is any more."""
    teams = lasting(known, known.people[owner].teams, at) if owner else ()
    return teams[0] if teams and ticket.team not in teams else None
