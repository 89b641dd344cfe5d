"""Service hours as a table: where they open and close, and the open seconds up to each of those edges."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span

YEAR = 31_556_952
"""Seconds of a mean year."""
HORIZON = 20 * YEAR
"""Closed time on end after which the answer is "never"."""


_NEVER = Instant(FOREVER + 1)


class Table(NamedTuple):
    """Hours expanded from ``first`` to ``last``.

    ``edges`` alternates opening, closing, opening …; ``used[i]`` is the open seconds from ``first`` up to
    ``edges[i]``; ``voids`` are closed stretches of at least ``HORIZON``.
    """

    first: Instant
    last: Instant
    edges: Sequence[Instant]
    used: Sequence[int]
    voids: Sequence[Span]
    sums: "Sums"


Sums: TypeAlias = (
    "tuple[Instant, Instant, Sequence[Instant], Sequence[int], Sequence[int], int, Sequence[int], Sequence[Span]]"
)
"""First, last, edges, base, near, shift, used, voids; a plain tuple, as taking a named one apart costs much more.

Behind i edges an instant has ``base[i]`` open seconds before it while it is closed, ``base[i]`` plus itself while open.
In the n-th stretch of ``2 ** shift`` seconds ``near[n]`` to ``near[n + 1]`` edges are behind it. As there are several
stretches for an edge it is nearly always the first of these, and else a search is over few instead of over years.
Unlike in the table ``edges`` ends with one that never comes.
"""


def table_of(span: Span, opened: Iterable[Span]) -> Table:
    """Sorted, disjoint open spans as edges and sums; touching ones (at a year's or version's border) join."""
    edges: list[Instant] = []
    used: list[int] = []
    total = 0
    for piece in opened:
        if edges and edges[-1] == piece.start:
            edges.pop()
            used.pop()
        else:
            edges.append(piece.start)
            used.append(total)
        total += piece.seconds
        edges.append(piece.end)
        used.append(total)
    base = [0, *(before if i & 1 else before - edge for i, (edge, before) in enumerate(zip(edges, used, strict=True)))]
    gaps = pairwise([span.start, *edges, span.end])
    voids = tuple(Span(a, b) for i, (a, b) in enumerate(gaps) if not i & 1 and b - a >= HORIZON)
    near, shift = _near(span, edges)
    sums = (span.start, span.end, [*edges, _NEVER], base, near, shift, used, voids)
    return Table(span.start, span.end, edges, used, voids, sums)


def used_by(table: Table, at: Instant) -> int:
    """Open seconds from the first known instant up to one."""
    i = bisect_right(table.edges, at)
    if i & 1:
        return table.used[i - 1] + at - table.edges[i - 1]
    return table.used[i - 1] if i else 0


def _near(span: Span, edges: Sequence[Instant]) -> tuple[Sequence[int], int]:
    """How many edges are behind the beginning of each stretch and of the one after the last; how long those are."""
    shift = max(0, (span.seconds // (2 * len(edges) + 1)).bit_length() - 1)
    near: list[int] = []
    for i, edge in enumerate(edges):
        begun_before = -((span.start - edge) >> shift)
        near += [i] * (begun_before - len(near))
    stretches = (span.seconds >> shift) + 1
    return near + [len(edges)] * (stretches + 1 - len(near)), shift


UNKNOWN = Table(FOREVER, BEGINNING, (), (), (), (FOREVER, BEGINNING, (_NEVER,), (0,), (0, 0), 0, (), ()))
"""Nothing has been asked yet."""
NOTHING = table_of(Span(BEGINNING, FOREVER), ())
"""What is known of times beyond the reach of calendars."""
