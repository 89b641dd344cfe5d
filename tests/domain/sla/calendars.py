"""Calendars for tests, a second reading of their rules that walks instead of calculating, and short times."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from supporttui.domain.ids import CalendarId
from supporttui.domain.sla.hours import Break, Calendar, Holiday, Hours, Window, compile_hours
from supporttui.domain.spans import Instant

OFFICE = (Window("09:00", "17:00"),)
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
NIGHT = Window("22:00", "06:00", EVERY_DAY)
WHOLE = Window("00:00", "24:00", EVERY_DAY)
WHIT_MONDAY = Holiday("Whit Monday", date(2026, 5, 25))
QUARTER = 900
HOUR = 3600
DAY = 24 * HOUR


def at(text: str) -> Instant:
    """An instant from ISO text; UTC unless it names an offset."""
    moment = datetime.fromisoformat(text)
    return Instant(int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()))


def said(instant: Instant | None, zone: str = "UTC") -> str:
    """The instant as a zone's clocks show it; for messages and expectations."""
    if instant is None:
        return "never"
    return f"{datetime.fromtimestamp(instant, ZoneInfo(zone)):%a %d %b %H:%M}"


def calendar(*weekly: Window, zone: str = "UTC", **rest) -> Calendar:
    """A calendar; Monday to Friday 9 to 17 unless windows are given."""
    return Calendar(CalendarId("office"), "Office", zone, weekly or OFFICE, **rest)


def hours(*weekly: Window, zone: str = "UTC", **rest) -> Hours:
    """Hours of one version without beginning."""
    return compile_hours([(None, calendar(*weekly, zone=zone, **rest))])


def day_hours(engine: Hours, day: str, zone_offset: str = "+00:00") -> float:
    """Open hours of the 24 that begin at a midnight."""
    start = at(f"{day}T00:00{zone_offset}")
    return engine.between(start, Instant(start + DAY)) / HOUR


# --- the walk -------------------------------------------------------------------------------------


def walked(cal: Calendar, start: Instant, end: Instant, step: int) -> Iterator[tuple[Instant, bool]]:
    """Whether it is open at ``start``, ``start + step`` …, told by a clock on the wall that never goes back.

    A wall clock that shows the latest time it has ever shown opens at the first of two equal times and at
    the jump over a missing one: the same rule as the engine's, reached without resolving anything.
    """
    zone = ZoneInfo(cal.zone)
    highest = datetime.min
    for instant in (*range(start - DAY - start % step, start, max(step, HOUR)), *range(start, end, step)):
        wall = datetime.fromtimestamp(instant, zone).replace(tzinfo=None, fold=0)
        highest = max(highest, wall)
        if instant >= start:
            yield Instant(instant), _shows_open(cal, highest)


def _shows_open(cal: Calendar, wall: datetime) -> bool:
    days = [wall.date() - timedelta(days=n) for n in range(3)]
    opened = any(_within(wall, day, window) for day in days for window in _windows_of(cal, day))
    return opened and not any(
        day.isoweekday() in pause.days and _within(wall, day, pause) for day in days for pause in cal.breaks
    )


def _within(wall: datetime, day: date, window: Window | Break) -> bool:
    midnight = datetime.combine(day, time())
    opens, closes = midnight + _since_midnight(window.start), midnight + _since_midnight(window.end)
    if closes < opens:
        closes += timedelta(days=1)
    return opens <= wall < closes


def _since_midnight(text: str) -> timedelta:
    hour, minute, *second = (int(part) for part in text.split(":"))
    return timedelta(hours=hour, minutes=minute, seconds=second[0] if second else 0)


def _windows_of(cal: Calendar, day: date) -> list[Window]:
    holidays = [h for h in cal.holidays if _in_range(day, h.first, h.last or h.first, yearly=h.yearly)]
    if holidays:
        holiday = next((h for h in holidays if h.windows), holidays[0])
        ranged = holiday.last not in (None, holiday.first)
        return [w for w in holiday.windows if not ranged or day.isoweekday() in w.days]
    for special in cal.special:
        if special.day == day:
            return list(special.windows)
    for season in cal.seasons:
        if _in_range(day, season.first, season.last, yearly=season.yearly):
            return [w for w in season.windows if day.isoweekday() in w.days]
    return [w for w in cal.weekly if day.isoweekday() in w.days]


def _in_range(day: date, first: date, last: date, *, yearly: bool) -> bool:
    if not yearly:
        return first <= day <= last
    return any(
        f"{year}-{first:%m-%d}" <= f"{day:%Y-%m-%d}" <= f"{year + (f'{last:%m-%d}' < f'{first:%m-%d}')}-{last:%m-%d}"
        for year in (day.year - 1, day.year)
    )


def disagreements(zone: str, changes: Iterable[Instant]) -> list[str]:
    """Changes of the clocks around which the hours differ from those of a watched clock."""
    cal = calendar(
        Window("23:45", "00:30", EVERY_DAY),
        Window("01:15", "02:15", EVERY_DAY),
        Window("02:30", "03:30", EVERY_DAY),
        Window("04:00", "23:30", EVERY_DAY),
        zone=zone,
    )
    engine = compile_hours([(None, cal)])
    wrong = []
    for change in changes:
        start, end = Instant(change - 3 * QUARTER), Instant(change + 7 * QUARTER)
        opened = [piece.span for piece in engine.spans(start, end) if piece.open]
        if any(any(at in span for span in opened) is not is_open for at, is_open in walked(cal, start, end, QUARTER)):
            wrong.append(f"{zone} {datetime.fromtimestamp(change, ZoneInfo(zone))}")
    return wrong
