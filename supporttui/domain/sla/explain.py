"""Why this due: the time of a timer as pieces that count and pieces that do not, which add up."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from supporttui.domain.events import Fact, State
from supporttui.domain.sla.calendars import Piece
from supporttui.domain.sla.cycles import CalendarOf, Cycle, Promise, cycles, terms
from supporttui.domain.sla.measure import HoursOf, Measured, measure
from supporttui.domain.sla.reasons import Reason
from supporttui.domain.sla.run import Run
from supporttui.domain.sla.story import tell
from supporttui.domain.sla.timer import Timer
from supporttui.domain.spans import FOREVER, Instant, Span

_STANDING = {
    State.waiting_requester: Reason.waiting_requester,
    State.waiting_vendor: Reason.waiting_vendor,
    State.scheduled: Reason.scheduled,
    State.resolved: Reason.resolved,
    State.closed: Reason.closed_ticket,
}
_AT_WORK = frozenset({State.new, State.active})
"""What runs only in other states than these is time of somebody outside."""


def explain(
    timer: Timer,
    facts: Sequence[Fact],
    promise: Promise,
    *,
    hours: HoursOf,
    default_calendar: CalendarOf,
    until: Instant,
    outside: Container[str] = frozenset(),
) -> tuple[Piece, ...]:
    """The time from the timer's start to its end, tiled by pieces with their reasons.

    The end is where it stopped, else due or ``until`` (now), whichever is later. A piece ends at due, and
    the ``seconds`` of those up to there add up to the target; of a timer that stopped before or waits, to what it
    had used. After due come the pieces of the delay. Empty for a timer that these facts do not give.
    """
    story = tell(facts)
    along = terms(story, timer.metric, promise, default_calendar)
    for cycle in cycles(story, timer.metric, along, outside):
        if cycle.number == timer.cycle:
            measured = measure(cycle, along, hours=hours, last=story.last)
            return () if measured is None else tuple(_told(timer, cycle, measured, until))
    return ()


def _told(timer: Timer, cycle: Cycle, measured: Measured, until: Instant) -> Iterator[Piece]:
    run = measured.run
    due = run.due()
    end = timer.stopped if timer.stopped is not None else max(until, run.anchor, due or until)
    reached = end if due is None else min(max(due, run.start), end)
    yield from _capped((*_before(run, cycle.start), *_followed(run, reached)), run.seconds)
    yield from run.hours.spans(reached, end)


def _before(run: Run, start: Instant) -> Iterator[Piece]:
    """What lies before the last change of target: carried over, weighed anew, or not counted any more."""
    if run.carried is not None:
        carried = (*_before(run.carried, start), *_followed(run.carried, run.start))
        yield from _weighed(carried, run.carry)
    elif start < run.start:
        yield Piece(Span(start, run.start), open=False, reason=Reason.restarted)


def _followed(run: Run, end: Instant) -> Iterator[Piece]:
    """The run from its start, by service hours while it ran, as one piece each time that it stood."""
    changes: list[tuple[Instant, Reason | None]] = []
    for stand in run.stands:
        reason = _reason(run, stand.state)
        if not changes or changes[-1][1] is not reason:
            changes.append((stand.at if changes else min(stand.at, run.start), reason))
    for (at, reason), (following, _) in pairwise([*changes, (FOREVER, None)]):
        begin, stop = max(at, run.start), min(following, end)
        if begin >= stop:
            continue
        if reason is None:
            yield from run.hours.spans(begin, stop)
        else:
            yield Piece(Span(begin, stop), open=False, reason=reason)


def _reason(run: Run, state: State) -> Reason | None:
    """Why it stands in a state; ``None``: it runs."""
    if state not in run.basis.pauses:
        return None
    if State.waiting_vendor not in run.basis.pauses and state in _AT_WORK and run.basis.pauses >= _AT_WORK:
        return Reason.not_with_vendor
    return _STANDING.get(state, Reason.other_pause)


def _capped(pieces: Sequence[Piece], most: int) -> Iterator[Piece]:
    """The pieces as far as they count; what was used beyond a target that was changed since counts no more."""
    left = most
    for piece in pieces:
        spare = piece.seconds - left
        if spare <= 0:
            yield piece
        elif piece.counted is not None:
            yield replace(piece, counted=left)
        else:
            middle = Instant(piece.span.start + left)
            if left:
                yield replace(piece, span=Span(piece.span.start, middle))
            yield replace(piece, span=Span(middle, piece.span.end), open=False, reason=Reason.beyond, name="")
        left -= min(left, piece.seconds)


def _weighed(pieces: Sequence[Piece], carry: int) -> Iterator[Piece]:
    """The pieces so that they add up to the carry; each is rounded so that the sum is exact."""
    total = sum(piece.seconds for piece in pieces)
    if total == carry:
        yield from pieces
        return
    sums = accumulate((piece.seconds for piece in pieces), initial=0)
    for piece, (before, after) in zip(pieces, pairwise(sums), strict=True):
        counted = after * carry // total - before * carry // total
        yield replace(piece, counted=counted) if piece.open else piece
