"""Which hours of duty are hard for a person: nights, weekends and holidays by that person's own clocks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from supporttui.domain.rota.clocks import DAY, clock, day_number, weekday_of
from supporttui.domain.spans import Instant, Span, union

NIGHT_BEGINS, NIGHT_ENDS = 22 * 3600, 6 * 3600
"""Seconds after midnight."""


@dataclass(frozen=True, slots=True)
class Hardship:
    """Elapsed seconds of some duty; what is night and weekend counts in both, and once in ``hard``."""

    seconds: int = 0
    nights: int = 0
    """From 22:00 to 06:00."""
    weekends: int = 0
    """Saturdays and Sundays, midnight to midnight."""
    holidays: int = 0
    hard: int = 0


def hardship(spans: Iterable[Span], zone: str, holidays: Collection[date] = ()) -> Hardship:
    """What some spans cost a person who lives by the clocks of a zone; spans that overlap count once."""
    duty = union(spans)
    off = frozenset(map(day_number, holidays))
    nights, weekends, holy = [], [], []
    for day in _days(duty, zone):
        nights += [(day, 0, NIGHT_ENDS), (day, NIGHT_BEGINS, DAY)]
        weekends += [(day, 0, DAY)] if weekday_of(day) > 5 else []
        holy += [(day, 0, DAY)] if day in off else []
    hard = [_spans(parts, zone) for parts in (nights, weekends, holy)]
    return Hardship(
        seconds=_seconds(duty),
        nights=common(duty, hard[0]),
        weekends=common(duty, hard[1]),
        holidays=common(duty, hard[2]),
        hard=common(duty, union(span for spans in hard for span in spans)),
    )


def is_night(at: Instant, zone: str) -> bool:
    """Whether the clocks of a zone show a time from 22:00 to 06:00."""
    return not NIGHT_ENDS <= clock(zone).wall(at) % DAY < NIGHT_BEGINS


def common(left: Iterable[Span], right: Iterable[Span]) -> int:
    """The seconds that two sets of spans share."""
    ones, others = union(left), union(right)
    shared = i = j = 0
    while i < len(ones) and j < len(others):
        shared += max(0, min(ones[i].end, others[j].end) - max(ones[i].start, others[j].start))
        i, j = (i + 1, j) if ones[i].end <= others[j].end else (i, j + 1)
    return shared


def _days(spans: Iterable[Span], zone: str) -> list[int]:
    """The dates that spans touch."""
    here = clock(zone)
    touched = {
        day
        for span in spans
        for day in range(here.wall(span.start) // DAY, here.wall(Instant(span.end - 1)) // DAY + 1)
    }
    return sorted(touched)


def _spans(parts: Iterable[tuple[int, int, int]], zone: str) -> tuple[Span, ...]:
    """Parts of dates, in seconds after their midnights, as spans."""
    here = clock(zone)
    return union(
        Span(here.instant(day * DAY + begins), here.instant(day * DAY + ends, last=ends != DAY))
        for day, begins, ends in parts
    )


def _seconds(spans: Iterable[Span]) -> int:
    return sum(span.seconds for span in spans)
