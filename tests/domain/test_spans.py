"""The algebra of spans, held against plain sets of seconds."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.spans import Instant, Span, union

pytestmark = pytest.mark.core

instants = st.integers(0, 40).map(Instant)
spans = st.builds(Span, instants, instants)


def seconds(of) -> set[int]:
    return {second for span in of for second in range(span.start, span.end)}


def is_normal(of) -> bool:
    return all(span.start < span.end for span in of) and all(a.end < b.start for a, b in pairwise(of))


@given(st.lists(spans, max_size=8))
def test_a_union_covers_the_same_seconds_with_gaps_between(given_spans):
    merged = union(given_spans)
    assert seconds(merged) == seconds(given_spans)
    assert is_normal(merged)
    assert union(merged) == merged


@given(spans, instants)
def test_a_span_is_half_open(span, at):
    assert (at in span) == (at in seconds([span]))
    assert span.seconds == len(seconds([span]))


def test_a_span_that_ends_before_it_starts_has_no_seconds():
    assert Span(Instant(5), Instant(3)).seconds == 0
    assert union([Span(Instant(5), Instant(3))]) == ()
