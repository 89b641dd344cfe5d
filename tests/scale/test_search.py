"""Search, badges and lists of few: no walk through all tickets, and no more of the database among many than among few."""

import pytest

from supporttui.domain.filter import Names, parse
from supporttui.domain.queue import And, Op, SortBy, Term
from supporttui.tui.queue import reads
from supporttui.usecases import queue
from supporttui.usecases.views import Ask
from tests.scale.conftest import FEW, MANY, Counted, counting

pytestmark = pytest.mark.xdist_group("scale")
OPEN = Term("is", Op.eq, ("open",))
LIMIT = 80
MOST_STATEMENTS = 7
"""Definitions, whether there is an index, what it names, the page, its total, the head; a total that it cannot tell."""
SLACK = 100
"""Steps: an index of words over more tickets is a little deeper. A walk would take 20 a ticket."""


def asked(store, clock, text: str, *, after=None) -> tuple[queue.QueuePage, Counted]:
    """The page of a typed filter, and what it took once the definitions are known."""
    query = And((OPEN, parse(text, Names(teams={"ops": "Operations"}), clock(), "UTC")))
    ask = Ask(query, SortBy.sla, LIMIT, me="ana", after=after)
    with store.read() as tx:
        queue.page(tx, ask, clock())
    with store.read() as tx, counting() as counted:
        page = queue.page(tx, ask, clock())
    return page, counted


def plans(store, counted: Counted) -> str:
    """How the database goes about these statements."""
    with store.read() as tx:
        found = [
            tx._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            for statement, parameters in zip(counted.statements, counted.parameters, strict=True)
            if statement.startswith("SELECT")
        ]
    return "\n".join(row[-1] for rows in found for row in rows)


@pytest.mark.parametrize(
    "text", ["1042", '"1042"', "1042 -vpn", "id1042 OR 1042", "ref:inc", "nowhere", "東京", "owner:@me"]
)
def test_what_few_tickets_have_is_found_without_a_walk(at_size, clock, text):
    (few, there), (many, here) = (asked(at_size(size), clock, text) for size in (FEW, MANY))
    assert [item.row.id for item in many.items] == [item.row.id for item in few.items]
    assert len(here.statements) == len(there.statements) <= MOST_STATEMENTS
    assert here.steps <= there.steps + SLACK
    found = plans(at_size(MANY), here)
    assert "SCAN tickets" not in found
    assert "SCAN texts\n" not in found
    assert "ix_tickets_open_sla" not in found


@pytest.mark.parametrize("text", ["disk", "d", "disk printer"])
def test_what_many_have_is_met_soon(at_size, clock, text):
    """Among four times as many it costs no more than what the index names at most, and a page of the walk."""
    (_, there), (many, here) = (asked(at_size(size), clock, text) for size in (FEW, MANY))
    assert len(many.items) == LIMIT
    assert max(len(here.statements), len(there.statements)) <= MOST_STATEMENTS
    assert here.steps <= 2 * there.steps


def test_further_windows_of_a_search_cost_what_the_first_did(at_size, clock):
    store = at_size(MANY)
    page, first = asked(store, clock, "disk printer")
    shown = [item.row.id for item in page.items]
    for _ in range(3):
        page, further = asked(store, clock, "disk printer", after=page.items[-1].row)
        assert not {item.row.id for item in page.items}.intersection(shown)
        shown += [item.row.id for item in page.items]
        assert len(further.statements) == len(first.statements)
        assert further.steps <= 2 * first.steps


def test_badges_of_built_in_views_walk_nothing(at_size, clock):
    """Nobody has a ticket of theirs, so that a walk for it would see them all."""
    costs = []
    for size in (FEW, MANY):
        tabs = reads.Known(teams=("ops",)).tabs
        with at_size(size).read() as tx, counting() as counted:
            counts = reads.counts(tx, tabs, tabs[0], Names(), now=clock(), me="ana", zone="UTC")
        assert counts["mine"] == 0
        assert counts["all"] == counts["team"] == counts["unassigned"] > reads.BADGE_MOST
        costs.append((len(counted.statements), counted.steps))
        assert "SCAN tickets" not in plans(at_size(size), counted)
    (few, steps), (many, as_many) = costs
    assert few == many <= len(tabs) + 1
    assert max(steps, as_many) < MANY
