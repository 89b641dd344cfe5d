"""The journal is what is true: rebuilt at an instant it gives the world as it was."""

from dataclasses import replace

import pytest

from supporttui.domain.events import EscalationStarted, Noted, StepFired
from supporttui.domain.rota.schedule import Override, OverrideKind
from supporttui.domain.sla.hours import Window
from supporttui.domain.sla.targets import Metric
from supporttui.domain.sla.timer import SortKey
from supporttui.domain.tickets import Ticket
from supporttui.usecases import bonds, escalation, queue, replay, rota, tickets
from supporttui.usecases.views import Ask
from tests.builders import NOW, Desk, calendar, fact, opened, refuses
from tests.quick import memory_store

pytestmark = pytest.mark.core


@pytest.fixture
def night(desk: Desk) -> Desk:
    """A little history: three tickets, an escalation, a pause, a resolution."""
    desk.lead(seconds=10**6)
    first = desk.do(tickets.open_ticket, opened(priority=1))
    desk.watch(escalation.sweep, desk.token)
    desk.clock.forward(minutes=12)
    desk.watch(escalation.sweep, desk.token)
    second = desk.do(tickets.open_ticket, opened(priority=2))
    desk.clock.forward(minutes=3)
    desk.do(tickets.acknowledge, first.id, None)
    desk.do(tickets.wait, second.id, None)
    desk.clock.forward(hours=2)
    desk.do(tickets.resolve, first.id, None)
    desk.do(tickets.open_ticket, opened())
    return desk


def rebuilt(desk: Desk, until: int):
    past = memory_store(desk.clock)
    with desk.store.read() as source, past.write() as target:
        replay.rebuild(source, target, until)
    return Desk(past, desk.clock)


def test_rebuilt_at_the_end_the_world_is_what_is_stored(night: Desk) -> None:
    past = rebuilt(night, night.clock())
    now = night.clock()
    there, here = past.ask(queue.page, Ask(), now), night.ask(queue.page, Ask(), now)
    assert [(i.row.id, i.row.sort, i.segment) for i in there.items] == [
        (i.row.id, i.row.sort, i.segment) for i in here.items
    ]
    assert [r.escalation for r in past.ask(escalation.running, now)] == [
        r.escalation for r in night.ask(escalation.running, now)
    ]


def test_rebuilt_in_the_middle_later_facts_have_not_happened(night: Desk) -> None:
    middle = night.clock() - 7200 - 60
    page = rebuilt(night, middle).ask(queue.page, Ask(), middle)
    assert len(page.items) == 2
    detail = rebuilt(night, middle).ask(queue.detail, page.items[0].row.id, middle)
    assert all(fact.at <= middle for fact in detail.facts)
    assert detail.ticket.acknowledged_by is None
    assert detail.escalation.escalation.firing == 2


def test_before_the_first_fact_there_is_nothing(night: Desk) -> None:
    past = rebuilt(night, 0)
    assert past.ask(queue.page, Ask(), 0).items == ()
    with refuses("ticket.unknown"):
        past.ask(queue.detail, 1, 0)


def test_facts_of_a_ticket_that_was_never_opened_make_none(night: Desk) -> None:
    with night.store.write() as tx:
        tx.journal.append([fact(Noted("n"), ticket=78, operation="x2")])
    page = rebuilt(night, night.clock()).ask(queue.page, Ask(), night.clock())
    assert {item.row.id for item in page.items} == {1, 2, 3}


def test_what_is_stored_is_what_the_facts_say(night: Desk) -> None:
    assert night.ask(replay.differences) == ()


def test_a_stored_value_that_no_fact_says_is_found(night: Desk) -> None:
    with night.store.write() as tx:
        ticket = tx.tickets.get(1)
        changed = Ticket(**{**{name: getattr(ticket, name) for name in ticket.__slots__}, "title": "painted over"})
        tx.tickets.save(changed, tx.tickets.timers(1)[:1], tx.tickets.rows([1])[0].sort, expected=ticket.version)
    found = night.ask(replay.differences)
    assert {difference.what for difference in found} == {"title", "timers", "search"}
    assert {difference.ticket for difference in found} == {1}


def test_a_next_step_that_would_come_too_late_is_found(night: Desk) -> None:
    ticket = night.do(tickets.open_ticket, opened(priority=1))
    with night.store.write() as tx:
        held = tx.escalations.get(ticket.id)
        tx.escalations.save(replace(held, due=None))
    assert "due step" in {d.what for d in night.ask(replay.differences) if d.ticket == ticket.id}


def test_a_step_whose_page_was_never_queued_is_found(night: Desk) -> None:
    with night.store.write() as tx:
        step = StepFired(1, 9, 1, 1, paged=("mia",))
        tx.journal.append([fact(step, ticket=1, operation="x9", at=night.clock())])
    assert [d.replayed for d in night.ask(replay.differences) if d.what == "page"] == ["page:1:1:9:mia:"]


def test_facts_without_their_ticket_and_facts_that_make_none_are_found(night: Desk) -> None:
    with night.store.write() as tx:
        tx.journal.append([fact(opened(), ticket=77, operation="x1"), fact(Noted("n"), ticket=78, operation="x2")])
    found = {(d.ticket, d.what) for d in night.ask(replay.differences)}
    assert found == {(77, "missing"), (78, "missing")}


def test_a_fact_that_cannot_be_folded_is_found(night: Desk) -> None:
    with night.store.write() as tx:
        tx.journal.append([fact(EscalationStarted("gone", 1, 2), ticket=3, operation="x3", at=night.clock())])
    assert {(d.ticket, d.what) for d in night.ask(replay.differences)} == {(3, "facts")}


def test_definitions_and_overrides_come_along(night: Desk) -> None:
    cover = Override("o1", OverrideKind.replace, NOW, NOW + 36_000, person="mia", in_place_of="ben", created_at=NOW)
    with night.store.write() as tx:
        tx.definitions.put("night", cover)
    past = rebuilt(night, night.clock())
    assert past.ask(rota.who, NOW) == night.ask(rota.who, NOW)
    assert past.ask(queue.status, NOW).site == "Berlin"


def test_a_change_of_hours_moves_the_due_of_open_tickets_and_only_of_those(night: Desk) -> None:
    late = calendar(weekly=(Window("10:00", "17:00"),))
    before = {item.row.id: item.row.due for item in night.ask(queue.page, Ask(), night.clock()).items}
    with night.store.write() as tx:
        tx.definitions.put("office", late, valid_from=night.clock())
        assert replay.refold(night.call("zoe"), tx) == 1
        assert replay.refold(night.call("zoe"), tx) == 0
    after = {item.row.id: item.row.due for item in night.ask(queue.page, Ask(), night.clock()).items}
    assert {number for number in before if before[number] != after[number]} == {3}
    assert after[3] == before[3] + 3600
    assert night.ask(replay.differences) == ()


@pytest.mark.parametrize("followed", [True, False], ids=["a note followed", "nothing followed"])
def test_hours_changed_for_the_past_take_no_breach_back(desk: Desk, followed: bool) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    desk.clock.forward(hours=1)
    if followed:
        desk.do(tickets.note, ticket.id, None, text="hm")
    with desk.store.write() as tx:
        tx.definitions.put("always", calendar(id="always"), valid_from=NOW - 86_400)
        assert replay.refold(desk.call("zoe"), tx) == 1
        assert replay.refold(desk.call("zoe"), tx) == 0
    desk.clock.forward(minutes=1)
    desk.do(tickets.reply, ticket.id, None, text="on it")
    found = {view.timer.metric: view.timer for view in desk.ask(queue.detail, ticket.id, desk.clock()).timers}
    assert (found[Metric.first_response].late, found[Metric.first_response].breached_at) == (True, NOW + 900)
    assert found[Metric.resolution].breached_at is None
    assert desk.ask(replay.differences) == ()
    assert rebuilt(desk, desk.clock()).ask(replay.differences) == ()


def test_a_wish_of_somebody_that_no_fact_says_is_found(desk: Desk) -> None:
    """The words of filters, and the ticket itself, are held against the facts."""
    ticket = desk.do(tickets.open_ticket, opened()).id
    desk.do(bonds.follow, ticket, None)
    with desk.store.write() as tx:
        wrong = replace(tx.tickets.get(ticket), followers=("ben",), merged=(7,), void=True)
        tx.tickets.save(wrong, tx.tickets.timers(ticket), SortKey(), expected=wrong.version)
    found = {difference.what for difference in desk.ask(replay.differences)}
    assert {"followers", "merged", "void"} <= found


def test_the_past_knows_who_followed_then(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened()).id
    desk.do(bonds.follow, ticket, None)
    then = desk.clock()
    desk.clock.forward(minutes=5)
    desk.do(bonds.unfollow, ticket, None)
    past = rebuilt(desk, then)
    assert past.ask(lambda tx: tx.tickets.get(ticket)).followers == ("ana",)
