"""The history of the message line in a window: to its end, newest first, filtered by typing."""

from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.widgets.message_line import Severity
from tests.tui.conftest import Night
from tests.tui.screens import block, command

LONG = "A message that says so much that no line of eighty cells could ever hold it, and whose end is what matters."


async def test_a_long_message_is_told_to_its_end(night: Night) -> None:
    async with night() as desk:
        desk.app.say(LONG, Severity.warning)
        await command(desk, "messages")
        assert "whose end is what matters." in " ".join(block(desk, "lines").split())
        assert max(map(len, block(desk, "lines").split("\n"))) <= 80


async def test_before_anything_was_said_it_says_that(night: Night) -> None:
    async with night() as desk:
        await command(desk, "messages")
        desk.expect("Nothing was said yet.")


async def test_typing_keeps_the_messages_in_which_it_occurs(night: Night) -> None:
    async with night() as desk:
        for text in ("first thing", "second thing"):
            desk.app.say(text)
        await command(desk, "messages")
        await desk.press("slash")
        await desk.type("FIRST")
        assert block(desk, "lines").split()[1:] == ["first", "thing"]
        await desk.type("x")
        desk.expect("Nothing here has FIRSTx in it.")


async def test_escape_and_q_leave_it_and_the_desk_goes_on(night: Night) -> None:
    async with night() as desk:
        for key in ("escape", "q"):
            await command(desk, "messages")
            await desk.press(key)
            assert isinstance(desk.app.screen, BaseScreen)


async def test_the_line_itself_marks_what_it_cuts(night: Night) -> None:
    async with night() as desk:
        desk.app.say(LONG)
        await desk.settle()
        assert desk.lines[22].endswith("~")
