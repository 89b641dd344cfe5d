"""What is painted: only cells that changed."""

import pytest
from textual.widget import Widget

from tests.scale.conftest import FEW
from tests.tui.driver import at_desk

pytestmark = pytest.mark.xdist_group("scale")


@pytest.fixture
def painted(monkeypatch):
    """Regions that a widget asked to repaint, as (widget, cells); ``None`` cells are the whole widget."""
    asked = []
    plain = Widget.refresh

    def refresh(self, *regions, **options):
        asked.extend((self, region.area) for region in regions)
        if not regions and not options:
            asked.append((self, self.size.area))
        return plain(self, *regions, **options)

    monkeypatch.setattr(Widget, "refresh", refresh)
    return asked


def changed_cells(before, after):
    return sum(a != b for old, new in zip(before, after, strict=True) for a, b in zip(old, new, strict=True))


async def test_a_move_repaints_two_rows(at_size, clock, painted):
    async with at_desk(at_size(FEW), clock, size=(120, 40)) as desk:
        painted.clear()
        await desk.press("down")
        cells = sum(cells for widget, cells in painted if widget is desk.queue.table)
        assert 0 < cells <= 2 * 120


async def test_a_minute_repaints_the_countdowns_that_changed_and_no_row_whole(at_size, clock, painted):
    async with at_desk(at_size(FEW), clock, size=(120, 40)) as desk:
        before = desk.lines
        painted.clear()
        for _ in range(10):
            await desk.tick(seconds=1)
        rows = desk.queue.table.size.height
        assert rows >= 34
        cells = sum(cells for widget, cells in painted if widget is desk.queue.table)
        changed = changed_cells(before[4 : 4 + rows], desk.lines[4 : 4 + rows])
        assert 0 < changed <= cells <= 3 * changed


async def test_a_second_in_which_nothing_changes_repaints_nothing_of_the_list(at_size, clock, painted):
    async with at_desk(at_size(FEW), clock, size=(120, 40)) as desk:
        await desk.tick()
        painted.clear()
        await desk.tick()
        assert [cells for widget, cells in painted if widget is desk.queue.table] == []
