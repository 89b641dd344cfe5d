"""Timers: from the facts of a ticket to what runs, what stands still, what is due."""

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from supporttui.domain.events import BreachKept, Fact
from supporttui.domain.ids import CalendarId
from supporttui.domain.sla.calendars import untouched_key
from supporttui.domain.sla.cycles import CalendarOf, Cycle, Promise, cycles, promised
from supporttui.domain.sla.hours import Hours
from supporttui.domain.sla.measure import HoursOf, Measured, measure
from supporttui.domain.sla.order import AgreementKind, SortBucket, SortKey, TimerState, agreement_of
from supporttui.domain.sla.run import Run
from supporttui.domain.sla.segment import Overrun, Segment, Shown, Sign, remaining, segment, sign, sign_at
from supporttui.domain.sla.story import Kept, Story, tell
from supporttui.domain.sla.targets import Metric, Target
from supporttui.domain.spans import Instant

__all__ = [
    "Overrun", "Promise", "Segment", "Shown", "Sign", "SortBucket", "SortKey", "Timer", "TimerState", "by_urgency",
    "decisive", "fold", "lost_breaches", "overrun", "remaining", "segment", "segment_of", "shown_of", "sign", "sign_at",
    "sign_of", "sort_key",
]  # fmt: skip


_METRICS = tuple(Metric)
_RUNNING, _PAUSED, _MET, _VOID = TimerState.running, TimerState.paused, TimerState.met, TimerState.void
"""At hand, as what is asked for every ticket: to look a member up in its enum takes several times as long."""


class Timer(NamedTuple):
    """One running measurement of one target on one ticket; changes only with events.

    A plain tuple, as a desk has a hundred thousand of them.
    """

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
    authority: str = ""
    """Whose time an OLA or an underpinning contract measures."""
    days: int = 0
    """The target in working days; ``seconds`` is then the open time that they are."""
    breached_seconds: int | None = None
    """The target that the recorded breach was one of."""
    breached_calendar: CalendarId | None = None
    """The service hours that it was counted in."""

    @property
    def agreement(self) -> AgreementKind:
        """Between whom the promise holds."""
        return agreement_of(self.metric)

    @property
    def unmet(self) -> bool:
        """Still running or paused."""
        return self.state is _RUNNING or self.state is _PAUSED


def fold(
    facts: Sequence[Fact],
    promise: Promise,
    hours: HoursOf,
    default_calendar: CalendarOf,
    *,
    outside: Container[str] = frozenset(),
) -> tuple[Timer, ...]:
    """The timers of a ticket, of every metric and cycle, that these facts give in whatever order.

    ``promise`` and ``default_calendar`` are asked about the ticket as it was whenever something changed
    that they may rest on. ``outside`` are the authorities to which underpinning contracts apply instead of
    OLAs. A metric that never had a target has no timer, unless a breach of it is kept.

    Raises:
        Refused: ``ticket.no_opening``.
    """
    story = tell(facts)
    timers: list[Timer] = []
    for metric, along in promised(story, promise, default_calendar):
        for cycle in cycles(story, metric, along, outside):
            measured = measure(cycle, along, hours=hours, last=story.last)
            if measured is not None:
                timers.append(_timer(metric, cycle, measured))
    return tuple(with_kept(story, timers) if story.kept else timers)


def _timer(metric: Metric, cycle: Cycle, measured: Measured) -> Timer:
    target, run, breach, withdrawn, shown, since = measured
    stopped = cycle.end if withdrawn is None else withdrawn
    state = _state(cycle, run) if withdrawn is None else _VOID
    due, anchor, left = run.standing()
    if shown is not run.hours and due is not None:
        left = shown.between(anchor, due)
    if stopped is not None:
        left = run.seconds - run.used_at(stopped)
        if state is _MET and due is None:
            due = run.hours.after(stopped, left)
        anchor = stopped
        if due is not None:
            left = max(left, 0) if stopped <= due else -max(1, run.hours.between(due, stopped))
    calendar = run.basis.calendar
    if since is not None and calendar is not None:
        calendar = untouched_key(calendar, since)
    return Timer(
        metric, cycle.number, run.seconds, calendar, cycle.start, state, due, left, anchor, stopped,
        state is _MET and breach is not None,
        None if breach is None else breach.due,
        _warnings(target, cycle, run) if stopped is None else (),
        cycle.derived, cycle.authority, run.basis.days,
        None if breach is None else breach.seconds,
        None if breach is None else breach.calendar,
    )  # fmt: skip


def _state(cycle: Cycle, run: Run) -> TimerState:
    if cycle.end is not None:
        return _MET if cycle.met else _VOID
    return _RUNNING if run.running or run.passed is not None else _PAUSED


def _warnings(target: Target, cycle: Cycle, run: Run) -> tuple[Instant, ...]:
    """As far as they are known, each instant once; none before the start."""
    found = []
    for percent in target.warn_percent:
        at = run.reached(-(-run.seconds * percent // 100))
        if at is not None:
            found.append(at)
    for offset in target.warn_offset:
        at = run.reached(run.seconds + offset)
        if at is not None:
            found.append(max(at, cycle.start))
    return tuple(found) if len(found) < 2 else tuple(sorted(set(found)))


def with_kept(story: Story, timers: Sequence[Timer]) -> Iterator[Timer]:
    """The timers with the breaches that other definitions would have taken back.

    One that had stopped before its kept due was never breached. A breach of what is not measured any more is a
    timer without a promise.
    """
    kept = {(one.breach.metric, one.breach.cycle): one for one in reversed(story.kept)}
    for timer in timers:
        yield _keeping(timer, kept.pop((timer.metric, timer.cycle), None))
    for one in reversed(kept.values()):
        yield _only_kept(story, one)


def _keeping(timer: Timer, kept: Kept | None) -> Timer:
    if kept is None or (timer.stopped is not None and timer.stopped <= kept.breach.due):
        return timer
    breach = kept.breach
    return timer._replace(
        breached_at=breach.due, late=timer.state is TimerState.met, breached_seconds=breach.seconds,
        breached_calendar=CalendarId(breach.calendar) if breach.calendar else None,
    )  # fmt: skip


def _only_kept(story: Story, kept: Kept) -> Timer:
    breach = kept.breach
    calendar = CalendarId(breach.calendar) if breach.calendar else None
    return Timer(
        Metric(breach.metric), breach.cycle, breach.seconds, calendar, story.opened, TimerState.void, breach.due, -1,
        kept.at, kept.at, breached_at=breach.due, breached_seconds=breach.seconds, breached_calendar=calendar,
    )  # fmt: skip


def lost_breaches(recorded: Iterable[Timer], computed: Iterable[Timer], at: Instant) -> tuple[BreachKept, ...]:
    """The facts that keep what stands breached at ``at``: other hours or targets never take a breach back.

    ``recorded`` is by the definitions that held so far, ``computed`` by those that hold from now on.
    """
    now = {(timer.metric, timer.cycle): _breach(timer, at) for timer in computed}
    return tuple(
        BreachKept(timer.metric.value, timer.cycle, breach, *_basis_of(timer))
        for timer in recorded
        if (breach := _breach(timer, at)) is not None and breach != now.get((timer.metric, timer.cycle))
    )


def _basis_of(timer: Timer) -> tuple[int, str]:
    """What the breach was one of: recorded, or the target in force."""
    if timer.breached_seconds is None:
        return timer.seconds, timer.calendar or ""
    return timer.breached_seconds, timer.breached_calendar or ""


def _breach(timer: Timer, at: Instant) -> Instant | None:
    """When it was breached by an instant, whether a fact came after that or not."""
    passed = timer.due if timer.unmet and timer.due is not None and timer.due < at else None
    return passed if timer.breached_at is None else timer.breached_at


def decisive(timers: Iterable[Timer]) -> Timer | None:
    """The unmet timer that decides the place in the queue; ``None`` when there is none.

    OLAs and underpinning contracts decide only where no promise to the business is unmet.
    """
    unmet = [timer for timer in timers if timer.unmet]
    owed = [timer for timer in unmet if timer.agreement is AgreementKind.sla]
    return min(owed or unmet, key=_urgency, default=None)


def by_urgency(timers: Iterable[Timer]) -> tuple[Timer, ...]:
    """All timers of a ticket, the one that decides first, then unmet ones as the queue orders them, ended ones last."""
    found = tuple(timers)
    first = decisive(found)
    return tuple(sorted(found, key=lambda timer: (timer is not first, not timer.unmet, *_urgency(timer))))


def _urgency(timer: Timer) -> tuple[SortBucket, int, int]:
    key = _key(timer)
    return key.bucket, key.key, _METRICS.index(timer.metric)


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


def shown_of(timer: Timer, countdown: Segment | None, now: Instant) -> Shown:
    """Where a timer stands at an instant; ``countdown`` is that of an unmet one."""
    if timer.state is TimerState.met:
        return Shown.met_late if timer.late else Shown.met
    if timer.state is TimerState.void or countdown is None:
        return Shown.none
    if remaining(countdown, now) < 0:
        return Shown.breached
    if countdown.paused:
        return Shown.paused
    return Shown.running if countdown.running else Shown.outside_hours


def overrun(timer: Timer, countdown: Segment | None, now: Instant) -> Overrun | None:
    """By how much it is late, or was when it stopped (then without countdown); ``None`` if it is not.

    Due at closing, the night is real time; of its own time the second that makes it late, as the countdown says.
    """
    end = now if timer.stopped is None else timer.stopped
    if timer.due is None or end <= timer.due:
        return None
    left = timer.remaining if countdown is None else remaining(countdown, now)
    return Overrun(max(0, -left), end - timer.due)
