"""Messages of the watch and what other systems report, in lists at the desk; pages that are answered by their codes."""

from supporttui.domain.incoming.report import Report
from supporttui.tui.windows.listing import ListWindow
from supporttui.usecases import escalation, notices, post, tickets
from supporttui.usecases.incoming import taking
from supporttui.usecases.ports import NoticeState
from tests.builders import Desk, opened
from tests.intake.sending import define
from tests.tui.conftest import Night
from tests.tui.driver import Driven
from tests.tui.screens import command, message


def paged(other: Desk) -> int:
    """A ticket of priority 1 whose first page is about to leave."""
    ticket = other.do(tickets.open_ticket, opened(title="Shop is down", priority=1)).id
    other.watch(escalation.sweep, other.lead(seconds=10**6), 10)
    return int(ticket)


def state(desk: Driven, key: str) -> NoticeState:
    return desk.other.ask(post.of, key).state


async def test_what_was_held_is_released_from_the_list_and_what_is_dropped_never_leaves(night: Night) -> None:
    async with night() as desk:
        other, number = desk.other, paged(desk.other)
        desk.clock.forward(minutes=241)
        other.watch(notices.claim, other.token)
        (page,) = other.ask(post.listed, [NoticeState.held])
        await desk.hear()
        await command(desk, "notice list")
        desk.expect(f"T-{number}").expect("Ben (mail)").expect("held: somebody must release it")
        await desk.press("enter", "w")
        desk.expect("Policy Urgent, version 1").expect("much too late")
        await desk.press("q")
        assert isinstance(desk.app.screen, ListWindow)
        await desk.press("enter", "r")
        assert state(desk, page.key) is NoticeState.pending
        desk.expect("waits to be sent")
        await desk.press("escape")
        await command(desk, f"notice drop {page.key}")
        assert "does not wait for anybody" in message(desk)
        await command(desk, "notice list sent")
        desk.expect("No message waits.")


async def test_who_may_call_nobody_reads_the_list_and_decides_nothing(night: Night) -> None:
    async with night(me="aud") as desk:
        other = desk.other
        paged(other)
        desk.clock.forward(minutes=241)
        other.watch(notices.claim, other.token)
        (page,) = other.ask(post.listed, [NoticeState.held])
        await command(desk, f"notice why {page.key}")
        desk.expect("held: somebody must release it")
        await desk.press("q")
        await command(desk, f"notice release {page.key}")
        assert state(desk, page.key) is NoticeState.held


async def test_a_page_is_answered_by_its_code_in_the_name_of_whom_it_called(night: Night) -> None:
    async with night() as desk:
        number, there = paged(desk.other), desk.ids[0]
        (page,) = desk.other.watch(notices.claim, desk.other.token)
        code = page.params["ack"]
        await command(desk, f"ack {code[:3].lower()}-{code[3:]}, T-{there}")
        assert (desk.stored(number).acknowledged_by, desk.stored(there).acknowledged_by) == ("ben", "ana")
        desk.expect_message("In the name of Ben.")
        await desk.press("u")
        assert desk.stored(number).acknowledged_by is None
        await command(desk, "ack ZZZZZZ")
        assert "ZZZZZZ" in message(desk)


async def test_what_came_in_is_acknowledged_once_for_the_team_and_shows_every_report(night: Night) -> None:
    async with night(size=(120, 30)) as desk:
        define(desk.other.store)
        for _ in range(2):
            (taken,) = desk.other.do(taking.take, "vendor", [Report("disk", "Disk is full", "vpn")])
        await desk.hear()
        await command(desk, "intake list")
        desk.expect(f"T-{taken.ticket}").expect("Disk is full").expect("  2  ")
        await desk.press("enter", "s")
        desk.expect("Disk is full")
        await desk.press("q")
        await command(desk, f"intake ack {taken.ticket}")
        assert message(desk) == f"Acknowledged for the team: T-{taken.ticket}."
        await command(desk, f"intake ack {taken.ticket}")
        assert "already" in message(desk)
