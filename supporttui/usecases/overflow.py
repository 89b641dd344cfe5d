"""Whether tickets of a team may go to a partner now: asked for a ticket, and for every rule of the site."""

from collections.abc import Iterable
from dataclasses import dataclass

from supporttui.domain.ids import ServiceId, TicketId
from supporttui.domain.overflow import MOST_OPEN, Proposal, proposed
from supporttui.domain.people import Overflow, Team
from supporttui.domain.queue import And, Op, Term, counted
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rules import Rules, rules_of


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule, and how things stand with it."""

    team: str
    rule: Overflow
    open: int
    proposal: Proposal | None
    names: dict[str, str]


def every(tx: Transaction, now: Instant) -> tuple[Standing, ...]:
    """All rules of the site, by the names of their teams."""
    rules = rules_of(tx)
    names = rules.names()
    teams = sorted(rules.teams.values(), key=lambda one: (one.name.casefold(), one.id))
    return tuple(_standing(rules, team, rule, now, names=names) for team in teams for rule in team.overflow)


def of_ticket(rules: Rules, ticket: Ticket, now: Instant) -> Proposal | None:
    """The first rule of the ticket's team that proposes something; nothing for one that is outside already."""
    team = rules.teams.get(ticket.team)
    if team is None or not team.overflow or not ticket.is_open or ticket.resolver in rules.outside:
        return None
    fitting = (rule for rule in team.overflow if rule.service in (None, ticket.service))
    return next(filter(None, (_proposed(rules, team, rule, now) for rule in fitting)), None)


def of_tickets(tx: Transaction, tickets: Iterable[TicketId], now: Instant) -> Proposal | None:
    """The first proposal for any of these; each team and service is counted once.

    Raises:
        NotFound: ``ticket.unknown``.
    """
    rules = rules_of(tx)
    if not any(team.overflow for team in rules.teams.values()):
        return None
    alike: dict[tuple[str, str, str, bool], Ticket] = {}
    for ticket in map(tx.tickets.get, tickets):
        alike.setdefault((ticket.team, ticket.service, ticket.resolver, ticket.is_open), ticket)
    return next(filter(None, (of_ticket(rules, ticket, now) for ticket in alike.values())), None)


def _standing(rules: Rules, team: Team, rule: Overflow, now: Instant, *, names: dict[str, str]) -> Standing:
    count = _open(rules, team, rule.service, now)
    return Standing(team.id, rule, count, proposed(team.id, rule, count, _running(rules, rule, now)), names)


def _proposed(rules: Rules, team: Team, rule: Overflow, now: Instant) -> Proposal | None:
    return proposed(team.id, rule, _open(rules, team, rule.service, now), _running(rules, rule, now))


def _running(rules: Rules, rule: Overflow, now: Instant) -> frozenset[str]:
    if rule.period is None:
        return frozenset()
    return frozenset(one.period.id for one in rules.tx.definitions.plan().at(now, rule.service))


def _open(rules: Rules, team: Team, service: ServiceId | None, now: Instant) -> int:
    """Open tickets that a team works on itself, by the index of open tickets."""
    here = (Term("is", Op.eq, ("open",)), Term("team", Op.eq, (team.id,)), Term("resolver", Op.eq, (team.id,)))
    query = And(here if service is None else (*here, Term("service", Op.eq, (service,))))
    return rules.tx.tickets.count(counted(query), now=now, me=None, most=MOST_OPEN)
