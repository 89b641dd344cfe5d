"""The outbox as a person looks at it."""

import pytest

from supporttui.domain.rota.explain import Why
from supporttui.usecases import escalation, notices, post, tickets
from supporttui.usecases.ports import NoticeState
from tests.builders import Desk, opened, refuses

pytestmark = pytest.mark.core


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.lead(seconds=10**6)
    return desk


def held(desk: Desk) -> str:
    """A page that is hours late; its key."""
    ticket = desk.do(tickets.open_ticket, opened(priority=1)).id
    desk.watch(escalation.sweep, desk.token)
    desk.clock.forward(minutes=241)
    desk.watch(notices.claim, desk.token)
    (page,) = desk.ask(post.listed, [NoticeState.held])
    assert page.ticket == ticket
    return page.key


def test_what_was_released_leaves_and_only_once(desk: Desk) -> None:
    key = held(desk)
    assert desk.do(post.release, key).state is NoticeState.pending
    assert [one.key for one in desk.watch(notices.claim, desk.token)] == [key]
    with refuses("notice.not_held"):
        desk.do(post.release, key)


def test_what_was_dropped_never_leaves(desk: Desk) -> None:
    key = held(desk)
    done = desk.do(post.drop, key)
    assert (done.state, done.error) == (NoticeState.suppressed, post.DROPPED)
    assert desk.watch(notices.claim, desk.token) == ()


def test_what_is_needless_by_now_does_not_leave_although_it_was_released(desk: Desk) -> None:
    key = held(desk)
    desk.do(tickets.acknowledge, 1, None)
    desk.do(post.release, key)
    assert desk.watch(notices.claim, desk.token) == ()
    assert desk.ask(post.of, key).error == "notice.acknowledged"


def test_who_may_call_nobody_decides_nothing(desk: Desk) -> None:
    key = held(desk)
    with refuses("access.denied"):
        desk.do(post.release, key, by="aud")


def test_a_decision_stands_in_the_journal(desk: Desk) -> None:
    head = desk.ask(lambda tx: tx.journal.head())
    key = held(desk)
    before = desk.ask(lambda tx: tx.journal.head())
    desk.do(post.drop, key)
    assert desk.ask(lambda tx: tx.journal.head()) == before + 1 > head + 1


def test_a_page_says_which_step_of_which_policy_called_whom_and_why_they_were_on_duty(desk: Desk) -> None:
    desk.do(tickets.open_ticket, opened(priority=1))
    desk.watch(escalation.sweep, desk.token)
    (page,) = desk.ask(post.listed)
    found = desk.ask(post.why, page.key)
    assert found.called is not None
    assert (found.called.policy, found.called.version, found.called.step, found.called.round) == ("Urgent", 1, 1, 1)
    assert [(target.kind.value, target.level) for target in found.called.targets] == [("on_call", 1)]
    assert Why.slot in {reason.why for reason in found.called.duty}
    assert found.names["ben"] == "Ben"


def test_a_page_by_hand_says_by_whom(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened()).id
    desk.do(escalation.escalate, ticket, None, step=3)
    (page,) = desk.ask(post.listed)
    found = desk.ask(post.why, page.key).called
    assert (found.by_hand, found.by, found.duty) == (True, "Ana", ())


def test_of_a_bundle_each_says_as_part_of_which_it_left(desk: Desk) -> None:
    for _ in range(9):
        desk.do(tickets.open_ticket, opened(priority=1))
    desk.watch(escalation.sweep, desk.token)
    for _ in range(2):
        (page,) = desk.watch(notices.claim, desk.token, limit=1)
        if "more" not in page.params:
            desk.watch(notices.settle, page, token=desk.token)
    (part, *_) = desk.ask(post.listed, [NoticeState.bundled])
    found = desk.ask(post.why, part.key)
    assert found.leading.key == page.key
    assert len(desk.ask(post.why, page.key).parts) == 7


def test_what_is_no_page_has_no_step(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened()).id
    desk.do(tickets.assign, ticket, None, owner="ben")
    (told,) = desk.ask(post.listed)
    assert desk.ask(post.why, told.key).called is None


def test_a_part_of_a_key_is_enough_if_it_is_the_only_one(desk: Desk) -> None:
    key = held(desk)
    assert desk.ask(post.of, key[:8]).key == key
    with refuses("notice.unknown"):
        desk.ask(post.of, "nothing")


def test_a_bundle_is_found_by_its_ticket_and_by_its_code_and_each_ticket_as_part_of_it(desk: Desk) -> None:
    known = [desk.do(tickets.open_ticket, opened(priority=1)).id for _ in range(8)]
    desk.watch(escalation.sweep, desk.token)
    left = []
    while found := desk.watch(notices.claim, desk.token, limit=1):
        desk.watch(notices.settle, found[0], token=desk.token)
        left += found
    first, bundle = left
    by_code = desk.ask(post.why, str(bundle.params["ack"]))
    by_ticket = desk.ask(post.why, str(bundle.ticket))
    assert by_code.notice.key == by_ticket.notice.key == bundle.key == desk.ask(post.of, f"T-{bundle.ticket}").key
    assert {one.ticket for one in by_code.parts} == set(known) - {bundle.ticket, first.ticket}
    for part in by_code.parts:
        found_part = desk.ask(post.why, str(part.ticket))
        assert found_part.leading is not None
        assert (found_part.notice.key, found_part.leading.key) == (part.key, bundle.key)
    with refuses("notice.unknown"):
        desk.ask(post.why, "4711")
