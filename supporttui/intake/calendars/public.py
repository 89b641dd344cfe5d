"""The public holidays of a country or region, by the library that keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import holidays

from supporttui.domain.exchange.review import Found
from supporttui.domain.faults import BadInput
from supporttui.domain.wall import resolve

FIRST, LAST = 1970, 2099
"""Years that service hours know."""


@dataclass(frozen=True, slots=True)
class Public:
    """Holidays of a place."""

    place: str
    """Such as ``DE-BY``."""
    language: str
    """In which they are named; empty where the library has but one."""
    found: tuple[Found, ...]


def public_holidays(country: str, region: str | None, years: Sequence[int], *, language: str, zone: str) -> Public:
    """The holidays of these years by date, in a language if the library has it, else in the country's own.

    Raises:
        BadInput: ``holidays.country``, ``holidays.region``, ``holidays.years``.
    """
    known = holidays.list_supported_countries(include_aliases=True)
    code = country.strip().upper()
    if code not in known:
        raise BadInput("holidays.country", found=country[:60])
    regions = {one.casefold(): one for one in known[code]}
    part = None if region is None else regions.get(region.strip().casefold())
    if region is not None and part is None:
        raise BadInput("holidays.region", found=region[:60], country=code, allowed=", ".join(known[code]) or "-")
    if not years or not FIRST <= min(years) <= max(years) <= LAST:
        raise BadInput("holidays.years", first=FIRST, last=LAST)
    spoken = _spoken(code, language)  # always said: the library would ask the environment
    days = holidays.country_holidays(code, subdiv=part, years=list(years), language=spoken)
    place = code if part is None else f"{code}-{part}"
    found = []
    for day in sorted(days):
        start, end = (datetime.combine(one, time()) for one in (day, day + timedelta(days=1)))
        uid = f"holidays:{place}:{day.isoformat()}"
        found.append(Found(uid, "; ".join(days.get_list(day)), resolve(start, zone), resolve(end, zone)))
    return Public(place, spoken or "", tuple(found))


def _spoken(country: str, language: str) -> str | None:
    """The tag by which the library knows a language: the same, one of the same language, or the country's own."""
    known = holidays.list_localized_countries(include_aliases=True).get(country, [])
    wanted = language.replace("-", "_")
    alike = (one for one in known if one.partition("_")[0] == wanted.partition("_")[0])
    own: str | None = holidays.country_holidays(country).default_language
    return wanted if wanted in known else next(alike, own)
