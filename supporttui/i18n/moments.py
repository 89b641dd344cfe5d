"""Reads the times that people type: ``2026-03-02T09:00``, ``fri 17:00``, ``tomorrow 9:00``, ``24.11. 8:00``.

English is always understood, the words of the reader's language too. What carries no offset is meant
on the clocks of a zone; a time that is skipped there gives the first instant after, one that occurs
twice its first occurrence (``domain/wall.resolve``), or between the two the one that is ahead. Where it
will be stored, the person is asked instead (``chosen``).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from arrow.parser import DateTimeParser, ParserError
from babel.dates import get_day_names

from supporttui.domain.faults import BadInput
from supporttui.domain.spans import Instant, Span
from supporttui.domain.text import fold
from supporttui.domain.wall import monday, resolve, to_wall
from supporttui.i18n import times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.countdown import units
from supporttui.i18n.formats import locale

_CLOCK = (
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"| *(?:uhr|時(?:(?P<minute2>\d{1,2})分)?))"
)
_TIME = re.compile(_CLOCK)
_DAY_TIME = re.compile(rf"(?P<day>\D+?)(?: *,? +{_CLOCK})?")
_DATE = re.compile(
    r"(?:(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})?"
    r"|(?P<y2>\d{4})-(?P<m2>\d{1,2})-(?P<d2>\d{1,2})"
    r"|(?:(?P<y3>\d{4})年)?(?P<m3>\d{1,2})月(?P<d3>\d{1,2})日)"
    rf"(?: *,? *{_CLOCK})?"
)
_AMOUNT = re.compile(r"([0-9]+) *([^\d\s]+)")
_AMOUNTS = re.compile(r"(?:[0-9]{1,9} *[^\d\s]+ *)+")
_SECONDS_OF = {"s": 1, "m": 60, "h": 3600}
_DAYS_OF = {"d": 1, "w": 7}
_WEEKS = 53
_FARTHEST = 100 * 366 * 86_400
"""A century: beyond it a typed length is a slip."""
_TELLABLE = Span(Instant(0), Instant(253_000_000_000))
"""From 1970 to the end of the year 9986: what every zone can show."""
_UNITS = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), "s"),
    **dict.fromkeys(("m", "min", "minute", "minutes"), "m"),
    **dict.fromkeys(("h", "hour", "hours"), "h"),
    **dict.fromkeys(("d", "day", "days"), "d"),
    **dict.fromkeys(("w", "week", "weeks"), "w"),
}
_DAYS = {"today": 0, "tomorrow": 1, "yesterday": -1}


@dataclass(frozen=True, slots=True)
class _Reader:
    """What a text is held against: the reader's words, where and when it is read."""

    words: Words
    now: Instant
    zone: str
    past: bool
    asks: bool = False
    """Whether a clock time that is shown twice or never is refused with what else to type."""

    @property
    def wall(self) -> datetime:
        return to_wall(self.now, self.zone)


def parse(words: Words, text: str, now: Instant, *, zone: str | None = None, past: bool = False) -> Instant:
    """The instant that a text means, read at ``now``.

    ``17:00`` and ``fri 17:00`` are the next such time, with ``past`` the latest one. A date without a
    time begins at midnight. ``2h`` is elapsed time from now on, ``-2h`` and ``2h ago`` before it; days and
    weeks keep the time on the clock.

    Raises:
        BadInput: ``moment.unreadable``.
    """
    return _read(_Reader(words, now, zone or words.zone, past), text)


def chosen(words: Words, text: str, now: Instant, *, zone: str | None = None) -> Instant:
    """The same for an instant that will be stored; which of two is meant, or none, is asked once.

    Raises:
        BadInput: ``moment.unreadable``, ``moment.twice`` or ``moment.skipped``, with what to type instead.
    """
    return _read(_Reader(words, now, zone or words.zone, past=False, asks=True), text)


def typed(at: Instant, zone: str) -> str:
    """Date and time as ``chosen`` takes them for this instant: with the offset only where the clocks need it."""
    wall = to_wall(at, zone)
    return times.stamp(at, zone) if resolve(wall, zone) == resolve(wall, zone, last=True) else times.iso(at, zone)


def _read(reader: _Reader, text: str) -> Instant:
    plain = " ".join(fold(text).split())
    try:
        found = (read(reader, plain) for read in (_elapsed, _named_day, _time_of_day, _written_date, _iso))
        return next(instant for instant in found if instant is not None and instant in _TELLABLE)
    except (StopIteration, ValueError, OverflowError):
        raise BadInput("moment.unreadable", text=text[:60] or '""') from None


def example(words: Words, now: Instant) -> str:
    """The morning of the next Monday, as the reader would write it, and as ``parse`` reads it."""
    at = to_wall(parse(words, "mon 8:00", now), words.zone)
    # Translators: a moment as it is typed; {day}.{month}.{year} 8:00 and {year}年{month}月{day}日 8:00 are read too.
    return words.p("moment", "{year}-{month}-{day} 8:00", year=at.year, month=f"{at.month:02}", day=f"{at.day:02}")


def week(words: Words, text: str, now: Instant) -> Instant:
    """An instant in the week that is meant: ``48`` and ``week 48`` by its ISO number, else that of a moment.

    Raises:
        BadInput: ``moment.unreadable``.
    """
    number = text.strip().casefold().removeprefix("week").strip()
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= _WEEKS):
        return parse(words, text, now)
    return resolve(datetime.combine(monday(int(number), now, words.zone), time(12)), words.zone)


def _elapsed(reader: _Reader, text: str) -> Instant | None:
    sign, text = _direction(text)
    if not _AMOUNTS.fullmatch(text):
        return None
    known = {**_UNITS, **_own_units(reader.words)}
    parts = [(int(count), known.get(unit)) for count, unit in _AMOUNT.findall(text)]
    days = sum(count * _DAYS_OF[unit] for count, unit in parts if unit in _DAYS_OF)
    seconds = sum(count * _SECONDS_OF[unit] for count, unit in parts if unit in _SECONDS_OF)
    if any(unit is None for _, unit in parts) or days * 86_400 + seconds > _FARTHEST:
        return None
    start = resolve(reader.wall + timedelta(days=sign * days), reader.zone) if days else reader.now
    return Instant(start + sign * seconds)


def _direction(text: str) -> tuple[int, str]:
    """Forwards or backwards, and what remains of the text."""
    if text.startswith(("-", "\u2212")) or text.endswith(" ago"):
        return -1, text.lstrip("-\u2212 ").removesuffix(" ago")
    return 1, text.removeprefix("+").removeprefix("in ").strip()


def _own_units(words: Words) -> Mapping[str, str]:
    day, hour, minute, second, _ = units(words)
    return {fold(day): "d", fold(hour): "h", fold(minute): "m", fold(second): "s"}


def _named_day(reader: _Reader, text: str) -> Instant | None:
    if text in ("now", fold(reader.words.p("moment", "now"))):
        return reader.now
    match = _DAY_TIME.fullmatch(text)
    if match is None:
        return None
    at = _clock(match) if match["hour"] else time(0)
    name = match["day"].strip(" .")
    away = _relative_days(reader.words).get(name)
    weekday = _weekdays(reader.words).get(name)
    if at is None or (away is None and weekday is None):
        return None
    if away is not None:
        return _on(reader, reader.wall.date() + timedelta(days=away), match)
    return _nearest(reader, at, step=7, weekday=weekday)


def _relative_days(words: Words) -> Mapping[str, int]:
    own = {
        fold(words.p("moment", "today")): 0,
        fold(words.p("moment", "tomorrow")): 1,
        fold(words.p("moment", "yesterday")): -1,
    }
    return {**_DAYS, **own}


def _weekdays(words: Words) -> Mapping[str, int]:
    return {
        fold(str(name)).strip("."): index
        for place in ("en", words.locale)
        for width in ("wide", "abbreviated", "short")
        for index, name in get_day_names(width, "stand-alone", locale(place)).items()
    }


def _time_of_day(reader: _Reader, text: str) -> Instant | None:
    match = _TIME.fullmatch(text)
    at = _clock(match) if match else None
    return None if at is None else _nearest(reader, at, step=1, weekday=None)


def _nearest(reader: _Reader, at: time, *, step: int, weekday: int | None) -> Instant | None:
    """The next time that a clock shows this, strictly after now; looking back, the latest up to now."""
    today = reader.wall.date()
    away = 0 if weekday is None else (weekday - today.weekday()) % 7
    days = (away - step, away, away + step)
    walls = [datetime.combine(today + timedelta(day), at) for day in days]
    found = [(instant, wall) for wall in walls for instant in _occurrences(reader, wall)]
    if reader.past:
        return max(instant for instant, _ in found if instant <= reader.now)
    instant, wall = min(one for one in found if one[0] > reader.now)
    _ask(reader, wall)
    return instant


def _written_date(reader: _Reader, text: str) -> Instant | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year = int(match["y"] or match["y2"] or match["y3"] or reader.wall.year)
    try:
        day = date(year, _number(match, "m"), _number(match, "d"))
    except ValueError:
        return None
    return _on(reader, day, match)


def _number(match: "re.Match[str]", name: str) -> int:
    return int(match[name] or match[f"{name}2"] or match[f"{name}3"])


def _iso(reader: _Reader, text: str) -> Instant | None:
    try:
        moment = DateTimeParser().parse_iso(text.upper(), normalize_whitespace=True)
    except ParserError:
        return None
    if moment.tzinfo is not None:
        return Instant(int(moment.timestamp()))
    return _meant(reader, moment.replace(microsecond=0))


def _on(reader: _Reader, day: date, match: "re.Match[str]") -> Instant | None:
    """A time on a day; without one the day's beginning, which is nothing to ask about."""
    if not match["hour"]:
        return resolve(datetime.combine(day, time()), reader.zone)
    at = _clock(match)
    return None if at is None else _meant(reader, datetime.combine(day, at))


def _meant(reader: _Reader, wall: datetime) -> Instant:
    _ask(reader, wall)
    first, last = _occurrences(reader, wall)
    return last if not reader.past and first <= reader.now < last else first


def _ask(reader: _Reader, wall: datetime) -> None:
    first, last = _occurrences(reader, wall)
    if not reader.asks or first <= reader.now < last:
        return
    day, at = f"{wall:%Y-%m-%d}", f"{wall:%H:%M}"
    if first != last:
        one, other = (times.iso(instant, reader.zone) for instant in (first, last))
        raise BadInput("moment.twice", day=day, time=at, first=one, last=other)
    if to_wall(first, reader.zone) != wall:
        raise BadInput("moment.skipped", day=day, time=at, next=times.stamp(first, reader.zone))


def _occurrences(reader: _Reader, wall: datetime) -> tuple[Instant, Instant]:
    """The first and the last time that the clocks show it; nearly always the same."""
    return resolve(wall, reader.zone), resolve(wall, reader.zone, last=True)


def _clock(match: "re.Match[str]") -> time | None:
    minute = match["minute"] or match["minute2"]
    try:
        return time(int(match["hour"]), int(minute or 0), int(match["second"] or 0))
    except ValueError:
        return None
