"""What is left of a timer at an instant, as plain numbers for a countdown, and what a person sees of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from supporttui.domain.spans import FOREVER, Instant

if TYPE_CHECKING:  # whoever shows a segment needs no hours
    from supporttui.domain.sla.hours import Hours

_MINUTE = 60


class Sign(StrEnum):
    """What a person sees of a timer, most pressing first."""

    breached = "breached"
    critical = "critical"
    at_risk = "at_risk"
    running = "running"
    paused = "paused"
    met = "met"
    none = "none"


class Shown(StrEnum):
    """Where a timer stands, in the order in which the first that applies is said."""

    none = "none"
    met = "met"
    met_late = "met_late"
    breached = "breached"
    paused = "paused"
    outside_hours = "outside_hours"
    running = "running"


@dataclass(frozen=True, slots=True)
class Overrun:
    """By how much a target was or is overrun: in its own time, and by the clock on the wall."""

    open: int
    real: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A countdown that needs no calendar: plain numbers, good from ``anchor`` until ``until``.

    Running: what is left at ``now`` is ``remaining - (now - anchor)``; standing: ``remaining``.
    """

    remaining: int
    anchor: Instant
    until: Instant
    """The next boundary of service hours (or the second after due); from here on ask again."""
    running: bool
    paused: bool = False
    """It stands because the ticket waits, and not because the service is closed."""


def segment(  # the fields of a stored timer or queue row, in their order
    due: Instant | None,
    remaining: int,
    anchor: Instant,
    running: bool,  # noqa: FBT001
    hours: Hours,
    now: Instant,
) -> Segment:
    """The countdown of a timer from ``now`` on; ``remaining`` is what was left at ``anchor``.

    ``running`` is the timer's own state: false while it is paused. An anchor that lies ahead is the known
    end of a pause. Past due it is at least one second late, even while the service is closed.
    """
    if not running:
        return Segment(remaining, anchor, FOREVER, running=False, paused=True)
    if now < anchor:
        return Segment(remaining, now, anchor, running=False, paused=True)
    left = remaining - hours.between(anchor, now)
    # Due at closing and still closed: late, though no open second has passed that could be counted.
    if due is not None and now > due and left >= 0:
        return Segment(-1, now, hours.after(due, left + 1) or FOREVER, running=False)
    until = hours.next_change(now) or FOREVER
    if due is not None and now <= due:
        until = min(until, Instant(due + 1))
    return Segment(left, now, until, running=hours.is_open(now))


def remaining(segment: Segment, now: Instant) -> int:
    """Seconds left at an instant of the segment; negative when late."""
    return segment.remaining - (now - segment.anchor if segment.running else 0)


def sign_at(segment: Segment | None, seconds: int, now: Instant) -> Sign:
    """The sign of a countdown at an instant, under a target of ``seconds``; none where nothing counts."""
    if segment is None:
        return Sign.none
    return sign(remaining=remaining(segment, now), seconds=seconds, running=not segment.paused)


def sign(*, remaining: int, seconds: int, running: bool) -> Sign:
    """The sign of a timer with so many seconds left of its target's ``seconds``.

    Critical is at most 15 minutes or 10 % left, at risk at most an hour or 25 %. ``running`` is false
    only while the ticket pauses it; outside service hours it keeps the sign of what is left.

    >>> str(sign(remaining=900, seconds=28_800, running=True))
    'critical'
    >>> str(sign(remaining=900, seconds=28_800, running=False))
    'paused'
    """
    if remaining < 0:
        return Sign.breached
    if not running:
        return Sign.paused
    if remaining <= 15 * _MINUTE or 10 * remaining <= seconds:
        return Sign.critical
    if remaining <= 60 * _MINUTE or 4 * remaining <= seconds:
        return Sign.at_risk
    return Sign.running
