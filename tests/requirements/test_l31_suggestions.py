"""L31: the authority for a ticket is suggested from closed tickets like it, with the reason; hops are counted."""

import pytest

from supporttui.domain.escalation.criterion import Criterion, CriterionKind
from supporttui.domain.people import AuthorityKind, Team
from supporttui.usecases import suggesting, tickets
from tests.builders import Desk, opened, policy


@pytest.fixture
def solved(desk: Desk) -> Desk:
    """Five about the router, four of them solved by the network team and one outside; three about invoices."""
    with desk.store.write() as tx:
        tx.definitions.put("acme", Team("acme", "Acme", AuthorityKind.external))
    for number in range(5):
        ticket = desk.do(tickets.open_ticket, opened(title=f"Router {number} in Turin drops lines"))
        desk.do(tickets.transfer, ticket.id, None, team="acme" if number == 0 else "network")
        desk.do(tickets.resolve, ticket.id, None)
        desk.clock.forward(minutes=1)
    for number in range(3):
        ticket = desk.do(tickets.open_ticket, opened(title=f"Invoice {number} is missing", category="invoice"))
        desk.do(tickets.resolve, ticket.id, None)
    return desk


def test_four_of_five_like_it_were_solved_by_the_network_and_it_says_by_which_words(shell, solved):
    ticket = solved.do(tickets.open_ticket, opened(title="ROUTER in Lyon drops everything"))
    found = solved.ask(suggesting.of_ticket, ticket.id, solved.clock())
    assert [(one.authority, one.solved, one.of) for one in found.found] == [("network", 4, 5), ("acme", 1, 5)]
    assert found.elsewhere is not None
    assert set(found.found[0].shared) <= {"router", "drops", "in"}
    out = shell("ticket", "suggest", str(ticket.id), "--as", "ana").out
    assert "4 of 5 like this were solved by Network (" in out
    found = shell("ticket", "suggest", str(ticket.id), "--json", "--as", "ana").json
    assert (found["suggestions"][0]["name"], len(found["likes"])) == ("Network", 5)


def test_of_the_same_category_it_is_alike_without_a_word_and_who_has_it_is_not_suggested_anew(solved):
    ticket = solved.do(tickets.open_ticket, opened(title="Payment", category="Invoice"))
    found = solved.ask(suggesting.of_ticket, ticket.id, solved.clock())
    assert [(one.authority, one.solved) for one in found.found] == [("desk", 3)]
    assert found.elsewhere is None


def test_nothing_alike_and_a_single_one_say_nothing(shell, solved):
    lonely = solved.do(tickets.open_ticket, opened(title="Printer jam"))
    assert solved.ask(suggesting.of_ticket, lonely.id, solved.clock()).found == ()
    assert "No closed ticket is like this one." in shell("ticket", "suggest", str(lonely.id), "--as", "ana").out
    solved.do(tickets.resolve, lonely.id, None)
    second = solved.do(tickets.open_ticket, opened(title="Printer smokes"))
    assert solved.ask(suggesting.of_ticket, second.id, solved.clock()).found == ()


def test_the_third_hop_escalates_and_says_so(shell, desk):
    """By commands alone: handed round twice nothing happens; the third time the criterion holds and pages."""
    with desk.store.write() as tx:
        thrice = Criterion("round", CriterionKind.hops, 3)
        tx.definitions.put("urgent", policy(priorities=(), criteria=(thrice,)))
    number = desk.do(tickets.open_ticket, opened(team="desk")).id
    for team in ("network", "desk"):
        shell("transfer", str(number), team, "--as", "ana")
    shell("watch", "--once")
    assert "round" not in shell("ticket", "history", str(number), "--as", "ana").out
    shell("transfer", str(number), "network", "--as", "ana")
    shell("watch", "--once")
    history = shell("ticket", "history", str(number), "--as", "ana").out
    assert "3" in next(line for line in history.splitlines() if "round" in line)
    assert [one.person for one in desk.ask(lambda tx: tx.outbox.of_ticket(number)) if one.code == "page"] == ["ben"]


def test_every_change_of_the_working_authority_is_a_hop(solved):
    ticket = solved.do(tickets.open_ticket, opened())
    for team in ("network", "acme", "desk"):
        ticket = solved.do(tickets.transfer, ticket.id, None, team=team)
    assert ticket.hops == 3
