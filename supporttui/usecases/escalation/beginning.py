"""The escalation of a ticket as it runs, or as it would begin now."""

from collections.abc import Sequence
from dataclasses import dataclass

from supporttui.domain.escalation import plan
from supporttui.domain.escalation.history import history, last_generation
from supporttui.domain.escalation.plan import EscalationState, History
from supporttui.domain.escalation.policy import Policy
from supporttui.domain.events import EscalationStarted, Event, Fact
from supporttui.domain.faults import Refused
from supporttui.domain.ids import OperationId
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.domain.tickets import Ticket
from supporttui.usecases.rules import Rules


@dataclass(frozen=True, slots=True)
class Begun:
    """An escalation that runs, or that begins with ``events``."""

    policy: Policy
    past: History
    events: tuple[Event, ...] = ()


def begun(
    rules: Rules,
    ticket: Ticket,
    facts: Sequence[Fact],
    now: Instant,
    *,
    kind: EscalationKind = EscalationKind.functional,
) -> Begun:
    """The running escalation of a kind, else a new generation by the newest version of the service's policy.

    Raises:
        Refused: ``escalation.no_policy``, ``escalation.no_management``.
    """
    running = standing(rules, facts, kind, now)
    if running is not None:
        return running
    watching = rules.policies_of(ticket, now).get(kind)
    if watching is None:
        if kind is EscalationKind.hierarchical:
            raise Refused("escalation.no_management", ticket=ticket.id, service=ticket.service)
        raise Refused("escalation.no_policy", ticket=ticket.id, service=ticket.service)
    return beginning(ticket, facts, rules.policy(watching), now, kind=kind)


def standing(rules: Rules, facts: Sequence[Fact], kind: EscalationKind, now: Instant) -> Begun | None:
    """The escalation of a kind that is not done; ``None`` if there is none."""
    past = history(facts, kind)
    if past.policy is None:
        return None
    policy = rules.policy(past.policy, past.policy_version)
    done = plan.state_of(policy, past, now).state is EscalationState.done
    return None if done else Begun(policy, past)


def beginning(ticket: Ticket, facts: Sequence[Fact], policy: Policy, now: Instant, *, kind: EscalationKind) -> Begun:
    """A new generation by this version of a policy."""
    started = EscalationStarted(policy.id, policy.version, last_generation(facts) + 1, kind)
    fact = Fact(ticket.id, Instant(max(now, ticket.updated_at)), "", started, OperationId(""))
    return Begun(policy, history([*facts, fact], kind), (started,))
