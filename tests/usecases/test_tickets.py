"""What a person may do with a ticket: facts, timers, versions, undo."""

import pytest

from supporttui.domain.events import (
    Acknowledged,
    Assigned,
    EscalationStarted,
    Noted,
    Opened,
    State,
    StateChanged,
    StepFired,
    Undone,
)
from supporttui.domain.faults import Conflict
from supporttui.domain.priorities import PriorityMatrix
from supporttui.domain.sla.targets import Metric
from supporttui.domain.sla.timer import TimerState
from supporttui.usecases import escalation, queue, tickets
from supporttui.usecases.ports import NoticeState
from supporttui.usecases.views import Ask
from tests.builders import Desk, opened, refuses, service

pytestmark = pytest.mark.core


def kinds(desk: Desk, ticket: int) -> list[type]:
    facts = desk.ask(queue.detail, ticket, desk.clock()).facts
    return [type(fact.event) for fact in reversed(facts)]


def timer(desk: Desk, ticket: int, metric: Metric):
    found = desk.ask(queue.detail, ticket, desk.clock()).timers
    return next(view.timer for view in found if view.timer.metric is metric)


def test_a_new_ticket_has_a_number_its_timers_and_a_place_in_the_queue(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    page = desk.ask(queue.page, Ask(), desk.clock())
    assert [item.row.id for item in page.items] == [ticket.id]
    assert page.items[0].row.metric is Metric.first_response
    assert page.items[0].segment is not None
    assert page.total == 1
    assert page.names["mail"] == "Mail"


def test_a_watched_priority_starts_its_escalation_in_the_same_operation(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    assert kinds(desk, ticket.id) == [Opened, EscalationStarted]
    assert [found.escalation.due for found in desk.ask(escalation.running, desk.clock())] == [desk.clock()]


def test_other_priorities_and_services_without_policy_escalate_by_hand_only(desk: Desk) -> None:
    desk.do(tickets.open_ticket, opened(priority=3))
    desk.do(tickets.open_ticket, opened(priority=1, service="vpn"))
    assert desk.ask(escalation.running, desk.clock()) == ()


def test_raising_the_priority_starts_the_escalation_once(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=3))
    desk.do(tickets.change_priority, ticket.id, None, priority=2, reason="two floors")
    desk.do(tickets.change_priority, ticket.id, None, priority=1, reason="whole house")
    assert kinds(desk, ticket.id).count(EscalationStarted) == 1


def test_reopening_starts_a_new_generation(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    desk.do(tickets.resolve, ticket.id, None)
    assert desk.ask(escalation.running, desk.clock()) == ()
    desk.do(tickets.reopen, ticket.id, None, reason="again")
    running = desk.ask(escalation.running, desk.clock())
    assert [found.escalation.generation for found in running] == [2]


@pytest.mark.parametrize(
    ("service", "team", "title", "code"),
    [
        ("nothing", "desk", "Mail", "service.unknown"),
        ("mail", "nobody", "Mail", "team.unknown"),
        ("mail", "desk", " ", "text.empty"),
    ],
)
def test_a_ticket_needs_a_known_service_a_known_team_and_a_title(desk: Desk, service, team, title, code) -> None:
    with refuses(code):
        desk.do(tickets.open_ticket, opened(service=service, team=team, title=title))


def test_acknowledging_stops_the_escalation_and_fills_the_owner(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    acknowledged = desk.do(tickets.acknowledge, ticket.id, ticket.version)
    assert (acknowledged.owner, acknowledged.acknowledged_by) == ("ana", "ana")
    running = desk.ask(escalation.running, desk.clock())
    assert [(found.escalation.state, found.escalation.due) for found in running] == [("acknowledged", None)]


def test_taking_makes_a_new_ticket_active_in_one_operation(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    taken = desk.do(tickets.take, ticket.id, ticket.version)
    assert (taken.owner, taken.state, taken.version) == ("ana", State.active, ticket.version + 1)
    assert kinds(desk, ticket.id)[1:] == [Assigned, StateChanged]


def test_taking_from_another_team_brings_the_taker_s_team(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    assert desk.do(tickets.take, ticket.id, None, by="zoe").team == "network"


def test_a_version_that_is_gone_is_a_conflict_that_says_who_and_when(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    desk.clock.forward(minutes=3)
    desk.do(tickets.note, ticket.id, ticket.version, text="looked", by="ben")
    with pytest.raises(Conflict) as caught:
        desk.do(tickets.take, ticket.id, ticket.version)
    assert (caught.value.code, caught.value.changed_by, caught.value.at) == ("ticket.changed", "ben", desk.clock())


def test_an_operation_that_is_asked_for_twice_happens_once(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    call = desk.call()
    with desk.store.write() as tx:
        tickets.note(call, tx, ticket.id, None, text="once")
    with refuses("operation.known"), desk.store.write() as tx:
        tickets.note(call, tx, ticket.id, None, text="once")
    assert kinds(desk, ticket.id).count(Noted) == 1


def test_waiting_pauses_the_resolution_and_resuming_gives_the_rest_back(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=2))
    due = timer(desk, ticket.id, Metric.resolution).due
    desk.clock.forward(hours=1)
    desk.do(tickets.wait, ticket.id, None, reason="evidence")
    assert timer(desk, ticket.id, Metric.resolution).state is TimerState.paused
    desk.clock.forward(hours=2)
    desk.do(tickets.resume, ticket.id, None)
    assert timer(desk, ticket.id, Metric.resolution).due == due + 7200


def test_a_reply_meets_the_first_response(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    desk.do(tickets.reply, ticket.id, None, text="We are on it.")
    assert timer(desk, ticket.id, Metric.first_response).state is TimerState.met


def test_resolved_and_closed_tickets_leave_the_order_of_open_ones(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    resolved = desk.do(tickets.resolve, ticket.id, None, code="fixed", text="restarted")
    assert (resolved.resolution, resolved.resolved_at) == ("fixed", desk.clock())
    assert desk.do(tickets.close, ticket.id, None).state is State.closed


def test_the_matrix_gives_the_priority_of_impact_and_urgency(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    assert desk.do(tickets.change_priority, ticket.id, None, impact=1, urgency=1).priority == 1
    with refuses("priority.nothing"):
        desk.do(tickets.change_priority, ticket.id, None)


def test_assigning_tells_the_new_owner_in_one_notice(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    desk.do(tickets.assign, ticket.id, None, owner="ben")
    notices = desk.ask(queue.detail, ticket.id, desk.clock()).notices
    assert [(n.person, n.code, n.address, n.state) for n in notices] == [
        ("ben", "assigned", "ben@example.org", NoticeState.pending)
    ]
    assert notices[0].params["by"] == "Ana"


def test_a_transfer_to_a_team_empties_the_owner_and_tells_its_people(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    desk.do(tickets.take, ticket.id, None)
    moved = desk.do(tickets.assign, ticket.id, None, team="network")
    assert (moved.team, moved.owner, moved.hops) == ("network", None, 1)
    notices = desk.ask(queue.detail, ticket.id, desk.clock()).notices
    assert [(n.person, n.code) for n in notices] == [("zoe", "transferred")]


def test_assigning_to_somebody_unknown_is_refused(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    with refuses("person.unknown"):
        desk.do(tickets.assign, ticket.id, None, owner="nobody")
    with refuses("team.unknown"):
        desk.do(tickets.assign, ticket.id, None, resolver="nobody")
    with refuses("assign.nothing"):
        desk.do(tickets.assign, ticket.id, None)


# --- undo -------------------------------------------------------------------------------------------------


def test_undo_puts_back_what_the_operation_changed_and_keeps_the_seconds_between(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=2))
    due = timer(desk, ticket.id, Metric.resolution).due
    desk.do(tickets.wait, ticket.id, None)
    waited = desk.last
    desk.clock.forward(minutes=5)
    (undone,) = desk.do(tickets.undo, waited)
    assert (undone.state, undone.hold_until) == (State.new, None)
    assert timer(desk, ticket.id, Metric.resolution).due == due + 300
    assert kinds(desk, ticket.id)[-1] is Undone


def test_undo_is_refused_once_somebody_touched_the_ticket(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    desk.do(tickets.take, ticket.id, None)
    taken = desk.last
    desk.do(tickets.note, ticket.id, None, text="hm", by="ben")
    with refuses("undo.touched"):
        desk.do(tickets.undo, taken)


def test_an_acknowledgement_undone_lets_the_escalation_go_on(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    desk.do(tickets.acknowledge, ticket.id, None)
    acknowledged = desk.last
    desk.clock.forward(seconds=30)
    assert desk.do(tickets.undo, acknowledged)[0].acknowledged_by is None
    running = desk.ask(escalation.running, desk.clock())
    assert [found.escalation.state for found in running] == ["running"]


def test_an_opening_is_not_undone(desk: Desk) -> None:
    desk.do(tickets.open_ticket, opened())
    with refuses("undo.opened"):
        desk.do(tickets.undo, desk.last)
    with refuses("operation.unknown"):
        desk.do(tickets.undo, "never")


def test_undoing_an_escalation_by_hand_withdraws_it(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    escalated = desk.do(escalation.escalate, ticket.id, None)
    desk.do(tickets.undo, escalated.operation)
    notices = desk.ask(queue.detail, ticket.id, desk.clock()).notices
    assert [n.state for n in notices] == [NoticeState.withdrawn]
    assert StepFired in kinds(desk, ticket.id)


# --- who may -----------------------------------------------------------------------------------------------


def test_an_auditor_and_a_stranger_change_nothing(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    with refuses("access.denied"):
        desk.do(tickets.acknowledge, ticket.id, None, by="aud")
    with refuses("access.unknown_person"):
        desk.do(tickets.acknowledge, ticket.id, None, by="stranger")
    assert kinds(desk, ticket.id) == [Opened]


def test_acknowledged_is_recorded_for_each_person(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    desk.do(tickets.acknowledge, ticket.id, None)
    desk.do(tickets.acknowledge, ticket.id, None, by="ben")
    assert kinds(desk, ticket.id).count(Acknowledged) == 2


def test_a_desk_whose_clock_is_behind_does_not_write_before_the_last_fact(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    desk.clock.forward(seconds=-90)
    noted = desk.do(tickets.note, ticket.id, None, text="late clock")
    assert noted.updated_at == ticket.created_at


def test_the_priorities_offered_are_those_of_the_site_s_matrix_else_the_shipped_ones(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    assert desk.ask(tickets.priorities, ticket.id) == (1, 2, 3, 4)
    with desk.store.write() as tx:
        tx.definitions.put("small", PriorityMatrix(((1, 5),)))
        tx.definitions.put("mail", service(matrix="small"))
    assert desk.ask(tickets.priorities, ticket.id) == (1, 5)
    with desk.store.write() as tx:
        tx.definitions.put("mail", service(matrix="none"))
    assert desk.ask(tickets.priorities, ticket.id) == PriorityMatrix().priorities
