"""Whom a step calls when the watch takes it: its targets, but who has answered; and the rota's fallback."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from supporttui.domain.escalation.policy import Policy, StepTarget, TargetKind
from supporttui.domain.escalation.targets import Reach as Reached
from supporttui.domain.escalation.targets import Resolution
from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.paging import is_reachable, resolve
from supporttui.usecases.rota import standing
from supporttui.usecases.rules import Rules

FALLBACK = "empty.fallback"
"""Cause of a firing that paged the rota's fallback, because a whole round found nobody."""


def called(
    rules: Rules,
    ticket: Ticket,
    policy: Policy,
    step: int,
    *,
    at: Instant,
    answered: Collection[PersonId] = (),
    unheard: bool = False,
    turns: Mapping[str, int] | None = None,
) -> tuple[Resolution, str]:
    """Whom a step calls at an instant, and why that is nobody, or not whom it names.

    Those who have ``answered`` are not called by it again. ``unheard``: nobody was found in its round before it.
    ``turns`` are pointers of round robins that stand otherwise than they are stored.
    """
    found = _without(resolve(rules, ticket, policy, step, at, turns=turns), answered)
    if not found.anybody and unheard and step == len(policy.steps):
        instead = _fallback(rules, ticket, at)
        if instead.anybody:
            return instead, FALLBACK
    return found, found.cause


def _without(found: Resolution, people: Collection[PersonId]) -> Resolution:
    if not people:
        return found
    return replace(found, reaches=tuple(one for one in found.reaches if one.person not in people), called=())


def _fallback(rules: Rules, ticket: Ticket, at: Instant) -> Resolution:
    service = rules.service(ticket)
    found = standing(rules, service.rota if service is not None else None, at)
    person = found.rota.fallback if found is not None else None
    if person is None or not is_reachable(rules, person):
        return Resolution((), ())
    return Resolution((Reached(person, StepTarget(TargetKind.person, person=person)),), ())
