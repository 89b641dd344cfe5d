"""Timers: from the facts of a ticket to what runs, what stands still, what is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from supporttui.domain.events import BreachKept, Fact
from supporttui.domain.ids import CalendarId
from supporttui.domain.sla.cycles import CalendarOf, Cycle, Promise, cycles, terms
from supporttui.domain.sla.hours import Hours
from supporttui.domain.sla.measure import HoursOf, Measured, measure
from supporttui.domain.sla.order import SortBucket, SortKey, TimerState
from supporttui.domain.sla.segment import Segment, Sign, remaining, segment, sign, sign_at
from supporttui.domain.sla.story import Story, tell
from supporttui.domain.sla.targets import Metric
from supporttui.domain.spans import Instant

__all__ = [
    "Segment", "Sign", "SortBucket", "SortKey", "Timer", "TimerState", "decisive", "fold", "lost_breaches",
    "remaining", "segment", "segment_of", "sign", "sign_at", "sign_of", "sort_key",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timer:
    """One running measurement of one target on one ticket; changes only with events."""

    metric: Metric
    cycle: int
    """1, or higher after a reopening that starts afresh and for each further update."""
    seconds: int
    """The target, in seconds of its time base."""
    calendar: CalendarId | None
    """The service hours it counts in; ``None`` is round the clock."""
    started: Instant
    state: TimerState
    due: Instant | None
    """The earliest instant at which the target is used up; ``None`` while paused before due, or never."""
    remaining: int
    """Seconds of its time base that were left at ``anchor``; negative when stopped late."""
    anchor: Instant
    """Where it last began to run, paused or stopped. Ahead of the last event while running: the known end
    of a pause, up to which it stands."""
    stopped: Instant | None = None
    late: bool = False
    """Stopped after due, or after a breach that is on record."""
    breached_at: Instant | None = None
    """A breach that is recorded (``due`` at that time); later changes never remove it."""
    warn_at: tuple[Instant, ...] = ()
    """Past and coming warnings, as far as they are known; none once it stopped."""
    derived: bool = False
    """Rests on a fact that an import concluded."""

    @property
    def unmet(self) -> bool:
        """Still running or paused."""
        return self.state in (TimerState.running, TimerState.paused)


def fold(facts: Sequence[Fact], promise: Promise, hours: HoursOf, default_calendar: CalendarOf) -> tuple[Timer, ...]:
    """The timers of a ticket, of every metric and cycle, that these facts give in whatever order.

    ``promise`` and ``default_calendar`` are asked about the ticket as it was whenever something changed
    that they may rest on. A metric that never had a target has no timer.

    Raises:
        Refused: ``ticket.no_opening``.
    """
    story = tell(facts)
    timers = []
    for metric in Metric:
        along = terms(story, metric, promise, default_calendar)
        if all(term.target is None for term in along):
            continue
        for cycle in cycles(story, metric, along):
            measured = measure(cycle, along, hours=hours, last=story.last)
            if measured is not None:
                timers.append(_with_kept(story, _timer(metric, cycle, measured)))
    return tuple(timers)


def _timer(metric: Metric, cycle: Cycle, measured: Measured) -> Timer:
    run = measured.run
    state, stopped = _ending(cycle, measured)
    due = run.due()
    anchor, left = run.left()
    if stopped is not None:
        left = run.basis.seconds - run.used
        if state is TimerState.met and due is None:
            due = run.hours.after(stopped, left)
        anchor = stopped
        if due is not None and stopped > due:
            left = -max(1, run.hours.between(due, stopped))
    percents = measured.target.warn_percent if stopped is None else ()
    warnings = (run.reached(-(-run.basis.seconds * percent // 100)) for percent in percents)
    return Timer(
        metric=metric, cycle=cycle.number, seconds=run.basis.seconds, calendar=run.basis.calendar,
        started=cycle.start, state=state, due=due, remaining=left, anchor=anchor, stopped=stopped,
        late=state is TimerState.met and measured.breached_at is not None, breached_at=measured.breached_at,
        warn_at=tuple(sorted(at for at in warnings if at is not None)), derived=cycle.derived,
    )  # fmt: skip


def _ending(cycle: Cycle, measured: Measured) -> tuple[TimerState, Instant | None]:
    if measured.withdrawn is not None:
        return TimerState.void, measured.withdrawn
    if cycle.end is not None:
        return (TimerState.met if cycle.met else TimerState.void), cycle.end
    standing = measured.run.passed is None and not measured.run.running
    return (TimerState.paused if standing else TimerState.running), None


def _with_kept(story: Story, timer: Timer) -> Timer:
    """The timer with a breach that other definitions would have taken back, unless it had stopped by then."""
    for kept in story.kept:
        stopped_before = timer.stopped is not None and timer.stopped <= kept.due
        if (kept.metric, kept.cycle) == (timer.metric, timer.cycle) and not stopped_before:
            return replace(timer, breached_at=kept.due, late=timer.state is TimerState.met)
    return timer


def lost_breaches(recorded: Iterable[Timer], computed: Iterable[Timer], at: Instant) -> tuple[BreachKept, ...]:
    """The facts that keep what stands breached at ``at``: other hours or targets never take a breach back.

    ``recorded`` is by the definitions that held so far, ``computed`` by those that hold from now on.
    """
    now = {(timer.metric, timer.cycle): _breach(timer, at) for timer in computed}
    return tuple(
        BreachKept(timer.metric.value, timer.cycle, breach, timer.seconds, timer.calendar or "")
        for timer in recorded
        if (breach := _breach(timer, at)) is not None and breach != now.get((timer.metric, timer.cycle), breach)
    )


def _breach(timer: Timer, at: Instant) -> Instant | None:
    """When it was breached by an instant, whether a fact came after that or not."""
    passed = timer.due if timer.unmet and timer.due is not None and timer.due < at else None
    return passed if timer.breached_at is None else timer.breached_at


def decisive(timers: Iterable[Timer]) -> Timer | None:
    """The unmet timer that decides the place in the queue; ``None`` when there is none."""
    unmet = [timer for timer in timers if timer.unmet]
    return min(unmet, key=lambda timer: (_key(timer).bucket, _key(timer).key), default=None)


def sort_key(timers: Iterable[Timer]) -> SortKey:
    """Due ascending, then paused by what is left, then never due, then without a target."""
    timer = decisive(timers)
    return SortKey() if timer is None else _key(timer)


def _key(timer: Timer) -> SortKey:
    if timer.state is TimerState.paused:
        return SortKey(SortBucket.paused, timer.remaining)
    if timer.due is None:
        return SortKey(SortBucket.never)
    return SortKey(SortBucket.due, timer.due)


def segment_of(timer: Timer, hours: Hours, now: Instant) -> Segment:
    """The countdown of a timer from ``now`` on; of one that stopped, what was left then."""
    running = timer.state is TimerState.running
    return segment(timer.due, timer.remaining, timer.anchor, running, hours, now)


def sign_of(timer: Timer, countdown: Segment | None, now: Instant) -> Sign:
    """What a person sees of a timer at an instant; one that was met late shows as breached.

    A timer that is no longer measured shows nothing.
    """
    if timer.state is TimerState.void:
        return Sign.none
    if timer.state is TimerState.met:
        return Sign.breached if timer.late else Sign.met
    return sign_at(countdown, timer.seconds, now)
