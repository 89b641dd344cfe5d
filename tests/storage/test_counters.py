"""Counts of open tickets: whatever writers do, they are what a walk through all tickets would count."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supporttui.domain.events import State
from supporttui.domain.ids import PersonId, TeamId, TicketId
from supporttui.domain.queue import EVERYTHING, And, Node, Not, Op, Or, Term, Words
from supporttui.domain.sla.timer import TimerState, sort_key
from supporttui.domain.spans import Instant
from supporttui.storage import SqlStore, counters, upkeep
from tests.filter_oracle import matches
from tests.storage.making import ANA, BEN, NOW, put, timer
from tests.storage.test_queue import OPEN, page, ticket

MINE = Term("is", Op.eq, ("mine",))
UNASSIGNED = Term("is", Op.eq, ("unassigned",))
BREACHED = Term("is", Op.eq, ("breached",))
some_part: st.SearchStrategy[Node] = st.one_of(
    st.sampled_from([OPEN, MINE, UNASSIGNED, Not(MINE)]),
    st.builds(
        Term, st.sampled_from(["team", "owner", "resolver"]), st.sampled_from([Op.eq, Op.ne]),
        st.lists(st.sampled_from(["a", "b", "ana", "vendor", "@me"]), min_size=1, max_size=2).map(tuple),
    ),
    st.builds(Term, st.just("owner"), st.sampled_from([Op.eq, Op.ne]), st.just((None, "ben"))),
)  # fmt: skip
some_query = st.recursive(
    some_part,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=4,
)
some_place = st.fixed_dictionaries({
    "team": st.sampled_from(["a", "b"]).map(TeamId), "owner": st.sampled_from([None, ANA, BEN]),
    "resolver": st.sampled_from(["", "ana", "vendor"]), "state": st.sampled_from(State), "void": st.booleans(),
})  # fmt: skip


class Undone(Exception):
    """So that the next example finds nothing."""


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=st.lists(st.tuples(st.integers(1, 4), some_place, st.booleans()), max_size=12),
    queries=st.lists(some_query, max_size=4),
    me=st.sampled_from([None, PersonId(""), ANA]),
)
def test_counts_follow_every_opening_change_and_closing(store: SqlStore, moves, queries, me):
    with pytest.raises(Undone), store.write() as tx:  # noqa: PT012
        known = {}
        for number, place, undone in moves:
            try:
                with tx.attempt():
                    made = replace(known.get(number) or ticket(number), **place)
                    if number in known:
                        stored = tx.tickets.save(made, (), sort_key(()), expected=known[number].version)
                    else:
                        stored = put(tx, made)
                    if undone:
                        raise Undone  # noqa: TRY301
                    known[number] = stored
            except Undone:
                continue
        for query in (And((OPEN, part)) for part in queries):
            walked = sum(matches(query, row, NOW, me) for row in page(tx, EVERYTHING))
            assert counters.kept(query) is not None
            assert tx.tickets.count(query, now=NOW, me=me, most=1000) == walked
            assert tx.tickets.count(query, now=NOW, me=me, most=2) == min(2, walked)
        tx.finish()
        assert list(upkeep.differences(tx._connection)) == []
        raise Undone


@pytest.mark.parametrize(
    "query",
    [EVERYTHING, MINE, Or((OPEN, MINE)), Not(OPEN), And((OPEN, Words("a"))), And((OPEN, Term("lang", Op.eq, ("de",)))),
     And((OPEN, Term("is", Op.eq, ("void",)))), And((OPEN, BREACHED))],
)  # fmt: skip
def test_what_the_counts_cannot_tell_is_not_asked_of_them(query: Node):
    assert counters.kept(query) is None


def test_late_ones_are_counted_from_their_end_of_the_order(store: SqlStore):
    numbers = map(TicketId, itertools.count(1))
    with store.write() as tx:
        for seconds in (-60, -1, 0, 1, 60):
            put(tx, ticket(next(numbers)), timer(NOW + seconds))
            put(tx, ticket(next(numbers)), timer(None, state=TimerState.paused, remaining=seconds))
            put(tx, ticket(next(numbers), state=State.closed), timer(NOW + seconds))
        put(tx, ticket(next(numbers)))
    query = And((OPEN, BREACHED))
    with store.read() as tx:
        assert tx.tickets.count(query, now=NOW, me=None, most=100) == 4
        assert tx.tickets.count(query, now=NOW, me=None, most=3) == 3
        assert tx.tickets.count(query, now=Instant(NOW + 2), me=None, most=100) == 6
        assert [row.id for row in page(tx, query)] == [1, 4, 2, 5]


def test_few_tickets_of_somebody_are_the_same_as_on_a_walk(store: SqlStore, monkeypatch: pytest.MonkeyPatch):
    with store.write() as tx:
        for number in range(1, 30):
            owner = (ANA, BEN, None)[number % 3]
            put(tx, ticket(number, owner=owner, resolver="ana" if number % 7 == 0 else ""), timer(NOW + number))
    for query in (And((OPEN, MINE)), And((OPEN, UNASSIGNED)), And((OPEN, Not(MINE), Term("lang", Op.eq, ("",))))):
        with store.read() as tx:
            few = [row.id for row in page(tx, query)]
        monkeypatch.setattr("supporttui.storage.narrowing.MOST_OF_PEOPLE", -1)
        with store.read() as tx:
            assert [row.id for row in page(tx, query)] == few
        monkeypatch.undo()
        assert few
