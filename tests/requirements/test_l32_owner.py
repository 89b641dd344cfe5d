"""L32: one team answers to the end: the owner is never outside, and where the site asks first, has said so."""

import pytest

from supporttui.domain.people import AuthorityKind, Team
from supporttui.usecases import owning, tickets
from tests.builders import Desk, opened, person, refuses


@pytest.fixture
def partner(desk: Desk) -> Desk:
    """Pia works for a partner; Ana is at work."""
    with desk.store.write() as tx:
        tx.definitions.put("acme", Team("acme", "Acme", AuthorityKind.external))
        tx.definitions.put("pia", person("Pia", teams=("acme",)))
    return desk


@pytest.fixture
def asking(partner: Desk) -> Desk:
    """The site gives people half an hour to say whether they own a ticket."""
    with partner.store.write() as tx:
        tx.definitions.put_site({owning.SITE_MINUTES: "30"})
    return partner


def mine(desk: Desk) -> int:
    ticket = desk.do(tickets.open_ticket, opened())
    return desk.do(tickets.take, ticket.id, None).id


def told(desk: Desk, ticket: int) -> list[tuple[str, str]]:
    with desk.store.read() as tx:
        return sorted((one.code, one.person) for one in tx.outbox.of_ticket(ticket) if one.code.startswith("offer"))


def test_assigned_to_a_partner_the_owner_is_unchanged(partner):
    found = partner.do(tickets.transfer, mine(partner), None, team="acme")
    assert (found.owner, found.team, found.resolver) == ("ana", "desk", "acme")


def test_no_way_makes_somebody_outside_the_owner(partner):
    number = mine(partner)
    for given in ({"team": "acme"}, {"owner": "pia"}):
        with refuses("transfer.owner_outside"):
            partner.do(tickets.assign, number, None, **given)
    with refuses("transfer.owner_outside"):
        partner.do(tickets.transfer, number, None, team="acme", owner="ben")
    found = partner.do(tickets.transfer, number, None, owner="pia")
    assert (found.owner, found.team, found.resolver) == ("ana", "desk", "acme")
    partner.do(tickets.transfer, number, None, team="desk")
    found = partner.do(tickets.take, number, None, by="pia")
    assert (found.owner, found.resolver) == ("ana", "acme")
    fresh = partner.do(tickets.open_ticket, opened())
    found = partner.do(tickets.acknowledge, fresh.id, None, by="pia")
    assert (found.owner, found.acknowledged_by) == (None, "pia")


def test_without_the_setting_it_is_theirs_at_once(partner):
    assert partner.do(tickets.transfer, mine(partner), None, owner="ben").owner == "ben"


def test_asked_first_the_owner_stays_until_the_other_one_accepts(asking):
    number = mine(asking)
    found = asking.do(tickets.transfer, number, None, owner="ben", text="You know it")
    assert (found.owner, found.offer_at(asking.clock()).person) == ("ana", "ben")
    assert told(asking, number) == [("offer_over", "ana"), ("offered", "ben")]
    with refuses("offer.not_yours"):
        asking.do(owning.accept, number, None, by="mia")
    with refuses("offer.same"):
        asking.do(tickets.transfer, number, None, owner="ben")
    found = asking.do(owning.accept, number, None, by="ben")
    assert (found.owner, found.offer) == ("ben", None)


def test_unanswered_it_goes_back_by_itself_and_who_asked_hears_of_it_then(asking):
    number = mine(asking)
    asking.do(tickets.transfer, number, None, owner="ben")
    asking.clock.forward(minutes=30)
    with refuses("offer.none"):
        asking.do(owning.accept, number, None, by="ben")
    with asking.store.read() as tx:
        assert tx.tickets.get(number).owner == "ana"
        (over,) = [one for one in tx.outbox.of_ticket(number) if one.code == "offer_over"]
        assert over.not_before == asking.clock()


def test_declined_it_stays_and_who_asked_is_told_why(asking):
    number = mine(asking)
    asking.do(tickets.transfer, number, None, owner="ben")
    found = asking.do(owning.decline, number, None, reason="on leave", by="ben")
    assert (found.owner, found.offer) == ("ana", None)
    assert ("offer_declined", "ana") in told(asking, number)


def test_undone_nobody_is_asked_any_more(asking):
    number = mine(asking)
    asking.do(tickets.transfer, number, None, owner="ben")
    asking.do(tickets.undo, asking.last)
    with refuses("offer.none"):
        asking.do(owning.accept, number, None, by="ben")


def test_the_shell_says_who_is_asked_and_both_sides_see_it(shell, asking):
    number = str(mine(asking))
    out = shell("transfer", number, "--owner", "ben", "--as", "ana", "--zone", "UTC").out
    assert "Offered to Ben until 2026-03-02 02:50; Ana keeps it until it is taken." in out
    for reader in ("ana", "ben"):
        assert "Offered: to Ben until" in shell("ticket", "show", number, "--as", reader).out
    assert shell("accept", number, "--as", "ben").out == "T-1 is yours now: Mail is slow.\n"
