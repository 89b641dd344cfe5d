"""Promised updates and major incidents at the desk: by command and by the reply's form, in head, queue and window."""

from supporttui.tui.windows.reader import Reader
from tests.tui.conftest import Night
from tests.tui.screens import command, message


async def test_a_promise_stands_in_the_head_until_it_is_missed_and_a_reply_makes_the_next(night: Night) -> None:
    async with night() as desk:
        await command(desk, "promise 30m we call")
        assert message(desk).startswith("Update promised: T-1.")
        await desk.press("enter")
        desk.expect("Next update promised: 30m, due").expect("we call")
        desk.clock.now += 2000
        await desk.tick()
        desk.expect("Promised update missed: -4m, was due")
        await desk.press("r")
        await desk.type("still looking")
        await desk.press("tab")
        await desk.type("2h")
        await desk.press("ctrl+s")
        assert desk.stored(1).promised.until == desk.clock() + 7200
        await desk.press("q")
        await command(desk, "queue is:promise-missed")
        desk.expect("No ticket matches")


async def test_a_major_incident_is_begun_led_and_looked_at_by_commands(night: Night) -> None:
    async with night() as desk:
        await command(desk, "major start every=20 communication=ben")
        await command(desk, "major degraded orders by phone")
        await desk.press("enter")
        desk.expect("Major incident since").expect("communication: Ben").expect("degraded: orders by phone")
        desk.expect("Next update promised: 20m")
        await command(desk, "major show")
        assert isinstance(desk.app.screen, Reader)
        desk.expect("Told every").expect("major incident begun")
        await desk.press("escape")
        await command(desk, "major end power is back")
        assert not desk.stored(1).is_major
        await command(desk, "major list")
        desk.expect("T-1")
