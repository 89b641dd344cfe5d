"""Keys that are typed faster than windows open: none is lost, none acts on the list below."""

import pytest
from textual.events import Key

from supporttui.domain.events import State
from supporttui.usecases import tickets
from tests.tui.conftest import Night
from tests.tui.driver import Driven

NAMES = {"\r": "enter", " ": "space", ":": "colon", "/": "slash", "\x13": "ctrl+s", "\x1b": "escape", ".": "full_stop"}


async def at_once(desk: Driven, typed: str) -> None:
    """All of it before the desk can do anything about the first key."""
    for letter in typed:
        desk.app.post_message(Key(NAMES.get(letter, letter), letter if letter.isprintable() else None))
    await desk.settle()
    await desk.until(lambda: not desk.app._ahead and not desk.app._settling)
    await desk.settle()


async def test_a_note_and_its_enter_are_written(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        await at_once(desk, "cOn it, then jumped\r")
        desk.expect_message("Note saved")
        with desk.other.store.read() as tx:
            assert tx.journal.of_ticket(number)[-1].event.text == "On it, then jumped"


async def test_answers_that_the_database_must_name_first_are_waited_for(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        await at_once(desk, "p2Whole site\r")
        assert desk.stored(number).priority == 2


async def test_a_form_whose_fields_come_later_gets_what_was_typed(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        await at_once(desk, "Tnetwork\x13")
        assert desk.stored(number).team == "network"


async def test_several_actions_one_after_another_each_meet_their_ticket(night: Night) -> None:
    async with night() as desk:
        first, second, third = desk.ids[:3]
        await at_once(desk, "ajcOne more\rjd\rRestarted\r")
        assert desk.stored(first).acknowledged_by == "ana"
        with desk.other.store.read() as tx:
            assert tx.journal.of_ticket(second)[-1].event.text == "One more"
        assert desk.stored(third).state is State.resolved


@pytest.mark.parametrize(("keys", "row"), [("\r", 0), ("\rl", 1), ("\rllh", 1)])
async def test_a_key_for_a_ticket_that_is_just_opening_waits_until_it_is_known(
    night: Night, keys: str, row: int
) -> None:
    async with night() as desk:
        number = desk.ids[row]
        await at_once(desk, f"{keys}cRead it\r")
        with desk.other.store.read() as tx:
            assert tx.journal.of_ticket(number)[-1].event.text == "Read it"


async def test_a_command_is_run_as_typed(night: Night) -> None:
    async with night() as desk:
        await at_once(desk, ":ack 3\r")
        assert desk.stored(3).acknowledged_by == "ana"


@pytest.mark.parametrize("screen", ["1", "2", "3"])
async def test_enter_behind_the_key_of_the_definitions_reads_the_first_of_them(night: Night, screen: str) -> None:
    async with night() as desk:
        await at_once(desk, f"{screen}C\r")
        desk.expect("Europe/Berlin")
        assert desk.app.screen.NAME != "ticket"


async def test_escape_drops_what_waits_for_a_question(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        await at_once(desk, "p\x1b")
        await at_once(desk, "a")
        assert desk.stored(number).acknowledged_by == "ana"


async def test_what_was_typed_for_a_question_that_never_came_does_nothing(night: Night) -> None:
    """Letters meant for a form of a ticket that is gone must not act on the list."""
    async with night() as desk:
        number = desk.current
        desk.other.do(tickets.resolve, number, None, by="ben")
        before = desk.other.store.head()
        await at_once(desk, "ETake it, all of you\r")
        await desk.hear()
        assert desk.other.store.head() == before


@pytest.mark.parametrize("typed", ["jjjjj", "jjkjjkjjj"])
async def test_a_held_key_moves_as_often_as_it_repeats(night: Night, typed: str) -> None:
    async with night() as desk:
        ids = desk.ids
        await at_once(desk, typed)
        assert desk.current == ids[typed.count("j") - typed.count("k")]


async def test_a_reply_typed_at_once_waits_for_its_templates_and_its_form(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        await at_once(desk, "rWe look into it\x13")
        with desk.other.store.read() as tx:
            assert tx.journal.of_ticket(number)[-1].event.text == "We look into it"


async def test_an_action_on_what_somebody_else_just_changed_is_refused_however_fast(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        desk.other.do(tickets.take, number, None, by="ben")
        await at_once(desk, "d\rRestarted\r")
        assert desk.stored(number).state is not State.resolved
