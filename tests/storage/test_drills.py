"""Drills among the kept counts: lists count them, figures do not, on both databases."""

from collections.abc import Callable

import pytest

from supporttui.domain.queue import DRILL, And, Node, Op, Term, counted
from supporttui.domain.sla.timer import SortKey
from supporttui.storage import SqlStore
from tests.builders import NOW, ticket

OPEN = Term("is", Op.eq, ("open",))
OF_TEAM = And((OPEN, Term("team", Op.eq, ("desk",))))


@pytest.fixture
def filled(store: SqlStore) -> Callable[[Node], int]:
    """Three tickets, one of another team, one a drill that calls nobody; and how many fit."""
    with store.write() as tx:
        tx.tickets.insert(ticket(id=1), (), SortKey())
        tx.tickets.insert(ticket(id=2, team="network"), (), SortKey())
        tx.tickets.insert(ticket(id=3, drill=True), (), SortKey())

    def count(query: Node) -> int:
        with store.read() as tx:
            return tx.tickets.count(query, now=NOW, me="ana", most=100)

    return count


def test_lists_count_drills_and_figures_leave_them_out(filled: Callable[[Node], int]) -> None:
    assert (filled(OPEN), filled(counted(OPEN))) == (3, 2)
    assert (filled(OF_TEAM), filled(counted(OF_TEAM))) == (2, 1)
    assert (filled(DRILL), filled(counted(DRILL)), filled(counted(And((OF_TEAM, DRILL))))) == (1, 1, 1)


def test_a_drill_that_calls_people_is_kept_as_one(store: SqlStore, filled: Callable[[Node], int]) -> None:
    with store.write() as tx:
        tx.tickets.insert(ticket(id=4, drill=True, drill_calls=True), (), SortKey())
    with store.read() as tx:
        assert tx.tickets.get(4).drill_calls
        assert not tx.tickets.get(3).drill_calls
    assert (filled(DRILL), filled(counted(OPEN))) == (2, 2)
