"""A full window of lines to read above a screen: help, messages. Typing filters it."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.widgets import Input

from supporttui.domain.marking import mark
from supporttui.domain.text import safe_text
from supporttui.tui.base_screen import BaseModal
from supporttui.tui.styles import Run
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.lines import Lines

Read = Callable[[int, str], Sequence[Sequence[Run]]]
"""``read(width, wanted)`` gives the lines in which ``wanted`` occurs."""


class Reader(BaseModal):
    """Lines under a title; ``/`` types a filter, Esc clears it, then closes."""

    DEFAULT_CSS = """
    Reader { background: $background; layout: vertical; }
    Reader #title, Reader #hint { height: 1; }
    Reader Input { height: 1; border: none; padding: 0 1; display: none; background: $background; }
    Reader Input.-typing { display: block; }
    """
    AUTO_FOCUS = "#lines"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", mark("Close")),
        Binding("q,question_mark,f1", "close", mark("Close")),
        Binding("slash", "type", mark("Filter")),
        Binding("j,down", "scroll_by(1)", mark("Down")),
        Binding("k,up", "scroll_by(-1)", mark("Up")),
        Binding("space,pagedown,ctrl+d", "page(1)", mark("Page down")),
        Binding("b,pageup,ctrl+u", "page(-1)", mark("Page up")),
        Binding("g,home", "scroll_by(-1000000)", mark("Top")),
        Binding("G,end", "scroll_by(1000000)", mark("Bottom")),
    ]

    def __init__(self, title: str, read: Read) -> None:
        super().__init__()
        self._title = title
        self._read = read
        self._wanted = ""

    @property
    def wanted(self) -> str:
        """What is filtered by."""
        return self._wanted

    def compose(self) -> ComposeResult:
        """Title, filter, lines, and how to leave."""
        yield Line((("reverse", f" {self._title} "),), id="title")
        yield Input(id="filter", compact=True)
        yield Lines(id="lines", pages=True)
        yield Line((("dim", f" {self.words.t('/ filters   j k PgDn PgUp scroll   Esc closes')}"),), id="hint")

    def on_resize(self, event: Resize) -> None:
        """Lines break by the width."""
        self._paint()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Only what fits."""
        self._wanted = event.value
        self._paint()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to reading what is left."""
        self.query_one("#lines", Lines).focus()

    def _paint(self) -> None:
        lines = self._read(self.size.width, self._wanted)
        if not lines and self._wanted:
            nothing = self.words.t(
                "Nothing here has {text} in it.", text=safe_text(self._wanted, one_line=True, limit=40)
            )
            lines = ((("dim", f" {nothing}"),),)
        self.query_one("#lines", Lines).show(lines, from_top=True)

    def action_type(self) -> None:
        """Type a filter."""
        field = self.query_one(Input)
        field.add_class("-typing")
        field.focus()

    def action_leave(self) -> None:
        """The filter first, then the window."""
        field = self.query_one(Input)
        if field.has_class("-typing"):
            field.value = ""
            field.remove_class("-typing")
            self.query_one("#lines", Lines).focus()
        else:
            self.dismiss(None)

    def action_close(self) -> None:
        """Back to the desk."""
        self.dismiss(None)

    def action_scroll_by(self, lines: int) -> None:
        """Scroll."""
        self.query_one("#lines", Lines).scroll_lines(lines)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        self.query_one("#lines", Lines).scroll_pages(pages)
