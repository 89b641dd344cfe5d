"""At the desk: the directory by a command, and what is to be known of an authority before and after a hand-off."""

from supporttui.domain.escalation.policy import Step, StepTarget, TargetKind
from supporttui.domain.people import AuthorityKind, Line, Team
from supporttui.usecases import owning, tickets
from tests.builders import Desk, MovableClock, calendar, opened, policy
from tests.tui.conftest import Night


async def test_the_transfer_says_when_the_authority_opens_before_it_goes_there_and_after(night: Night, filled) -> None:
    """The authority opens at 09:00 in London; the reader sits in Berlin."""
    line = (Line("+49 30 911"),)
    acme = Team("acme", "Acme", AuthorityKind.external, zone="Europe/London", calendar="acme", lines=line)
    with filled.write() as tx:
        tx.definitions.put("acme", acme)
        tx.definitions.put("acme", calendar(id="acme", zone="Europe/London"))
    async with night() as desk:
        ticket = desk.current
        await desk.press("T")
        await desk.type("acm")
        desk.expect("Acme (outside): closed until Mon, 2 Mar 09:00 their time (10:00 yours)")
        desk.expect(
            "line: +49 30 911",
        )
        await desk.press("ctrl+s")
        assert desk.stored(ticket).resolver == "acme"
        desk.expect("Acme: closed until Mon, 2 Mar 09:00 their time")
        desk.expect("(10:00 yours); P3 line: +49 30 911")
        await desk.press("colon")
        await desk.type("authority show acme")
        await desk.press("enter")
        desk.expect("line for all priorities  +49 30 911")


async def test_the_transfer_says_who_solved_those_like_it_and_offers_them_first(night: Night, filled) -> None:
    past = Desk(filled, MovableClock(), prefix="past")
    for _ in range(2):
        number = past.do(tickets.open_ticket, opened(title="Ticket number one")).id
        past.do(tickets.transfer, number, None, team="network")
        past.do(tickets.resolve, number, None)
    async with night() as desk:
        await desk.press("T")
        desk.expect("2 of 2 like this were solved by Network")
        await desk.press("escape", "colon")
        await desk.type("suggest")
        await desk.press("enter")
        desk.expect("Who solves this?")
        desk.expect("solved by Network")


async def test_a_step_that_calls_an_authority_says_when_it_opens(night: Night, filled) -> None:
    acme = Team("acme", "Acme", AuthorityKind.external, zone="Europe/London", calendar="acme")
    calls = Step("Partner", 0, (StepTarget(TargetKind.authority, team="acme"),))
    with filled.write() as tx:
        tx.definitions.put("acme", calendar(id="acme", zone="Europe/London"))
        tx.definitions.put("acme", acme)
        tx.definitions.put("urgent", policy(steps=(calls,)))
    async with night() as desk:
        await desk.press("E")
        desk.expect("Acme: closed until Mon, 2 Mar 09:00 their time")


async def test_where_the_site_asks_first_the_offer_stands_on_the_ticket_and_accept_is_a_command(
    night: Night, filled
) -> None:
    with filled.write() as tx:
        tx.definitions.put_site({owning.SITE_MINUTES: "30"})
    async with night() as desk:
        ticket = desk.current
        await desk.press("T")
        await desk.type("mia")
        await desk.press("ctrl+s")
        desk.expect_message("T-1: Offered to Mia until 2026-03-02 04:50; Ana keeps it")
        assert "Handed over" not in desk.message
        assert desk.stored(ticket).owner is None
        await desk.press("enter")
        desk.expect("Offered to Mia until")
        await desk.press("colon")
        await desk.type("accept")
        await desk.press("enter")
        desk.expect("Mia is asked to own")
