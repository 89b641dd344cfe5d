"""Two on one ticket: both texts in one window, and what becomes of mine. Nothing is overwritten unasked."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize

from supporttui.domain.marking import mark
from supporttui.tui.base_screen import BaseModal
from supporttui.tui.panes import both
from supporttui.tui.panes.both import Mine
from supporttui.tui.panes.head import Look
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.lines import Lines
from supporttui.usecases.conflicts import Since

AGAIN, EDIT, DROP = "again", "edit", "drop"
"""The answers; none of them: mine stays a draft."""


class ConflictScreen(BaseModal):
    """Mine and theirs."""

    DEFAULT_CSS = """
    ConflictScreen { background: $background; layout: vertical; }
    ConflictScreen #title, ConflictScreen #keys { height: 1; }
    """
    AUTO_FOCUS = "#both"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", f"take('{AGAIN}')", mark("Save mine on top")),
        Binding("e", f"take('{EDIT}')", mark("Edit mine")),
        Binding("d", f"take('{DROP}')", mark("Drop mine")),
        Binding("escape,q", "leave", mark("Later")),
        Binding("j,down", "scroll(1)", mark("Down")),
        Binding("k,up", "scroll(-1)", mark("Up")),
        Binding("space,pagedown,ctrl+d", "page(1)", mark("Page down")),
        Binding("pageup,ctrl+u", "page(-1)", mark("Page up")),
    ]

    def __init__(self, mine: Mine, since: Since) -> None:
        """Answers with one of ``AGAIN``, ``EDIT``, ``DROP``."""
        super().__init__()
        self._mine = mine
        self._since = since

    def compose(self) -> ComposeResult:
        """Title, both, keys."""
        yield Line(id="title")
        yield Lines(id="both", pages=True)
        yield Line(id="keys")

    def on_resize(self, event: Resize) -> None:
        """Beside each other, or below."""
        words, status, parts = self.words, self.frame.status, self.frame.parts
        ticket = self._since.detail.ticket
        title = words.t("Two on one ticket: {ticket}", ticket=f"{self.frame.prefix}{ticket.id}")
        self.query_one("#title", Line).show((("reverse", f" {title} "),))
        look = Look(
            words, event.size.width, self.now, self.frame.prefix, status.zone if status else "UTC", me=parts.me,
            unicode=parts.options.symbols == "unicode",
        )  # fmt: skip
        self.query_one("#both", Lines).show(both.lines(look, self._mine, self._since))
        # Translators: the keys under a window; at most 78 cells.
        keys = words.t("a saves yours on top   e edits yours   d drops it   Esc later, kept")
        self.query_one("#keys", Line).show((("dim", f" {keys}"),))

    def action_take(self, answer: str) -> None:
        """Decided."""
        self.answer(answer)

    def action_leave(self) -> None:
        """Later."""
        self.answer(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll."""
        self.query_one("#both", Lines).scroll_lines(lines)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        self.query_one("#both", Lines).scroll_pages(pages)
