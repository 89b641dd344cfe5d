"""What the screens read: pages, one ticket, the status line."""

import pytest

from supporttui.domain.filter import Names, parse
from supporttui.domain.sla.targets import Metric
from supporttui.usecases import escalation, queue, tickets, why
from supporttui.usecases.views import Ask
from tests.builders import NOW, Desk, opened, refuses

pytestmark = pytest.mark.core


def test_pages_follow_one_another_without_gap_or_repeat_in_both_directions(desk: Desk) -> None:
    for number in range(7):
        desk.do(tickets.open_ticket, opened(title=f"Ticket {number}", priority=3 if number % 2 else 4))
        desk.clock.forward(minutes=1)
    seen, after = [], None
    while True:
        page = desk.ask(queue.page, Ask(limit=3, after=after), desk.clock())
        if not page.items:
            break
        seen += [item.row.id for item in page.items]
        after = page.items[-1].row
    assert len(seen) == len(set(seen)) == 7
    back = desk.ask(queue.page, Ask(limit=7, after=after, backwards=True), desk.clock())
    assert [item.row.id for item in back.items] == seen[:-1]


def test_a_page_holds_what_the_filter_lets_through(desk: Desk) -> None:
    mine = desk.do(tickets.open_ticket, opened(title="Core switch flapping"))
    desk.do(tickets.take, mine.id, None)
    desk.do(tickets.open_ticket, opened(title="Printer"))
    query = parse("is:mine switch", Names(), desk.clock(), "Europe/Berlin")
    page = desk.ask(queue.page, Ask(query=query, me="ana"), desk.clock())
    assert ([item.row.id for item in page.items], page.total) == ([mine.id], 1)


def test_single_rows_can_be_read_again(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    desk.do(tickets.resolve, ticket.id, None)
    (item,) = desk.ask(queue.items, [ticket.id, 999], desk.clock())
    assert (item.row.state, item.segment) == ("resolved", None)


def test_a_detail_has_its_facts_newest_first_and_its_deciding_timer_first(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=2))
    desk.clock.forward(minutes=1)
    desk.do(tickets.reply, ticket.id, None, text="on it")
    detail = desk.ask(queue.detail, ticket.id, desk.clock())
    assert [fact.at for fact in detail.facts] == sorted((fact.at for fact in detail.facts), reverse=True)
    assert detail.timers[0].timer.unmet
    assert [view.segment is None for view in detail.timers] == [not view.timer.unmet for view in detail.timers]
    assert detail.service.name == "Mail"
    assert detail.team.name == "Desk"
    assert detail.names["ana"] == "Ana"
    assert detail.names["urgent"] == "Urgent"
    assert {view.target.seconds for view in detail.timers if view.timer.metric is Metric.resolution} == {28_800}


def test_an_unknown_ticket_is_not_found(desk: Desk) -> None:
    for read in (queue.detail, why.of):
        with refuses("ticket.unknown"):
            desk.ask(read, 4711, desk.clock())


def test_the_status_line_answers_who_is_on_what_breaches_next_and_how_many(desk: Desk) -> None:
    late = desk.do(tickets.open_ticket, opened(priority=1))
    desk.do(tickets.take, late.id, None)
    desk.clock.forward(minutes=20)
    soon = desk.do(tickets.open_ticket, opened(priority=1))
    status = desk.ask(queue.status, desk.clock(), "ana")
    assert (status.site, status.zone, status.prefix) == ("Berlin", "Europe/Berlin", "T-")
    assert [(line.level, line.people, line.next) for line in status.on_call] == [
        (1, ("ben",), ("ana",)),
        (2, ("mia",), ()),
    ]
    assert status.on_call[0].phones["ben"] == "ben@example.org"
    assert status.next_breach.ticket == soon.id
    assert status.next_breach.due == desk.clock() + 900
    assert (status.open, status.breached, status.running) == (2, 1, 2)
    assert status.watch is None or status.watch.until <= desk.clock()


def test_the_status_line_counts_on_when_late_tickets_fill_the_head_of_the_queue(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "FIRST", 2)
    for _ in range(3):
        desk.do(tickets.open_ticket, opened(priority=1))
    desk.clock.forward(minutes=20)
    soon = desk.do(tickets.open_ticket, opened(priority=1))
    status = desk.ask(queue.status, desk.clock())
    assert (status.breached, status.next_breach.ticket) == (3, soon.id)
    desk.clock.forward(days=1)
    assert desk.ask(queue.status, desk.clock()).next_breach is None


def test_an_acknowledged_escalation_waits_for_nobody(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    desk.do(tickets.acknowledge, ticket.id, None)
    assert desk.ask(queue.status, NOW).running == 0
    assert len(desk.ask(escalation.running, NOW)) == 1
