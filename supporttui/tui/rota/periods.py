"""Weeks and months of a zone as spans, and their days."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from supporttui.domain.spans import Instant, Span
from supporttui.domain.wall import resolve, to_wall

WEEK = 7
_DAY = 86_400
_HOUR = 3600


class Period(StrEnum):
    """How much of a plan is shown at once."""

    week = "week"
    month = "month"


def period_of(at: Instant, zone: str, period: Period = Period.week, *, steps: int = 0) -> Span:
    """The week or month, on the clocks of a zone, in which an instant lies, or one that is steps away."""
    day = to_wall(at, zone).date()
    if period is Period.week:
        first = day - timedelta(days=day.weekday() - WEEK * steps)
        return Span(_midnight(first, zone), _midnight(first + timedelta(days=WEEK), zone))
    return Span(_midnight(_first_of(day, steps), zone), _midnight(_first_of(day, steps + 1), zone))


def week_of(at: Instant, zone: str, *, weeks: int = 0) -> Span:
    """The week, Monday 00:00 to Monday 00:00 on the clocks of a zone, in which an instant lies."""
    return period_of(at, zone, steps=weeks)


def steps_to(at: Instant, now: Instant, zone: str, period: Period) -> int:
    """How many weeks or months from that of now to that of an instant."""
    here, there = to_wall(now, zone).date(), to_wall(at, zone).date()
    if period is Period.month:
        return (there.year - here.year) * 12 + there.month - here.month
    monday, other = (day - timedelta(days=day.weekday()) for day in (here, there))
    return (other - monday).days // WEEK


def days_of(span: Span, zone: str) -> tuple[Span, ...]:
    """The dates of a span that begins at midnight; 23 or 25 hours long when the clocks change.

    A date that a zone has skipped is not among them.
    """
    return tuple(_days(span, zone))


def place_of(days: tuple[Span, ...], at: Instant) -> int:
    """Which of the days an instant lies in; before them the first, after them the last."""
    return max(0, sum(day.start <= at for day in days) - 1)


def hours_more(day: Span) -> float:
    """By how many hours a day is longer than others; negative where it is shorter."""
    return (day.seconds - _DAY) / _HOUR


def _days(span: Span, zone: str) -> Iterator[Span]:
    first, start = to_wall(span.start, zone).date(), span.start
    number = 0
    while start < span.end:
        number += 1
        end = min(_midnight(first + timedelta(days=number), zone), span.end)
        if end > start:
            yield Span(start, end)
        start = end


def _first_of(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _midnight(day: date, zone: str) -> Instant:
    return resolve(datetime.combine(day, time()), zone)
