"""What a calendar of service hours says: weekly windows, seasons, special dates, holidays and breaks."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from supporttui.domain.ids import CalendarId
from supporttui.domain.sla.reasons import Reason
from supporttui.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Window:
    """Open from ``start`` to ``end`` (``HH:MM`` or ``HH:MM:SS``, up to ``24:00``) by the calendar's clocks.

    Half-open. An end before the start runs over midnight and belongs to the date on which it opens; equal
    ends are empty.
    """

    start: str
    end: str
    days: tuple[int, ...] = (1, 2, 3, 4, 5)
    """ISO weekdays: 1 is Monday. Where a single date is named (special date, holiday) they say nothing."""


@dataclass(frozen=True, slots=True)
class Season:
    """A range of dates (both included) whose windows replace the weekly ones."""

    name: str
    first: date
    last: date
    windows: tuple[Window, ...] = ()
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class SpecialDate:
    """One date with windows of its own; stronger than a season, weaker than a holiday."""

    day: date
    windows: tuple[Window, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A date, or a range of dates (both included), closed or with hours of its own.

    ``yearly`` repeats month and day each year (29 February only in leap years), over the year's end too.
    """

    name: str
    first: date
    last: date | None = None
    yearly: bool = False
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Break:
    """Closed within otherwise open hours, such as lunch; cut out last.

    It belongs to the date on which it begins, so the break of a night shift names the morning's weekday.
    """

    start: str
    end: str
    days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
    name: str = ""


class OpenTimers(StrEnum):
    """What a version of a calendar does to timers that run when it begins (sla 1.3.12)."""

    carry_elapsed = "carry_elapsed"
    """What they have used stays; the rest is counted by it."""
    retroactive = "retroactive"
    """They are counted by it from their start."""
    untouched = "untouched"
    """They go on by the hours with which they began."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """One version of a calendar. Precedence for a date: weekly < season < special date < holiday.

    Of several seasons or special dates on one date the first listed counts; of several holidays the first
    that carries hours of its own, else the first.
    """

    id: CalendarId
    name: str
    zone: str
    weekly: tuple[Window, ...]
    breaks: tuple[Break, ...] = ()
    seasons: tuple[Season, ...] = ()
    special: tuple[SpecialDate, ...] = ()
    holidays: tuple[Holiday, ...] = field(default=())
    open_timers: OpenTimers = OpenTimers.carry_elapsed
    """Of a version that begins while timers run."""


UNTOUCHED = "#"
"""Stands in the key of hours that leave out some versions; in no calendar's id."""


def untouched_key(calendar: CalendarId, since: int) -> CalendarId:
    """The key of the hours of timers that no version touches which says so, from one on (by number)."""
    return CalendarId(f"{calendar}{UNTOUCHED}{since}")


def untouched_parts(key: CalendarId) -> tuple[CalendarId, int | None]:
    """The calendar, and the first version that is left out; ``None`` for all of them as they follow each other.

    >>> untouched_parts(untouched_key(CalendarId("office"), 2))
    ('office', 2)
    """
    calendar, _, since = key.partition(UNTOUCHED)
    return CalendarId(calendar), int(since) if since else None


@dataclass(frozen=True, slots=True)
class Piece:
    """A span of time that counts wholly or not at all, and why."""

    span: Span
    open: bool
    reason: Reason
    name: str = ""
    """Of the holiday, special date, season, break or special period, as its definition words it."""
    counted: int | None = None
    """Seconds it counts for, where a changed target weighs them anew (rule ``proportional``)."""
    version: int = 0
    """Of the calendar, counted in the order in which they begin; 0 where there is none."""

    @property
    def seconds(self) -> int:
        """What the piece adds to the used time."""
        if self.counted is not None:
            return self.counted
        return self.span.seconds if self.open else 0
