"""The time of all authorities is the time of the ticket."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.events import Assigned, Event, Fact, Noted
from supporttui.domain.hops import Hop, hops
from supporttui.domain.spans import Instant, Span
from tests.builders import fact, opened, refuses

pytestmark = pytest.mark.core

NAMES = st.sampled_from(["desk", "network", "vendor"])
MOVES = st.builds(Assigned, owner=st.none(), team=st.sampled_from(["desk", "network"]), resolver=st.just("") | NAMES)


def told(*events: tuple[int, Event]) -> list[Fact]:
    return [fact(event, at=Instant(at), seq=seq) for seq, (at, event) in enumerate([(0, opened()), *events], 1)]


def moved(team: str, resolver: str = "") -> Assigned:
    return Assigned(owner=None, team=team, resolver=resolver)


def test_each_authority_has_the_ticket_until_the_next_one_gets_it():
    facts = told((10, moved("network")), (15, Noted("hm")), (30, moved("network", "vendor")))
    assert hops(facts, Instant(60)) == (
        Hop("desk", Span(0, 10)), Hop("network", Span(10, 30)), Hop("vendor", Span(30, 60)),
    )  # fmt: skip


def test_who_had_it_for_no_time_is_left_out_and_what_lay_around_is_one():
    facts = told((10, moved("network")), (10, moved("desk")))
    assert hops(facts, Instant(60)) == (Hop("desk", Span(0, 60)),)


def test_without_an_opening_there_is_no_ticket():
    with refuses("ticket.no_opening"):
        hops([], Instant(0))


@given(st.lists(st.tuples(st.integers(-5, 50), MOVES), max_size=6), st.integers(0, 60).map(Instant))
def test_pieces_tile_the_time_and_neighbours_differ(moves, until):
    found = hops(told(*moves), until)
    edges = [0, *(hop.span.end for hop in found)]
    assert [hop.span.start for hop in found] == edges[:-1]
    assert edges[-1] == until
    assert all(one.authority != other.authority for one, other in pairwise(found))
