"""Dates, numbers, lists and relative times in a language, by Babel's data.

Babel costs 40 ms to load: import this module where its words are needed, not on the way to the first
frame. What is only digits is in ``times``. Clock times are of 24 hours in every language.
"""

import functools
from collections.abc import Callable, Sequence
from datetime import date

from babel import Locale, UnknownLocaleError
from babel.dates import format_interval, format_skeleton, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal

from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.domain.wall import to_wall
from supporttui.i18n import times
from supporttui.i18n.catalogue import Words

_NARROW_SIGNS = {0x2009: " ", 0x2013: "-"}
"""Babel's thin space and en dash, which some terminals show two cells wide."""


@functools.cache
def locale(name: str) -> Locale:
    """Babel's locale of a name; the international English one if Babel does not know it."""
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_001")


def day(words: Words, at: Instant, *, zone: str | None = None) -> str:
    """Date with its weekday: ``Tue 24 Nov 2026``."""
    return _skeleton(words, "yMMMEd", at, zone)


def day_short(words: Words, at: Instant, *, zone: str | None = None) -> str:
    """Weekday and day of the month for a column of a week: ``Tue 24``."""
    return _skeleton(words, "Ed", at, zone)


def day_month(words: Words, at: Instant, *, zone: str | None = None) -> str:
    """Weekday, day and month: ``Tue 24 Nov``."""
    return _skeleton(words, "MMMEd", at, zone)


def weekdays(words: Words) -> tuple[str, ...]:
    """The abbreviated names from Monday to Sunday."""
    names = get_day_names("abbreviated", "stand-alone", locale(words.locale))
    return tuple(str(names[index]) for index in range(7))


def moment(words: Words, at: Instant, *, zone: str | None = None) -> str:
    """Date, time and zone: ``Tue 24 Nov 2026 08:00 CET``."""
    where = zone or words.zone
    return f"{day(words, at, zone=where)} {times.clock(at, where)} {times.zone_label(at, where)}"


def both(words: Words, at: Instant, site_zone: str) -> str:
    """The time in the reader's zone and, if it differs there, in the site's: ``08:00 CET (12:30 IST)``."""
    mine = f"{times.clock(at, words.zone)} {times.zone_label(at, words.zone)}"
    theirs = f"{times.clock(at, site_zone)} {times.zone_label(at, site_zone)}"
    return mine if mine == theirs else f"{mine} ({theirs})"


def span(words: Words, start: Instant, end: Instant, *, zone: str | None = None) -> str:
    """From when until when, the date only once if both are on it: ``Tue 24 Nov 2026 08:00-16:00 CET``."""
    return _span(words, start, end, zone or words.zone, day)


def span_month(words: Words, start: Instant, end: Instant, *, zone: str | None = None) -> str:
    """The same for days of the months around now: ``Tue 24 Nov 08:00-16:00 CET``."""
    return _span(words, start, end, zone or words.zone, day_month)


def span_short(words: Words, start: Instant, end: Instant, *, zone: str | None = None) -> str:
    """The same in few cells, for days near now: ``Tue 24 08:00-16:00 CET``, ``Tue 24 22:00 - Wed 25 06:00 CET``."""
    return _span(words, start, end, zone or words.zone, day_short)


def _span(words: Words, start: Instant, end: Instant, zone: str, date_of: Callable[..., str]) -> str:
    first = f"{date_of(words, start, zone=zone)} {times.clock(start, zone)}"
    same = to_wall(start, zone).date() == to_wall(end, zone).date()
    last = times.clock(end, zone) if same else f"{date_of(words, end, zone=zone)} {times.clock(end, zone)}"
    before, after = times.zone_label(start, zone), times.zone_label(end, zone)
    if before != after:  # over a clock change 02:30 is there twice
        return f"{first} {before} - {last} {after}"
    return f"{first}{'-' if same else ' - '}{last} {after}"


def days(words: Words, first: date, last: date) -> str:
    """From a date to a date, what they share only once: ``23-29 Nov 2026``."""
    text = format_interval(first, last, "yMMMd", locale=locale(words.locale))
    return text.translate(_NARROW_SIGNS)


def number(words: Words, value: float) -> str:
    """With the separators of the language: ``12,345.6``."""
    return format_decimal(value, locale=locale(words.locale))


def listing(words: Words, items: Sequence[str]) -> str:
    """``Ana, Jo and Li``."""
    return format_list(list(items), locale=locale(words.locale)) if items else ""


def language(words: Words, tag: str) -> str:
    """The name of a language in the reader's: ``Portuguese``; a tag that Babel does not know is its own name."""
    known = locale(words.locale).languages
    code = tag.replace("-", "_")
    return str(known.get(code) or known.get(code.partition("_")[0].lower()) or safe_text(tag, one_line=True, limit=20))


def week(day: date) -> int:
    """The ISO number of a week; it is the same everywhere."""
    return day.isocalendar().week


def _skeleton(words: Words, skeleton: str, at: Instant, zone: str | None) -> str:
    wall = to_wall(at, zone or words.zone)
    return format_skeleton(skeleton, wall, tzinfo=None, locale=locale(words.locale))
