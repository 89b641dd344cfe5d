"""When the clocks of a zone are put forward or back."""

from dataclasses import dataclass
from datetime import datetime

from supporttui.domain.spans import Instant, Span
from supporttui.domain.wall import zone

_STEP = 6 * 3600
"""No zone goes over and back within so many seconds."""


@dataclass(frozen=True, slots=True)
class ClockChange:
    """The first instant by the new clocks, and how far they were put: forward when positive."""

    at: Instant
    seconds: int


def clock_changes(zone_name: str, span: Span) -> tuple[ClockChange, ...]:
    """The changes within a span, in their order.

    >>> [change.seconds for change in clock_changes("Europe/Berlin", Span(Instant(1_767_225_600), Instant(1_798_761_600)))]
    [3600, -3600]
    """  # noqa: E501  an example on one line
    found = []
    for start in range(span.start, span.end, _STEP):
        end = min(start + _STEP, span.end)
        before, after = _offset(start, zone_name), _offset(end, zone_name)
        if before != after:
            found.append(ClockChange(_first(start, end, zone_name), after - before))
    return tuple(found)


def _first(low: int, high: int, zone_name: str) -> Instant:
    """By bisection: the first second with the offset of ``high``."""
    wanted = _offset(high, zone_name)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _offset(middle, zone_name) == wanted else (middle, high)
    return Instant(high)


def _offset(at: int, zone_name: str) -> int:
    offset = datetime.fromtimestamp(at, tz=zone(zone_name)).utcoffset()
    assert offset is not None, "a zone has an offset at every instant"
    return int(offset.total_seconds())
