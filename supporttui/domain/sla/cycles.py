"""What the timers of a metric measure: from which event to which, and along which states."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from supporttui.domain.events import State
from supporttui.domain.ids import CalendarId
from supporttui.domain.sla.run import Basis
from supporttui.domain.sla.story import Reply, Stand, Story
from supporttui.domain.sla.targets import Metric, ReopenRule, Target, TimeBase, default_pauses
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import OPEN_STATES, Ticket

Promise = Callable[[Metric, Ticket], Target | None]
CalendarOf = Callable[[Ticket], CalendarId]

_DONE_STATES = frozenset(State) - OPEN_STATES


class Term(NamedTuple):
    """From ``at`` on this target holds, with the basis that follows from it; ``None``: no promise."""

    at: Instant
    target: Target | None
    basis: Basis | None
    undone: bool = False
    """It came back because the change to the one before was undone."""
    version: int = 0
    """Its place among ``Story.tickets``."""


class Cycle(NamedTuple):
    """What one timer measures: from ``start`` to ``end`` along ``stands``."""

    number: int
    start: Instant
    end: Instant | None
    stands: Sequence[Stand]
    met: bool = True
    """It ended by its event; else because the ticket was resolved without."""
    derived: bool = False
    versions: int | None = None
    """How many of ``Story.tickets`` came before its event; ``None``: all up to its end."""


def terms(story: Story, metric: Metric, promise: Promise, calendar: CalendarOf) -> tuple[Term, ...]:
    """The targets of a metric over the ticket's life; equal neighbours are one."""
    result: list[Term] = []
    for number, version in enumerate(story.tickets):
        target = promise(metric, version.ticket)
        if target is not None and target.seconds <= 0:
            target = None
        basis = None if target is None else _basis(target, version.ticket, calendar)
        if not result or (result[-1].target, result[-1].basis) != (target, basis):
            result.append(Term(version.at, target, basis, version.undone, number))
    return tuple(result)


def _basis(target: Target, ticket: Ticket, calendar: CalendarOf) -> Basis:
    where = None if target.base is TimeBase.real else target.calendar or calendar(ticket)
    pauses = default_pauses(target.metric) if target.pauses is None else target.pauses
    return Basis(target.seconds, where, pauses | _DONE_STATES, target.due_next_open)


def cycles(story: Story, metric: Metric, along: Sequence[Term]) -> tuple[Cycle, ...]:
    """What the timers of a metric measure, in their order."""
    if metric is Metric.first_response:
        return (_answered(story, 1, story.opened, story.replies[0] if story.replies else None),)
    return _update_cycles(story) if metric is Metric.update else _resolution_cycles(story, along)


def _answered(story: Story, number: int, start: Instant, reply: Reply | None) -> Cycle:
    """From ``start`` to a reply; a ticket that was resolved without one is not waited for any longer."""
    if reply is not None:
        return Cycle(number, start, reply.at, story.stands, derived=reply.derived, versions=reply.versions)
    end = None if story.resolved is None else max(start, story.resolved)
    return Cycle(number, start, end, story.stands, met=False)


def _update_cycles(story: Story) -> tuple[Cycle, ...]:
    """From the oldest unanswered message to the next reply; at one instant the reply answers the message."""
    result: list[Cycle] = []
    replies = iter(story.replies)
    reply: Reply | None = None
    for message in story.messages:
        if result and (reply is None or message <= reply.at):
            continue
        reply = next((reply for reply in replies if reply.at >= message), None)
        result.append(_answered(story, len(result) + 1, message, reply))
    return tuple(result)


def _resolution_cycles(story: Story, along: Sequence[Term]) -> tuple[Cycle, ...]:
    """From creation to resolved; what a reopening does is said by the target that holds by then."""
    result: list[Cycle] = []
    start = story.opened
    end: Instant | None = None
    versions: int | None = None
    stands: list[Stand] = []
    for stand in story.stands:
        if end is not None and not stand.done:
            rule = ReopenRule.continue_ if stand.undone else _reopen_rule(along, stand.at)
            if rule is ReopenRule.ignore:
                break
            if rule is ReopenRule.new_cycle:
                result.append(Cycle(len(result) + 1, start, end, tuple(stands), versions=versions))
                start, stands = stand.at, []
            elif rule is ReopenRule.include:
                stands = [*(known for known in stands if known.at < end), Stand(end, State.active)]
            end = versions = None
        elif end is None and stand.done:
            end, versions = stand.at, stand.versions
        stands.append(stand)
    return (*result, Cycle(len(result) + 1, start, end, tuple(stands), versions=versions))


def _reopen_rule(along: Sequence[Term], at: Instant) -> ReopenRule:
    target = along[max(0, bisect_right(along, at, key=lambda term: term.at) - 1)].target
    return target.reopen if target is not None else ReopenRule.continue_
