"""The screen of procedures: one key from the ticket, each step told as it is done, by whoever is there."""

import pytest

from supporttui.domain.ids import ServiceId
from supporttui.domain.lessons import Lesson
from supporttui.domain.procedures import Procedure, ProcedureStep, StepText, Translation
from supporttui.usecases import procedures
from supporttui.usecases.definitions.defining import Pack, apply_pack
from tests.tui.conftest import Night
from tests.tui.driver import Driven
from tests.tui.screens import block, command, line, message

MAIL = ServiceId("mail")
DOWN = Procedure(
    "mail-down", "Mail is down",
    (
        ProcedureStep("Look at the queue", role="first", expected="fewer than 100 wait"), ProcedureStep("Restart it"),
        ProcedureStep("Tell the users"),
    ),
    services=(MAIL,),
    translations={"de": Translation("Mail steht", (StepText("Warteschlange ansehen"), StepText("Neu starten")))},
)  # fmt: skip
SLOW = Procedure("slow", "Something is slow", (ProcedureStep("Measure"),))


def rows(desk: Driven) -> list[str]:
    return [row.rstrip() for row in desk.lines if "[ ]" in row or "[x]" in row or "[-]" in row or "[!]" in row]


async def begun(desk: Driven, *found: Procedure, lessons: tuple[Lesson, ...] = ()) -> None:
    await desk.others(apply_pack, Pack("p", procedures=found or (DOWN,), lessons=lessons), by="zoe")
    await desk.press("b")


async def test_steps_are_told_by_key_and_u_takes_the_last_back(night: Night) -> None:
    async with night() as desk:
        await begun(desk, lessons=(Lesson("one", "ask for the shelf first", service=MAIL),))
        assert "Mail is down (version 1)" in line(desk, "heading")
        assert "0/3" in line(desk, "heading")
        assert "Lesson: ask for the shelf first" in block(desk, "notes")
        assert "Its review is due" in block(desk, "notes")
        assert "Then: fewer than 100 wait" in block(desk, "detail")
        await desk.press("space")
        assert rows(desk)[0].startswith("  [x]  1. Look at the queue")
        assert "you " in rows(desk)[0]
        assert rows(desk)[1].startswith(">*[ ]  2.")
        await desk.press("s")
        await desk.press("enter")
        assert "say why" in message(desk)
        await desk.press("s")
        await desk.type("nobody may")
        await desk.press("enter")
        assert rows(desk)[1].startswith("  [-]  2.")
        await desk.press("f")
        await desk.type("no mail")
        await desk.press("enter")
        assert rows(desk)[2].startswith("> [!]  3.")
        assert "did not work by you" in block(desk, "detail")
        assert "at its end" in line(desk, "heading")
        await desk.press("u")
        assert rows(desk)[2].startswith(">*[ ]  3.")


async def test_a_text_may_stand_with_what_is_done_and_at_the_end_the_first_step_begins_it_again(night: Night) -> None:
    async with night() as desk:
        await begun(desk, SLOW)
        await desk.press("c")
        await desk.type("9 seconds")
        await desk.press("enter")
        assert "9 seconds" in block(desk, "detail")
        await desk.press("enter", "y")
        assert "9 seconds" not in block(desk, "detail")
        assert "1/1" in line(desk, "heading")


async def test_n_shows_the_next_that_fits_and_what_a_colleague_does_is_seen(night: Night) -> None:
    async with night() as desk:
        await begun(desk, DOWN, SLOW)
        await desk.press("n")
        assert "Something is slow" in line(desk, "heading")
        ticket = desk.queue.targets()[0].id
        await desk.others(procedures.step, ticket, None, procedure="slow")
        assert rows(desk)[0].startswith("> [x]  1. Measure")
        assert "Ben" in rows(desk)[0]


async def test_what_is_not_translated_bears_its_language_and_l_shows_it_as_written(night: Night) -> None:
    async with night(language="de") as desk:
        await begun(desk)
        assert "Mail steht" in line(desk, "heading")
        assert [row[5:].strip() for row in rows(desk)] == [
            "1. Warteschlange ansehen", "2. Neu starten", "3. [en] Tell the users",
        ]  # fmt: skip
        await desk.press("l")
        assert [row[5:].strip() for row in rows(desk)] == ["1. Look at the queue", "2. Restart it", "3. Tell the users"]


async def test_where_none_fits_it_says_how_one_is_written(night: Night) -> None:
    async with night() as desk:
        await desk.press("b")
        assert "No procedure" in line(desk, "heading")
        assert any("supporttui pack apply" in row for row in desk.lines)
        await desk.press("space", "b")
        assert desk.app.screen is desk.queue


@pytest.mark.parametrize(("typed", "shown"), [("procedure list", "mail-down"), ("procedure show mail-down", "Restart")])
async def test_the_procedures_are_read_by_command(night: Night, typed: str, shown: str) -> None:
    async with night() as desk:
        await desk.others(apply_pack, Pack("p", procedures=(DOWN,)), by="zoe")
        await command(desk, typed)
        assert any(shown in row for row in desk.lines)


async def test_a_reader_tells_nothing(night: Night) -> None:
    async with night(read_only=True) as desk:
        await begun(desk)
        await desk.press("space")
        assert "read-only" in message(desk)
        assert rows(desk)[0].startswith(">*[ ]")
