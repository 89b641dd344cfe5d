"""Whose turn it is in round robins: under which name that is kept, and what facts tell of it."""

from collections.abc import Callable, Iterable, Mapping

from supporttui.domain.escalation.policy import Policy, TargetKind
from supporttui.domain.escalation.targets import TURN
from supporttui.domain.events import EscalationMoved, EscalationStarted, Fact, StepFired
from supporttui.domain.ids import PolicyId, TicketId
from supporttui.domain.states import EscalationKind


def pointer_of(policy: Policy, step: int) -> str:
    """Under which name it is kept whose turn it is."""
    return f"{TURN}{policy.id}:{step}"


def turns(facts: Iterable[Fact], policy_of: Callable[[PolicyId, int], Policy | None]) -> Mapping[str, int]:
    """Pointer → where it stands after facts of any tickets, in the order in which they were written."""
    running: dict[tuple[TicketId, EscalationKind], tuple[PolicyId, int]] = {}
    found: dict[str, int] = {}
    for fact in facts:
        match fact.event:
            case EscalationStarted(policy, version, kind=kind):
                running[fact.ticket, kind] = (policy, version)
            case EscalationMoved(version, kind) if (fact.ticket, kind) in running:
                running[fact.ticket, kind] = (running[fact.ticket, kind][0], version)
            case StepFired(kind=kind) if (fact.ticket, kind) in running:
                found |= _moved(policy_of(*running[fact.ticket, kind]), fact.event)
    return found


def _moved(policy: Policy | None, fired: StepFired) -> dict[str, int]:
    if policy is None or not 1 <= fired.step <= len(policy.steps):
        return {}
    in_turn = [one.people for one in policy.steps[fired.step - 1].targets if one.kind is TargetKind.round_robin]
    places = (people.index(person) + 1 for people in in_turn for person in fired.paged if person in people)
    return {pointer_of(policy, fired.step): place for place in places}
