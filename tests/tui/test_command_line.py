"""The ``:`` line while it is typed: what it offers from the database, what it remembers, where it says what is wrong."""

import pytest
from textual.widgets import Input

from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.memory import Memory
from supporttui.tui.ticket.screen import TicketScreen
from supporttui.tui.windows import command_line
from tests.tui.conftest import Night
from tests.tui.driver import Driven
from tests.tui.screens import block, command, line


@pytest.fixture(autouse=True)
def rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typing rests at once."""
    monkeypatch.setattr(command_line, "REST_SECONDS", 0.001)


def typed(desk: Driven) -> str:
    """What stands after the colon."""
    return desk.app.screen.query_one(Input).value


async def offered(desk: Driven, part: str) -> None:
    """Until the line under the input offers this."""
    await desk.until(lambda: part in line(desk, "hint"))
    await desk.settle()


async def test_tickets_are_offered_by_the_beginning_of_their_number(night: Night) -> None:
    async with night() as desk:
        await desk.press("colon")
        await desk.type("ack 59")
        await offered(desk, "T-59 Ticket number 58")
        await desk.press("tab")
        assert typed(desk) == "ack T-59 "


async def test_and_by_words_of_their_title_which_the_number_then_replaces(night: Night) -> None:
    async with night() as desk:
        await desk.press("colon")
        await desk.type("t number 41")
        await offered(desk, "T-42 Ticket number 41")
        await desk.press("tab", "enter")
        assert isinstance(desk.app.screen, TicketScreen)


async def test_people_teams_and_services_are_offered_inside_a_filter(night: Night) -> None:
    async with night() as desk:
        for text, whole in (("queue owner:be", "queue owner:ben "), ("queue service:m", "queue service:mail ")):
            await desk.press("colon")
            await desk.type(text)
            await desk.press("tab")
            assert typed(desk) == whole
            await desk.press("escape")


async def test_up_and_down_bring_back_what_was_run_also_at_the_desk_before(night: Night, tmp_path) -> None:
    folder = str(tmp_path / "desk")
    async with night(memory=Memory(folder)) as desk:
        await command(desk, "oncall")
        await desk.press("escape")
        await command(desk, "sort priority")
    async with night(memory=Memory(folder)) as desk:
        await desk.press("colon")
        await desk.type("ta")
        for key, expected in (
            ("up", "sort priority"),
            ("up", "oncall"),
            ("up", "oncall"),
            ("down", "sort priority"),
            ("down", "ta"),
        ):
            await desk.press(key)
            assert typed(desk) == expected


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("ack 7 wxyz", "wxyz"),
        ("wxyz 7", "wxyz"),
        ("wait 7 nowhere", "nowhere"),
        ("queue is:open prio:x", "x"),
        ("filter is:nonsense", "nonsense"),
    ],
)
async def test_what_is_wrong_is_marked_under_its_word_and_the_line_stays(night: Night, text: str, marked: str) -> None:
    async with night(size=(120, 30)) as desk:
        await desk.press("colon")
        await desk.type(text)
        await desk.press("enter")
        hint = line(desk, "hint")
        column = len(" : ") + text.rindex(marked)
        assert hint.index("^") == column
        assert hint[column:].startswith("^" * len(marked) + " ")
        assert not isinstance(desk.app.screen, BaseScreen)


async def test_a_line_that_was_refused_is_not_remembered(night: Night) -> None:
    async with night() as desk:
        await command(desk, "wxyz")
        await desk.press("escape", "colon", "up")
        assert typed(desk) == ""


@pytest.mark.parametrize("language", ["en", "de", "ja"])
async def test_what_is_wrong_is_read_to_its_end_however_long_it_is(night: Night, language: str) -> None:
    async with night(size=(62, 24), language=language) as desk:
        await command(desk, "wait nowhere")
        said = block(desk, "hint")
        assert "~" not in said
        shown = [line.strip() for line in desk.lines]
        assert all(part.strip() in shown for part in said.splitlines())
        assert len(said.splitlines()) > 1
        assert desk.lines[-1 - len(said.splitlines())].startswith(" : "), "the line stands above it"
        await desk.press("backspace")
        assert len(block(desk, "hint").splitlines()) == 1
