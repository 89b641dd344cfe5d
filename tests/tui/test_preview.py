"""The preview: the ticket under the cursor beside the list or below it, which never makes the list wait."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from supporttui.snapshot import Frame
from supporttui.tui.memory import Memory
from supporttui.tui.queue import preview
from supporttui.tui.queue.preview import Room, Side, Wish
from supporttui.usecases import queue, tickets
from tests.tui.conftest import Night
from tests.tui.driver import Driven

WIDE, HIGH = (160, 45), (80, 40)


@pytest.fixture(autouse=True)
def rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cursor rests at once."""
    monkeypatch.setattr(preview, "REST_SECONDS", 0.001)


def shown(desk: Driven) -> int | None:
    """The number of the ticket in the preview, once its answer is there."""
    pane = desk.queue.preview.pane
    return None if pane is None or pane.detail is None else pane.detail.ticket.id


async def rested(desk: Driven) -> None:
    """Until the preview shows the ticket under the cursor."""
    await desk.until(lambda: shown(desk) == desk.current)
    await desk.settle()


@pytest.mark.parametrize("size", [WIDE, HIGH])
async def test_i_shows_the_ticket_under_the_cursor_and_hides_it_again(night: Night, size: tuple[int, int]) -> None:
    async with night(size=size) as desk:
        before = desk.lines
        await desk.press("i")
        await rested(desk)
        desk.expect("[Timeline]")
        await desk.press("i")
        assert desk.lines[1:-2] == before[1:-2]


async def test_in_a_wide_window_it_takes_two_fifths_at_the_right_and_no_row_runs_into_it(night: Night) -> None:
    async with night(size=WIDE) as desk:
        await desk.press("i")
        await rested(desk)
        assert {line[96] for line in desk.lines[3:-2]} == {"|"}
        assert desk.queue.table.size.width == 96


async def test_in_a_narrow_window_it_stands_below(night: Night) -> None:
    async with night(size=HIGH) as desk:
        await desk.press("i")
        await rested(desk)
        assert [line for line in desk.lines if set(line.strip()) == {"-"}]
        assert desk.queue.table.size.width == 80


@pytest.mark.parametrize("size", [(80, 24), (119, 29)])
async def test_where_there_is_no_room_it_says_what_is_needed(night: Night, size: tuple[int, int]) -> None:
    async with night(size=size) as desk:
        await desk.press("i")
        desk.expect_message("No room for a preview")
        assert shown(desk) is None


async def test_it_follows_the_cursor_after_a_rest(night: Night) -> None:
    async with night(size=WIDE) as desk:
        await desk.press("i", "j", "j", "j")
        await rested(desk)
        assert f"T-{desk.current}" in desk.queue.preview.pane.query_one("#title").text


@dataclass
class Rest:
    """A timer that runs out when the test says so."""

    seconds: float
    act: Callable[[], object]
    stopped: bool = False

    def stop(self) -> None:
        self.stopped = True


async def test_holding_a_key_reads_one_ticket(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    rests: list[Rest] = []
    detail = queue.detail
    monkeypatch.setattr(queue, "detail", lambda tx, ticket, now: (read.append(ticket), detail(tx, ticket, now))[1])
    async with night(size=WIDE) as desk:
        await desk.press("i")
        await rested(desk)
        read.clear()
        monkeypatch.setattr(
            desk.queue.preview, "set_timer", lambda seconds, act: rests.append(Rest(seconds, act)) or rests[-1]
        )
        await desk.press(*"jjjjjjjjjj")
        assert not read
        assert {rest.seconds for rest in rests} == {preview.REST_SECONDS}
        (last,) = (rest for rest in rests if not rest.stopped)
        last.act()
        await rested(desk)
        assert read == [desk.current]


async def test_tab_goes_round_its_sections_and_the_list_keeps_its_cursor(night: Night) -> None:
    async with night(size=WIDE) as desk:
        await desk.press("i")
        await rested(desk)
        row = desk.current
        for section in ("Details", "References", "SLA", "Timeline"):
            await desk.press("tab")
            desk.expect(f"[{section}")
        await desk.press("shift+tab")
        desk.expect("[SLA]")
        assert desk.current == row


async def test_its_text_scrolls_while_the_cursor_stays(night: Night) -> None:
    async with night(size=WIDE) as desk:
        row = desk.current
        desk.other.do(tickets.note, row, None, text="\n".join(f"line {n}" for n in range(80)), by="ben")
        await desk.press("i")
        await rested(desk)
        assert "line 40" not in desk.text
        await desk.press(*"JJJJJJJJ")
        desk.expect("line 40")
        assert desk.current == row
        await desk.press(*"KKKKKKKK")
        assert "line 40" not in desk.text


async def test_it_grows_and_shrinks_between_its_limits(night: Night) -> None:
    async with night(size=WIDE) as desk:
        await desk.press("i")
        widths = []
        for key in ("plus",) * 5 + ("underscore",) * 9:
            await desk.press(key)
            widths.append(desk.queue.table.size.width)
        assert min(widths) == 48
        assert max(widths) == 128
        await desk.press("i", "plus")
        desk.expect_message("There is no preview; i shows it.")


async def test_what_somebody_else_does_is_seen_in_it(night: Night) -> None:
    async with night(size=WIDE) as desk:
        await desk.press("i")
        await rested(desk)
        await desk.others(tickets.note, desk.current, None, text="called the vendor")
        desk.expect("called the vendor")


async def test_its_countdowns_tick_also_where_service_hours_begin(night: Night) -> None:
    async with night(size=WIDE) as desk:
        await desk.press("i")
        await rested(desk)
        pane = desk.queue.preview.pane
        assert "4h00m*" in pane.query_one("#head").text
        await desk.tick(hours=5)
        assert "3h39m" in pane.query_one("#head").text
        await desk.tick(minutes=1)
        assert "3h38m" in pane.query_one("#head").text


async def test_an_action_takes_the_row_and_not_what_the_preview_still_shows(night: Night) -> None:
    async with night(size=WIDE) as desk:
        await desk.press("i")
        await rested(desk)
        first, second = desk.ids[:2]
        await desk.press("j", "a")
        assert desk.stored(first).acknowledged_by is None
        assert desk.stored(second).acknowledged_by == "ana"


async def test_a_view_without_tickets_leaves_it_empty(night: Night) -> None:
    async with night(size=WIDE) as desk:
        await desk.press("i")
        await rested(desk)
        await desk.press("slash")
        await desk.type("nothing-has-this")
        await desk.press("enter")
        await desk.until(lambda: desk.current is None and shown(desk) is None)
        await desk.settle()
        assert "[Timeline]" not in desk.text


async def test_a_smaller_window_hides_it_and_a_larger_one_brings_it_back(night: Night) -> None:
    async with night(size=WIDE) as desk:
        await desk.press("i")
        await rested(desk)
        for size, side in (((80, 24), False), ((80, 40), True), ((160, 45), True)):
            await desk.resize(*size)
            assert ("[Timeline]" in desk.text) == side
            assert max(map(len, desk.lines)) <= size[0]


# --- from one start to the next -------------------------------------------------------------------------


async def test_it_comes_back_as_it_was_left(night: Night, tmp_path) -> None:
    folder = str(tmp_path / "desk")
    async with night(size=WIDE, memory=Memory(folder)) as desk:
        await desk.press("i", "plus", "tab")
    async with night(size=WIDE, memory=Memory(folder)) as desk:
        await rested(desk)
        desk.expect("[Details]")
        assert desk.queue.table.size.width == 80


@pytest.mark.parametrize("lines", [(), ("on maybe", "share many", "section ?"), ("share 41",), ("\x1b[31m",)])
def test_what_was_not_written_by_us_is_the_default(lines: tuple[str, ...]) -> None:
    memory = Memory()
    memory.keep(preview.NAME, lines)
    found = preview.remembered(memory)
    assert (found.on, found.share) == (False, 40)


def early(width: int) -> Frame:
    return Frame(
        saved=0, size=WIDE, top=[(), (), (), (("dim", "x" * width),)], rows=[], below=[(), ()],
        units=("d", "h", "m", "s", "hold"), glyphs={}, sla_width=7, age="OLD",
    )  # fmt: skip


@pytest.mark.parametrize(("width", "taken"), [(96, 64), (160, 0)])
async def test_over_an_early_frame_it_takes_room_only_if_that_had_left_it(night: Night, width, taken) -> None:
    """Else it comes with the first page: what was painted first may not jump."""
    async with night(size=WIDE) as desk:
        await desk.press("i")
        desk.app.saved, desk.queue._answered = early(width), False
        assert desk.queue._room.taken == taken


def test_room_is_where_the_window_has_it() -> None:
    from textual.geometry import Size

    assert Room.within(Size(160, 45), Wish()) == Room(Side.right, 64)
    assert Room.within(Size(100, 30), Wish()) == Room(Side.below, 12)
    assert Room.within(Size(100, 29), Wish()) == Room(Side.nowhere)
