"""What runs, what comes next, and whom each step would reach: forecasts, resolved again when they happen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from supporttui.domain.escalation import plan
from supporttui.domain.escalation.history import History, histories, history
from supporttui.domain.escalation.plan import Exhaustion, Planned
from supporttui.domain.escalation.policy import Policy
from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.ids import TicketId
from supporttui.domain.notices import NoticeCode
from supporttui.domain.queue import QueueRow
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.domain.tickets import Ticket
from supporttui.usecases.escalation.beginning import begun
from supporttui.usecases.escalation.by_hand import reaching
from supporttui.usecases.escalation.foreseeing import Foreseen, Foresight, foreseen
from supporttui.usecases.items import item
from supporttui.usecases.paging import last_told, resolve, shown
from supporttui.usecases.ports import Escalation, Notice, Transaction
from supporttui.usecases.rules import Rules, rules_of
from supporttui.usecases.views import Choice, Running, Upcoming

MOST = 200
"""Running escalations shown, next due first; a desk that has more has another problem."""
AHEAD = 5
"""Coming steps that are resolved to people for one ticket."""


@dataclass(frozen=True, slots=True)
class Foretold:
    """What escalating by hand would do: the step taken now, and those that follow if nobody answers."""

    ticket: Ticket
    policy_name: str
    kind: EscalationKind
    steps: tuple[Upcoming, ...]
    """The first is taken at once; its people are told after the delay in which it can be withdrawn."""


def running(tx: Transaction, now: Instant) -> tuple[Running, ...]:
    """The escalations of open tickets that are not done, next due first."""
    rules = rules_of(tx)
    found = tx.escalations.running()[:MOST]
    rows = {row.id: row for row in tx.tickets.rows(escalation.ticket for escalation in found)}
    return tuple(
        standing(rules, escalation, rows[escalation.ticket], now) for escalation in found if escalation.ticket in rows
    )


def of_ticket(
    rules: Rules, row: QueueRow, now: Instant, *, kind: EscalationKind = EscalationKind.functional
) -> Running | None:
    """The ticket's escalation of a kind, done ones too; ``None`` before its first."""
    escalation = rules.tx.escalations.get(row.id, kind)
    return None if escalation is None else standing(rules, escalation, row, now)


def standing(rules: Rules, escalation: Escalation, row: QueueRow, now: Instant, *, ahead: int = AHEAD) -> Running:
    """Where one escalation stands and what follows."""
    policy = _policy(rules, escalation)
    fired = policy.steps[escalation.step - 1].name if policy and 1 <= escalation.step <= len(policy.steps) else ""
    ticket = rules.tx.tickets.get(escalation.ticket)
    past = history(rules.tx.journal.of_ticket(ticket.id), escalation.kind)
    pages = tuple(_pages(rules, escalation))
    coming = tuple(islice(_steps(rules, ticket, policy, past, now), ahead)) if policy is not None else ()
    told = (*(page.person for page in pages), *past.paged, *filter(None, (ticket.acknowledged_by,)))
    found = Running(
        escalation, policy.name if policy is not None else escalation.policy, fired, coming, pages,
        item(rules, row, now), ticket.acknowledged_at, {person: rules.name(person) for person in told},
    )  # fmt: skip
    return found if policy is None else _as_it_stands(found, policy, past, now)


def _as_it_stands(found: Running, policy: Policy, past: History, now: Instant) -> Running:
    """What passes by itself since it was stored: an acknowledgement runs out, a sleep ends."""
    return replace(
        found,
        escalation=replace(found.escalation, state=plan.state_of(policy, past, now).state),
        needed=plan.needed(policy, past),
        answered=plan.acknowledging(policy, past, now),
        quiet_until=next((hold.end for hold in past.quiet if hold.holds(now)), None),
    )


def _pages(rules: Rules, escalation: Escalation) -> Iterator[Notice]:
    """Those of this escalation; of the functional one also those that name none."""
    for notice in rules.tx.outbox.of_ticket(escalation.ticket):
        kind = EscalationKind(str(notice.params.get("kind", EscalationKind.functional.value)))
        if notice.code == NoticeCode.page.value and kind is escalation.kind:
            yield notice


def forecast(tx: Transaction, ticket: TicketId, now: Instant, *, until: Instant | None = None) -> tuple[Upcoming, ...]:
    """The coming steps of a ticket if nobody answers, of both kinds, soonest first; empty if none will come.

    As many as ``AHEAD`` of each kind, or all before an instant; behind the last one who is told when they are used up.
    """
    rules, found = rules_of(tx), tx.tickets.get(ticket)
    steps: list[Upcoming] = []
    for past in histories(tx.journal.of_ticket(ticket)):
        policy = _known(rules, past)
        if policy is not None:
            coming = (_upcoming(rules, found, policy, one) for one in foreseen(rules, found, policy, past, now))
            steps += islice(coming, AHEAD) if until is None else takewhile(_before(until), coming)
    return tuple(sorted(steps, key=lambda step: step.at))


def foretell(
    tx: Transaction, ticket: TicketId, now: Instant, *, step: int | None = None, kind: str = "functional"
) -> Foretold:
    """What ``escalate`` would do now; nothing is written.

    Raises:
        Refused: as ``escalate`` does.
    """
    rules, found = rules_of(tx), tx.tickets.get(ticket)
    if not found.is_open:
        raise Refused("ticket.not_open", ticket=ticket, state=found.state.value)
    here = begun(rules, found, tx.journal.of_ticket(ticket), now, kind=EscalationKind(kind))
    firing, reached = reaching(rules, found, here, now, step)
    sight = Foresight(rules, found, here.policy, here.past)
    taken = Planned(now, firing.step, firing.round, here.policy.steps[firing.step - 1].name)
    first = sight.taken(taken, reached, reached.cause)
    after = plan.from_step(here.policy, here.past, taken, taking=sight.taking)
    coming = (sight.take(item) if isinstance(item, Planned) else item for item in after)
    steps = (_upcoming(rules, found, here.policy, one) for one in (first, *islice(coming, AHEAD)))
    return Foretold(found, here.policy.name, here.past.kind, tuple(steps))


def choices(
    tx: Transaction, ticket: TicketId, now: Instant, *, kind: EscalationKind = EscalationKind.functional
) -> tuple[Choice, ...]:
    """The steps that an escalation by hand may go to, and whom each would reach now.

    Empty when the ticket is not open, or nothing says how to escalate it.
    """
    rules, found = rules_of(tx), tx.tickets.get(ticket)
    try:
        here = begun(rules, found, tx.journal.of_ticket(ticket), now, kind=kind)
        following = plan.by_hand(here.policy, here.past, now).step
    except Refused:
        return ()
    if not found.is_open:
        return ()
    steps = [
        (one, resolve(rules, found, here.policy, one, now, named=True)) for one in range(1, len(here.policy.steps) + 1)
    ]
    return tuple(
        Choice(
            number, here.policy.steps[number - 1].name, shown(rules, found, reached.reaches, now),
            is_next=number == following, channels=reached.channels,
        )
        for number, reached in steps
    )  # fmt: skip


# --- what comes ---------------------------------------------------------------------------------------


def _policy(rules: Rules, escalation: Escalation) -> Policy | None:
    try:
        return rules.policy(escalation.policy, escalation.policy_version)
    except NotFound:
        return None


def _known(rules: Rules, past: History) -> Policy | None:
    try:
        return None if past.policy is None else rules.policy(past.policy, past.policy_version)
    except NotFound:
        return None


def _before(until: Instant) -> Callable[[Upcoming], bool]:
    return lambda step: step.at < until


def _steps(rules: Rules, ticket: Ticket, policy: Policy, past: History, now: Instant) -> Iterator[Upcoming]:
    for one in foreseen(rules, ticket, policy, past, now):
        if isinstance(one, Foreseen):
            yield _upcoming(rules, ticket, policy, one)


def _upcoming(rules: Rules, ticket: Ticket, policy: Policy, one: Foreseen | Exhaustion) -> Upcoming:
    if isinstance(one, Exhaustion):
        return Upcoming(one.at, 0, policy.rounds, "", last_told(rules, ticket, policy.last_resort, one.at))
    planned = one.planned
    people = shown(rules, ticket, one.found.reaches, planned.at)
    return Upcoming(planned.at, planned.step, planned.round, planned.name, people, one.found.channels, one.cause)
