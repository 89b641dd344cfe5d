"""Entries of another calendar as holidays of ours: whole dates are closed, hours are cut out of the open ones."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from supporttui.domain.exchange.review import Entry
from supporttui.domain.sla.calendars import Calendar, Holiday, Window
from supporttui.domain.sla.windows import Schedule, holidays, read, windows_on
from supporttui.domain.spans import Span
from supporttui.domain.wall import resolve

_DAY = 86_400
_NEVER_OPEN = Window("00:00", "00:00")
"""Hours of its own that are none: stronger than another holiday's hours on that date."""
Times = tuple[int, int]
"""From and to, in seconds after midnight; past a day it is the next date's."""


def with_entries(calendar: Calendar, entries: Iterable[Entry]) -> tuple[Calendar, tuple[Entry, ...]]:
    """The calendar with holidays for the entries, and the entries with what was made of each.

    What an entry made of it before goes first. An entry that closes nothing makes nothing.
    """
    told = []
    for entry in entries:
        kept = tuple(one for one in calendar.holidays if one not in entry.made)
        calendar = replace(calendar, holidays=kept)
        made = tuple(holidays_of(calendar, entry))
        calendar = replace(calendar, holidays=(*made, *kept))
        told.append(replace(entry, made=made))
    return calendar, tuple(told)


def has(calendar: Calendar, entry: Entry) -> bool:
    """Whether the calendar says already what an entry says: as a holiday of those dates, or closed in those hours."""
    if entry.dates is None:
        return not any(holidays_of(calendar, entry))
    schedule = _near(calendar, entry)
    covered = sum(span.seconds for span in holidays(schedule, entry.span))
    return covered == entry.span.seconds and not any(windows_on(schedule, day) for day in _dates(*entry.dates))


def holidays_of(calendar: Calendar, entry: Entry) -> Iterator[Holiday]:
    """A holiday for each run of dates that are wholly closed, and one with hours for each that is partly so.

    Open time that would begin after midnight, behind an entry that ends in the night, goes with its date.
    """
    schedule, closed = _near(calendar, entry), list[date]()
    (start, end), name = entry.walls, entry.name
    for day in _dates(start.date(), (end - timedelta(seconds=1)).date()):
        usual = windows_on(schedule, day)
        shut = (max(0, _after(day, start)), _after(day, end))
        left = tuple(_without(usual, shut))
        if shut[0] == 0 and shut[1] >= _DAY:
            if not (usual and holidays(schedule, _whole(day, calendar.zone))):
                closed.append(day)
                continue
            left = ()
        elif left == usual:
            continue
        yield from _run(name, closed)
        closed.clear()
        yield Holiday(name, day, windows=tuple(map(_window, left)) or (_NEVER_OPEN,))
    yield from _run(name, closed)


def _near(calendar: Calendar, entry: Entry) -> Schedule:
    """The calendar with no more holidays than may touch an entry: of a thousand, all would be read a thousand times."""
    first, last = (wall.date() for wall in entry.walls)
    here = (one for one in calendar.holidays if one.yearly or (one.first <= last and first <= (one.last or one.first)))
    return read(replace(calendar, holidays=tuple(here)))


def _run(name: str, closed: Sequence[date]) -> Iterator[Holiday]:
    if closed:
        yield Holiday(name, closed[0], last=closed[-1] if closed[-1] > closed[0] else None)


def _dates(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _after(day: date, wall: datetime) -> int:
    return int((wall - datetime.combine(day, time())).total_seconds())


def _whole(day: date, zone: str) -> Span:
    midnight = datetime.combine(day, time())
    return Span(resolve(midnight, zone), resolve(midnight + timedelta(days=1), zone))


def _without(windows: Iterable[Times], shut: Times) -> Iterator[Times]:
    for start, end in windows:
        for left in ((start, min(end, shut[0])), (max(start, shut[1]), end)):
            if left[0] < left[1] and left[0] < _DAY:
                yield left


def _window(times: Times) -> Window:
    start, end = times
    return Window(_clock(start), _clock(end if end <= _DAY else end - _DAY))


def _clock(seconds: int) -> str:
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return f"{text}:{seconds % 60:02}" if seconds % 60 else text
