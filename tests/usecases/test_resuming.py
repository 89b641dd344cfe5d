"""What a step has not sent yet stands still with its escalation, and leaves when it goes on: once, and not too late."""

from collections.abc import Callable

import pytest

from supporttui.domain.people import ContactPoint
from supporttui.domain.rota.schedule import Override, OverrideKind
from supporttui.storage import SqlStore
from supporttui.usecases import escalation, notices, tickets, undoing
from supporttui.usecases.escalation.answering import hush, unacknowledge
from supporttui.usecases.ports import NoticeState
from tests.builders import NOW, PEOPLE, Desk, MovableClock, opened, person, policy, site

pytestmark = pytest.mark.core

SMS = ContactPoint("sms", "0151")
PHONE = ContactPoint("phone", "0152", rank=2, after=120)


@pytest.fixture
def desk(store: SqlStore, clock: MovableClock) -> Desk:
    """Ben is on call: by text, and two minutes later by telephone."""
    people = [one for one in PEOPLE if one.id != "ben"]
    site(store, people=(*people, person("Ben", contacts=(SMS, PHONE))), policy=policy(priorities=(1, 2)))
    desk = Desk(store, clock)
    desk.lead(seconds=10**6)
    return desk


def called(desk: Desk, seconds: int = 0, error: str = "") -> list[str]:
    """What left for Ben until so many seconds from now, each with the second; the watch looks every ten seconds."""
    found, since = [], desk.clock()
    for second in range(0, seconds + 1, 10):
        desk.clock.now = since + second
        desk.watch(escalation.sweep, desk.token)
        while (due := desk.ask(lambda tx: tx.outbox.next_due())) is not None and due <= desk.clock():
            for page in desk.watch(notices.claim, desk.token, limit=1):
                desk.watch(notices.settle, page, token=desk.token, error=error)
                if page.person == "ben" and page.code == "page":
                    found.append(f"{page.channel} at {second}")
    return found


def urgent(desk: Desk) -> int:
    ticket = desk.do(tickets.open_ticket, opened(priority=1)).id
    assert called(desk, 90) == ["sms at 0"]
    return ticket


def acknowledged(desk: Desk, ticket: int) -> Callable[[], object]:
    desk.do(tickets.acknowledge, ticket, None)
    return lambda: desk.do(unacknowledge, ticket, None)


def asleep(desk: Desk, ticket: int) -> Callable[[], object]:
    desk.do(hush, ticket, None, until=desk.clock() + 7200)
    return lambda: desk.do(hush, ticket, None)


def resolved(desk: Desk, ticket: int) -> Callable[[], object]:
    desk.do(tickets.resolve, ticket, None, code="fixed", text="done")
    last = desk.ask(lambda tx: tx.journal.of_ticket(ticket))[-1].operation
    return lambda: desk.do(undoing.undo, last)


@pytest.mark.parametrize("standing_still", [acknowledged, asleep, resolved])
def test_the_next_contact_point_is_called_after_the_time_that_was_left(desk: Desk, standing_still: Callable) -> None:
    ticket = urgent(desk)
    goes_on = standing_still(desk, ticket)
    assert called(desk, 100) == []
    goes_on()
    assert called(desk, 60) == ["phone at 30"]


def test_it_is_called_once_however_often_the_escalation_stood_still(desk: Desk) -> None:
    ticket = urgent(desk)
    for _ in range(2):
        goes_on = acknowledged(desk, ticket)
        assert called(desk, 100) == []
        goes_on()
    assert called(desk, 120) == ["phone at 30"]


def test_after_a_sleep_that_ends_by_itself_it_is_called_likewise(desk: Desk) -> None:
    ticket = urgent(desk)
    desk.do(hush, ticket, None, until=desk.clock() + 600)
    assert called(desk, 700) == ["phone at 630"]


def test_a_page_tried_again_is_left_out_once_a_later_step_has_called_there(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=1)).id
    assert called(desk, error="channel.down") == ["sms at 0", "phone at 0"]
    desk.do(escalation.escalate, ticket, None, step=1, delay=0)
    desk.clock.forward(seconds=150)
    assert sorted(called(desk)) == ["phone at 0", "sms at 0"]
    found = desk.ask(lambda tx: tx.outbox.of_ticket(ticket))
    mine = {(one.params["firing"], one.state) for one in found if one.person == "ben" and one.code == "page"}
    assert mine == {(1, NoticeState.suppressed), (2, NoticeState.sent)}


def test_a_further_contact_point_that_was_missed_is_left_to_the_step_that_holds_now(desk: Desk) -> None:
    urgent(desk)
    desk.clock.forward(hours=1)
    assert called(desk) == []


def test_at_a_handover_who_comes_is_called_once_though_two_steps_called_who_goes(desk: Desk) -> None:
    ticket = urgent(desk)
    desk.do(escalation.escalate, ticket, None, step=1, delay=20)
    cover = Override("o1", OverrideKind.replace, NOW, NOW + 36_000, person="ana", in_place_of="ben", created_at=NOW)
    with desk.store.write() as tx:
        tx.definitions.put("night", cover)
    assert called(desk, 50) == []
    found = desk.ask(lambda tx: tx.outbox.of_ticket(ticket))
    assert [one.params["firing"] for one in found if one.person == "ana" and one.state is NoticeState.sent] == [2]
