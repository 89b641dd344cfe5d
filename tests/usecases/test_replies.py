"""A reply leaves once, after its delay, in the requester's language; or says plainly that it does not leave."""

import pytest

from supporttui.domain.faults import NotFound
from supporttui.domain.replies import ReplyKind, Template
from supporttui.domain.sla.targets import Metric
from supporttui.domain.sla.timer import TimerState
from supporttui.usecases import bulk, notices, queue, replies, tickets
from supporttui.usecases.ports import NoticeState
from tests.builders import Desk, opened, refuses

pytestmark = pytest.mark.core

LETTER = {
    "en": "Hello {requester}, {title} ({ticket}) is solved. {me}",
    "de": "Hallo {requester}, {title} ({ticket}) ist gelöst. {text} {me}",
}


@pytest.fixture
def mailing(desk: Desk) -> Desk:
    """A desk whose site sends replies by mail, with one template."""
    with desk.store.write() as tx:
        tx.definitions.put_site({replies.CHANNEL: "mail"})
        tx.definitions.put("solved", Template("solved", ReplyKind.solved, texts=LETTER))
        tx.definitions.put("zz", Template("zz", ReplyKind.acknowledged, "Ours", {"ja": "受け付けました。"}))
    return desk


def ticket(desk: Desk, **more: object) -> int:
    values = {"requester": "Mia <mia@shop.example>", "language": "de", **more}
    return desk.do(tickets.open_ticket, opened(**values), by="ben").id


def response(desk: Desk, number: int):
    timers = desk.ask(queue.detail, number, desk.clock()).timers
    return next(view.timer for view in timers if view.timer.metric is Metric.first_response)


def sent(desk: Desk) -> list:
    return list(desk.watch(notices.claim, desk.token or desk.lead()))


def test_a_reply_leaves_after_its_delay_to_the_requester(mailing: Desk) -> None:
    number = ticket(mailing)
    answer = mailing.do(replies.reply, number, None, text="It works again.", delay=30)
    assert (answer.address, answer.channel, answer.send_at) == ("mia@shop.example", "mail", mailing.clock() + 30)
    assert response(mailing, number).state is TimerState.met
    mailing.clock.forward(seconds=29)
    assert sent(mailing) == []
    mailing.clock.forward(seconds=1)
    (letter,) = sent(mailing)
    assert (letter.code, letter.address, letter.params["letter"]) == ("reply", "mia@shop.example", "It works again.")


def test_until_it_left_it_is_taken_back_and_the_first_response_is_not_met(mailing: Desk) -> None:
    number = ticket(mailing)
    before = response(mailing, number)
    operation = mailing.do(replies.reply, number, None, text="Oops", delay=30).operation
    mailing.clock.forward(seconds=10)
    mailing.do(tickets.undo, operation)
    undone = mailing.last
    after = response(mailing, number)
    assert (after.state, after.due) == (TimerState.running, before.due)
    mailing.clock.forward(minutes=5)
    assert sent(mailing) == []
    with refuses("redo.sent"):
        mailing.do(tickets.redo, undone)


def test_what_has_left_stays(mailing: Desk) -> None:
    number = ticket(mailing)
    operation = mailing.do(replies.reply, number, None, text="Sent", delay=0).operation
    (letter,) = sent(mailing)
    with refuses("undo.reply_left"):
        mailing.do(tickets.undo, operation)
    mailing.watch(notices.settle, letter, token=mailing.token)
    with refuses("undo.reply_left"):
        mailing.do(tickets.undo, operation)
    assert response(mailing, number).state is TimerState.met


@pytest.mark.parametrize(
    ("channel", "requester", "obstacle"),
    [
        ("", "mia@shop.example", replies.NO_CHANNEL),
        ("mail", "Gate Antwerp", replies.NO_ADDRESS),
    ],
)
def test_where_nothing_can_be_sent_the_reply_is_recorded_and_says_so(
    desk: Desk, channel: str, requester: str, obstacle: str
) -> None:
    with desk.store.write() as tx:
        tx.definitions.put_site({replies.CHANNEL: channel})
    number = ticket(desk, requester=requester)
    answer = desk.do(replies.reply, number, None, text="Hello")
    assert (answer.send_at, answer.obstacle) == (None, obstacle)
    assert desk.ask(lambda tx: tx.outbox.of_ticket(number)) == ()
    assert response(desk, number).state is TimerState.met
    desk.do(tickets.undo, answer.operation)
    assert response(desk, number).state is TimerState.running


def test_a_template_speaks_the_requesters_language_and_takes_what_is_added(mailing: Desk) -> None:
    number = ticket(mailing, title="Mail is slow")
    answer = mailing.do(replies.reply, number, None, text="Der Cache war voll.", template="solved")
    assert answer.text == f"Hallo Mia, Mail is slow (T-{number}) ist gelöst. Der Cache war voll. Ana"


def test_a_draft_says_when_it_is_in_another_language(mailing: Desk) -> None:
    number = ticket(mailing, language="pt")
    draft = mailing.ask(replies.draft, number, "solved", "ana")
    assert (draft.language, draft.wanted, draft.fallback) == ("en", "pt", True)
    assert draft.address == "mia@shop.example"


def test_a_draft_without_a_template_is_what_was_written(mailing: Desk) -> None:
    draft = mailing.ask(replies.draft, ticket(mailing), "", "ana", text="Dear {me}")
    assert (draft.text, draft.language, draft.fallback) == ("Dear {me}", "de", False)


def test_a_place_without_a_value_is_marked_and_never_sent(mailing: Desk) -> None:
    number = ticket(mailing, requester="", language="en")
    draft = mailing.ask(replies.draft, number, "solved", "ana")
    assert draft.text.startswith("Hello <requester?>,")
    assert draft.missing == ("requester",)
    with refuses("reply.unfilled"):
        mailing.do(replies.reply, number, None, text=draft.text)
    with refuses("text.empty"):
        mailing.do(replies.reply, number, None, text="  ")


def test_templates_are_offered_in_the_order_of_their_use(mailing: Desk) -> None:
    offered = mailing.ask(replies.templates, ticket(mailing))
    assert [(one.id, one.name, one.language, one.fallback) for one in offered] == [
        ("zz", "Ours", "ja", True), ("solved", "", "de", False),
    ]  # fmt: skip


def test_an_unknown_template_names_those_there_are(mailing: Desk) -> None:
    with pytest.raises(NotFound) as fault:
        mailing.do(replies.reply, ticket(mailing), None, template="nope")
    assert (fault.value.code, fault.value.params["allowed"]) == ("template.unknown", "solved, zz")


def test_several_replies_leave_one_by_one_each_for_its_requester(mailing: Desk) -> None:
    """One who asked twice gets one letter for each ticket: letters are not joined."""
    numbers = [ticket(mailing), ticket(mailing)]
    found = mailing.do(bulk.perform, replies.reply, [(n, None) for n in numbers], text="Hello", delay=0)
    queued = mailing.ask(lambda tx: tx.outbox.of_operation(found.operation))
    assert [notice.state for notice in queued] == [NoticeState.pending] * 2
