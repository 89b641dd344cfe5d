"""At the desk: the directory by a command, and what is to be known of an authority before and after a hand-off."""

from supporttui.domain.people import AuthorityKind, Line, Team
from tests.builders import calendar
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
