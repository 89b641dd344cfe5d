"""The escalation of a ticket as it runs, or as it would begin now."""

from collections.abc import Sequence
from dataclasses import dataclass

from supporttui.domain.escalation import plan
from supporttui.domain.escalation.history import history
from supporttui.domain.escalation.plan import EscalationState, History
from supporttui.domain.escalation.policy import Policy
from supporttui.domain.events import EscalationStarted, Event, Fact
from supporttui.domain.faults import Refused
from supporttui.domain.ids import OperationId
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.rules import Rules


@dataclass(frozen=True, slots=True)
class Begun:
    """An escalation that runs, or that begins with ``events``."""

    policy: Policy
    past: History
    events: tuple[Event, ...] = ()


def begun(rules: Rules, ticket: Ticket, facts: Sequence[Fact], now: Instant) -> Begun:
    """The running escalation, else a new generation by the newest version of the service's policy.

    Raises:
        Refused: ``escalation.no_policy``.
    """
    past = history(facts)
    if past.policy is not None:
        policy = rules.policy(past.policy, past.policy_version)
        if plan.state_of(policy, past, now).state is not EscalationState.done:
            return Begun(policy, past)
    service = rules.service(ticket)
    watching = rules.policy_of(service, now) if service is not None else None
    if watching is None:
        raise Refused("escalation.no_policy", ticket=ticket.id, service=ticket.service)
    policy = rules.policy(watching)
    started = EscalationStarted(policy.id, policy.version, past.generation + 1)
    fact = Fact(ticket.id, Instant(max(now, ticket.updated_at)), "", started, OperationId(""))
    return Begun(policy, history([*facts, fact]), (started,))
