"""The plan of an escalation: which step is due at an instant, and what follows if nobody answers.

Waits are measured from the step that fired before. Acknowledging stops them; undoing it, or its running
out, lets them go on with what was left. All of it follows from a policy version and the ``History``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from supporttui.domain.escalation.history import History, Hold, history
from supporttui.domain.escalation.policy import Policy
from supporttui.domain.faults import Refused
from supporttui.domain.spans import FOREVER, Instant, Span, union
from supporttui.domain.states import EscalationState as EscalationState  # noqa: PLC0414  re-exported

__all__ = [
    "PARKED",
    "EscalationState",
    "Exhaustion",
    "Firing",
    "History",
    "Planned",
    "Standing",
    "by_hand",
    "due",
    "found_nobody",
    "history",
    "state_of",
    "unanswered",
    "upcoming",
]

LATE = 60
"""A step overdue by more seconds than this was missed: no watch ran."""
PARKED = 600
"""Seconds until an escalation is tried again whose policy is not there."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A step that will be taken at an instant if nobody answers."""

    at: Instant
    step: int
    """1 is the first of the policy."""
    round: int
    name: str


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
class Exhaustion:
    """The rounds are used up: tell the last resort; the fact of it is ``EscalationEnded``."""

    generation: int
    at: Instant


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


def state_of(policy: Policy, past: History, now: Instant) -> Standing:
    """Where the escalation stands; a step that is due but not yet recorded has not been taken."""
    return Standing(
        state=_state(policy, past, now),
        step=_position(past).step,
        round=past.last.round if past.last else 0,
        firing=past.last_number,
        due=_due_at(policy, past, now),
    )


def due(policy: Policy, past: History, now: Instant) -> Firing | Exhaustion | None:
    """What is to be done at ``now``, or ``None``: not yet, or never.

    After downtime, when steps after the first overdue one are due too, only the current one is taken, and
    it names those it skips. Rounds never end unheard: the last step is taken before the exhaustion.
    """
    if _state(policy, past, now) is not EscalationState.running:
        return None
    coming = [item for item in _ahead(policy, past) if item.at <= now]
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
    return tuple(item for item in _forecast(policy, past, now) if isinstance(item, Planned))


def by_hand(policy: Policy, past: History, now: Instant, *, step: int | None = None) -> Firing:
    """The next step, or a given one, taken now: also while acknowledged, which it ends, or exhausted.

    When the rounds are used up the last step is taken again. A given step that is not after the last one
    belongs to the next round.

    Raises:
        Refused: ``escalation.not_running`` when none has begun or it is done, ``escalation.no_step``.
    """
    if _state(policy, past, now) is EscalationState.done:
        raise Refused("escalation.not_running")
    reached = _position(past)
    chosen = _next(policy, reached) or _Position(len(policy.steps), reached.round)
    if step is not None:
        again = step <= reached.step and reached.round < policy.rounds
        chosen = _Position(step, reached.round + again)
    if not 1 <= chosen.step <= len(policy.steps):
        raise Refused("escalation.no_step", step=chosen.step, steps=len(policy.steps))
    return Firing(past.generation, past.last_number + 1, chosen.step, chosen.round, now)


def found_nobody(past: History, firing: Firing) -> bool:
    """Whether every step taken before ``firing`` in its round reached nobody.

    If the last step of such a round reaches nobody either, the rota's fallback is to be paged.
    """
    return not any(fired.paged for fired in past.fired if fired.round == firing.round)


def unanswered(policy: Policy, past: History, now: Instant) -> int:
    """Seconds since the last step, or since the beginning, in which no acknowledgement held."""
    held = (min(pause.end, now) - max(pause.start, past.since) for pause in _pauses(policy, past))
    return max(0, now - past.since - sum(max(0, seconds) for seconds in held))


# --- where it stands ------------------------------------------------------------------------------


def _state(policy: Policy, past: History, now: Instant) -> EscalationState:
    if not past.generation or past.ended or any(_holds(hold, now) for hold in past.resolved):
        return EscalationState.done
    if any(_holds(hold, now) for hold in _limited(policy, past)):
        return EscalationState.acknowledged
    return EscalationState.exhausted if past.exhausted else EscalationState.running


def _holds(hold: Hold, now: Instant) -> bool:
    return hold.start <= now < hold.end


def _limited(policy: Policy, past: History) -> tuple[Hold, ...]:
    """Acknowledgements, each ending when it runs out."""
    limit = policy.ack_timeout
    if limit is None:
        return past.acks
    return tuple(replace(ack, end=min(ack.end, Instant(ack.start + limit))) for ack in past.acks)


def _pauses(policy: Policy, past: History) -> tuple[Span, ...]:
    holds = (*_limited(policy, past), *past.resolved)
    return union(Span(hold.start, hold.end) for hold in holds)


def _due_at(policy: Policy, past: History, now: Instant) -> Instant | None:
    coming, runs = next(_ahead(policy, past), None), _runs_from(policy, past, now)
    if coming is None or runs is None:
        return None
    return coming.at if runs == now else max(coming.at, runs)


def _runs_from(policy: Policy, past: History, now: Instant) -> Instant | None:
    """From when on the plan goes on: now, or the end of the pause in which now lies, if it has one."""
    end = next((pause.end for pause in _pauses(policy, past) if now in pause), now)
    return None if end == FOREVER else end


# --- what comes next ------------------------------------------------------------------------------


class _Position(NamedTuple):
    """A step taken, and its round; step 0 is before the first."""

    step: int
    round: int


def _position(past: History) -> _Position:
    return _Position(past.last.step, past.last.round) if past.last else _Position(0, 1)


def _next(policy: Policy, after: _Position) -> _Position | None:
    """The step after another; ``None`` when the rounds are used up."""
    if after.step < len(policy.steps):
        return _Position(after.step + 1, after.round)
    return _Position(1, after.round + 1) if policy.steps and after.round < policy.rounds else None


def _ahead(policy: Policy, past: History) -> Iterator[Planned | Exhaustion]:
    """Every step after the last one taken, as if each were taken when due, then the exhaustion."""
    if past.generation and not past.ended and not past.exhausted:
        unheard = past.last is not None and not past.last.paged
        yield from _walk(policy, past, _position(past), since=past.since, unheard=unheard)


def _walk(
    policy: Policy, past: History, after: _Position, *, since: Instant, unheard: bool = False
) -> Iterator[Planned | Exhaustion]:
    """The steps after one taken at ``since``; ``unheard`` if it reached nobody."""
    pauses = _pauses(policy, past)
    at: Instant | None = since
    while at is not None and (following := _next(policy, after)) is not None:
        at = _elapsed(at, 0 if unheard and following.step > 1 else _wait(policy, after, following), pauses)
        if at is not None:
            yield Planned(at, following.step, following.round, policy.steps[following.step - 1].name)
        after, unheard = following, False
    end = None if at is None else _elapsed(at, policy.repeat_wait if policy.steps else 0, pauses)
    if end is not None:
        yield Exhaustion(past.generation, end)


def _wait(policy: Policy, after: _Position, following: _Position) -> int:
    between_rounds = following.round > after.round
    return policy.repeat_wait if between_rounds else policy.steps[following.step - 1].wait


def _forecast(policy: Policy, past: History, now: Instant) -> Iterator[Planned | Exhaustion]:
    """What happens from now on: like ``_ahead``, but what is overdue happens as soon as the plan runs."""
    runs = _runs_from(policy, past, now)
    taken = None if runs is None else due(policy, past, runs)
    if runs is not None and isinstance(taken, Firing):
        yield Planned(runs, taken.step, taken.round, policy.steps[taken.step - 1].name)
        yield from _walk(policy, past, _Position(taken.step, taken.round), since=runs)
    else:
        yield from _ahead(policy, past)


def _elapsed(since: Instant, seconds: int, pauses: Sequence[Span]) -> Instant | None:
    """When so many seconds outside the pauses have passed; a pause that begins just then goes first."""
    at, left = since, seconds
    for pause in pauses:
        if pause.end <= at:
            continue
        if at + left < pause.start:
            break
        left -= max(0, pause.start - at)
        at = pause.end
    return None if at == FOREVER else Instant(at + left)


def _current(overdue: Sequence[Planned]) -> int:
    """Where the newest rung begins: the steps due at one instant are taken one after the other."""
    return next(i for i, planned in enumerate(overdue) if planned.at == overdue[-1].at)
