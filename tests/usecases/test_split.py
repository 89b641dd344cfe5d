"""A ticket that turns out to be two, and a requester of whom nobody knows where they are: what is promised for them."""

from dataclasses import replace

import pytest

from supporttui.domain.sla.targets import Metric
from supporttui.domain.states import Relation
from supporttui.usecases import bonds, tickets
from tests.builders import Desk, opened

pytestmark = pytest.mark.core


def dues(desk: Desk, ticket: int) -> dict[Metric, int | None]:
    return {timer.metric: timer.due for timer in desk.ask(lambda tx: tx.tickets.timers(ticket))}


def split(desk: Desk, parent: int, *, start: int) -> int:
    """The other half as a ticket of its own, which counts from ``start``."""
    with desk.store.write() as tx:
        child = tickets.open_ticket(replace(desk.call(), at=start), tx, opened(priority=2, title="The other half")).id
    desk.do(bonds.relate, child, None, other=parent, relation=Relation.child)
    return child


@pytest.mark.parametrize("of_its_own", [True, False], ids=["own start", "the parent's start"])
def test_a_ticket_that_is_split_keeps_its_times_and_the_child_counts_from_the_start_that_it_was_given(
    desk: Desk, of_its_own: bool
) -> None:
    parent = desk.do(tickets.open_ticket, opened(priority=2)).id
    before, began = dues(desk, parent), desk.clock()
    desk.clock.forward(minutes=40)
    child = split(desk, parent, start=desk.clock() if of_its_own else began)
    assert dues(desk, parent) == before
    later = 40 * 60 if of_its_own else 0
    assert dues(desk, child) == {metric: due + later for metric, due in before.items() if due is not None}


def test_each_half_of_a_split_is_met_late_or_resolved_by_itself(desk: Desk) -> None:
    parent = desk.do(tickets.open_ticket, opened(priority=2)).id
    desk.clock.forward(minutes=40)
    child = split(desk, parent, start=desk.clock())
    desk.clock.forward(minutes=30)
    desk.do(tickets.reply, child, None, text="on it")
    desk.do(tickets.reply, parent, None, text="on it")
    desk.do(tickets.resolve, child, None, code="fixed")

    def late(ticket: int) -> dict[Metric, bool]:
        return {timer.metric: timer.late for timer in desk.ask(lambda tx: tx.tickets.timers(ticket)) if not timer.unmet}

    assert late(child) == {Metric.first_response: False, Metric.resolution: False}
    assert late(parent) == {Metric.first_response: True}


@pytest.mark.parametrize("zone", ["", "Asia/Tokyo", "Mars/Olympus"])
def test_what_is_promised_goes_by_the_services_hours_wherever_the_requester_is(desk: Desk, zone: str) -> None:
    """Also where nobody knows, or another system made a zone up."""
    somewhere = desk.do(tickets.open_ticket, opened(zone="Europe/Berlin")).id
    assert dues(desk, desk.do(tickets.open_ticket, opened(zone=zone)).id) == dues(desk, somewhere)
