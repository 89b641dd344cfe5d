"""Whoever answers for a ticket hears quietly that something came in on it, and not each time."""

from collections.abc import Sequence

from supporttui.domain.escalation.policy import StepTarget, TargetKind
from supporttui.domain.ids import PersonId
from supporttui.domain.notices import QUIET, NoticeCode, of_team
from supporttui.domain.tickets import Ticket
from supporttui.usecases.messages import first_contacts, notice
from supporttui.usecases.paging import is_reachable, people_behind
from supporttui.usecases.ports import Call, Notice
from supporttui.usecases.rules import Rules

QUARTER = 900
"""Seconds in which the same contact point is told once of what comes in on one ticket."""


def news(call: Call, rules: Rules, ticket: Ticket, *, code: NoticeCode, by: str) -> tuple[Notice, ...]:
    """The notices of something that came in on a ticket.

    The key holds the quarter of the hour, so that a second one within it changes nothing in the outbox.
    """
    return tuple(
        notice(
            rules, ticket, person, contact,
            code=code, key=f"{code}:{ticket.id}:{call.at // QUARTER}", not_before=call.at, operation=call.operation,
            more={"by": by}, priority=QUIET,
        )
        for person in answering(call, rules, ticket)
        for contact in first_contacts(rules.people.get(person))
    )  # fmt: skip


def answering(call: Call, rules: Rules, ticket: Ticket) -> Sequence[PersonId]:
    """The owner; of a ticket without one those on call for it, and where nobody is, who hears what its team is told."""
    if ticket.owner:
        return (ticket.owner,)
    duty = people_behind(rules, ticket, StepTarget(TargetKind.on_call), call.at)
    on_call = [person for person in duty if is_reachable(rules, person)]
    return on_call or of_team(tuple(rules.people.values()), ticket.team, but=call.actor)
