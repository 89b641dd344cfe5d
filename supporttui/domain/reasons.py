"""The pieces of a timer's time told in few lines: what was, what will be and what is late, by piece, day or week."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from supporttui.domain.sla.calendars import Piece
from supporttui.domain.sla.reasons import Reason
from supporttui.domain.spans import Instant, Span
from supporttui.domain.wall import to_wall

_DAY = timedelta(days=1)
_WEEKEND = frozenset({6, 7})


class Phase(StrEnum):
    """On which side of now and of due time lies."""

    counted = "counted"
    """Past, and up to due."""
    ahead = "ahead"
    """Still to come, up to due."""
    late = "late"
    """After due."""


class Grain(StrEnum):
    """How finely a story is told."""

    piece = "piece"
    day = "day"
    week = "week"


class Rest(StrEnum):
    """What people call time outside the weekly windows."""

    night = "night"
    weekend = "weekend"
    days_off = "days_off"
    closed = "closed"


@dataclass(frozen=True, slots=True)
class Entry:
    """Neighbouring pieces of one phase as one line: a single one, or all that begin in one day or week."""

    phase: Phase
    parts: tuple[Piece, ...]

    @property
    def span(self) -> Span:
        """From the first piece's start to the last one's end."""
        return Span(self.parts[0].span.start, self.parts[-1].span.end)

    @property
    def seconds(self) -> int:
        """What they add to the used time."""
        return sum(part.seconds for part in self.parts)

    @property
    def skipped(self) -> tuple[Piece, ...]:
        """Those that do not count."""
        return tuple(part for part in self.parts if not part.open)


def told(
    parts: Iterable[Piece], *, now: Instant, due: Instant | None, zone: str, grain: Grain = Grain.piece
) -> tuple[Entry, ...]:
    """The story in lines; days and weeks are those of a zone, and a piece belongs to the one in which it begins.

    No entry reaches over now or over due, and the entries' seconds add up to those of the pieces.
    """
    pieces = [(_phase(part, now, due), number, part) for number, part in enumerate(_cut(parts, now))]
    lines = groupby(pieces, key=lambda one: (one[0], _place(one[1], one[2], zone, grain)))
    return tuple(Entry(phase, tuple(part for _, _, part in line)) for (phase, _), line in lines)


def fitting(
    parts: Sequence[Piece], *, now: Instant, due: Instant | None, zone: str, most: int
) -> tuple[Grain, tuple[Entry, ...]]:
    """The finest telling of at most so many lines; by weeks where even those are more."""
    for grain in Grain:
        entries = told(parts, now=now, due=due, zone=zone, grain=grain)
        if len(entries) <= most:
            break
    return grain, entries


def rest(piece: Piece, zone: str) -> Rest | None:
    """What a closed piece is called by the calendar's clocks; ``None`` if it counts or has a reason of its own.

    A night is short and reaches into the hours between 22 and 6. Whole dates without hours are a weekend if they are
    Saturdays and Sundays, else days off.
    """
    if piece.reason is not Reason.closed:
        return None
    whole = tuple(_whole_days(piece.span, zone))
    if whole:
        return Rest.weekend if {day.isoweekday() for day in whole} <= _WEEKEND else Rest.days_off
    start, end = to_wall(piece.span.start, zone), to_wall(piece.span.end, zone)
    overnight = start.date() != end.date() or start.hour >= 22 or start.hour < 6
    return Rest.night if overnight else Rest.closed


def _whole_days(span: Span, zone: str) -> Iterator[date]:
    start, end = to_wall(span.start, zone), to_wall(span.end, zone)
    day = start.date() if not (start.hour or start.minute or start.second) else start.date() + _DAY
    while day < end.date() and (day - start.date()).days < 8:  # more of them say nothing new
        yield day
        day += _DAY


def _phase(part: Piece, now: Instant, due: Instant | None) -> Phase:
    if due is not None and part.span.start >= due:
        return Phase.late
    return Phase.ahead if part.span.start >= now else Phase.counted


def _cut(parts: Iterable[Piece], now: Instant) -> Iterator[Piece]:
    """The same pieces, none across now but those whose seconds are weighed, which lie in the past."""
    for part in parts:
        if part.counted is None and part.span.start < now < part.span.end:
            yield replace(part, span=Span(part.span.start, now))
            yield replace(part, span=Span(now, part.span.end))
        else:
            yield part


def _place(number: int, part: Piece, zone: str, grain: Grain) -> object:
    """What pieces of one line share."""
    if grain is Grain.piece:
        return number
    day = to_wall(part.span.start, zone).date()
    return day if grain is Grain.day else day.isocalendar()[:2]
