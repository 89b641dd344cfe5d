"""Processes and tasks at the desk: read by a command; whoever lacks a certification is not offered a ticket."""

from supporttui.domain.people import Certification
from supporttui.domain.processes import Process
from supporttui.domain.tasks import Task
from tests.builders import person
from tests.tui.conftest import Night


async def test_commands_show_a_profile_and_who_does_a_task(night: Night, filled) -> None:
    with filled.write() as tx:
        tx.definitions.put("closing", Process("closing", "Closing", ("mail",), expertise="accruals"))
        tx.definitions.put("jobs", Task("jobs", "Look at the jobs", "first", time="by 07:00"))
    async with night() as desk:
        for command, told in (
            ("process list", ("Closing", "Criticality: normal", "Mail")),
            ("process show closing", ("accruals", "level of aggregation")),
            ("task list", ("Look at the jobs", "Held by: Ben (until 08:00)")),
            ("task show jobs", ("held by", "Ben (until 08:00)", "by 07:00")),
        ):
            await desk.press("colon")
            await desk.type(command)
            await desk.press("enter")
            for text in told:
                desk.expect(text)
            await desk.press("q")


async def test_whoever_lacks_the_certification_is_not_offered_a_ticket_and_taken_by_the_whole_name(
    night: Night, filled
) -> None:
    """Everybody is left out but Mia; "b" is a part of Ben's name alone."""
    with filled.write() as tx:
        tx.definitions.put("closing", Process("closing", "Closing", ("mail", "vpn"), certification="ledger"))
        tx.definitions.put("mia", person("Mia", certifications=(Certification("ledger"),)))
    async with night() as desk:
        ticket = desk.current
        await desk.press("T")
        desk.expect("Not certified for Closing (ledger): Ana, Aud")
        await desk.press("b", "e", "ctrl+s")
        assert desk.stored(ticket).owner != "ben"
        await desk.press("n", "ctrl+s")
        assert desk.stored(ticket).owner == "ben"


async def test_the_forms_of_the_rota_offer_nobody_who_lacks_the_certification(night: Night, filled) -> None:
    """Not even the person who asks, who may put themselves there by name."""
    with filled.write() as tx:
        tx.definitions.put("closing", Process("closing", "Closing", ("mail",), certification="ledger", line=1))
    async with night() as desk:
        await desk.press("2", "n", "tab")
        desk.expect("Not certified for Closing (ledger): Ana, Aud")
        await desk.type("ana")
        await desk.press("ctrl+s")
        desk.expect("Not certified for Closing (ledger): Ana, Mon, 2 Mar 04:20-08:00 CET")
        await desk.press("escape", "escape", "T")
        await desk.press("tab", "tab")
        desk.expect("Empty: everybody.  Not certified for Closing (ledger): Ana, Aud")
