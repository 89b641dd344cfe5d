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
Behind an instant in the n-th stretch of ``2 ** shift`` seconds are ``near[n]`` to ``near[n + 1]`` edges: with as many
stretches as edges, or twice, a search is over one or two instead of over years.
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
    return Table(
        span.start, span.end, edges, used, voids, (span.start, span.end, edges, base, near, shift, used, voids)
    )


def used_by(table: Table, at: Instant) -> int:
    """Open seconds from the first known instant up to one."""
    i = bisect_right(table.edges, at)
    if i & 1:
        return table.used[i - 1] + at - table.edges[i - 1]
    return table.used[i - 1] if i else 0


def _near(span: Span, edges: Sequence[Instant]) -> tuple[Sequence[int], int]:
    shift = max(0, (span.seconds // (len(edges) + 1)).bit_length() - 1)
    stretches = (span.seconds >> shift) + 1
    return [bisect_right(edges, span.start + (n << shift)) for n in range(stretches + 1)], shift


UNKNOWN = Table(FOREVER, BEGINNING, (), (), (), (FOREVER, BEGINNING, (), (0,), (0, 0), 0, (), ()))
"""Nothing has been asked yet."""
NOTHING = table_of(Span(BEGINNING, FOREVER), ())
"""What is known of times beyond the reach of calendars."""
