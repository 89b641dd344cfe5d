"""The outbox: claimed by one, tried again with patience, given up visibly."""

import pytest

from supporttui.storage import SqlStore
from supporttui.usecases import notices, queue, tickets
from supporttui.usecases.ports import NoticeState
from tests.builders import Desk, MovableClock, opened, person, refuses, site

pytestmark = pytest.mark.core


@pytest.fixture
def told(desk: Desk) -> Desk:
    """A desk with one notice waiting, and a watch that leads."""
    desk.lead()
    ticket = desk.do(tickets.open_ticket, opened())
    desk.do(tickets.assign, ticket.id, None, owner="ben")
    return desk


def test_a_notice_is_claimed_once_and_again_only_when_the_claim_runs_out(told: Desk) -> None:
    assert [notice.person for notice in told.watch(notices.claim, told.token, seconds=60)] == ["ben"]
    assert told.watch(notices.claim, told.token) == ()
    told.clock.forward(seconds=60)
    assert [notice.attempts for notice in told.watch(notices.claim, told.token)] == [2]


def test_a_notice_that_left_is_sent_for_good(told: Desk) -> None:
    (notice,) = told.watch(notices.claim, told.token)
    assert told.watch(notices.settle, notice, token=told.token) is NoticeState.sent
    told.clock.forward(days=1)
    told.lead()
    assert told.watch(notices.claim, told.token) == ()


def test_failures_wait_twice_as_long_each_time_until_the_notice_is_dead(told: Desk) -> None:
    waits = []
    while claimed := told.watch(notices.claim, told.token):
        state = told.watch(notices.settle, claimed[0], token=told.token, error="channel.down")
        due = told.ask(lambda tx: tx.outbox.next_due())
        if due is None:
            break
        waits.append(due - told.clock())
        told.clock.now = due
        told.lead()
    assert waits == [30, 60, 120, 240, 480, 960, 1800]
    assert state is NoticeState.dead
    assert told.ask(queue.status, told.clock()).outbox_dead == 1


def test_a_channel_that_asks_for_more_time_gets_it(told: Desk) -> None:
    (notice,) = told.watch(notices.claim, told.token)
    told.watch(notices.settle, notice, token=told.token, error="channel.busy", retry_after=900)
    assert told.ask(lambda tx: tx.outbox.next_due()) == told.clock() + 900


def test_settling_under_a_claim_that_was_lost_records_nothing(told: Desk) -> None:
    (notice,) = told.watch(notices.claim, told.token)
    told.clock.forward(seconds=3600)
    old, told.token = told.token, told.lead("another")
    told.watch(notices.claim, told.token)
    assert told.watch(notices.settle, notice, token=old) is None


def test_only_the_watch_that_leads_claims(told: Desk) -> None:
    with refuses("lease.lost"):
        told.watch(notices.claim, told.token + 1)
    with refuses("access.denied"):
        told.do(notices.claim, told.token)


def test_somebody_without_a_contact_point_is_given_up_at_once_and_shown(store: SqlStore, clock: MovableClock) -> None:
    site(store, people=(person("Ana"), person("Ben", contacts=())))
    desk = Desk(store, clock)
    desk.lead()
    ticket = desk.do(tickets.open_ticket, opened())
    desk.do(tickets.assign, ticket.id, None, owner="ben")
    assert desk.watch(notices.claim, desk.token) == ()
    (notice,) = desk.ask(queue.detail, ticket.id, clock()).notices
    assert (notice.state, notice.error) == (NoticeState.dead, "notice.no_contact")
