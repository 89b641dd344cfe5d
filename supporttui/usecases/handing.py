"""Giving a ticket to somebody else."""

from supporttui.domain.faults import BadInput, NotFound, Refused
from supporttui.domain.ids import PersonId, TeamId, TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.states import AuthorityKind
from supporttui.domain.tickets import Ticket
from supporttui.domain.tickets import decisions as rules
from supporttui.usecases import overflow
from supporttui.usecases.ports import Call, Transaction
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
    outside works on it while its owner stays, who keeps what was promised.

    Raises:
        BadInput: ``transfer.nobody`` without team and owner; it names the partner who could take it.
        NotFound: ``person.unknown`` or ``team.unknown``.
        Refused: ``transfer.owner_outside``, ``team.ended``, ``ticket.not_open`` or ``assign.nothing``.
    """
    found, known = to_work_on(call, tx, ticket, version), rules_of(tx)
    _must_be_known(known, owner, team)
    must_last(known, call.at, team)
    if team and known.teams[team].kind is AuthorityKind.external:
        if owner:
            raise Refused("transfer.owner_outside", team=team)
        events = rules.assign(found, resolver=team)
    elif team or owner:
        events = rules.assign(found, owner=owner, team=team or _team_of(known, found, owner, at=call.at), resolver="")
    else:
        raise _to_whom(known, found, call.at)
    if text.strip():
        events = (*events, *rules.note(found, text))
    return record(call, tx, found, events, rules=known)


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
        Refused: ``team.ended``, ``ticket.not_open`` or ``assign.nothing``.
    """
    found, known = to_work_on(call, tx, ticket, version), rules_of(tx)
    _must_be_known(known, owner, team, resolver)
    must_last(known, call.at, team, resolver)
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
