"""What holds when, and for whom, by the definitions of the site."""

from dataclasses import replace

import pytest

from supporttui.domain.events import Origin, State
from supporttui.domain.people import AuthorityKind, Team
from supporttui.domain.sla.targets import Metric, Target
from supporttui.storage import SqlStore
from supporttui.usecases import queue, rota, tickets, why
from supporttui.usecases.escalation import choices, escalate, sweep, withdraw
from supporttui.usecases.ports import Call, Versioned
from supporttui.usecases.rules import in_force
from supporttui.usecases.views import Ask
from tests.builders import NOW, Desk, MovableClock, opened, policy, refuses, service, site, targets

pytestmark = pytest.mark.core


@pytest.mark.parametrize(
    ("versions", "at", "expected"),
    [
        ([], 5, None),
        ([Versioned("a")], 5, "a"),
        ([Versioned("a"), Versioned("b", 2, 10)], 9, "a"),
        ([Versioned("a"), Versioned("b", 2, 10)], 10, "b"),
        ([Versioned("a", 1, 100)], 5, "a"),
    ],
)
def test_the_newest_valid_version_holds_and_before_all_of_them_the_first(versions, at, expected) -> None:
    found = in_force(versions, at)
    assert (found and found.value) == expected


def test_a_promise_is_the_one_that_held_when_the_ticket_was_opened(desk: Desk) -> None:
    old = desk.do(tickets.open_ticket, opened())
    desk.clock.forward(minutes=5)
    with desk.store.write() as tx:
        tighter = targets(targets=(Target(Metric.resolution, 7200),))
        tx.definitions.put("standard", tighter, valid_from=desk.clock())
    new = desk.do(tickets.open_ticket, opened())
    desk.do(tickets.note, old.id, None, text="hm")
    promised = [
        {view.timer.seconds for view in desk.ask(queue.detail, ticket.id, desk.clock()).timers} for ticket in (old, new)
    ]
    assert promised == [{14_400, 144_000}, {7200}]


def test_a_promise_bears_its_own_name_or_that_of_its_agreement(desk: Desk) -> None:
    named = targets(
        name="Gold", targets=(Target(Metric.resolution, 7200), Target(Metric.first_response, 60, name="At once"))
    )
    with desk.store.write() as tx:
        tx.definitions.put("standard", named, valid_from=desk.clock())
    ticket = desk.do(tickets.open_ticket, opened())
    views = desk.ask(queue.detail, ticket.id, desk.clock()).timers
    assert {view.timer.metric: view.target and view.target.name for view in views} == {
        Metric.resolution: "Gold", Metric.first_response: "At once",
    }  # fmt: skip


def test_whose_time_it_is_goes_by_who_is_outside(desk: Desk) -> None:
    """Handed to a vendor, the team's time ends and the vendor's contract begins, beside the promise to the business."""
    three = targets(
        targets=(Target(Metric.resolution, 7200), Target(Metric.ola, 3600), Target(Metric.underpinning, 0, days=2))
    )
    with desk.store.write() as tx:
        tx.definitions.put("standard", three, valid_from=desk.clock())
        tx.definitions.put("acme", Team("acme", "Acme", AuthorityKind.external))
    ticket = desk.do(tickets.open_ticket, opened())
    desk.clock.forward(minutes=10)
    desk.do(tickets.transfer, ticket.id, None, team="acme")
    desk.do(tickets.wait, ticket.id, None, state=State.waiting_vendor)
    found = [view.timer for view in desk.ask(queue.detail, ticket.id, desk.clock()).timers]
    assert [(timer.agreement.value, timer.authority, timer.unmet) for timer in found] == [
        ("sla", "", True), ("uc", "acme", True), ("ola", "desk", False),
    ]  # fmt: skip
    (why_vendor,) = desk.ask(why.of, ticket.id, desk.clock(), metric=Metric.underpinning).reasons
    assert sum(part.seconds for part in why_vendor.parts) == why_vendor.timer.seconds


def test_a_ticket_of_an_unknown_service_has_no_promise_and_can_be_worked_on(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    with desk.store.write() as tx:
        tx.definitions.put("mail", service(targets="none", matrix="none", rota=None))
    assert desk.do(tickets.note, ticket.id, None, text="hm").updated_at == desk.clock()
    detail = desk.ask(queue.detail, ticket.id, desk.clock())
    assert (detail.timers, detail.item.segment, detail.item.row.metric) == ((), None, None)
    with refuses("matrix.unknown"):
        desk.do(tickets.change_priority, ticket.id, None, impact=1)


def test_a_service_without_a_rota_has_nobody_on_call(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    with desk.store.write() as tx:
        tx.definitions.put("mail", service(rota=None))
    assert desk.ask(rota.who, NOW, "mail") == ()
    first, *_ = desk.ask(choices, ticket.id, NOW)
    assert first.people == ()
    with desk.store.write() as tx:
        tx.definitions.put("mail", service(rota="gone"))
    assert desk.ask(rota.who, NOW, "mail") == ()


def test_a_database_without_people_lets_anybody_set_it_up(store: SqlStore, clock: MovableClock) -> None:
    site(store, people=())
    desk = Desk(store, clock)
    assert desk.do(tickets.open_ticket, opened(), by="somebody").id == 1


def test_the_demo_may_do_everything(desk: Desk) -> None:
    call = Call("nobody", desk.clock(), "demo-1", Origin.demo)
    with desk.store.write() as tx:
        assert tickets.open_ticket(call, tx, opened()).id == 1
    assert len(desk.ask(queue.page, Ask(), desk.clock()).items) == 1


def test_a_stored_due_behind_the_facts_is_put_right_instead_of_asked_for_again_and_again(desk: Desk) -> None:
    desk.lead()
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    desk.do(tickets.acknowledge, ticket.id, None)
    with desk.store.write() as tx:
        tx.escalations.save(replace(tx.escalations.get(ticket.id), due=desk.clock()))
    assert desk.watch(sweep, desk.token) == 0
    assert desk.ask(lambda tx: tx.escalations.next_due()) is None


def test_withdrawing_after_somebody_acknowledged_keeps_that_acknowledgement(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    done = desk.do(escalate, ticket.id, None)
    desk.do(tickets.acknowledge, ticket.id, None, by="ben")
    desk.do(withdraw, done.operation)
    assert desk.ask(queue.detail, ticket.id, desk.clock()).ticket.acknowledged_by == "ben"


def test_undoing_a_raised_priority_ends_what_it_began_and_raising_it_again_begins_anew(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    desk.do(tickets.change_priority, ticket.id, None, priority=1, reason="all down")
    desk.do(tickets.undo, desk.last)
    assert desk.ask(lambda tx: tx.escalations.get(ticket.id)).state == "done"
    desk.do(tickets.change_priority, ticket.id, None, priority=1, reason="down after all")
    found = desk.ask(lambda tx: tx.escalations.get(ticket.id))
    assert (found.state, found.generation) == ("running", 2)


def test_undoing_a_resolution_resumes_the_escalation_where_it_was(store: SqlStore, clock: MovableClock) -> None:
    site(store, policy=policy())
    desk = Desk(store, clock)
    desk.lead()
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    desk.watch(sweep, desk.token)
    desk.do(tickets.resolve, ticket.id, None)
    resolved = desk.last
    clock.forward(minutes=5)
    desk.do(tickets.undo, resolved)
    found = desk.ask(lambda tx: tx.escalations.get(ticket.id))
    assert (found.state, found.generation, found.step, found.due) == ("running", 1, 1, NOW + 900)


def test_a_resolution_that_was_undone_is_no_reopening(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=2))
    desk.do(tickets.resolve, ticket.id, None)
    desk.do(tickets.undo, desk.last)
    desk.do(tickets.change_priority, ticket.id, None, priority=1, reason="worse")
    assert desk.ask(lambda tx: tx.escalations.get(ticket.id)).generation == 1


def test_s28_at_night_a_p1_is_due_and_pages_at_once_and_a_p3_waits_until_it_is_raised(desk: Desk) -> None:
    saturday_2am, monday_9am = 1_772_845_200, 1_773_043_200
    desk.clock.now = saturday_2am
    desk.lead()
    urgent, usual = (desk.do(tickets.open_ticket, opened(priority=priority)) for priority in (1, 3))
    first_due = {item.row.id: item for item in desk.ask(queue.page, Ask(), desk.clock()).items}
    assert first_due[urgent.id].row.due == saturday_2am + 900
    waiting = first_due[usual.id].segment
    assert (waiting.running, waiting.paused, waiting.until) == (False, False, monday_9am)
    assert desk.watch(sweep, desk.token) == 1
    desk.clock.forward(hours=2)
    desk.do(tickets.change_priority, usual.id, None, priority=1, reason="all down")
    desk.watch(sweep, desk.token)
    pages = [n.not_before for n in desk.ask(queue.detail, usual.id, desk.clock()).notices if n.code == "page"]
    assert pages == [saturday_2am + 7200]
