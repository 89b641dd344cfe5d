"""Wall-clock time of a named zone, and the one rule for local times that are missing or occur twice."""

import functools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from supporttui.domain.faults import BadInput
from supporttui.domain.spans import Instant

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  a wall time is naive on purpose
_SECOND = timedelta(seconds=1)


@functools.cache
def zone(name: str) -> ZoneInfo:
    """The IANA zone of this name.

    Raises:
        BadInput: ``zone.unknown``.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInput("zone.unknown", zone=name[:60]) from None


def resolve(wall: datetime, zone_name: str, *, last: bool = False) -> Instant:
    """The instant at which the clocks of a zone show ``wall`` (naive).

    A time that is skipped gives the first instant after the jump. A time that occurs twice gives its
    first occurrence, or its last with ``last=True``, which only the end of a rota window passes.
    """
    where = zone(zone_name)
    early, late = (_utc(wall.replace(tzinfo=where, fold=fold)) for fold in (0, 1))
    if early == late:
        return early
    if early < late:  # occurs twice: fold=0 is the first
        return late if last else early
    return _first_after_gap(Instant(late), Instant(early), where)


def to_wall(at: Instant, zone_name: str) -> datetime:
    """What the clocks of a zone show at an instant, as a naive datetime."""
    moment = datetime.fromtimestamp(at, tz=zone(zone_name))
    return moment.replace(tzinfo=None, fold=0)


def offset(at: Instant, zone_name: str) -> int:
    """Seconds east of UTC at an instant."""
    return int((to_wall(at, zone_name) - _EPOCH - timedelta(seconds=at)) / _SECOND)


def _utc(moment: datetime) -> Instant:
    return Instant(int((moment.astimezone(UTC).replace(tzinfo=None) - _EPOCH) / _SECOND))


def _first_after_gap(low: Instant, high: Instant, where: ZoneInfo) -> Instant:
    """The transition between two instants around a gap, by bisection on the zone's offset."""

    def shift(at: int) -> timedelta | None:
        return datetime.fromtimestamp(at, tz=where).utcoffset()

    before = shift(low)
    while high - low > 1:
        middle = (low + high) // 2
        if shift(middle) == before:
            low = Instant(middle)
        else:
            high = Instant(middle)
    return high
