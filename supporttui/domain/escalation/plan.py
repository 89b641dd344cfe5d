"""The plan of an escalation: which step is due at an instant, and what follows if nobody answers.

Waits are measured from the step that fired before. Acknowledging and snoozing stop them; undoing that, or its running
out, lets them go on with what was left. All of it follows from a policy version and the ``History``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from supporttui.domain.escalation.answers import acknowledging, answered, needed
from supporttui.domain.escalation.course import (
    Exhaustion,
    Place,
    Planned,
    Taken,
    Taking,
    ahead,
    from_step,
    heard,
    place_of,
    rung,
)
from supporttui.domain.escalation.history import History, history
from supporttui.domain.escalation.policy import Policy
from supporttui.domain.escalation.standstill import pauses, runs_from
from supporttui.domain.faults import Refused
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationState as EscalationState  # noqa: PLC0414  re-exported

__all__ = [
    "PARKED",
    "EscalationState",
    "Exhaustion",
    "Firing",
    "History",
    "Planned",
    "Standing",
    "Taken",
    "acknowledging",
    "by_hand",
    "coming",
    "due",
    "found_nobody",
    "from_step",
    "history",
    "needed",
    "repeats",
    "state_of",
    "unanswered",
    "upcoming",
]

LATE = 60
"""A step overdue by more seconds than this was missed: no watch ran."""
PARKED = 600
"""Seconds until an escalation is tried again whose policy is not there."""


@dataclass(frozen=True, slots=True)
class Firing:
    """A step to be taken now; the fact of it is ``StepFired``."""

    generation: int
    number: int
    """The next unused one of the generation: unique with ticket and generation."""
    step: int
    round: int
    due: Instant
    """When it should have been taken; never after now."""
    skipped: tuple[Planned, ...] = ()
    """Steps missed while no watch ran; they get no number and page nobody."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an escalation stands at an instant."""

    state: EscalationState
    step: int
    """Of the last step taken; 0 before the first. ``round`` likewise."""
    round: int
    firing: int
    """The highest number used; 0 before the first."""
    due: Instant | None
    """When the next thing happens by itself, a step or the exhaustion; ``None``: nothing will. While
    acknowledged it is set only if acknowledgements run out."""
    changes: Instant | None
    """When it stands otherwise by itself: at ``due``, or before that where an acknowledgement or a sleep ends."""


def state_of(policy: Policy, past: History, now: Instant) -> Standing:
    """Where the escalation stands; a step that is due but not yet recorded has not been taken."""
    coming, runs = _due_at(policy, past, now), runs_from(policy, past, now)
    state = _state(policy, past, now)
    wakes = None if runs == now or state is EscalationState.done else runs
    return Standing(
        state=state,
        step=past.last.step if past.last else 0,
        round=past.last.round if past.last else 0,
        firing=past.last_number,
        due=coming,
        changes=min((at for at in (coming, wakes) if at is not None), default=None),
    )


def due(policy: Policy, past: History, now: Instant) -> Firing | Exhaustion | None:
    """What is to be done at ``now``, or ``None``: not yet, or never.

    After downtime, when steps after the first overdue one are due too, only the current one is taken, and
    it names those it skips. Rounds never end unheard: the last step is taken before the exhaustion.
    """
    if _state(policy, past, now) is not EscalationState.running:
        return None
    coming = [item for item in ahead(policy, past) if item.at <= now]
    overdue = [item for item in coming if isinstance(item, Planned)]
    if not overdue:
        return next((item for item in coming if isinstance(item, Exhaustion)), None)
    current = _current(overdue) if now - overdue[0].at > LATE else 0
    return Firing(
        generation=past.generation,
        number=past.last_number + 1,
        step=overdue[current].step,
        round=overdue[current].round,
        due=overdue[current].at,
        skipped=tuple(overdue[:current]),
    )


def upcoming(policy: Policy, past: History, now: Instant) -> tuple[Planned, ...]:
    """The steps to come if nobody answers from now on, in order; an overdue one counts as taken now.

    While acknowledged there are some only if acknowledgements run out.
    """
    return tuple(item for item in coming(policy, past, now) if isinstance(item, Planned))


def coming(policy: Policy, past: History, now: Instant, *, taking: Taking = heard) -> Iterator[Planned | Exhaustion]:
    """The same one by one, then the exhaustion; ``taking`` says what comes of each step, and so when the next does."""
    runs = runs_from(policy, past, now)
    if runs is None:  # nothing comes by itself, not even what was overdue when it was answered
        return
    taken = due(policy, past, runs)
    if isinstance(taken, Firing):
        first = Planned(runs, taken.step, taken.round, policy.steps[taken.step - 1].name)
        yield first
        yield from from_step(policy, past, first, taking=taking)
    else:
        yield from ahead(policy, past, taking=taking)


def by_hand(policy: Policy, past: History, now: Instant, *, step: int | None = None) -> Firing:
    """The next step, or a given one, taken now: also while acknowledged or asleep, which it ends, or exhausted.

    When the rounds are used up the last step is taken again. A given step that is not after the last one
    belongs to the next round.

    Raises:
        Refused: ``escalation.not_running`` when none has begun or it is done, ``escalation.no_step``.
    """
    if _state(policy, past, now) is EscalationState.done:
        raise Refused("escalation.not_running")
    reached = place_of(past)
    chosen = rung(policy, reached) or Place(len(policy.steps), reached.round)
    if step is not None:
        again = step <= reached.step and reached.round < policy.rounds
        chosen = Place(step, reached.round + again)
    if not 1 <= chosen.step <= len(policy.steps):
        raise Refused("escalation.no_step", step=chosen.step, steps=len(policy.steps))
    return Firing(past.generation, past.last_number + 1, chosen.step, chosen.round, now)


def found_nobody(past: History, firing: Firing) -> bool:
    """Whether every step taken before ``firing`` in its round reached nobody.

    If the last step of such a round reaches nobody either, the rota's fallback is to be paged.
    """
    return not any(fired.reached for fired in past.fired if fired.round == firing.round)


def repeats(past: History, firing: Firing) -> bool:
    """Whether it is the step last taken once more: those who have acknowledged it are left out."""
    last = past.last
    return last is not None and (last.step, last.round) == (firing.step, firing.round)


def unanswered(policy: Policy, past: History, now: Instant) -> int:
    """Seconds since the last step, or since the beginning, in which no acknowledgement held."""
    held = (min(pause.end, now) - max(pause.start, past.since) for pause in pauses(policy, past))
    return max(0, now - past.since - sum(max(0, seconds) for seconds in held))


def _state(policy: Policy, past: History, now: Instant) -> EscalationState:
    if not past.generation or past.ended or any(hold.holds(now) for hold in past.resolved):
        return EscalationState.done
    if any(now in one.span for one in answered(policy, past)):
        return EscalationState.acknowledged
    if any(hold.holds(now) for hold in past.quiet):
        return EscalationState.snoozed
    return EscalationState.running if next(ahead(policy, past), None) is not None else _stopped(past)


def _stopped(past: History) -> EscalationState:
    return EscalationState.exhausted if past.exhausted else EscalationState.running


def _due_at(policy: Policy, past: History, now: Instant) -> Instant | None:
    coming, runs = next(ahead(policy, past), None), runs_from(policy, past, now)
    if coming is None or runs is None:
        return None
    return coming.at if runs == now else max(coming.at, runs)


def _current(overdue: Sequence[Planned]) -> int:
    """Where the newest rung begins: the steps due at one instant are taken one after the other."""
    return next(i for i, planned in enumerate(overdue) if planned.at == overdue[-1].at)
