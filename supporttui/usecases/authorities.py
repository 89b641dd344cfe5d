"""The directory of authorities inside and outside, and what is to be known before a ticket goes to one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from supporttui.domain.authorities import HandOff, end_of, hand_off
from supporttui.domain.escalation.policy import StepTarget, TargetKind
from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.ids import TeamId, TicketId
from supporttui.domain.people import AuthorityKind, Team
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.domain.tickets import Ticket
from supporttui.usecases.escalation.beginning import begun
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rules import Rules, rules_of


@dataclass(frozen=True, slots=True)
class Entered:
    """An authority as the directory shows it."""

    team: Team
    opens: Instant | None
    """The instant itself where it works now; ``None``: not known, or never."""
    closes: Instant | None
    """Of one that works now: until when; ``None``: not known, or never."""
    ends: Instant | None
    """When its agreement ends."""
    members: tuple[str, ...]
    """Who is known of it, by name."""
    names: Mapping[str, str]
    """Of services and calendars."""


def every(tx: Transaction, now: Instant) -> tuple[Entered, ...]:
    """All authorities, those inside first, each kind by name."""
    rules = rules_of(tx)
    found = sorted(rules.teams.values(), key=lambda one: (one.kind is AuthorityKind.external, one.name.casefold()))
    return tuple(_entered(rules, team, now) for team in found)


def one(tx: Transaction, wanted: str, now: Instant) -> Entered:
    """The authority of this key or name.

    Raises:
        NotFound: ``authority.unknown``.
    """
    rules, key = rules_of(tx), wanted.strip().casefold()
    for team in rules.teams.values():
        if key in (team.id.casefold(), team.name.casefold()):
            return _entered(rules, team, now)
    raise NotFound("authority.unknown", authority=wanted[:60], allowed=", ".join(sorted(rules.teams))[:300])


def before(tx: Transaction, tickets: Iterable[TicketId], now: Instant) -> Mapping[TeamId, HandOff]:
    """Of every authority what is to be known before the most pressing of these tickets goes there.

    Raises:
        NotFound: ``ticket.unknown``.
    """
    rules = rules_of(tx)
    pressing = min(map(tx.tickets.get, tickets), key=lambda ticket: (ticket.priority, ticket.id))
    return {team.id: at_door(rules, team, pressing, now) for team in rules.teams.values()}


def after(tx: Transaction, ticket: Ticket, now: Instant) -> HandOff | None:
    """The same of the authority that works on a ticket now; ``None``: nothing is to be said of it."""
    rules = rules_of(tx)
    team = rules.teams.get(TeamId(ticket.resolver or ticket.team))
    found = None if team is None else at_door(rules, team, ticket, now)
    return found if found is not None and found.cautioned else None


def of_steps(
    tx: Transaction, ticket: TicketId, now: Instant, *, kind: EscalationKind = EscalationKind.functional
) -> Mapping[int, tuple[HandOff, ...]]:
    """Step of the ticket's escalation → the authorities outside that it calls, where something is to be said of them.

    Empty where nothing says how to escalate it.
    """
    rules = rules_of(tx)
    if not rules.outside:
        return {}
    found = tx.tickets.get(ticket)
    try:
        policy = begun(rules, found, tx.journal.of_ticket(ticket), now, kind=kind).policy
    except Refused:
        return {}
    steps = enumerate(policy.steps, 1)
    return {number: told for number, step in steps if (told := _of_step(rules, found, step.targets, now))}


def _of_step(rules: Rules, ticket: Ticket, targets: Sequence[StepTarget], now: Instant) -> tuple[HandOff, ...]:
    keys = dict.fromkeys(filter(None, (_authority(ticket, target) for target in targets)))
    teams = (rules.teams[key] for key in keys if key in rules.outside)
    return tuple(found for found in (at_door(rules, team, ticket, now) for team in teams) if found.cautioned)


def at_door(rules: Rules, team: Team, ticket: Ticket, now: Instant) -> HandOff:
    """What is to be known before a ticket goes to an authority."""
    hours = None if team.calendar is None else rules.hours(team.calendar)
    return hand_off(team, ticket, now, hours=hours, spoken=_spoken(rules, team))


def _authority(ticket: Ticket, target: StepTarget) -> TeamId | None:
    match target.kind:
        case TargetKind.team | TargetKind.authority:
            return target.team
        case TargetKind.resolver:
            return TeamId(ticket.resolver or ticket.team)
        case _:
            return None


def _spoken(rules: Rules, team: Team) -> tuple[str, ...]:
    members = (person for person in rules.people.values() if team.id in person.teams)
    return tuple(tag for person in members for tag in (person.language, *person.speaks))


def _entered(rules: Rules, team: Team, now: Instant) -> Entered:
    hours = None if team.calendar is None else rules.hours(team.calendar)
    opens = None if hours is None else hours.next_open(now)
    closes = hours.next_change(now) if hours is not None and opens == now else None
    members = sorted(person.name for person in rules.people.values() if team.id in person.teams)
    return Entered(team, opens, closes, end_of(team.agreement, team.zone), tuple(members), _names(rules, team))


def _names(rules: Rules, team: Team) -> Mapping[str, str]:
    services = {key: rules.services[key].name for key in team.services if key in rules.services}
    known = rules.tx.definitions.calendars().get(team.calendar, ()) if team.calendar is not None else ()
    return services | {str(team.calendar): known[-1].value.name for _ in known[-1:]}
