"""A full window of lines to read above a screen: help, messages. Typing filters it."""

from collections.abc import Callable, Sequence

from textual.events import Resize

from supporttui.domain.text import safe_text
from supporttui.tui.styles import Run
from supporttui.tui.windows.titled import SearchWindow, TextWindow

Read = Callable[[int, str], Sequence[Sequence[Run]]]
"""``read(width, wanted)`` gives the lines in which ``wanted`` occurs."""


class Reader(SearchWindow, TextWindow):
    """Lines under a title."""

    NAME = "reader"

    def __init__(self, title: str, read: Read) -> None:
        super().__init__(title)
        self._read = read

    def hint(self) -> str:
        """How to filter, scroll and leave."""
        # Translators: the keys under a window; at most 35 cells, the key as short as "/".
        return f"{self.words.t('{search} filters', search=self.shown_key('window.search'))}   {self.scrolling()}"

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
