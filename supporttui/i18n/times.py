"""Times and dates in digits, the same in every language; for the words of a language see ``formats``."""

from datetime import datetime
from zoneinfo import ZoneInfo

from supporttui.domain.spans import Instant
from supporttui.domain.wall import to_wall, zone

_UNAMBIGUOUS = 23 * 3600
"""Seconds within which a wall clock shows a time once, also on the night it is set back."""


def clock(at: Instant, zone_name: str) -> str:
    """``08:00``, always of 24 hours.

    >>> clock(Instant(1_795_500_000), "Europe/Berlin")
    '07:00'
    """
    return f"{to_wall(at, zone_name):%H:%M}"


def stamp(at: Instant, zone_name: str) -> str:
    """Date and time in digits, without the zone: ``2026-11-24 07:00``."""
    return f"{to_wall(at, zone_name):%Y-%m-%d %H:%M}"


def iso(at: Instant, zone_name: str = "UTC") -> str:
    """ISO 8601 with the offset, for machines and for copying: ``2026-11-24T07:00:00+01:00``."""
    text = _aware(at, zone(zone_name)).isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def zone_label(at: Instant, zone_name: str) -> str:
    """The zone as people call it at an instant, such as ``CET``; its offset where it has no letters."""
    moment = _aware(at, zone(zone_name))
    name = moment.tzname() or ""
    return name if name.isalpha() else f"UTC{_offset(moment)}"


def near(at: Instant, now: Instant, zone_name: str) -> str:
    """``08:00`` on the same date as ``now``, else with the date: ``2026-11-24 08:00``."""
    same = to_wall(at, zone_name).date() == to_wall(now, zone_name).date()
    return clock(at, zone_name) if same else stamp(at, zone_name)


def soon(at: Instant, now: Instant, zone_name: str) -> str:
    """``08:00`` if the next such time is meant, else with month and day: ``11-30 08:00``.

    >>> soon(Instant(1_795_500_000 + 7 * 86400), Instant(1_795_500_000), "Europe/Berlin")
    '12-01 07:00'
    """
    return clock(at, zone_name) if at - now < _UNAMBIGUOUS else f"{to_wall(at, zone_name):%m-%d %H:%M}"


def _aware(at: Instant, where: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at, tz=where)


def _offset(moment: datetime) -> str:
    text = f"{moment:%z}"
    return f"{text[:3]}:{text[3:5]}"
