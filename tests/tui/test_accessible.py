"""The terminal's own cursor, for Braille displays and magnifiers: it stands on what the person is at."""

from rich.text import Text
from textual.geometry import Offset

from tests.tui.conftest import Night
from tests.tui.driver import Driven


def cursor(desk: Driven) -> Offset:
    """Where the terminal's cursor is put by the next paint."""
    desk.app._display(desk.app.screen, Text(""))
    return desk.app.cursor_position


def line(desk: Driven) -> str:
    """What it stands on."""
    return desk.lines[cursor(desk).y]


async def test_it_stands_at_the_start_of_the_current_row(night: Night) -> None:
    async with night(accessibility=True) as desk:
        for keys in ((), ("j",), ("j", "j"), ("G",), ("k",)):
            await desk.press(*keys)
            assert cursor(desk).x == 0
            assert line(desk).startswith(">")
            assert f"T-{desk.current} " in line(desk)


async def test_in_a_question_it_stands_on_the_answers_and_in_a_field_behind_what_was_typed(night: Night) -> None:
    async with night(accessibility=True) as desk:
        await desk.press("m")
        assert "waits for" in line(desk)
        await desk.press("escape", "colon")
        await desk.type("ack")
        assert line(desk)[: cursor(desk).x].endswith(": ack")
        await desk.press("escape")
        assert line(desk).startswith(">")


async def test_on_a_ticket_it_stands_where_the_text_begins(night: Night) -> None:
    async with night(accessibility=True) as desk:
        await desk.press("enter")
        assert "Ticket number 0" in line(desk)


async def test_without_the_setting_it_is_left_alone(night: Night) -> None:
    async with night() as desk:
        await desk.press("j", "j")
        assert cursor(desk) == Offset(0, 0)
