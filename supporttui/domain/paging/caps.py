"""How many messages a contact point may get: bursts are smoothed, caps are never passed, and nothing is left unsaid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from supporttui.domain.spans import Instant

_BURST = 60
LONGEST = 3600
"""Seconds that the widest cap looks back."""


@dataclass(frozen=True, slots=True)
class Caps:
    """At most so many messages to one contact point. 0: no cap.

    Counted are those at least as pressing as the one that wants to leave: what can wait holds up no page. Nor does what
    a drill sends hold up what is real.
    """

    per_minute: int = 5
    per_quarter: int = 12
    per_hour: int = 30
    storm: int = 5
    """More messages than these that are due to one contact point at once leave as one; the first leaves alone."""
    calm: int = 120
    """After so many seconds without a message the next one is a first one again."""


class Room(NamedTuple):
    """What may leave for a contact point."""

    at: Instant
    """When the next message may leave; never before now."""
    left: int
    """How many may leave by then, one after the other, that one included."""


def room(caps: Caps, sent: Sequence[Instant], now: Instant) -> Room:
    """What may leave, after messages that left at ``sent`` (ascending); those of the last ``LONGEST`` seconds count.

    A minute's may leave at once. Of those of a longer time half may; the rest is spread over what is left of it.

    >>> room(Caps(per_minute=2), [Instant(100), Instant(110)], Instant(120))
    Room(at=161, left=1)
    """
    at, left = now, len(sent) + caps.storm + 1
    for most, seconds in _windows(caps):
        # Whole seconds are kept: what left within this one may have left at its end.
        recent = [when for when in sent if when >= now - seconds]
        at = max(at, _slot(most, seconds, recent, now))
        left = min(left, max(1, most - len(recent)))
    return Room(at, left)


def _windows(caps: Caps) -> Iterator[tuple[int, int]]:
    found = ((caps.per_minute, 60), (caps.per_quarter, 900), (caps.per_hour, LONGEST))
    return ((most, seconds) for most, seconds in found if most)


def _slot(most: int, seconds: int, recent: Sequence[Instant], now: Instant) -> Instant:
    if len(recent) >= most:
        return Instant(recent[-most] + seconds + 1)
    if seconds <= _BURST or len(recent) < max(1, most // 2):
        return now
    free, until = most - len(recent), recent[0] + seconds
    return max(now, Instant(recent[-1] + (until - recent[-1]) // (free + 1)))
