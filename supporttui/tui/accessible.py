"""The terminal's own cursor for Braille displays and magnifiers: it stands where the person is, on the row or field."""

from rich.cells import cell_len
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from supporttui.tui.widgets.line_table import LineTable

PLACES = ("#choices", "#lines", "#section", "Lines")
"""Where reading begins on a screen without a list: answers, a window's lines, a ticket's text, anything else."""


def spot(screen: Screen[object]) -> Offset | None:
    """Where the cursor belongs; ``None`` where a field that is typed in has put it already."""
    focused = screen.focused
    if isinstance(focused, Input):  # Textual puts it one cell too far behind the last letter
        typed = cell_len(focused.value[: focused.cursor_position])
        return focused.content_region.offset + Offset(typed - int(focused.scroll_x), 0)
    if focused is not None and hasattr(focused, "cursor_screen_offset"):
        return None
    for table in screen.query(LineTable):
        return table.region.offset + Offset(0, max(0, table.cursor - table.top))
    for selector in PLACES:
        for widget in screen.query(selector).results(Widget):
            if widget.region.area:
                return widget.region.offset
    return Offset(0, 0)
