"""Attention is beside priority: stated impact, an end, a reason to take it back; who asks again is counted."""

import pytest

from supporttui.domain.attention import outgrows
from supporttui.domain.faults import BadInput, Refused
from supporttui.domain.filter import Names, parse
from supporttui.domain.queue import SortBy
from supporttui.domain.states import State
from supporttui.usecases import attention, queue, replay, tickets
from supporttui.usecases.views import Ask
from tests.builders import NOW, Desk, opened, refuses

pytestmark = pytest.mark.core


@pytest.fixture
def ticket(desk: Desk) -> int:
    """Priority 4, impact 2."""
    return desk.do(tickets.open_ticket, opened(priority=4)).id


def stored(desk: Desk, ticket: int):
    return desk.ask(lambda tx: tx.tickets.get(ticket))


def timers(desk: Desk, ticket: int):
    return desk.ask(lambda tx: tx.tickets.timers(ticket))


def shown(desk: Desk, text: str, sort: SortBy = SortBy.sla) -> list[int]:
    page = desk.ask(queue.page, Ask(parse(text, Names(), desk.clock(), "UTC"), sort=sort), desk.clock())
    return [item.row.id for item in page.items]


def test_a_director_who_shouts_gets_attention_and_no_priority(desk: Desk, ticket) -> None:
    """S41: both steps are in the journal, priority and promises stay, and after the review it is as before."""
    before = timers(desk, ticket)
    desk.do(attention.attend, ticket, None, reason="board", impact=1, level="2", asker="director")
    raised = stored(desk, ticket)
    assert (raised.priority, raised.attention_at(desk.clock()), timers(desk, ticket)) == (4, 2, before)
    assert outgrows(raised, desk.clock())
    desk.do(attention.deescalate, ticket, None, reason="one laptop", verdict="inflated")
    lowered = stored(desk, ticket)
    assert (lowered.priority, lowered.attention, timers(desk, ticket)) == (4, 0, before)
    found = desk.ask(attention.review, desk.clock())
    assert [(one.by, one.raised, one.inflated) for one in found.asked] == [("director", 1, 1)]
    assert desk.ask(lambda tx: tuple(replay.differences(tx))) == ()


def test_attention_ends_by_itself_and_stays_for_the_review(desk: Desk, ticket) -> None:
    desk.do(attention.attend, ticket, None, reason="launch", impact=2, until=NOW + 3600)
    assert shown(desk, "is:attention") == [ticket]
    desk.clock.forward(hours=1)
    assert shown(desk, "is:attention") == []
    assert [one.id for one in desk.ask(attention.review, desk.clock()).tickets] == [ticket]


def test_an_undo_takes_raised_attention_back(desk: Desk, ticket) -> None:
    desk.do(attention.attend, ticket, None, reason="launch", impact=2)
    desk.do(tickets.undo, stored(desk, ticket).last_operation)
    assert stored(desk, ticket).attention == 0


@pytest.mark.parametrize(
    ("code", "args"),
    [
        ("attention.impact_missing", {"reason": "board"}),
        ("attention.reason_missing", {"impact": 1}),
        ("attention.until_past", {"reason": "board", "impact": 1, "until": NOW}),
        ("attention.level", {"reason": "board", "impact": 1, "level": "3"}),
        ("priority.level", {"reason": "board", "impact": 9}),
    ],
)
def test_attention_needs_a_stated_impact_a_reason_and_an_end(desk: Desk, ticket, code, args) -> None:
    with refuses(code, BadInput if code.endswith(".level") else Refused):
        desk.do(attention.attend, ticket, None, **args)


def test_what_has_no_attention_cannot_lose_it(desk: Desk, ticket) -> None:
    with refuses("attention.none", Refused):
        desk.do(attention.deescalate, ticket, None, reason="calm")


def test_who_asks_again_is_counted_and_nobody_works_by_it(desk: Desk, ticket) -> None:
    desk.clock.forward(hours=2)
    for _ in range(3):
        desk.do(attention.chase, ticket, None, text="any news?")
    found = stored(desk, ticket)
    assert (found.chases, found.worked_at) == (3, NOW)
    assert shown(desk, "chases:>=3") == [ticket]


def test_a_parked_ticket_is_not_late_and_still_first_among_the_slow(desk: Desk, ticket) -> None:
    """S40: waiting for a vendor for ten days."""
    desk.do(tickets.wait, ticket, None, state=State.waiting_vendor)
    desk.clock.forward(hours=240)
    others = [desk.do(tickets.open_ticket, opened(priority=3)).id for _ in range(2)]
    assert shown(desk, "is:open", SortBy.worked) == [ticket, *others]


def test_what_would_be_displaced_is_the_more_pressing_work_of_the_team_that_falls_due_soon(desk: Desk, ticket) -> None:
    for priority in (2, 2, 1, 4):
        desk.do(tickets.open_ticket, opened(priority=priority))
    found = desk.ask(attention.displaced, ticket, desk.clock()).priorities
    assert set(found) <= {1, 2}
    assert found.get(1) == 1
