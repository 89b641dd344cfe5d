"""The history of the message line in a window: to its end, newest first, filtered by typing."""

import pytest

from supporttui.domain.spans import Instant
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.link import Link, LinkState
from supporttui.tui.widgets.message_line import Message, Severity, message_lines
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
        assert block(desk, "lines").split()[2:] == ["first", "thing"]
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


async def test_a_refusal_is_read_to_its_end_and_the_list_is_whole_again_after_it(night: Night) -> None:
    async with night() as desk:
        before = desk.lines[:22]
        desk.app.say(LONG, Severity.warning)
        await desk.settle()
        assert desk.lines[21].startswith("!A message that says so much")
        assert desk.lines[22].strip() == "and whose end is what matters."
        assert desk.lines[23].strip() == desk.footer.strip()
        desk.app.say("")
        await desk.settle()
        assert desk.lines[:22] == before


def test_even_a_refusal_leaves_most_of_the_screen_to_the_list() -> None:
    message = Message(Instant(0), LONG * 9, Severity.error)
    lines = message_lines(message, 40, 3)
    assert [line[0][1][0] for line in lines] == ["X", " ", " "]
    assert message_lines(None, 40, 3) == ((),)


async def test_each_says_when_and_how_loud_it_was_by_a_sign_and_by_a_word(night: Night) -> None:
    async with night() as desk:
        for text, severity in (("one", Severity.info), ("two", Severity.warning), ("three", Severity.error)):
            desk.app.say(text, severity)
        await command(desk, "messages")
        rows = [row.split()[1:] for row in block(desk, "lines").split("\n")]
        assert rows == [["X", "error", "three"], ["!", "warning", "two"], ["told", "one"]]


async def test_y_copies_those_that_are_shown(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    async with night() as desk:
        for text in ("first thing", "second thing"):
            desk.app.say(text)
        copied: list[tuple[str, str]] = []
        monkeypatch.setattr(desk.app, "copy", lambda text, what: copied.append((text, what)))
        await command(desk, "messages")
        await desk.press("slash")
        await desk.type("first")
        await desk.press("enter", "y")
        ((text, what),) = copied
        assert text.endswith("  told  first thing")
        assert what == "1 message"


async def test_the_last_two_hundred_are_kept(night: Night) -> None:
    async with night() as desk:
        for number in range(250):
            desk.app.say(f"number {number}")
        await command(desk, "messages")
        rows = block(desk, "lines").split("\n")
        assert len(rows) == 200
        assert rows[-1].endswith("number 50")


async def test_the_same_said_again_is_one_line_with_how_often_and_since_when(night: Night) -> None:
    async with night() as desk:
        for text, severity in (("a", "info"), ("b", "info"), ("b", "info"), ("b", "warning"), ("a", "info")):
            desk.app.say(text, Severity(severity))
        desk.clock.forward(minutes=7)
        desk.app.say("a")
        await command(desk, "messages")
        told = [" ".join(row.split()[1:]) for row in block(desk, "lines").split("\n")]
        since = block(desk, "lines").split("\n")[-1].split()[0]
        assert told == [f"told a (2 times since {since})", "! warning b", f"told b (2 times since {since})", "told a"]
        assert block(desk, "lines").split()[0] > since


async def test_a_question_asked_again_is_still_answered(night: Night) -> None:
    async with night() as desk:
        answers: list[str] = []
        for _ in range(2):
            desk.app.ask_by_message("Enter shows it.", {"enter": lambda: answers.append("yes")})
        await desk.press("enter")
        assert answers == ["yes"]


async def test_that_the_database_is_away_stays_in_sight_until_it_is_back_and_is_kept_once(night: Night) -> None:
    async with night() as desk:
        now = desk.clock()
        for tries, wait in ((1, 4), (2, 5), (3, 4)):
            desk.app.linked(Link(LinkState.away, heard=now, away_since=now, tries=tries, retry_at=now + wait))
        desk.app.say("first thing")
        await desk.settle()
        desk.expect_message("first thing")
        for _ in range(2):
            await desk.press("j", "colon", "escape")
            desk.expect_message("No database, trying again in 4s.")
        desk.app.linked(Link(LinkState.live, heard=now))
        await desk.settle()
        assert desk.message == ""
        await command(desk, "messages")
        desk.expect("first thing").expect("(3 times since ")
        assert desk.text.count("No database") == 1
