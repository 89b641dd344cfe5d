"""A call at the desk: one key, one line, a name; and by a command."""

from tests.tui.conftest import Night

OTHER_KEYS = 3
"""Beside what is said: N, Tab, ^s. At three letters a second a call of forty letters takes less than 15 seconds."""


async def test_a_call_is_a_ticket_after_three_keys_beside_its_words(night: Night) -> None:
    async with night() as desk:
        pressed = ["N", "tab", "ctrl+s"]
        assert len(pressed) == OTHER_KEYS
        await desk.press(pressed[0])
        await desk.type("phone: VPN is slow")
        await desk.press(pressed[1])
        await desk.type("Maria")
        await desk.press(pressed[2])
        desk.expect("is open for Vpn (named in the line), P3: VPN is slow")
        await desk.press("enter")
        desk.expect("Requester Maria")


async def test_the_command_takes_the_line_and_says_what_it_cannot_know(night: Night) -> None:
    async with night() as desk:
        await desk.press("colon")
        await desk.type("log requester=Maria phone: VPN is slow")
        await desk.press("enter")
        desk.expect("is open for Vpn (named in the line)")
