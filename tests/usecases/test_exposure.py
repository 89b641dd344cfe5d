"""How many tickets of each process somebody worked on: evidence, without drills and without what was taken back."""

import pytest

from supporttui.domain.processes import Process
from supporttui.usecases import exposure, tickets
from tests.builders import NOW, Desk, opened

pytestmark = pytest.mark.core


@pytest.fixture
def told(desk: Desk):
    """What is told of Ben, as (process, category, tickets, ended)."""
    with desk.store.write() as tx:
        tx.definitions.put("billing", Process("billing", "Billing", ("mail",), ("invoice",)))

    def told() -> list[tuple[str, str, int, int]]:
        found = desk.ask(exposure.of, "ben", desk.clock())
        return [(one.process, one.category, one.tickets, one.ended) for one in found]

    return told


def work(desk: Desk, **deviations: object) -> int:
    ticket = desk.do(tickets.open_ticket, opened(**deviations)).id
    desk.do(tickets.note, ticket, None, text="seen", by="ben")
    return ticket


def test_it_counts_tickets_by_process_and_the_rest_by_category(desk: Desk, told) -> None:
    first = work(desk, category="invoice")
    desk.do(tickets.resolve, first, None, by="ben")
    desk.do(tickets.resolve, work(desk, category="invoice"), None, by="ana")
    work(desk, category="printer")
    assert told() == [("Billing", "invoice", 2, 1), ("", "printer", 1, 0)]


def test_a_drill_and_what_was_taken_back_are_no_experience(desk: Desk, told) -> None:
    work(desk, category="invoice", drill=True)
    undone = desk.do(tickets.open_ticket, opened()).id
    desk.do(tickets.acknowledge, undone, None, by="ben")
    assert told() == [("", "", 1, 0)]
    desk.do(tickets.undo, desk.last, by="ben")
    assert told() == []


def test_what_is_long_ago_is_left_out(desk: Desk, told) -> None:
    work(desk)
    desk.clock.forward(days=366)
    assert told() == []
    assert desk.ask(exposure.of, "ben", desk.clock(), days=400)[0].last == NOW
