"""The list: what is painted, where the cursor stays, what is asked for."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.geometry import Region

from supporttui.domain.spans import Instant
from supporttui.tui.styles import Run, changed_cells
from supporttui.tui.widgets.line_table import LineTable, Window, placed


class Look:
    """Rows are numbers; a number and the seconds that it has left."""

    def key(self, row: int) -> int:
        return row

    def runs(self, row: int, *, now: Instant, cursor: bool, marked: bool) -> Sequence[Run]:
        return (
            ("cursor" if cursor else "", f"{'*' if marked else ' '}{row:>5} {max(0, 100 - now) // 60:>3}m"),
            ("", " subject"),
        )


class Counting(LineTable[int]):
    """Remembers which regions were to be painted anew."""

    def __init__(self) -> None:
        self.now = 0
        self.regions: list[Region] = []
        super().__init__(Look(), lambda: Instant(self.now))

    def refresh(self, *regions: Region, **options: bool) -> "Counting":
        self.regions += regions
        return super().refresh(*regions, **options)


class Bare(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.asked: list[bool] = []

    def on_line_table_edge(self, event: LineTable.Edge) -> None:
        self.asked.append(event.forward)

    def compose(self) -> ComposeResult:
        yield Counting()


async def table_of(app: Bare) -> Counting:
    table = app.query_one(Counting)
    table.fill(Window(tuple(range(100))))
    return table


async def test_a_cursor_move_paints_two_rows() -> None:
    app = Bare()
    async with app.run_test(size=(40, 20)) as pilot:
        table = await table_of(app)
        await pilot.pause()
        table.regions.clear()
        table.move(1)
        assert sorted(region.y for region in table.regions) == [0, 1]


async def test_a_tick_paints_only_the_cells_whose_text_changed() -> None:
    app = Bare()
    async with app.run_test(size=(40, 20)) as pilot:
        table = await table_of(app)
        await pilot.pause()
        table.regions.clear()
        table.now = 30
        table.repaint()
        assert table.regions == []
        table.now = 50
        table.repaint()
        assert {region.height for region in table.regions} == {1}
        assert sum(region.width for region in table.regions) <= 20 * 2


async def test_only_the_rows_in_view_are_ever_made() -> None:
    app = Bare()
    async with app.run_test(size=(40, 20)) as pilot:
        table = app.query_one(Counting)
        made: list[int] = []
        runs = table.look.runs
        table.look.runs = lambda row, **seen: (made.append(row), runs(row, **seen))[1]
        table.fill(Window(tuple(range(10_000))))
        await pilot.pause()
        assert max(made) < 20


async def test_no_row_hides_above_while_lines_stay_empty_below() -> None:
    """Rows that came before the cursor's are seen where there is room: nobody misses what is most pressing."""
    async with Bare().run_test(size=(40, 20)) as pilot:
        table = pilot.app.query_one(Counting)
        table.fill(Window((7, 8, 9)))
        table.move_to(1)
        table.fill(Window(tuple(range(10))))
        assert (table.current, table.top) == (8, 0)
        table.fill(Window(tuple(range(30))))
        table.move_to(29)
        table.fill(Window(tuple(range(10, 30))))
        assert (table.current, table.top) == (29, 0)


async def test_more_rows_are_asked_for_near_an_edge_and_only_there() -> None:
    app = Bare()
    async with app.run_test(size=(40, 20)) as pilot:
        table = app.query_one(Counting)
        table.fill(Window(tuple(range(100)), more_before=False, more_after=True))
        await pilot.pause()
        assert app.asked == []
        table.move_to(90)
        await pilot.pause()
        assert app.asked == [True]


@given(st.lists(st.integers(0, 50), unique=True, min_size=1), st.lists(st.integers(0, 50), unique=True), st.data())
def test_the_cursor_keeps_its_id_and_if_it_can_its_line(old: list[int], new: list[int], data: st.DataObject) -> None:
    cursor = data.draw(st.integers(0, len(old) - 1))
    top = data.draw(st.integers(0, cursor))
    place, new_top = placed(old, new, cursor=cursor, top=top)
    if old[cursor] in new:
        assert new[place] == old[cursor]
        assert place - new_top == cursor - top or new_top == 0
    elif new:
        assert 0 <= place < len(new)
    assert 0 <= new_top <= max(0, place)


RUNS = st.lists(st.tuples(st.sampled_from(["", "bold"]), st.text("ab 漢", max_size=6)), max_size=4)


@given(RUNS, RUNS)
def test_outside_the_changed_cells_nothing_differs(old: list[Run], new: list[Run]) -> None:
    """Cell by cell, in text and style."""
    span = changed_cells(old, new)
    before, after = cells(old), cells(new)
    width = max(len(before), len(after))
    before += [("", " ")] * (width - len(before))
    after += [("", " ")] * (width - len(after))
    start, length = span or (0, 0)
    assert before[:start] == after[:start]
    assert before[start + length :] == after[start + length :]


def cells(runs: Sequence[Run]) -> list[tuple[str, str]]:
    return [
        cell
        for style, text in runs
        for letter in text
        for cell in ([(style, letter)] if letter.isascii() else [(style, letter), (style, "")])
    ]


@pytest.mark.parametrize("size", [(40, 20), (10, 3), (1, 1)])
async def test_moving_never_leaves_the_list_and_the_cursor_is_always_in_view(size: tuple[int, int]) -> None:
    app = Bare()
    async with app.run_test(size=size):
        table = await table_of(app)
        for step in (1, -5, 50, 200, -3, 0):
            table.move(step)
            table.page(0.5)
            table.page(-1)
            assert 0 <= table.cursor < 100
            assert table.top <= table.cursor < table.top + max(1, table.size.height)
