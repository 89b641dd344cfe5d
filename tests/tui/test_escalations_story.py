"""Running escalations on screen: who is next, when, and every key on the one under the cursor."""

from supporttui.domain.events import State
from supporttui.tui.ticket.screen import TicketScreen
from supporttui.usecases import escalation, tickets
from tests.builders import opened
from tests.tui.conftest import Night
from tests.tui.driver import Driven
from tests.tui.screens import block, every_key, line, message


async def burning(desk: Driven, *titles: str) -> list[int]:
    """Tickets of priority 1 whose first line was paged, on the screen of escalations."""
    made = [
        await desk.others(tickets.open_ticket, opened(title=title, priority=1)) for title in titles or ("Shop is down",)
    ]
    desk.other.watch(escalation.sweep, desk.other.lead(), 10)
    await desk.hear()
    await desk.press("3")
    return [int(ticket.id) for ticket in made]


def rows(desk: Driven) -> list[str]:
    """The list, line by line, from its heading on."""
    return [row for row in desk.lines[2:] if "T-" in row]


async def test_three_lists_what_runs_with_who_is_next_and_counts_down(night: Night) -> None:
    async with night() as desk:
        (number,) = await burning(desk)
        assert rows(desk)[0].split()[:7] == [">", f"T-{number}", "1", "running", "L1", "10m", "Mia"]
        assert "If nobody answers (Urgent, round 1):" in block(desk, "detail")
        await desk.tick(minutes=4, seconds=18)
        assert " 5m42s  Mia" in rows(desk)[0]
        await desk.tick(minutes=6)
        assert " due  Mia" in rows(desk)[0]


async def test_the_second_line_counts_them(night: Night) -> None:
    async with night() as desk:
        await burning(desk)
        assert "3 Escalations 1" in line(desk, "screens")


async def test_answering_here_stops_it_and_names_who_answered(night: Night) -> None:
    async with night() as desk:
        (number,) = await burning(desk)
        await desk.press("a")
        assert message(desk).startswith(f"Acknowledged T-{number}.")
        assert "answered: you" in rows(desk)[0]
        assert "you. Nobody else is called." in block(desk, "detail")
        await desk.press("u")
        assert "running" in rows(desk)[0]


async def test_escalating_from_here_pages_the_next_step(night: Night) -> None:
    async with night() as desk:
        (number,) = await burning(desk)
        await desk.press("E")
        desk.expect("[Enter] L2 Mia (mail")
        await desk.press("enter")
        assert message(desk) == f"Paging L2 (Mia), T-{number} in 8s - u withdraw"
        assert " L2 " in rows(desk)[0]


async def test_the_cursor_follows_its_ticket_and_the_detail_follows_the_cursor(night: Night) -> None:
    async with night() as desk:
        first, second = await burning(desk, "Shop is down", "Mail is down")
        await desk.press("j")
        desk.other.do(escalation.escalate, first, None, delay=0, by="ben")
        await desk.others(tickets.acknowledge, second, None)
        assert next(row for row in rows(desk) if row.startswith(">")).split()[1] == f"T-{second}"
        assert "Ben. Nobody else is called." in block(desk, "detail")
        await desk.press("k")
        assert "If nobody answers" in block(desk, "detail")


async def test_the_list_moves_by_every_key(night: Night) -> None:
    async with night() as desk:
        await burning(desk, "One", "Two")
        for there, back in (
            ("j", "k"),
            ("down", "up"),
            ("G", "g"),
            ("end", "home"),
            ("pagedown", "pageup"),
            ("ctrl+d", "ctrl+u"),
        ):
            await desk.press(there)
            assert rows(desk)[1].startswith(">"), there
            await desk.press(back)
            assert rows(desk)[0].startswith(">"), back


async def test_enter_opens_the_ticket_and_l_goes_to_the_next_escalation(night: Night) -> None:
    async with night() as desk:
        first, second = await burning(desk, "Shop is down", "Mail is down")
        await desk.press("enter")
        assert line(desk, "title").startswith(f" T-{first} ")
        await desk.press("l")
        assert line(desk, "title").startswith(f" T-{second} ")
        await desk.press("q")
        assert not isinstance(desk.app.screen, TicketScreen)
        assert len(rows(desk)) == 2


async def test_one_that_nobody_answered_stands_out_without_colour(night: Night) -> None:
    async with night() as desk:
        await burning(desk)
        token = desk.other.token
        for _ in range(12):
            desk.clock.forward(minutes=30)
            desk.other.watch(escalation.sweep, token, 10)
        await desk.hear()
        assert rows(desk)[0].startswith(">! T-")
        assert "exhausted" in rows(desk)[0]
        assert "Every step was taken and nobody answered (Urgent)." in block(desk, "detail")


async def test_a_resolved_ticket_leaves_the_list_which_then_says_that_it_is_empty(night: Night) -> None:
    async with night() as desk:
        (number,) = await burning(desk)
        await desk.press("d", "enter", "o", "k", "enter")
        stored = desk.stored(number)
        assert stored.state is State.resolved
        desk.expect("No escalation is running.")
        assert block(desk, "detail") == ""
        for key in "atcmdpE":
            await desk.press(key)
        assert desk.stored(number) == stored


async def test_every_key_of_the_screen_is_answered_without_harm(night: Night) -> None:
    async with night() as desk:
        await burning(desk)
        for key in every_key("escalations"):
            if key != "q":
                await desk.press("3", key, "escape", "escape")
                assert desk.app.is_running, key


async def test_the_next_ticket_of_one_that_was_solved_is_the_one_that_took_its_row(night: Night) -> None:
    async with night() as desk:
        first, second = await burning(desk, "Shop is down", "Bank is down")
        await desk.press("enter")
        shown, other = (first, second) if f"T-{first} " in line(desk, "title") else (second, first)
        await desk.others(tickets.resolve, shown, None, code="fixed", text="Restarted")
        await desk.press("l")
        assert f"T-{other} " in line(desk, "title")
        assert line(desk, "title").endswith(" 1/1 ")
