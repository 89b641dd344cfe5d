"""S28: urgent problems get special handling out of hours."""

import pytest

from supporttui.domain.spans import Instant
from supporttui.usecases import queue, tickets
from supporttui.usecases.escalation import sweep
from supporttui.usecases.ports import NoticeState
from tests.builders import opened, site

SATURDAY_2 = Instant(1_772_845_200)
"""2026-03-07, 02:00 in Berlin."""
BERLIN = ("--zone", "Europe/Berlin")


@pytest.fixture
def night(desk, clock):
    """Saturday night; priority 1 and 2 page, the rest waits for the office."""
    clock.now = SATURDAY_2
    desk.lead()
    return desk


def pages(desk, ticket):
    notices = desk.ask(lambda tx: tx.outbox.of_ticket(ticket))
    return [(notice.person, notice.not_before) for notice in notices if notice.state is NoticeState.pending]


def test_the_same_ticket_answers_within_minutes_as_p1_and_waits_for_monday_as_p3(shell, night):
    urgent = night.do(tickets.open_ticket, opened(priority=1)).id
    usual = night.do(tickets.open_ticket, opened(priority=3)).id
    first = {
        number: night.ask(queue.detail, number, SATURDAY_2).timers[0] for number in (urgent, usual)
    }  # fmt: skip
    assert first[urgent].timer.due == SATURDAY_2 + 15 * 60
    assert first[usual].segment is not None
    assert (first[usual].segment.running, first[usual].segment.until) == (False, SATURDAY_2 + 55 * 3600)
    assert "closed, opens in 2d07h" in shell("ticket", "show", str(usual), *BERLIN).out
    assert "4h00m*" in shell("queue", *BERLIN).out


def test_at_night_p1_pages_and_p3_does_not(night):
    urgent = night.do(tickets.open_ticket, opened(priority=1)).id
    usual = night.do(tickets.open_ticket, opened(priority=3)).id
    night.watch(sweep, night.token)
    assert pages(night, urgent) == [("ana", SATURDAY_2)]
    assert pages(night, usual) == []


def test_raised_to_p1_at_four_it_pages_at_four(shell, night, clock):
    number = night.do(tickets.open_ticket, opened(priority=3)).id
    four = clock.forward(hours=2)
    assert shell("priority", str(number), "1", "whole site is down", "--as", "ana").code == 0
    night.watch(sweep, night.token)
    assert pages(night, number) == [("ana", four)]
    timers = shell("ticket", "show", str(number), "--json").json["timers"]
    assert {timer["calendar"] for timer in timers if timer["stopped"] is None} == {"always"}


def test_a_priority_may_keep_extended_hours(store, clock):
    """Nothing but data: a target names the calendar it counts in."""
    site(store)
    with store.read() as tx:
        calendars = {target.calendar for target in tx.definitions.target_sets()["standard"][0].value.targets}
    assert calendars == {"always", None}
