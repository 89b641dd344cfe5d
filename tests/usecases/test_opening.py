"""New tickets by hand, and edits: what is derived, what promises follow, what is refused by its field."""

import pytest

from supporttui.domain.events import EscalationStarted
from supporttui.domain.faults import BadInput
from supporttui.domain.priorities import PriorityMatrix
from supporttui.domain.sla.targets import Metric, Target, TargetSet
from supporttui.usecases import escalation, queue, replay, tickets
from supporttui.usecases.ports import EscalationState
from tests.builders import Desk, opened, refuses, service, site

pytestmark = pytest.mark.core


def resolution(desk: Desk, ticket: int):
    found = desk.ask(queue.detail, ticket, desk.clock()).timers
    return next(view.timer for view in found if view.timer.metric is Metric.resolution)


def kinds(desk: Desk, ticket: int) -> list[type]:
    return [type(fact.event) for fact in desk.ask(lambda tx: tx.journal.of_ticket(ticket))]


# --- new ------------------------------------------------------------------------------------------------------


def test_a_new_ticket_is_for_its_services_team_with_the_priority_that_the_matrix_gives(desk: Desk) -> None:
    found = desk.do(tickets.create, title=" Mail  is slow ", service="mail", impact=1, urgency=2)
    assert (found.title, found.service, found.team, found.priority) == ("Mail is slow", "mail", "desk", 2)
    assert (found.impact, found.urgency) == (1, 2)
    assert resolution(desk, found.id).seconds == 28_800


def test_a_priority_by_hand_starts_the_escalation_that_watches_it(desk: Desk) -> None:
    found = desk.do(tickets.create, title="Mail is down", service="Mail", priority=1)
    assert kinds(desk, found.id)[-1] is EscalationStarted


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"title": " "}, "edit.empty"),
        ({"service": ""}, "edit.missing"),
        ({"kind": "wish"}, "edit.value"),
        ({"language": "?"}, "edit.value"),
        ({"zone": "Mars"}, "zone.unknown"),
        ({"priority": 9}, "priority.unknown"),
        ({"impact": 9}, "priority.level"),
    ],
)
def test_a_new_ticket_with_a_value_that_cannot_be_is_not_opened(desk: Desk, asked, code) -> None:
    with refuses(code):
        desk.do(tickets.create, **{"title": "Mail is slow", "service": "mail", **asked})
    assert desk.ask(lambda tx: tx.journal.head()) == 0


def test_only_who_may_work_opens_tickets(desk: Desk) -> None:
    with refuses("access.denied"):
        desk.do(tickets.create, title="Mail is slow", service="mail", by="aud")


def test_a_site_without_a_matrix_uses_the_shipped_one(desk: Desk) -> None:
    site(desk.store, mail=service(matrix="none"))
    assert desk.do(tickets.create, title="Mail", service="mail").priority == PriorityMatrix().priority(2, 2)


# --- edit -----------------------------------------------------------------------------------------------------


@pytest.fixture
def hurried(desk: Desk) -> Desk:
    """A second service with a promise of its own: an hour, round the clock; and no policy."""
    hour = TargetSet("hurried", (Target(Metric.resolution, 3600),))
    site(desk.store, hurried=hour, vpn=service("vpn", policy=None, targets="hurried", calendar="always"))
    return desk


def test_another_service_brings_its_own_promise_and_an_undo_the_old_one(hurried: Desk) -> None:
    ticket = hurried.do(tickets.open_ticket, opened()).id
    before = resolution(hurried, ticket)
    hurried.clock.forward(minutes=10)
    hurried.do(tickets.edit, ticket, None, fields={"service": "Vpn"})
    after = resolution(hurried, ticket)
    assert (after.seconds, after.calendar) == (3600, "always")
    assert after.due == hurried.clock() + 3000
    row = hurried.ask(lambda tx: tx.tickets.rows([ticket]))[0]
    assert (row.service, row.due, row.seconds) == ("vpn", after.due, 3600)
    hurried.do(tickets.undo, hurried.last)
    assert resolution(hurried, ticket).due == before.due
    assert hurried.ask(replay.differences) == ()


def test_a_service_whose_policy_watches_the_priority_begins_an_escalation_once(hurried: Desk) -> None:
    ticket = hurried.do(tickets.open_ticket, opened(service="vpn", priority=1)).id
    assert hurried.ask(lambda tx: tx.escalations.get(ticket)) is None
    hurried.do(tickets.edit, ticket, None, fields={"service": "mail"})
    hurried.do(tickets.edit, ticket, None, fields={"service": "vpn"})
    hurried.do(tickets.edit, ticket, None, fields={"service": "mail"})
    assert kinds(hurried, ticket).count(EscalationStarted) == 1


def test_an_undone_change_of_service_takes_its_escalation_with_it(hurried: Desk) -> None:
    ticket = hurried.do(tickets.open_ticket, opened(service="vpn", priority=1)).id
    hurried.do(tickets.edit, ticket, None, fields={"service": "mail"})
    hurried.do(tickets.undo, hurried.last)
    assert hurried.ask(lambda tx: tx.escalations.get(ticket)).state is EscalationState.done
    assert hurried.ask(escalation.running, hurried.clock()) == ()


def test_words_of_a_closed_ticket_are_edited_its_service_not(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened()).id
    desk.do(tickets.close, ticket, None, reason="no_fault", text="fine")
    assert desk.do(tickets.edit, ticket, None, fields={"requester": "Shop Ltd"}).requester == "Shop Ltd"
    with refuses("ticket.not_open"):
        desk.do(tickets.edit, ticket, None, fields={"service": "vpn"})


def test_a_fault_of_an_edit_names_the_field_and_what_it_can_be(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened()).id
    with pytest.raises(BadInput) as caught:
        desk.do(tickets.edit, ticket, None, fields={"title": "New", "service": "shoes"})
    assert caught.value.params == {"field": "service", "found": "shoes", "allowed": "mail, vpn"}
    assert desk.ask(lambda tx: tx.tickets.get(ticket)).title == "Mail is slow"
