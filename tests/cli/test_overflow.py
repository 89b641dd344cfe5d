"""``overflow``: which partner could take tickets of which team; the same at the ticket and in the transfer prompt."""

import pytest

from supporttui.domain.people import AuthorityKind, Overflow, Team
from supporttui.i18n import catalogue
from supporttui.tui.asking.handing import receivers
from supporttui.usecases import tickets
from tests.builders import opened

ENGLISH = catalogue.load("en", "UTC", {})
RULE = Overflow("acme", limit=1, amount="45.00", currency="EUR")
TOLD = "Service desk has 3 open, limit 1: Acme Support could take it (45.00 EUR each, 90.00 EUR for 2)"


@pytest.fixture
def full(desk):
    """A team with three open tickets, two over its limit."""
    with desk.store.write() as tx:
        tx.definitions.put("acme", Team("acme", "Acme Support", AuthorityKind.external))
        tx.definitions.put("desk", Team("desk", "Service desk", overflow=(RULE,)))
    for _ in range(3):
        desk.do(tickets.open_ticket, opened(team="desk"))
    return desk


def test_the_proposal_is_told_with_the_price_of_one_and_of_all_that_are_over(shell, full):
    assert TOLD in shell("overflow").out
    (found,) = shell("overflow", "--json").json["overflow"]
    assert (found["open"], found["limit"], found["proposed"]["over"], found["proposed"]["cost"]) == (3, 1, 2, "90.00")


def test_the_ticket_says_so_too(shell, full):
    assert f"Overflow: {TOLD}" in shell("ticket", "show", "1").out
    assert shell("ticket", "show", "1", "--json").json["overflow"]["partner"] == "acme"


def test_whoever_hands_it_over_is_offered_the_partner_first_and_told_why(full):
    found = full.ask(receivers, ENGLISH, [1], full.clock())
    assert (found.offered[0].value, found.why) == ("team:acme", (TOLD,))


def test_where_nothing_is_over_nobody_is_put_first(shell, full):
    for number in (1, 2):
        full.do(tickets.resolve, number, None)
    assert "nothing proposed" in shell("overflow").out
    found = full.ask(receivers, ENGLISH, [3], full.clock())
    assert found.offered[0].value != "team:acme"
    assert not any("Acme" in line for line in found.why)


def test_without_any_rule_there_is_a_word_about_it(shell, desk):
    assert shell("overflow").out == "No overflow rule is defined yet.\n"


def test_a_transfer_to_nobody_is_refused_with_the_proposal(shell, full):
    told = shell("--as", "ben", "transfer", "1")
    assert "Open with your team: 3; acme could take it (price: 45.00 EUR)" in told.err
    full.do(tickets.resolve, 2, None)
    full.do(tickets.resolve, 3, None)
    assert "Give a team or a person." in shell("--as", "ben", "transfer", "1").err
