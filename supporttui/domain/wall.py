"""Wall-clock time of a named zone, and the one rule for local times that are missing or occur twice."""

import functools
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from supporttui.domain.faults import BadInput
from supporttui.domain.spans import Instant


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

    >>> resolve(datetime(2026, 3, 29, 2, 30), "Europe/Berlin") == resolve(datetime(2026, 3, 29, 3), "Europe/Berlin")
    True
    >>> twice = datetime(2026, 10, 25, 2, 30)
    >>> resolve(twice, "Europe/Berlin", last=True) - resolve(twice, "Europe/Berlin")
    3600
    """
    where = zone(zone_name)
    # Exact: an aware timestamp is whole seconds here, far below the 2**53 that a float can hold.
    # With fold=0 a zone reckons by its offset before a change, with fold=1 by the one after it; so the two differ only
    # around a change, and the first is the later one just where the wall time is skipped.
    early = int(wall.replace(tzinfo=where, fold=0).timestamp())
    late = int(wall.replace(tzinfo=where, fold=1).timestamp())
    if early == late:
        return Instant(early)
    if early < late:  # occurs twice: fold=0 is the first
        return Instant(late if last else early)
    return _first_after_gap(late, early, where)


def to_wall(at: Instant, zone_name: str) -> datetime:
    """What the clocks of a zone show at an instant, as a naive datetime.

    >>> str(to_wall(Instant(0), "Asia/Kolkata"))
    '1970-01-01 05:30:00'
    """
    moment = datetime.fromtimestamp(at, tz=zone(zone_name))
    return moment.replace(tzinfo=None, fold=0)


def monday(week: int, now: Instant, zone_name: str) -> date:
    """The first day of an ISO week, 1 to 53, of the year that the calendar of a zone shows now; at most its last.

    >>> str(monday(53, Instant(0), "UTC")), str(monday(53, Instant(40_000_000), "UTC"))
    ('1970-12-28', '1971-12-27')
    """
    year = to_wall(now, zone_name).isocalendar().year
    last = date(year, 12, 28).isocalendar().week
    return date.fromisocalendar(year, min(week, last), 1)


def _offset(at: int, where: ZoneInfo) -> timedelta:
    return datetime.fromtimestamp(at, tz=where).utcoffset() or timedelta()


def _first_after_gap(low: int, high: int, where: ZoneInfo) -> Instant:
    """The transition between two instants around a gap, by bisection on the zone's offset."""
    before = _offset(low, where)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(middle, where) == before:
            low = middle
        else:
            high = middle
    return Instant(high)
