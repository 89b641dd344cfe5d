"""The instants of a timer at which somebody is told: its warnings, and the second that makes it late."""

from bisect import bisect_right

from supporttui.domain.sla.order import TimerState
from supporttui.domain.sla.timer import Timer
from supporttui.domain.spans import Instant


def marks(timer: Timer) -> tuple[Instant, ...]:
    """Past and coming ones, ascending, each once; none of a timer that stands still or has ended.

    A breach on record is the only one of its cycle, wherever due has moved since.
    """
    if timer.state is not TimerState.running:
        return ()
    breach = breach_mark(timer)
    return tuple(sorted({*timer.warn_at, *(() if breach is None else (breach,))}))


def breach_mark(timer: Timer) -> Instant | None:
    """The second after due, also of a breach on record; ``None``: not due as far as one knows."""
    due = timer.due if timer.breached_at is None else timer.breached_at
    return None if due is None else Instant(due + 1)


def passed(timer: Timer, now: Instant) -> Instant | None:
    """The latest that has come by ``now``: what was missed before it is not told any more."""
    known = marks(timer)
    i = bisect_right(known, now)
    return known[i - 1] if i else None


def coming(timer: Timer, now: Instant) -> Instant | None:
    """The next one after ``now``."""
    known = marks(timer)
    i = bisect_right(known, now)
    return known[i] if i < len(known) else None


def tells_breach(timer: Timer, mark: Instant) -> bool:
    """Whether at this mark the time is used up, so that it is no warning of what may still be kept."""
    return mark == breach_mark(timer) or (timer.due is not None and mark > timer.due)
