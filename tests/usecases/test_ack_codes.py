"""Acknowledging by the code of a page: in the name of whom it called, once, and not after a reopening."""

from dataclasses import replace

import pytest

from supporttui.domain.escalation.policy import Step
from supporttui.domain.events import Acknowledged
from supporttui.domain.states import EscalationState
from supporttui.usecases import ack_codes, escalation, notices, tickets
from tests.builders import Desk, opened, refuses, service
from tests.usecases.test_escalation_kinds import LEA, boss

pytestmark = pytest.mark.core


@pytest.fixture
def leading(desk: Desk) -> Desk:
    desk.lead()
    return desk


def paged(desk: Desk) -> tuple[int, str]:
    """A ticket whose first page is leaving, and the code in it."""
    ticket = desk.do(tickets.open_ticket, opened(priority=1)).id
    desk.watch(escalation.sweep, desk.token)
    return ticket, code_in(desk)


def code_in(desk: Desk) -> str:
    """Of the page that leaves now."""
    (page,) = [one for one in desk.watch(notices.claim, desk.token) if one.code == "page"]
    desk.watch(notices.settle, page, token=desk.token)
    return page.params["ack"]


def answer(desk: Desk, ticket: int, code: str, by: str = "gateway"):
    return desk.do(ack_codes.acknowledge, ticket, None, codes={ticket: code}, by=by)


def test_whoever_enters_it_the_person_that_was_called_has_acknowledged(leading: Desk) -> None:
    ticket, code = paged(leading)
    assert leading.ask(ack_codes.ticket_of_code, code.lower()) == ticket
    assert answer(leading, ticket, code).acknowledged_by == "ben"
    (fact,) = [
        fact for fact in leading.ask(lambda tx: tx.journal.of_ticket(ticket)) if isinstance(fact.event, Acknowledged)
    ]
    assert (fact.actor, fact.event) == ("ben", Acknowledged("ben", entered_by="gateway"))
    assert leading.ask(lambda tx: tx.escalations.get(ticket)).state is EscalationState.acknowledged


def test_the_same_answer_twice_is_one(leading: Desk) -> None:
    ticket, code = paged(leading)
    first = answer(leading, ticket, code)
    assert answer(leading, ticket, code) == first


def test_an_auditor_may_not_answer_for_others(leading: Desk) -> None:
    ticket, code = paged(leading)
    with refuses("access.denied"):
        answer(leading, ticket, code, by="aud")


def test_all_pages_to_a_person_about_one_step_have_one_code_and_it_stays(leading: Desk) -> None:
    _, code = paged(leading)
    (page,) = leading.ask(lambda tx: tx.outbox.of_ticket(1))
    other = replace(page, key="another way", channel="sms")
    with leading.store.write() as tx:
        assert ack_codes.with_code(tx, other, leading.clock()).params["ack"] == code
        assert ack_codes.with_code(tx, replace(page, person="mia"), leading.clock()).params["ack"] != code


def test_a_code_that_is_taken_is_not_given_again(leading: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ack_codes, "code_of", lambda _, attempt: ("AAAAAA", "BBBBBB")[attempt])
    assert paged(leading)[1] == "AAAAAA"
    assert paged(leading)[1] == "BBBBBB"


def test_a_code_from_before_a_reopening_acknowledges_nothing(leading: Desk) -> None:
    ticket, code = paged(leading)
    leading.do(tickets.resolve, ticket, None)
    with refuses("ticket.not_open"):
        answer(leading, ticket, code)
    leading.do(tickets.reopen, ticket, None)
    leading.watch(escalation.sweep, leading.token)
    with refuses("ack.outdated"):
        answer(leading, ticket, code)
    assert answer(leading, ticket, code_in(leading)).acknowledged_by == "ben"


def test_a_page_that_was_taken_back_cannot_be_answered(leading: Desk) -> None:
    ticket = leading.do(tickets.open_ticket, opened()).id
    done = leading.do(escalation.escalate, ticket, None, delay=0)
    code = code_in(leading)
    leading.do(escalation.withdraw, done.operation)
    with refuses("ack.outdated"):
        answer(leading, ticket, code)


def test_the_last_resort_can_answer_too(leading: Desk) -> None:
    ticket, _ = paged(leading)
    for _ in range(8):
        leading.clock.forward(minutes=15)
        leading.lead()
        leading.watch(escalation.sweep, leading.token)
    told = {one.code: one for one in leading.watch(notices.claim, leading.token)}
    assert answer(leading, ticket, told["exhausted"].params["ack"]).acknowledged_by == "zoe"


def test_so_can_that_of_an_escalation_to_those_who_decide_where_there_is_no_other(leading: Desk) -> None:
    with leading.store.write() as tx:
        tx.definitions.put("boss", boss(steps=(Step("Lead", 0, (LEA,)),)))
        tx.definitions.put("mail", service(policy=None, management="boss"))
    ticket = leading.do(tickets.open_ticket, opened(priority=1)).id
    for _ in range(2):
        leading.watch(escalation.sweep, leading.token)
        leading.clock.forward(minutes=15)
    told = {one.code: one for one in leading.watch(notices.claim, leading.token)}
    assert answer(leading, ticket, told["exhausted"].params["ack"]).acknowledged_by == "zoe"


def test_what_calls_nobody_has_no_code(leading: Desk) -> None:
    ticket = leading.do(tickets.open_ticket, opened())
    leading.do(tickets.assign, ticket.id, None, owner="ben")
    (told,) = leading.watch(notices.claim, leading.token)
    assert "ack" not in told.params


def test_an_unknown_code_is_told_as_one(leading: Desk) -> None:
    ticket, _ = paged(leading)
    with refuses("ack.unknown_code"):
        answer(leading, ticket, "ZZZZZZ")
