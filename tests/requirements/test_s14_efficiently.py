"""S14: run efficiently."""

import pytest

from supporttui.tui.app import SupportApp
from tests.terminal.conftest import database, start
from tests.tui.conftest import filled, filled_template, night

__all__ = ["database", "filled", "filled_template", "night", "start"]
BYTES_A_TICKET = 4_000
"""What acknowledging one ticket may send to an 80x24 terminal, the cursor's move included."""


async def test_ten_tickets_one_by_one_are_two_keys_each(night):
    async with night() as desk:
        chosen = desk.ids[:10]
        pressed = 0
        for _ in chosen:
            await desk.press("a", "j")
            pressed += 2
        assert {desk.stored(number).acknowledged_by for number in chosen} == {"ana"}
        assert pressed == 20


async def test_ten_tickets_together_are_eleven_keys(night):
    async with night() as desk:
        chosen = desk.ids[:10]
        await desk.press(*["space"] * 10, "a")
        assert {desk.stored(number).acknowledged_by for number in chosen} == {"ana"}


@pytest.mark.parametrize("keys", ["a", "c", "E\r"], ids=["acknowledge", "update", "escalate"])
async def test_the_three_most_frequent_actions_are_at_most_two_keys_from_the_queue(night, keys):
    async with night() as desk:
        number = desk.current
        before = desk.other.store.head()
        await desk.press(*["enter" if key == "\r" else key for key in keys])
        if keys == "c":  # what is typed next is the note
            await desk.type("on it")
            await desk.press("enter")
        assert desk.other.store.head() > before
        assert desk.stored(number).updated_at >= desk.stored(number).created_at
        assert isinstance(desk.app, SupportApp)


def test_what_ten_tickets_send_to_a_terminal_stays_under_a_budget(start):
    terminal = start()
    terminal.shows("live", " T-1 ", "No 0")
    before = len(terminal.sent)
    for number in range(1, 11):
        terminal.press("a").shows(f"Acknowledged T-{number}.").press("j")
    assert len(terminal.sent) - before < 10 * BYTES_A_TICKET
