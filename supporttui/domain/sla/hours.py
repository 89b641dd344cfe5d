"""Service hours: weekly windows, seasons, special dates, holidays and breaks, compiled to boundaries."""

from dataclasses import dataclass, field
from datetime import date

from supporttui.domain.ids import CalendarId


@dataclass(frozen=True, slots=True)
class Window:
    """Open from ``start`` to ``end`` (``HH:MM`` or ``HH:MM:SS``, up to ``24:00``), wall clock of the calendar.

    Half-open. An end before the start runs over midnight and belongs to the date on which it opens; equal
    ends are empty.
    """

    start: str
    end: str
    days: tuple[int, ...] = (1, 2, 3, 4, 5)
    """ISO weekdays: 1 is Monday."""


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
    """Closed within otherwise open hours, such as lunch; cut out last."""

    start: str
    end: str
    days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
    name: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """One version of a calendar. Precedence for a date: weekly < season < special date < holiday."""

    id: CalendarId
    name: str
    zone: str
    weekly: tuple[Window, ...]
    breaks: tuple[Break, ...] = ()
    seasons: tuple[Season, ...] = ()
    special: tuple[SpecialDate, ...] = ()
    holidays: tuple[Holiday, ...] = field(default=())
