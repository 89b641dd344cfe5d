"""The course of an escalation: step after step, as if each were taken when it is due and nobody answered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from supporttui.domain.escalation.answers import answered
from supporttui.domain.escalation.history import History
from supporttui.domain.escalation.policy import Policy, Silence
from supporttui.domain.escalation.standstill import elapsed, pauses
from supporttui.domain.spans import FOREVER, Instant
from supporttui.domain.states import AckResume

FILTERED = "filtered."
"""Begins the cause of a step that is not taken for this ticket, or not at this hour: the next one follows at once."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A step that will be taken at an instant if nobody answers."""

    at: Instant
    step: int
    """1 is the first of the policy."""
    round: int
    name: str


@dataclass(frozen=True, slots=True)
class Exhaustion:
    """The rounds are used up: tell the last resort; the fact of it is ``EscalationEnded``."""

    generation: int
    at: Instant


class Taken(NamedTuple):
    """What came of a step."""

    reached: bool
    """Whether anybody was paged, or a channel told."""
    cause: str = ""


Taking = Callable[[Planned], Taken]
"""What will come of a step; asked of each once, in their order, and after it was yielded."""


def heard(_: Planned) -> Taken:
    """Each step reaches somebody."""
    return Taken(reached=True)


class Place(NamedTuple):
    """A step taken, and its round; step 0 is before the first."""

    step: int
    round: int
    times: int = 1
    """How often it was taken in a row."""


class _Next(NamedTuple):
    """What is taken after ``wait`` seconds outside pauses from ``since`` on; without a place the rounds are used up."""

    since: Instant
    wait: int
    place: Place | None


def place_of(past: History) -> Place:
    """Where an escalation has come."""
    if past.last is None:
        return Place(0, 1)
    here, times = (past.last.step, past.last.round), 0
    for fired in reversed(past.fired):
        if (fired.step, fired.round) != here:
            break
        times += 1
    return Place(*here, times)


def rung(policy: Policy, after: Place) -> Place | None:
    """The step to which a person goes on: not the same once more; ``None`` when the rounds are used up."""
    return _jump(policy, after) or _behind(policy, after)


def ahead(policy: Policy, past: History, *, taking: Taking = heard) -> Iterator[Planned | Exhaustion]:
    """Every step after the last one taken, as if each were taken when due, then the exhaustion."""
    if not past.generation or past.ended:
        return
    resumed = _resumed(policy, past)
    if resumed is not None or not past.exhausted:
        yield from _walk(policy, past, resumed or _after_last(policy, past), taking)


def from_step(
    policy: Policy, past: History, taken: Planned, *, taking: Taking = heard
) -> Iterator[Planned | Exhaustion]:
    """Every step after one that is taken at an instant."""
    here = place_of(past)
    times = here.times + 1 if (here.step, here.round) == (taken.step, taken.round) else 1
    after = _following(policy, Place(taken.step, taken.round, times), taken.at, taken=taking(taken))
    yield from _walk(policy, past, after, taking)


def _walk(policy: Policy, past: History, following: _Next, taking: Taking) -> Iterator[Planned | Exhaustion]:
    still = pauses(policy, past)
    while following.place is not None:
        at = elapsed(following.since, following.wait, still)
        if at is None:
            return
        step = following.place.step
        planned = Planned(at, step, following.place.round, policy.steps[step - 1].name)
        yield planned
        following = _following(policy, following.place, at, taken=taking(planned))
    end = elapsed(following.since, following.wait, still)
    if end is not None:
        yield Exhaustion(past.generation, end)


# --- what follows -------------------------------------------------------------------------------------


def _after_last(policy: Policy, past: History) -> _Next:
    last = past.last
    if last is None:
        return _following(policy, Place(0, 1), past.started, taken=Taken(reached=True))
    return _following(policy, place_of(past), last.at, taken=Taken(last.reached, last.cause))


def _resumed(policy: Policy, past: History) -> _Next | None:
    """Where it goes on otherwise than at the same step, after what was answered is not so any more."""
    found = None
    for one in answered(policy, past):
        end, here = one.span.end, place_of(past)
        if end == FOREVER or end <= past.since or not policy.steps:
            continue
        if one.resume is AckResume.next:
            found = _Next(end, 0, rung(policy, here))
        elif one.resume is AckResume.top:
            again = here.step > 0 and here.round < policy.rounds
            found = _Next(end, policy.steps[0].wait, Place(1, here.round + again))
    return found


def _following(policy: Policy, after: Place, at: Instant, *, taken: Taken) -> _Next:
    """What comes after a step that was taken at an instant."""
    known, reached, cause = 1 <= after.step <= len(policy.steps), taken.reached, taken.cause
    silence = policy.steps[after.step - 1].silence if known and reached else Silence.next
    behind = _behind(policy, after)
    if silence is Silence.repeat and after.times <= policy.steps[after.step - 1].repeats:
        return _Next(at, _pause(policy, after), Place(after.step, after.round, after.times + 1))
    if silence is Silence.jump and (jump := _jump(policy, after)) is not None:
        return _Next(at, _pause(policy, after), jump)
    at_once = known and not reached and (policy.steps[after.step - 1].skip_if_empty or cause.startswith(FILTERED))
    if at_once and behind is not None and behind.round == after.round:
        return _Next(at, 0, behind)
    return _Next(at, _wait(policy, after), behind)


def _behind(policy: Policy, after: Place) -> Place | None:
    """The step that stands behind another; ``None`` when the rounds are used up."""
    if after.step < len(policy.steps):
        return Place(after.step + 1, after.round)
    return Place(1, after.round + 1) if policy.steps and after.round < policy.rounds else None


def _jump(policy: Policy, after: Place) -> Place | None:
    """Where a step jumps to; back only while there is a round left."""
    step = policy.steps[after.step - 1] if 1 <= after.step <= len(policy.steps) else None
    if step is None or step.silence is not Silence.jump or step.jump_to is None:
        return None
    if step.jump_to > after.step:
        return Place(step.jump_to, after.round)
    return Place(step.jump_to, after.round + 1) if after.round < policy.rounds else None


def _wait(policy: Policy, after: Place) -> int:
    """How long nobody has to answer: the wait of the step that stands behind, or that between rounds."""
    if not policy.steps:
        return 0
    return policy.steps[after.step].wait if after.step < len(policy.steps) else policy.repeat_wait


def _pause(policy: Policy, after: Place) -> int:
    """The same before a step that is taken again, or jumped to: never none."""
    return _wait(policy, after) or policy.repeat_wait
