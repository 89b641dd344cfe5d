"""When enough people have acknowledged what was last taken, and how the plan goes on when they have no longer."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from supporttui.domain.escalation.history import History
from supporttui.domain.escalation.holds import Hold
from supporttui.domain.escalation.policy import Policy
from supporttui.domain.ids import PersonId
from supporttui.domain.spans import FOREVER, Instant, Span, union
from supporttui.domain.states import AckResume


@dataclass(frozen=True, slots=True)
class Answered:
    """A span in which enough people had acknowledged, and how the plan goes on at its end."""

    span: Span
    resume: AckResume


def answered(policy: Policy, past: History) -> tuple[Answered, ...]:
    """In the order of time; the last one may have no end."""
    holds = limited(policy, past)
    if not holds:
        return ()
    edges = sorted({edge for hold in holds for edge in (hold.start, hold.end)})
    enough = (Span(a, b) for a, b in pairwise(edges) if _enough(policy, past, _people(holds, a)))
    return tuple(Answered(span, _resume(policy, holds, span.end)) for span in union(enough))


def limited(policy: Policy, past: History) -> tuple[Hold, ...]:
    """Acknowledgements, each ending when it runs out."""
    limit = policy.ack_timeout
    return past.acks if limit is None else tuple(_limited(ack, limit) for ack in past.acks)


def _limited(ack: Hold, limit: int) -> Hold:
    runs_out = Instant(max(ack.start, ack.since + limit))
    return replace(ack, end=runs_out, resume=None) if runs_out < ack.end else ack


def acknowledging(policy: Policy, past: History, now: Instant) -> tuple[PersonId, ...]:
    """Whose acknowledgement stands, whether it is enough or not."""
    return tuple(dict.fromkeys(_people(limited(policy, past), now)))


def needed(policy: Policy, past: History) -> int:
    """How many people must acknowledge what was last taken, as far as so many were called."""
    last, wanted = past.last, _wanted(policy, past)
    if last is None or wanted == 1:
        return 1
    paged = _paged(past)
    asked = {*paged, *last.answered}
    return min(wanted or len(paged), len(asked)) if paged else max(1, wanted)


def _wanted(policy: Policy, past: History) -> int:
    """As the step last taken says, 0: all; one where none was taken, or the last resort was told."""
    last = past.last
    known = last is not None and not past.exhausted and 1 <= last.step <= len(policy.steps)
    return policy.steps[last.step - 1].acks if last is not None and known else 1


def _enough(policy: Policy, past: History, people: Collection[PersonId]) -> bool:
    found = set(people)
    if _wanted(policy, past) == 0:
        return bool(found) and _paged(past) <= found
    return len(found) >= needed(policy, past)


def _paged(past: History) -> frozenset[PersonId]:
    """Whom the step last taken called, however often in a row it was taken: who was called once is still asked."""
    last = past.last
    if last is None:
        return frozenset()
    in_a_row = takewhile(lambda fired: (fired.step, fired.round) == (last.step, last.round), reversed(past.fired))
    return frozenset(person for fired in in_a_row for person in fired.paged)


def _people(holds: tuple[Hold, ...], at: Instant) -> tuple[PersonId, ...]:
    return tuple(hold.by for hold in holds if hold.holds(at) and hold.by is not None)


def _resume(policy: Policy, holds: tuple[Hold, ...], end: Instant) -> AckResume:
    """By the acknowledgement that was the last to go: taken back as somebody chose, or run out."""
    if end == FOREVER:
        return policy.ack_resume
    chosen = [hold.resume for hold in holds if hold.end == end and hold.resume is not None]
    return chosen[-1] if chosen else policy.ack_resume
