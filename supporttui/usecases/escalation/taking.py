"""A step is taken: what becomes a fact, and whom it pages; by the plan, or because a criterion holds."""

from collections.abc import Sequence

from supporttui.domain.escalation import plan
from supporttui.domain.escalation.plan import Firing, History
from supporttui.domain.escalation.policy import Policy
from supporttui.domain.escalation.targets import Resolution
from supporttui.domain.events import Event, StepFired
from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationState
from supporttui.domain.tickets import Ticket
from supporttui.usecases.escalation.beginning import beginning, standing
from supporttui.usecases.escalation.reaching import called
from supporttui.usecases.paging import pages, turn_on
from supporttui.usecases.ports import Call
from supporttui.usecases.record import record
from supporttui.usecases.rules import Rules


def take(
    call: Call,
    rules: Rules,
    ticket: Ticket,
    policy: Policy,
    firing: Firing,
    *,
    past: History,
    found: Resolution,
    cause: str,
    answered: Sequence[PersonId] = (),
    before: Sequence[Event] = (),
) -> Ticket:
    """Record a step after what came ``before`` it, and queue its pages."""
    at = Instant(max(call.at, ticket.updated_at))
    turn_on(rules, policy, firing.step, found)
    event = StepFired(
        firing.generation, firing.number, firing.step, firing.round, paged=found.people, cause=cause,
        skipped=tuple((planned.round, planned.step) for planned in firing.skipped),
        waited=plan.unanswered(policy, past, at), kind=past.kind, called=found.channels, answered=tuple(answered),
    )  # fmt: skip
    queued = pages(call, rules, ticket, policy, firing, found=found, not_before=at)
    return record(call, rules.tx, ticket, [*before, event], rules=rules, notices=queued)


def push(
    call: Call, rules: Rules, ticket: Ticket, policy: Policy, *, cause: str, before: Sequence[Event] = ()
) -> Ticket:
    """Take the next step of the running escalation of the policy's kind now, or begin one by this policy.

    Also where it was acknowledged, which that ends; one that is asleep sleeps on, and only what came ``before`` is
    recorded. A step that reaches nobody is followed by the next one at once, as the watch takes it. ``cause`` is the
    code of what was the reason.
    """
    facts, at = rules.tx.journal.of_ticket(ticket.id), Instant(max(call.at, ticket.updated_at))
    here = standing(rules, facts, policy.kind, at)
    if here is None:
        begins = beginning(ticket, facts, policy, at, kind=policy.kind)
        return record(call, rules.tx, ticket, [*before, *begins.events], rules=rules)
    if plan.state_of(here.policy, here.past, at).state is EscalationState.snoozed:
        return record(call, rules.tx, ticket, before, rules=rules) if before else ticket
    firing = plan.by_hand(here.policy, here.past, at)
    unheard = plan.found_nobody(here.past, firing)
    found, why = called(rules, ticket, here.policy, firing.step, at=at, unheard=unheard)
    return take(
        call, rules, ticket, here.policy, firing, past=here.past, found=found, cause=why or cause,
        before=before,
    )  # fmt: skip
