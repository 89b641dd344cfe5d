"""The algebra of spans, held against plain sets of seconds."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.spans import Instant, Span, intersect, subtract, total, union

pytestmark = pytest.mark.core

instants = st.integers(0, 40).map(Instant)
spans = st.builds(Span, instants, instants)
sets = st.lists(spans, max_size=6).map(union)


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


@given(sets, sets)
def test_intersection_and_difference_are_those_of_the_seconds(left, right):
    assert seconds(intersect(left, right)) == seconds(left) & seconds(right)
    assert seconds(subtract(left, right)) == seconds(left) - seconds(right)
    assert is_normal(intersect(left, right))
    assert is_normal(subtract(left, right))


@given(sets, sets)
def test_what_is_cut_and_what_is_left_are_the_whole(left, right):
    assert total(intersect(left, right)) + total(subtract(left, right)) == total(left)
    assert union([*intersect(left, right), *subtract(left, right)]) == left


@given(spans, instants)
def test_a_span_is_half_open(span, at):
    assert (at in span) == (at in seconds([span]))
    assert span.seconds == len(seconds([span]))


def test_a_span_that_ends_before_it_starts_has_no_seconds():
    assert Span(Instant(5), Instant(3)).seconds == 0
    assert union([Span(Instant(5), Instant(3))]) == ()
