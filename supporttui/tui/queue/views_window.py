"""All views in one list: to show, to share, to rename and to delete."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.events import Resize

from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.domain.views import View
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import fit
from supporttui.tui import windows
from supporttui.tui.moving import ListMoves
from supporttui.tui.queue.view import order_text, view_name
from supporttui.tui.styles import Run
from supporttui.tui.widgets.line_table import LineTable, Window
from supporttui.tui.windows.titled import TitledWindow

if TYPE_CHECKING:
    from supporttui.domain.ids import PersonId
    from supporttui.tui.queue.viewing import Viewing

_NAME, _WHOSE, _ORDER = 24, 14, 24


@dataclass(frozen=True, slots=True)
class ViewLook:
    """How views look in a list of a width."""

    words: Words
    me: PersonId
    width: int

    def key(self, row: View) -> Hashable:
        """The cursor follows the view."""
        return row.id

    def runs(self, row: View, *, now: Instant, cursor: bool, marked: bool) -> Sequence[Run]:
        """Name, whose it is, order, filter."""
        del now, marked
        order = order_text(self.words, row.sort, reverse=row.reverse)
        cells = [fit(view_name(self.words, row), _NAME), fit(self._whose(row), _WHOSE)]
        if self.width >= 100:
            cells.append(fit(order, _ORDER))
        left = f"{'>' if cursor else ' '} {' '.join(cells)} "
        query = safe_text(row.query, one_line=True, limit=300)
        return (("cursor" if cursor else "", left + fit(query, max(0, self.width - len(left)))),)

    def _whose(self, view: View) -> str:
        if view.is_built_in:
            return self.words.p("view", "built in")
        if view.owner == self.me:
            return self.words.p("view", "mine, shared") if view.shared else self.words.p("view", "mine alone")
        return safe_text(view.owner or "", one_line=True, limit=20)


class ViewsWindow(TitledWindow, ListMoves):
    """Enter shows the view, ``s`` shares it or not any more, ``r`` renames, ``d`` deletes."""

    NAME = "views"
    AUTO_FOCUS = "#list"

    def __init__(self, below: Viewing) -> None:
        """``below`` is the screen whose views these are."""
        super().__init__()
        self._below = below

    def heading(self) -> str:
        """What they are."""
        return self.words.p("screen", "Views")

    def hint(self) -> str:
        """The keys."""
        key = self.shown_key
        # Translators: the keys under a window; at most 78 cells, the keys as short as "Enter".
        return self.words.t(
            "{take} shows  {share} shares or not  {rename} renames  {delete} deletes  {leave} closes",
            take=key("window.take"),
            share=key("views.share"),
            rename=key("views.rename"),
            delete=key("views.delete"),
            leave=key("window.leave"),
        )

    def body(self) -> ComposeResult:
        """The views."""
        yield LineTable[View](ViewLook(self.words, self.frame.parts.me, 80), self.frame.parts.clock, id="list")

    def on_mount(self) -> None:
        """The cursor on the view that is shown."""
        views = tuple(tab.view for tab in self._below.tabs)
        self.table.fill(Window(views))
        self.table.move_to(views.index(self._below.tab.view))

    def on_resize(self, event: Resize) -> None:
        """Other widths."""
        self.table.look = ViewLook(self.words, self.frame.parts.me, event.size.width)
        self.table.relook()

    @property
    def table(self) -> LineTable[View]:
        """The list."""
        return self.query_one("#list", LineTable)

    def action_window_take(self) -> None:
        """Show it."""
        view = self.table.current
        self.answer(None)
        if view is not None:
            self.app.call_later(self._below.go_to_view, view)

    def action_views_share(self) -> None:
        """The other way round than it is."""
        view = self.table.current
        self.answer(None)
        if view is not None:
            self.app.call_later(lambda: self._below.share_view(view, on=not view.shared))

    def action_views_rename(self) -> None:
        """Ask for the new name."""
        view = self.table.current
        self.answer(None)
        if view is not None:
            self.app.call_later(self._ask_name, view)

    def action_views_delete(self) -> None:
        """Ask whether it is meant."""
        view = self.table.current
        self.answer(None)
        if view is not None:
            self.app.call_later(self._ask_delete, view)

    def _ask_name(self, view: View) -> None:
        def answered(text: str | None) -> None:
            if text is not None and text.strip() and text != view.name:
                self._below.rename_view(view, text)

        prompt = windows.prompt.LinePrompt(self._below.words.t("New name:"), value=view.name)
        self._below.app.push_screen(prompt, answered)

    def _ask_delete(self, view: View) -> None:
        def answered(value: str | None) -> None:
            if value is not None:
                self._below.delete_view(view)

        words = self._below.words
        title = words.t('Delete the view "{view}"?', view=view_name(words, view))
        options = [windows.prompt.Option("d", words.t("delete it"), "yes")]
        self._below.app.push_screen(windows.prompt.LineChoice(title, options, enter=False), answered)
