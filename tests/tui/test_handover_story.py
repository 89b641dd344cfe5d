"""The screen of handovers: a night is given and taken by keys alone, and the first line says what waits."""

from supporttui.domain.spans import Instant
from supporttui.tui.ticket.screen import TicketScreen
from supporttui.usecases import tickets
from supporttui.usecases.handover import sweeping, taking, writing
from tests.builders import NOW, opened
from tests.tui.conftest import Night
from tests.tui.driver import Driven
from tests.tui.screens import block, command, every_key, line, message

HANDOFF = Instant(NOW + 16_800)


def rows(desk: Driven) -> list[str]:
    return [row for row in desk.lines[4:] if "[x]" in row or "[ ]" in row]


async def burning(desk: Driven) -> int:
    """A top priority in the last half hour of Ben's night; the watch has begun the handover."""
    ticket = await desk.others(tickets.open_ticket, opened(title="Shop is down", priority=1))
    desk.clock.now = Instant(HANDOFF - 600)
    desk.other.watch(sweeping.sweep, desk.other.lead(seconds=10**6))
    await desk.hear()
    return int(ticket.id)


async def test_who_gives_is_offered_it_says_what_comes_next_and_signs(night: Night) -> None:
    async with night(me="ben") as desk:
        number = await burning(desk)
        assert "hand over" in desk.lines[0]
        assert "4 Handover !" in desk.lines[1]
        await desk.press("4")
        assert f"T-{number} P1 Shop is down" in rows(desk)[0]
        assert "1 ticket needs a next step" in line(desk, "standing")
        await desk.press("S")
        assert message(desk).startswith(f"Not signed: T-{number} needs a next step")
        await desk.press("e")
        await desk.type("call")
        await desk.press("enter")
        assert "next: call" in rows(desk)[0]
        await desk.press("f4")
        await desk.type("quiet")
        await desk.press("f2")
        assert "Note: quiet" in block(desk, "detail")
        await desk.press("S", "y")
        assert "Ben answers for it until it is accepted" in line(desk, "standing")
        assert "hand over" not in desk.lines[0]
        await desk.press("u")
        assert message(desk) == 'Undone: "The handover is signed."'
        assert "The signature was taken back at 07:50" in line(desk, "standing")
        await desk.press("S", "y", "B")
        assert message(desk).startswith("The signature is taken back.")


async def test_who_takes_it_reads_asks_and_accepts(night: Night) -> None:
    async with night(me="ana", size=(120, 30)) as desk:
        number = await burning(desk)
        await desk.others(writing.next_step, ticket=number, text="call", by="ben")
        await desk.others(writing.sign, by="ben")
        assert "Ben hands over" in desk.lines[0]
        await desk.press("4", "space")
        assert rows(desk)[0].startswith("  [x]")
        await desk.press("k", "c")
        await desk.type("whom?")
        await desk.press("enter")
        assert "Ana: whom?" in block(desk, "detail")
        await desk.press("a", "y")
        assert message(desk) == "Accepted. You answer for it now."
        assert "accepted" in line(desk, "heading")
        assert "hands over" not in desk.lines[0]


async def test_promises_and_what_stays(night: Night) -> None:
    async with night(me="ben") as desk:
        await burning(desk)
        await desk.press("4", "n")
        await desk.type("ring Shop")
        await desk.press("enter")
        await desk.type("2h")
        await desk.press("enter")
        await desk.press("space")
        assert "goes with the handover" in message(desk)
        await desk.press("G")
        while "promised by Ben" not in block(desk, "detail"):
            await desk.press("k")
        await desk.press("space")
        assert next(row for row in rows(desk) if "ring Shop" in row).startswith("> [ ]")
        await desk.press("n", "d")
        assert not any("ring Shop" in row for row in rows(desk))


async def test_who_was_slower_hears_who_was_faster(night: Night) -> None:
    async with night(me="ana") as desk:
        number = await burning(desk)
        await desk.others(writing.next_step, ticket=number, text="call", by="ben")
        await desk.others(writing.sign, by="ben")
        await desk.press("4")
        desk.other.do(taking.accept, everything=True, by="lea", handover="night-1-20260302T070000Z")
        await desk.press("a", "y")
        assert message(desk).startswith("Nothing was changed: Lea accepted this handover at ")
        assert "Lea accepted it" in line(desk, "standing")


async def test_the_whole_of_it_is_read_as_others_read_it(night: Night) -> None:
    async with night(me="ben") as desk:
        number = await burning(desk)
        await desk.press("4", "i")
        desk.expect("Handover Night: Ben -> Ana, 2026-03-02 08:00 CET")
        desk.expect(f"- [ ] T-{number} P1 Shop is down")
        desk.expect("next: MISSING")


async def test_past_ones_are_found_and_a_ticket_is_opened_from_here(night: Night) -> None:
    async with night(me="ben") as desk:
        await burning(desk)
        await command(desk, "handover list night")
        desk.expect("Past handovers")
        desk.expect("Night: Ben -> Ana")
        await desk.press("enter")
        assert rows(desk)
        await desk.press("enter")
        assert isinstance(desk.app.screen, TicketScreen)


async def test_who_has_nothing_to_give_is_told_so_and_no_key_does_harm(night: Night) -> None:
    async with night(me="zoe") as desk:
        await desk.press("4")
        desk.expect("You have nothing to hand over or to take over.")
        for key in every_key("handover"):
            await desk.press(key)
        assert desk.app.is_running
