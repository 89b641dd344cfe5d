"""One ticket on screen: its sections, its neighbours, its keys, and what others do to it meanwhile."""

import pytest

from supporttui.domain.events import State
from supporttui.domain.ids import TicketId
from supporttui.tui.ticket.screen import TicketScreen
from supporttui.usecases import tickets
from tests.builders import opened
from tests.tui.conftest import Night
from tests.tui.driver import Driven
from tests.tui.screens import block, every_key, line


async def opening(desk: Driven, **deviations: object) -> int:
    """Open a fresh ticket of priority 1, which is the most pressing, on its screen; gives its number."""
    made = await desk.others(tickets.open_ticket, opened(**{"title": "Shop is down", "priority": 1, **deviations}))
    await desk.tick(seconds=3)
    await desk.press("home", "enter")
    return int(made.id)


async def test_enter_opens_the_ticket_under_the_cursor_and_q_comes_back_to_it(night: Night) -> None:
    async with night() as desk:
        await desk.press("j", "j")
        number = desk.current
        await desk.press("enter")
        assert line(desk, "title").startswith(f" T-{number}  P3  new  Ticket number")
        assert "3/" in line(desk, "title")
        await desk.press("q")
        assert desk.current == number
        assert not isinstance(desk.app.screen, TicketScreen)


async def test_l_and_h_go_to_the_neighbours_in_the_list_and_stop_at_its_ends(night: Night) -> None:
    async with night() as desk:
        first, second = desk.ids[:2]
        await desk.press("enter", "h")
        assert f"T-{first} " in line(desk, "title")
        await desk.press("l")
        assert f"T-{second} " in line(desk, "title")
        await desk.press("right", "left", "left")
        assert f"T-{first} " in line(desk, "title")


async def test_l_goes_on_past_the_rows_at_hand_and_counts_in_the_whole_list(night: Night) -> None:
    async with night(size=(80, 12)) as desk:
        await desk.press("enter")
        assert line(desk, "title").endswith(" 1/60 ")
        await desk.press(*["l"] * 30)
        await desk.press(*["l"] * 25)
        assert line(desk, "title").endswith(" 56/60 ")
        shown = line(desk, "title").split()[0]
        await desk.press("q")
        assert f"T-{desk.current}" == shown  # the list stands where the reading stopped


async def test_tab_goes_round_the_sections_both_ways(night: Night) -> None:
    async with night() as desk:
        await desk.press("enter")
        seen = []
        for _ in range(4):
            seen.append(line(desk, "sections").split("[")[1].split("]")[0])
            await desk.press("tab")
        assert seen == ["Timeline", "Details", "References", "SLA"]
        assert "[Timeline]" in line(desk, "sections")
        await desk.press("shift+tab")
        assert "[SLA]" in line(desk, "sections")
        assert "first response: target 4h00m" in block(desk, "section")


async def test_a_section_of_another_ticket_begins_at_its_top(night: Night) -> None:
    async with night(size=(80, 20)) as desk:
        await opening(desk, text="\n".join(f"line {n}" for n in range(40)))
        await desk.press("tab", "G")
        desk.expect("line 39")
        await desk.press("l", "h")
        desk.expect("Service")


async def test_long_sections_scroll_by_line_by_half_and_by_page(night: Night) -> None:
    async with night(size=(80, 20)) as desk:
        await opening(desk, text="\n".join(f"line {n:02}" for n in range(60)))
        await desk.press("tab")
        assert "PgDn" in desk.text
        top = desk.lines[8]
        for there, back in (
            ("j", "k"),
            ("down", "up"),
            ("ctrl+d", "ctrl+u"),
            ("pagedown", "pageup"),
            ("G", "g"),
            ("end", "home"),
        ):
            await desk.press(there)
            assert desk.lines[8] != top
            await desk.press(back)
            assert desk.lines[8] == top
        await desk.press("G")
        assert "PgDn" not in desk.text


@pytest.mark.parametrize(
    ("keys", "outcome"),
    [
        (("a",), lambda t: t.acknowledged_by == "ana"),
        (("t",), lambda t: t.owner == "ana"),
        (("c", "h", "i", "enter"), lambda t: t.version == 2),
        (("m", "v"), lambda t: t.state is State.waiting_vendor),
        (("m", "d", "2", "h", "enter"), lambda t: t.state is State.scheduled and t.hold_until is not None),
        (("d", "w", "o", "k", "enter"), lambda t: (t.state, t.resolution) == (State.resolved, "workaround")),
        (("p", "2", "w", "h", "y", "enter"), lambda t: t.priority == 2),
        (("E", "enter"), lambda t: t.version == 2),
    ],
)
async def test_every_key_acts_on_the_ticket_that_is_shown_and_no_other(
    night: Night, keys: tuple[str, ...], outcome
) -> None:
    async with night() as desk:
        number = await opening(desk)
        others = {other: desk.stored(other).version for other in desk.ids if other != number}
        await desk.press(*keys)
        assert outcome(desk.stored(number)), desk.message
        assert {other: desk.stored(other).version for other in others} == others


@pytest.mark.parametrize("key", "atmdpE")
async def test_a_key_after_somebody_elses_change_overwrites_nothing_and_shows_the_change(
    night: Night, key: str
) -> None:
    """The version is that of what was on screen when the key was pressed."""
    answers = {"m": ("r",), "d": ("enter", "x", "enter"), "p": ("2", "x", "enter"), "E": ("enter",)}.get(key, ())
    async with night() as desk:
        number = await opening(desk)
        desk.other.do(tickets.note, number, None, text="Ben was faster", by="ben")
        await desk.press(key, *answers)
        assert "Not saved" in desk.message
        stored = desk.stored(number)
        assert (stored.version, stored.state, stored.owner, stored.priority) == (2, State.new, None, 1)
        await desk.hear()
        assert "Ben was faster" in block(desk, "section")
        await desk.press("t")
        assert desk.stored(number).owner == "ana"


async def test_a_change_by_somebody_else_appears_by_itself(night: Night) -> None:
    async with night() as desk:
        number = await opening(desk)
        await desk.others(tickets.take, number, None)
        assert "Owner Ben" in block(desk, "head")
        assert "assigned: " in block(desk, "section")


async def test_countdowns_pass_and_a_promise_breaks_while_one_looks(night: Night) -> None:
    async with night() as desk:
        await opening(desk)
        assert "first response" in desk.lines[3]
        assert "14m" in desk.lines[3]
        await desk.tick(minutes=5)
        assert " 9m  due " in desk.lines[3]
        await desk.tick(minutes=10)
        assert "X first response" in desk.lines[3]
        assert "-1m  was due " in desk.lines[3]


async def test_ages_in_the_timeline_and_reasons_go_on_by_themselves(night: Night) -> None:
    async with night() as desk:
        await opening(desk)
        await desk.tick(minutes=7)
        assert "-7m" in block(desk, "section")
        await desk.press("shift+tab")
        assert " 7m03s  " in block(desk, "section")
        await desk.tick(minutes=1)
        assert " 8m03s  " in block(desk, "section")


async def test_u_takes_the_last_step_back(night: Night) -> None:
    async with night() as desk:
        number = await opening(desk)
        await desk.press("t")
        assert desk.stored(number).owner == "ana"
        await desk.press("u")
        desk.expect_message('Undone: "Taken: ')
        assert desk.stored(number).owner is None


async def test_a_page_can_be_withdrawn_here_before_it_leaves_and_told_off_after(night: Night) -> None:
    async with night() as desk:
        await opening(desk)
        await desk.press("E", "enter")
        desk.expect_message("in 8s - u withdraw")
        await desk.press("u")
        desk.expect_message("Withdrawn before it left")
        await desk.press("E", "enter")
        await desk.tick(seconds=9)
        desk.expect_message("u tells them it is withdrawn")
        await desk.press("u")
        assert "ithdrawn" in desk.message


async def test_the_chooser_names_the_reader_as_you_and_another_step_can_be_chosen(night: Night) -> None:
    async with night(me="mia") as desk:
        number = await opening(desk)
        await desk.press("E")
        desk.expect("2 L2 you (mail")
        await desk.press("2")
        desk.expect_message("Paging L2 (")
        desk.expect_message(f"T-{number}")


async def test_no_priority_stands_under_enter(night: Night) -> None:
    async with night() as desk:
        number = await opening(desk)
        await desk.press("p", "enter")
        desk.expect("1 P1 critical")
        await desk.press("escape")
        assert desk.stored(number).version == 1


async def test_a_note_needs_a_text(night: Night) -> None:
    async with night() as desk:
        number = await opening(desk)
        await desk.press("c", "enter")
        assert desk.stored(number).version == 1
        assert desk.message


async def test_a_date_that_cannot_be_read_changes_nothing_and_says_so(night: Night) -> None:
    async with night() as desk:
        number = await opening(desk)
        await desk.press("m", "d")
        await desk.type("nonsense")
        await desk.press("enter")
        assert "nonsense" in desk.message
        assert desk.stored(number).state is State.new


async def test_a_waiting_ticket_offers_to_go_on(night: Night) -> None:
    async with night() as desk:
        number = await opening(desk)
        await desk.press("m", "r")
        assert "waiting for requester" in line(desk, "title")
        await desk.press("m")
        desk.expect("[Enter] go on working")
        await desk.press("enter")
        assert desk.stored(number).state is State.active


async def test_y_copies_the_number(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMUX", raising=False)
    async with night() as desk:
        number = await opening(desk)
        await desk.press("y")
        desk.expect_message(f"Copied T-{number}")


async def test_a_ticket_that_is_not_there_leaves_no_empty_screen(night: Night) -> None:
    async with night() as desk:
        desk.app.open_ticket(TicketId(99_999))
        await desk.settle()
        assert not isinstance(desk.app.screen, TicketScreen)
        assert "99999" in desk.message


async def test_a_short_window_keeps_the_deciding_timer_and_room_for_the_story(night: Night) -> None:
    async with night(size=(80, 15)) as desk:
        await opening(desk)
        assert block(desk, "head").count(" due ") == 1
        assert sum(row.strip() != "" for row in block(desk, "section").split("\n")) >= 1
        desk.expect("created: Shop is down")


@pytest.mark.parametrize("option", [{"read_only": True}, {"as_of": 1_772_418_000}])
async def test_where_nothing_may_be_changed_no_key_asks_or_writes(night: Night, option: dict) -> None:
    async with night(**option) as desk:
        number = desk.current
        await desk.press("enter")
        for key in "atcmdpE":
            desk.app.messages.clear()
            await desk.press(key)
            assert isinstance(desk.app.screen, TicketScreen)
            assert desk.message
        assert desk.stored(number).version == 1


async def test_every_key_of_the_screen_is_answered_without_harm(night: Night) -> None:
    """Each key once, on a screen of its own; whatever it opens is left by Esc."""
    async with night() as desk:
        for key in every_key("ticket"):
            await desk.press("1", "enter", key, "escape", "escape", "escape")
            assert desk.app.is_running, key
