"""The charter at the desk: what is out of scope is closed with where it belongs, and its sentence stands at tickets."""

from supporttui.domain.states import State
from supporttui.usecases import tickets
from supporttui.usecases.definitions.defining import Pack, apply_pack
from tests.tui.conftest import Night
from tests.tui.screens import block, command, message
from tests.usecases.test_charters import CHARTER


async def test_a_new_ticket_out_of_scope_says_where_it_belongs_and_is_closed_with_that(night: Night) -> None:
    async with night() as desk:
        await desk.others(apply_pack, Pack("p", charters=(CHARTER,)), by="zoe")
        await command(desk, 'new "Key lost" service=mail category=door')
        assert any("belongs to Facilities" in row for row in desk.lines)
        await desk.press("y")
        assert "Opened T-61" in message(desk)
        ticket = desk.other.ask(lambda tx: tx.tickets.get(61))
        assert (ticket.state, ticket.resolution) == (State.closed, "referred")


async def test_it_may_be_opened_all_the_same_and_then_says_so_itself(night: Night) -> None:
    async with night(size=(100, 30)) as desk:
        await desk.others(apply_pack, Pack("p", charters=(CHARTER,)), by="zoe")
        await command(desk, 'new "Key lost" service=mail category=door')
        await desk.press("n")
        await desk.press("enter")
        head = block(desk, "head")
        assert "Out of scope: it belongs to Facilities. Ring 200." in head
        assert "Charter: Only L2 may restart the gateway." in head


async def test_charters_are_read_by_command(night: Night) -> None:
    async with night() as desk:
        await desk.others(apply_pack, Pack("p", charters=(CHARTER,)), by="zoe")
        await desk.others(tickets.create, title="x", service="mail")
        await command(desk, "charter show mail")
        assert any("Only L2 may restart the gateway." in row for row in desk.lines)
