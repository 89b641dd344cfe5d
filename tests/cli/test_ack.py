"""``ack CODE``: a gateway, or a colleague at a shell, answers a page for whom it called."""

import pytest

from supporttui.usecases import escalation, notices, tickets
from tests.builders import opened


@pytest.fixture
def code(desk, ticket):
    """Of the page that just left for Ben."""
    desk.lead()
    desk.watch(escalation.sweep, desk.token)
    (page,) = desk.watch(notices.claim, desk.token)
    return page.params["ack"]


def test_a_gateway_acknowledges_by_the_code_alone(shell, desk, ticket, code):
    found = shell("ack", f"{code[:3].lower()}-{code[3:]}", "--json", "--as", "sms-gateway")
    assert found.code == 0
    assert [result["id"] for result in found.json["results"]] == [ticket]
    assert desk.ask(lambda tx: tx.tickets.get(ticket)).acknowledged_by == "ben"
    assert "(entered by sms-gateway)" in shell("ticket", "history", str(ticket)).out


def test_codes_and_numbers_stand_side_by_side(shell, desk, ticket, code):
    other = desk.do(tickets.open_ticket, opened()).id
    assert shell("ack", code, str(other), "--preview", "--as", "ana").code == 0
    assert desk.ask(lambda tx: tx.tickets.get(ticket)).acknowledged_by is None
    assert shell("ack", f"{code},{other}", "--as", "ana").code == 0
    who = [desk.ask(lambda tx, one=one: tx.tickets.get(one)).acknowledged_by for one in (ticket, other)]
    assert who == ["ben", "ana"]


def test_an_unknown_code_is_not_found(shell, ticket):
    found = shell("ack", "ZZZZZZ", "--json", "--as", "ana")
    assert (found.code, found.fault["code"]) == (6, "ack.unknown_code")


def test_a_code_of_an_older_call_is_refused(shell, desk, ticket, code):
    desk.do(tickets.resolve, ticket, None)
    desk.do(tickets.reopen, ticket, None)
    found = shell("ack", code, "--json", "--as", "ana")
    assert (found.code, found.fault["code"]) == (1, "ack.outdated")
