"""Open time looked up by a coarse index is what adding up every open second gives, however uneven the hours are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.sla.calendars import Piece
from supporttui.domain.sla.hours import Hours
from supporttui.domain.sla.tables import table_of, used_by
from supporttui.domain.spans import Instant, Span

pytestmark = pytest.mark.core

YEAR = 31_536_000


@st.composite
def opened(draw) -> tuple[Span, list[Span]]:
    """A stretch of time and the open spans in it: some touch, many may lie on a heap, with years of nothing beside."""
    at = first = draw(st.integers(0, 10**9))
    spans = []
    gaps = st.sampled_from([0, 1, 1, 2, 60, 3600, YEAR])
    lasting = st.sampled_from([1, 1, 2, 60, 28_800, YEAR])
    for gap, seconds in draw(st.lists(st.tuples(gaps, lasting), max_size=40)):
        spans.append(Span(Instant(at + gap), Instant(at + gap + seconds)))
        at = spans[-1].end
    return Span(Instant(first), Instant(at + draw(gaps))), spans


def expand(_: Span) -> tuple[Piece, ...]:
    raise AssertionError("what is known is not worked out again")


def added_up(spans: list[Span], start: int, end: int) -> int:
    return sum(max(0, min(span.end, end) - max(span.start, start)) for span in spans)


def a_moment(data, span: Span, spans: list[Span]) -> Instant:
    """Often at an edge or beside one."""
    edges = [span.start, span.end, *(edge for one in spans for edge in (one.start, one.end))]
    beside = st.builds(int.__add__, st.sampled_from(edges), st.integers(-1, 1))
    at = data.draw(st.one_of(beside, st.integers(span.start, span.end)))
    return Instant(min(max(at, span.start), span.end))


@given(opened(), st.data())
def test_open_time_is_the_sum_of_what_is_open(made, data):
    span, spans = made
    table = table_of(span, spans)
    start, end = a_moment(data, span, spans), a_moment(data, span, spans)
    if start < end:
        assert Hours(expand, table).between(start, end) == added_up(spans, start, end)
    assert used_by(table, end) == added_up(spans, span.start, end)


@given(opened(), st.data())
def test_due_is_the_first_moment_with_so_much_behind_it(made, data):
    span, spans = made
    start = a_moment(data, span, spans)
    left = added_up(spans, start, span.end)
    if not left:
        return
    seconds = data.draw(st.integers(1, left))
    due = Hours(expand, table_of(span, spans)).after(start, seconds)
    assert due is not None
    assert added_up(spans, start, due) == seconds
    assert added_up(spans, start, due - 1) == seconds - 1


def test_the_index_is_hardly_longer_than_four_times_the_edges():
    """So that a minute of opening in a century costs no memory."""
    for count in (0, 1, 2, 100, 1000):
        spans = [Span(Instant(n * 3600), Instant(n * 3600 + 60)) for n in range(count)]
        table = table_of(Span(Instant(0), Instant(100 * YEAR)), spans)
        near, shift = table.sums[4:6]
        assert len(near) <= 4 * len(table.edges) + 5
        assert len(near) << shift > 100 * YEAR
