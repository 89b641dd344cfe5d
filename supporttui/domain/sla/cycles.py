"""What the timers of a metric measure: from which event to which, and along which states."""

from bisect import bisect_right
from collections.abc import Callable, Container, Mapping, Sequence
from typing import NamedTuple

from supporttui.domain.events import State
from supporttui.domain.ids import CalendarId
from supporttui.domain.sla.run import Basis
from supporttui.domain.sla.story import Answer, Holding, Stand, Story, Version
from supporttui.domain.sla.targets import Metric, Promised, ReopenRule, Target, TimeBase, default_pauses
from supporttui.domain.spans import Instant
from supporttui.domain.states import OPEN_STATES

Promise = Callable[[Metric, Promised], Target | None]
CalendarOf = Callable[[Promised], CalendarId]

_METRICS, _REAL = tuple(Metric), TimeBase.real
"""At hand, as what is asked for every ticket: to look a member up in its enum takes several times as long."""
_DONE_STATES = frozenset(State) - OPEN_STATES
_DEFAULT_PAUSES: Mapping[Metric, frozenset[State]] = {
    metric: default_pauses(metric) | _DONE_STATES for metric in Metric
}


class Term(NamedTuple):
    """From ``at`` on this target holds, with the basis that follows from it; ``None``: no promise."""

    at: Instant
    target: Target | None
    basis: Basis | None
    undone: bool = False
    """It came back because the change to the one before was undone."""
    version: int = 0
    """Its place among ``Story.versions``."""


class Cycle(NamedTuple):
    """What one timer measures: from ``start`` to ``end`` along ``stands``."""

    number: int
    start: Instant
    end: Instant | None
    stands: Sequence[Stand]
    met: bool = True
    """It ended by its event; else because the ticket was resolved without."""
    derived: bool = False
    begins: int | None = None
    """The place among ``Story.versions`` of the one in force at its start; ``None``: by the instant."""
    versions: int | None = None
    """How many of ``Story.versions`` came before its event; ``None``: all up to its end."""
    authority: str = ""
    """Whose time it is, of an OLA or an underpinning contract."""


def promised(story: Story, promise: Promise, calendar: CalendarOf) -> Sequence[tuple[Metric, Sequence[Term]]]:
    """The metrics that were ever promised anything, in their order, each with its targets over the ticket's life."""
    if len(story.versions) > 1:
        each = [(metric, terms(story, metric, promise, calendar)) for metric in _METRICS]
        return [(metric, along) for metric, along in each if along]
    at, subject, _ = story.versions[0]  # most tickets, and most metrics are promised nothing
    return [
        (metric, (Term(at, target, _basis(target, subject, calendar)),))
        for metric in _METRICS
        if (target := promise(metric, subject)) is not None and target.promised
    ]


def terms(story: Story, metric: Metric, promise: Promise, calendar: CalendarOf) -> Sequence[Term]:
    """The targets of a metric over the ticket's life, equal neighbours as one; none if there never was any."""
    versions = story.versions
    first = _term(0, versions[0], metric, promise, calendar)
    result = [first]
    for number in range(1, len(versions)):
        term = _term(number, versions[number], metric, promise, calendar)
        if term.target != result[-1].target or term.basis != result[-1].basis:
            result.append(term)
    return result if len(result) > 1 or first.target is not None else ()


def _term(number: int, version: Version, metric: Metric, promise: Promise, calendar: CalendarOf) -> Term:
    at, subject, undone = version
    target = promise(metric, subject)
    if target is None or not target.promised:
        return Term(at, None, None, undone, number)
    return Term(at, target, _basis(target, subject, calendar), undone, number)


def _basis(target: Target, subject: Promised, calendar: CalendarOf) -> Basis:
    where = None if target.base is _REAL else target.calendar or calendar(subject)
    pauses = _DEFAULT_PAUSES[target.metric] if target.pauses is None else target.pauses | _DONE_STATES
    if target.days > 0:
        next_open = target.due_next_open or not target.end_of_day
        return Basis(0, where, pauses, next_open, target.days, target.end_of_day)
    return Basis(target.seconds, where, pauses, target.due_next_open)


def cycles(story: Story, metric: Metric, along: Sequence[Term], outside: Container[str]) -> Sequence[Cycle]:
    """What the timers of a metric measure, in their order; ``outside`` are the authorities with desks of their own."""
    match metric:
        case Metric.resolution:
            if not story.ended:
                return (Cycle(1, story.begun, None, story.stands),)
            return _worked(along, 1, story.begun, story.stands, None)
        case Metric.first_response:
            return (_answered(story, 1, story.opened, story.replies[0] if story.replies else None),)
        case Metric.ownership:
            return (_answered(story, 1, story.opened, story.owned),)
        case Metric.update:
            return _update_cycles(story)
        case Metric.ola | Metric.underpinning:
            return _holding_cycles(story, along, outside, is_outside=metric is Metric.underpinning)


def _answered(story: Story, number: int, start: Instant, answer: Answer | None) -> Cycle:
    """From ``start`` to an answer; a ticket that was resolved without one is not waited for any longer."""
    if answer is not None:
        return Cycle(number, start, answer.at, story.stands, True, answer.derived, None, answer.versions)
    end = story.resolved
    return Cycle(number, start, None if end is None else max(start, end), story.stands, met=False)


def _update_cycles(story: Story) -> Sequence[Cycle]:
    """From the oldest unanswered message to the next reply; at one instant the reply answers the message."""
    if len(story.messages) == 1:
        return (_answered(story, 1, story.opened, story.replies[0] if story.replies else None),)
    result: list[Cycle] = []
    replies = iter(story.replies)
    reply: Answer | None = None
    for message in story.messages:
        if result and (reply is None or message <= reply.at):
            continue
        reply = next((reply for reply in replies if reply.at >= message), None)
        result.append(_answered(story, len(result) + 1, message, reply))
    return result


def _holding_cycles(
    story: Story, along: Sequence[Term], outside: Container[str], *, is_outside: bool
) -> Sequence[Cycle]:
    """From each assignment to an authority inside (or outside) to the next hand-over, or to resolved."""
    result: list[Cycle] = []
    for holding, following in zip(story.holdings, (*story.holdings[1:], None), strict=True):
        if (holding.authority in outside) is not is_outside:
            continue
        after = bisect_right(story.stands, holding.at, key=lambda stand: stand.at)
        last = len(story.stands) if following is None else _before(story.stands, following)
        stands = story.stands[max(0, after - 1) : last]
        number = result[-1].number + 1 if result else 1
        found = _worked(along, number, holding.at, stands, following)
        result.extend(
            cycle._replace(begins=cycle.begins or holding.versions, authority=holding.authority)
            for cycle in found
            if cycle.end is None or cycle.end > holding.at
        )
    return result


def _before(stands: Sequence[Stand], following: Holding) -> int:
    return bisect_right(stands, (following.at, following.versions), key=lambda stand: (stand.at, stand.versions))


def _worked(
    along: Sequence[Term], number: int, start: Instant, stands: Sequence[Stand], handed_over: Holding | None
) -> Sequence[Cycle]:
    """From ``start`` to resolved or handed over, whichever comes first.

    What a reopening does is said by the target that holds by then; cycles are numbered from ``number`` on.
    """
    result: list[Cycle] = []
    end: Instant | None = None
    begins: int | None = None
    versions: int | None = None
    passed: list[Stand] = []
    for stand in stands:
        if end is not None and not stand.done:
            rule = ReopenRule.continue_ if stand.undone else _reopen_rule(along, stand.at)
            if rule is ReopenRule.ignore:
                return (*result, Cycle(number, start, end, passed, begins=begins, versions=versions))
            if rule is ReopenRule.new_cycle:
                result.append(Cycle(number, start, end, passed, begins=begins, versions=versions))
                number, start, passed, begins = number + 1, stand.at, [], stand.versions - 1
            elif rule is ReopenRule.include:
                passed = [*(known for known in passed if known.at < end), Stand(end, State.active)]
            end = versions = None
        elif end is None and stand.done:
            end, versions = max(start, stand.at), stand.versions
        passed.append(stand)
    if end is None and handed_over is not None:
        end, versions = handed_over.at, handed_over.versions
    return (*result, Cycle(number, start, end, passed, begins=begins, versions=versions))


def _reopen_rule(along: Sequence[Term], at: Instant) -> ReopenRule:
    target = along[max(0, bisect_right(along, at, key=lambda term: term.at) - 1)].target
    return target.reopen if target is not None else ReopenRule.continue_
