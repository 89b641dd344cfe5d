"""A full window of lines to read above a screen: help, messages. Typing filters it."""

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.events import Resize

from supporttui.domain.text import safe_text
from supporttui.tui.styles import Run
from supporttui.tui.widgets.lines import Lines
from supporttui.tui.windows.titled import SearchWindow, WindowText

Read = Callable[[int, str], Sequence[Sequence[Run]]]
"""``read(width, wanted)`` gives the lines in which ``wanted`` occurs."""


class Reader(SearchWindow, WindowText):
    """Lines under a title."""

    NAME = "reader"
    AUTO_FOCUS = "#lines"

    def __init__(self, title: str, read: Read) -> None:
        super().__init__()
        self._title = title
        self._read = read

    def heading(self) -> str:
        """As it was given."""
        return self._title

    def hint(self) -> str:
        """How to filter, scroll and leave."""
        key = self.shown_key
        # Translators: the keys under a window; at most 78 cells, the keys as short as "PgDn".
        return self.words.t(
            "{search} filters   {down} {up} {on} {back} scroll   {leave} closes",
            search=key("window.search"),
            down=key("text.down"),
            up=key("text.up"),
            on=key("text.page_down"),
            back=key("text.page_up"),
            leave=key("window.leave"),
        )

    def body(self) -> ComposeResult:
        """The lines."""
        yield Lines(id="lines", pages=True)

    @property
    def text_block(self) -> Lines:
        """The lines."""
        return self.query_one("#lines", Lines)

    def on_resize(self, event: Resize) -> None:
        """Lines break by the width."""
        self.search(self.wanted)

    def search(self, text: str) -> None:
        """Only lines in which it occurs."""
        lines = self._read(self.size.width, text)
        if not lines and text:
            nothing = self.words.t("Nothing here has {text} in it.", text=safe_text(text, one_line=True, limit=40))
            lines = ((("dim", f" {nothing}"),),)
        self.text_block.show(lines, from_top=True)

    def action_app_help(self) -> None:
        """The key that opened the help closes it."""
        self.action_window_close()
