"""What the moving keys do: on screens and in windows alike, over a list with a cursor or over a text."""

from typing import Any

from supporttui.tui.widgets.line_table import LineTable
from supporttui.tui.widgets.lines import Lines

_ALL = 1_000_000
"""Lines, more than any text has."""


class ListMoves:
    """Mixed in behind the screen: ``list.down`` and its like move the cursor of ``table``."""

    @property
    def table(self) -> LineTable[Any]:
        """The list."""
        raise NotImplementedError

    def action_list_down(self) -> None:
        """One row down."""
        self.table.move(1)

    def action_list_up(self) -> None:
        """One row up."""
        self.table.move(-1)

    def action_list_page_down(self) -> None:
        """One page down."""
        self.table.page(1)

    def action_list_page_up(self) -> None:
        """One page up."""
        self.table.page(-1)

    def action_list_half_down(self) -> None:
        """Half a page down."""
        self.table.page(0.5)

    def action_list_half_up(self) -> None:
        """Half a page up."""
        self.table.page(-0.5)

    def action_list_top(self) -> None:
        """The first row at hand."""
        self.table.move_to(0)

    def action_list_bottom(self) -> None:
        """The last row at hand."""
        self.table.move_to(len(self.table.window.rows) - 1)


class TextMoves:
    """Mixed in behind the screen: ``text.down`` and its like scroll ``text_block``."""

    @property
    def text_block(self) -> Lines:
        """The text."""
        raise NotImplementedError

    def action_text_down(self) -> None:
        """One line on."""
        self.text_block.scroll_lines(1)

    def action_text_up(self) -> None:
        """One line back."""
        self.text_block.scroll_lines(-1)

    def action_text_top(self) -> None:
        """To its beginning."""
        self.text_block.scroll_lines(-_ALL)

    def action_text_bottom(self) -> None:
        """To its end."""
        self.text_block.scroll_lines(_ALL)

    def action_text_page_down(self) -> None:
        """A page on."""
        self.text_block.scroll_pages(1)

    def action_text_page_up(self) -> None:
        """A page back."""
        self.text_block.scroll_pages(-1)

    def action_text_half_down(self) -> None:
        """Half a page on."""
        self.text_block.scroll_pages(0.5)

    def action_text_half_up(self) -> None:
        """Half a page back."""
        self.text_block.scroll_pages(-0.5)
