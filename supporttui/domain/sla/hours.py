"""Service hours compiled to boundaries with prefix sums: due and remaining are two binary searches.

A calendar is expanded year by year, on demand, and kept. Nothing is open before 1970 or from 2100 on,
except round the clock (``ALWAYS``), so that no date in an imported file can make a calculation endless.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from supporttui.domain.sla.calendars import (
    Break,
    Calendar,
    Holiday,
    OpenTimers,
    Piece,
    Season,
    SpecialDate,
    Window,
)
from supporttui.domain.sla.days import Workdays, civil
from supporttui.domain.sla.reasons import Reason
from supporttui.domain.sla.tables import HORIZON, NOTHING, UNKNOWN, YEAR, Table, table_of, used_by
from supporttui.domain.sla.versions import FIRST as _FIRST
from supporttui.domain.sla.versions import LAST as _LAST
from supporttui.domain.sla.versions import Days, Turn, Versions, compile_days, versions_of
from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span
from supporttui.domain.wall import resolve, to_wall

__all__ = [
    "ALWAYS", "HORIZON", "Break", "Calendar", "Days", "Holiday", "Hours", "Piece", "Reason", "Season",
    "SpecialDate", "Window", "compile_days", "compile_hours",
]  # fmt: skip

Variant = Callable[[Sequence[int], int | None], "Hours"]
"""The hours without some versions, and with one (if any) that has no beginning; by their numbers."""


class Hours:
    """When a service is open, as arithmetic.

    A table is replaced as a whole when it grows, so that threads may share one ``Hours``: two that grow
    at once do the work twice and agree.
    """

    __slots__ = ("_expand", "_known", "_sums", "_table", "turns", "variant", "workdays")

    def __init__(
        self,
        expand: Callable[[Span], Sequence[Piece]],
        table: Table | None = None,
        *,
        workdays: Workdays | None = None,
        turns: Sequence[Turn] = (),
        variant: Variant | None = None,
    ) -> None:
        self._expand = expand
        self._table = UNKNOWN if table is None else table
        self._sums = self._table.sums
        self.workdays = civil(self.spans, _in_utc) if workdays is None else workdays
        """By default the dates of UTC with any open time."""
        self.turns = tuple(turns)
        self.variant = variant
        self._known: dict[tuple[tuple[int, ...], int | None], Hours] = {}

    def between(self, start: Instant, end: Instant) -> int:
        """Open seconds in [start, end); 0 when the end is before the start."""
        first, last, edges, base, near, shift, _, _ = self._sums
        if not first <= start < end <= last:
            return self._between_elsewhere(start, end)
        # ``used_by`` twice, written out: this is asked for every timer there is.
        n = (start - first) >> shift
        i = near[n]
        if edges[i] <= start:
            i = bisect_right(edges, start, i + 1, near[n + 1])
        n = (end - first) >> shift
        k = near[n]
        if edges[k] <= end:
            k = bisect_right(edges, end, k + 1, near[n + 1])
        return (base[k] + end if k & 1 else base[k]) - (base[i] + start if i & 1 else base[i])

    def _between_elsewhere(self, start: Instant, end: Instant) -> int:
        """The same of a span that is not known yet, or that no calendar reaches."""
        if end <= start or start >= _LAST or end <= _FIRST:
            return 0
        table = self._covering(start, end)
        return used_by(table, end) - used_by(table, start)

    def after(self, start: Instant, seconds: int) -> Instant | None:
        """The earliest instant at which so many open seconds have passed since ``start``.

        Hence the closing time when a day is filled exactly; ``start`` itself for 0 seconds, open or not.
        ``None`` is never: before they have passed, 20 years on end are closed.
        """
        if seconds <= 0:
            return start
        first, last, edges, base, near, shift, used, voids = self._sums
        if not first <= start <= last:
            return self._after_growing(start, seconds)
        n = (start - first) >> shift
        i = near[n]
        if edges[i] <= start:
            i = bisect_right(edges, start, i + 1, near[n + 1])
        wanted = (base[i] + start if i & 1 else base[i]) + seconds
        if not used or used[-1] < wanted:
            return self._after_growing(start, seconds)
        i = bisect_left(used, wanted, i)
        at: Instant = edges[i] - used[i] + wanted  # type: ignore[assignment]  # a call of Instant costs as much as this
        return None if voids and self._crosses_void(voids, start, at) else at

    def _after_growing(self, start: Instant, seconds: int) -> Instant | None:
        """The same where more has to be known first."""
        table = self._reaching(start, seconds)
        if table is None:
            return None
        wanted = used_by(table, start) + seconds
        i = bisect_left(table.used, wanted)
        at = Instant(table.edges[i] - table.used[i] + wanted)
        return None if self._crosses_void(table.voids, start, at) else at

    def _reaching(self, start: Instant, seconds: int) -> Table | None:
        """The table, grown until so many open seconds after ``start`` are known; ``None``: they never come."""
        table = self._around(start)
        while not table.used or table.used[-1] < used_by(table, start) + seconds:
            if table.last >= _LAST or table.last - self._last_open(table, start) >= HORIZON:
                return None
            table = self._covering(table.first, Instant(table.last + max(YEAR, (table.last - table.first) // 4)))
        return table

    def after_days(self, start: Instant, days: int, *, end_of_day: bool = False) -> Instant | None:
        """The same wall clock time on the n-th next date with open time, or the first opening after that.

        With ``end_of_day`` the last closing of that date. ``start`` itself for 0 days. ``None`` is never.
        """
        if days <= 0:
            return start
        if not _FIRST <= start < _LAST:
            return None
        zone = self.workdays.zone_at(start)
        wall = to_wall(start, zone)
        found = self.workdays.nth(wall.date(), days)
        if found is None or end_of_day:
            return None if found is None else found.closes
        return self.next_open(resolve(datetime.combine(found.day, wall.time()), found.zone))

    def for_timer(self, start: Instant, at: Instant) -> "Hours":
        """The hours by which a timer that began at ``start`` is counted as things stand at an instant.

        A version that will count it anew is not among them before it begins.
        """
        anew = [one for one in self.turns if one.rule is OpenTimers.retroactive and one.at > start]
        begun = [one.number for one in anew if one.at <= at]
        left_out = [*self._untouched(self.untouched_since(start)), *(one.number for one in anew if one.at > at)]
        return self._counting(tuple(left_out), begun[-1] if begun else None)

    def untouched_since(self, start: Instant) -> int | None:
        """The first version that leaves timers alone which began at ``start``; ``None`` if there is none."""
        later = (one.number for one in self.turns if one.rule is OpenTimers.untouched and one.at > start)
        return next(later, None)

    def kept(self, since: int) -> "Hours":
        """The hours of timers that ``untouched_since`` gave this version."""
        return self._counting(self._untouched(since), None)

    def _untouched(self, since: int | None) -> tuple[int, ...]:
        untouched = (one.number for one in self.turns if one.rule is OpenTimers.untouched)
        return () if since is None else tuple(number for number in untouched if number >= since)

    def _counting(self, left_out: tuple[int, ...], anew: int | None) -> "Hours":
        if self.variant is None or not (left_out or anew):
            return self
        if (left_out, anew) not in self._known:
            self._known[left_out, anew] = self.variant(left_out, anew)
        return self._known[left_out, anew]

    def is_open(self, at: Instant) -> bool:
        """Whether the second that begins at this instant counts."""
        table = self._around(at)
        return bool(bisect_right(table.edges, at) & 1)

    def next_change(self, at: Instant) -> Instant | None:
        """The next opening or closing after an instant; ``None`` if there is none within 20 years."""
        table = self._around(at)
        while (i := bisect_right(table.edges, at)) == len(table.edges) or table.edges[i] == table.last:
            if table.last >= min(_LAST, at + HORIZON):
                return None
            table = self._covering(table.first, Instant(table.last + YEAR))
        return table.edges[i] if table.edges[i] - at < HORIZON else None

    def next_open(self, at: Instant) -> Instant | None:
        """The instant itself if it is open, else the next opening; ``None`` within 20 years of none."""
        return at if self.is_open(at) else self.next_change(at)

    def spans(self, start: Instant, end: Instant) -> tuple[Piece, ...]:
        """[start, end) tiled by open and closed pieces, each with its reason and name."""
        return tuple(self._expand(Span(start, end))) if start < end else ()

    def _around(self, at: Instant) -> Table:
        """The table, grown to cover the second that begins at an instant."""
        table = self._table
        if table.first <= at < table.last:
            return table
        return self._covering(at, Instant(at + 1)) if at < _LAST else NOTHING

    def _covering(self, start: Instant, end: Instant) -> Table:
        """The table, grown to cover [start, end] by whole years, as far as calendars reach."""
        table = self._table
        start, end = (Instant(min(max(at, _FIRST), _LAST)) for at in (start, end))
        if table is UNKNOWN:
            table = table_of(Span(start, start), ())
        elif table.first <= start and end <= table.last:
            return table
        first = start if start >= table.first else Instant(max(_FIRST, min(start, table.first - YEAR)))
        last = end if end <= table.last else Instant(min(_LAST, max(end, table.last + YEAR)))
        first, last = min(first, table.first), max(last, table.last)
        known = [Span(opened, closed) for opened, closed in _pairs(table.edges)]
        before = self._opened(Span(first, table.first))
        after = self._opened(Span(table.last, last))
        self._table = grown = table_of(Span(first, last), (*before, *known, *after))
        self._sums = grown.sums
        return grown

    def _opened(self, span: Span) -> list[Span]:
        return [piece.span for piece in self.spans(span.start, span.end) if piece.open]

    @staticmethod
    def _last_open(table: Table, start: Instant) -> Instant:
        return max(start, table.edges[-1]) if table.edges else start

    @staticmethod
    def _crosses_void(voids: Sequence[Span], start: Instant, at: Instant) -> bool:
        return any(min(void.end, at) - max(void.start, start) >= HORIZON for void in voids)


def compile_hours(versions: Sequence[tuple[Instant | None, Calendar]]) -> Hours:
    """The hours of one calendar from its versions, each valid from an instant on until the next.

    ``None`` is without beginning. Before the first beginning, or without any version, it is closed. Of two
    versions with one beginning the later in the sequence holds.

    Raises:
        BadInput: what ``windows.read`` raises.
    """
    return _compiled(versions_of(versions))


def _compiled(versions: Versions) -> Hours:
    def variant(left_out: Sequence[int], anew: int | None) -> Hours:
        return _compiled(versions.without(left_out, anew))

    return Hours(versions.spans, workdays=versions.workdays(), turns=versions.turns, variant=variant)


def _pairs(edges: Sequence[Instant]) -> Iterable[tuple[Instant, Instant]]:
    return zip(edges[::2], edges[1::2], strict=True)


def _in_utc(_: Instant) -> str:
    return "UTC"


ALWAYS = Hours(
    lambda span: (Piece(span, open=True, reason=Reason.open),),
    table_of(Span(BEGINNING, FOREVER), (Span(BEGINNING, FOREVER),)),
)
"""Round the clock."""
