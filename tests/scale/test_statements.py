"""What a key, a second and a page cost the database: the same few statements, however many tickets there are."""

import pytest

from supporttui.domain.queue import And, Op, SortBy, Term
from supporttui.tui.queue import paging
from supporttui.usecases import queue
from supporttui.usecases.views import Ask
from tests.scale.conftest import FEW, MANY, counting
from tests.tui.driver import at_desk

LIMIT = 80
OPEN = And((Term("is", Op.eq, ("open",)), Term("team", Op.eq, ("ops",))))
pytestmark = pytest.mark.xdist_group("scale")


async def test_moving_inside_the_rows_at_hand_asks_nothing(at_size, clock):
    async with at_desk(at_size(FEW), clock, size=(120, 40)) as desk:
        with counting() as counted:
            await desk.press("down", "down", "up", "j", "k", "pagedown", "pageup", "space")
        assert counted.statements == []


async def test_a_second_that_passes_asks_nothing(at_size, clock):
    async with at_desk(at_size(FEW), clock, size=(120, 40)) as desk:
        with counting() as counted:
            for _ in range(3):
                await desk.tick(seconds=1)
        assert counted.statements == []


async def test_the_edge_of_the_rows_at_hand_asks_for_one_more_page(at_size, clock):
    async with at_desk(at_size(FEW), clock, size=(120, 40)) as desk:
        table = desk.queue.table
        before = len(table.window.rows)
        with counting() as counted:
            while len(table.window.rows) == before:
                await desk.press("down")
        assert len([values for values in counted.parameters if LIMIT in values]) == 1
        assert len(table.window.rows) == before + LIMIT


async def test_far_down_the_list_no_more_rows_are_kept_than_some_screens(at_size, clock):
    async with at_desk(at_size(FEW), clock, size=(120, 40)) as desk:
        for _ in range(15):
            await desk.press("pagedown")
        assert len(desk.queue.table.window.rows) <= paging.SCREENS_KEPT * paging.page_size(40)


def cost_of_page(store, clock, *, after=None, sort=SortBy.sla):
    """The page, and statements and steps that it took once the definitions are known."""
    ask = Ask(OPEN, sort, LIMIT, me="ana", after=after)
    with store.read() as tx:
        queue.page(tx, ask, clock())
    with store.read() as tx, counting() as counted:
        page = queue.page(tx, ask, clock())
    return page, len(counted.statements), counted.steps


@pytest.mark.parametrize("sort", list(SortBy))
def test_a_page_costs_the_same_among_few_and_among_many(at_size, clock, sort):
    (few, asked, steps), (many, as_many, as_far) = (
        cost_of_page(at_size(size), clock, sort=sort) for size in (FEW, MANY)
    )
    assert (len(few.items), asked) == (len(many.items), as_many) == (LIMIT, 4)
    assert as_far <= 1.05 * steps


def test_so_does_a_page_in_the_middle(at_size, clock):
    costs = []
    for size in (FEW, MANY):
        store = at_size(size)
        place = None
        for _ in range(6):
            page, *cost = cost_of_page(store, clock, after=place)
            place = page.items[-1].row
        costs.append(cost)
    (asked, steps), (as_many, as_far) = costs
    assert asked == as_many
    assert as_far <= 1.05 * steps


def test_so_does_the_status_line(at_size, clock):
    costs = []
    for size in (FEW, MANY):
        store = at_size(size)
        with store.read() as tx:
            queue.status(tx, clock(), "ana")
        with store.read() as tx, counting() as counted:
            queue.status(tx, clock(), "ana")
        costs.append((len(counted.statements), counted.steps))
    (asked, steps), (as_many, as_far) = costs
    assert asked == as_many <= 10
    assert as_far <= 1.05 * steps
