"""Which tickets the queue shows and how: its views, its filter, its order and its columns."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from supporttui import usecases
from supporttui.domain import filter as filters
from supporttui.domain.faults import NotFound
from supporttui.domain.queue import SortBy
from supporttui.domain.text import fold, safe_text
from supporttui.domain.views import LONGEST_NAME, View
from supporttui.tui import queue, windows
from supporttui.tui.queue import listed, paging, reads
from supporttui.tui.queue.preview import Previewing
from supporttui.tui.queue.view import view_name

if TYPE_CHECKING:  # neither the window nor the rules behind a page are loaded before the first frame
    from supporttui.tui.queue.filter_prompt import FilterPrompt
    from supporttui.usecases.views import QueuePage


class Viewing(Previewing):
    """The views' part of the queue's screen."""

    _prompt: FilterPrompt | None = None

    # --- views ----------------------------------------------------------------------------------------

    def action_list_next_view(self) -> None:
        """The view to the right."""
        self._step_view(1)

    def action_list_previous_view(self) -> None:
        """The view to the left."""
        self._step_view(-1)

    def _step_view(self, step: int) -> None:
        tabs = self.row_of_views
        self.go_to_view(tabs[(tabs.index(self.tab) + step) % len(tabs)].view)

    def go_to_view(self, view: View) -> None:
        """Show a view as it was saved; a typed filter stays."""
        self._view = view.id
        self._show_as(reads.Arrangement.of(view))
        self._repaint_views()
        self._from_the_top()
        if view.id not in self._counts:
            self.frame.ask_figures()

    def view_called(self, name: str) -> View:
        """The view of this name in the row of views; built-in ones by their code too. Raises ``view.unknown``."""
        wanted = fold(" ".join(name.split()))
        views = [tab.view for tab in self.tabs]
        for view in views:
            if wanted in (fold(view.name), fold(view_name(self.words, view))):
                return view
        near = difflib.get_close_matches(name, [view.name for view in views], n=1)
        raise NotFound("view.unknown", view=name[:LONGEST_NAME], suggestion=near[0] if near else "")

    def action_view_list(self) -> None:
        """All views, to look at, to show, to share, to rename and to delete."""
        self.app.push_screen(queue.views_window.ViewsWindow(self))

    def action_list_export(self) -> None:
        """Write what is shown into a file, which is asked for."""
        queue.exporting.ask_for_file(self)

    def export(self, file: str) -> None:
        """Write what is shown into this file; ``csv`` and the like mean one of the usual name."""
        queue.exporting.write(self, file)

    # --- order and columns ----------------------------------------------------------------------------

    def action_list_sort(self) -> None:
        """Orders and columns in one window."""
        self.app.push_screen(queue.arranger.Arranger(self._arrangement, self.show_as))

    def action_list_columns(self) -> None:
        """The same window, beginning with the columns."""
        self.app.push_screen(queue.arranger.Arranger(self._arrangement, self.show_as, columns=True))

    def show_as(self, arrangement: reads.Arrangement) -> None:
        """Another order, from its first row, or other columns."""
        before = self._arrangement
        self._show_as(arrangement)
        self._repaint_views()
        if (before.sort, before.reverse) != (arrangement.sort, arrangement.reverse):
            self._from_the_top()
        else:
            self._fill()

    def sort_by(self, sort: SortBy, *, reverse: bool = False) -> None:
        """Another order, from its first row."""
        self.show_as(replace(self._arrangement, sort=sort, reverse=reverse))

    def show_columns(self, names: Sequence[str]) -> None:
        """These columns in this order. Raises BadInput ``view.column``."""
        columns = usecases.saved_views.arranged(names) or reads.Arrangement().columns
        self.show_as(replace(self._arrangement, columns=columns))

    def action_list_scroll_right(self) -> None:
        """One column out at the left, if there are more at the right."""
        if self._look is not None and self._look.layout.hidden:
            self._skip_columns(self._skip + 1)

    def action_list_scroll_left(self) -> None:
        """One column back."""
        self._skip_columns(self._skip - 1)

    def _skip_columns(self, skip: int) -> None:
        before, self._skip = self._skip, max(0, skip)
        if self._skip != before:
            self.relabelled()
        if self._look is not None:
            self._skip = self._look.layout.skipped

    # --- filter ---------------------------------------------------------------------------------------

    def action_list_filter(self) -> None:
        """Type a filter; the list follows while it is typed, Esc puts back what was."""
        before = (self._filter, self._part, self._listing, self.table.cursor)
        self._ask_known(self._know_again)  # who is on call may have changed

        def answered(text: str | None) -> None:
            self._prompt = None
            if text is None:
                self._put_back(*before)

        self._prompt = queue.filter_prompt.FilterPrompt(
            self.words, self._filter, try_it=self.filter_by, names=lambda: self._known.names, total=self._part.total
        )
        self.app.push_screen(self._prompt, answered)

    def filter_by(self, text: str) -> None:
        """Show only what fits. Raises ``BadInput`` (``filter.…``) and changes nothing."""
        text = text.strip()
        if text == self._filter:
            return
        filters.parse(text, self._known.names, self.now, self.words.zone)
        self._filter = text
        self._from_the_top()

    def add_to_filter(self, text: str) -> None:
        """Narrow what is shown. Raises as ``filter_by`` does."""
        self.filter_by(filters.joined(self._filter, text))

    def _put_back(self, text: str, part: paging.Part, listing: listed.Listing, cursor: int) -> None:
        """The filter, the rows, which marks are among them, and the place of before."""
        if text == self._filter:
            return
        self._filter = text
        self.desk.forget("queue")
        self._part, self._listing = part, listing
        self._fill()
        self.table.move_to(cursor)
        self._repaint_views()
        self._reread()

    def _show(self, part: paging.Part, page: QueuePage, *, from_top: bool = False) -> None:
        super()._show(part, page, from_top=from_top)
        if self._prompt is not None:
            self._prompt.count(page.total)

    def action_list_facets(self) -> None:
        """Pick values with their counts."""
        self.app.push_screen(queue.facet_picker.FacetPicker(self._query, self._known.names, self.add_to_filter))

    # --- saving ---------------------------------------------------------------------------------------

    @property
    def query_text(self) -> str:
        """What is shown, as one filter in codes."""
        names = self._known.names
        typed = filters.in_codes(self._filter, names)
        return filters.under(self.tab.view, typed, filters.parse(typed, names, self.now, self.words.zone))

    def action_view_save(self) -> None:
        """Ask for a name, then whose it is to be."""
        if not self.may("view.save"):
            return
        hint = self.words.t("Saves: {filter}", filter=safe_text(self.query_text, one_line=True, limit=200))
        name = self.tab.view.name if self.tab.view.owner == self.frame.parts.me else ""

        def answered(text: str | None) -> None:
            if text is not None and text.strip():
                self.save_view(text, ask=True)

        self.app.push_screen(
            windows.prompt.LinePrompt(self.words.t("Save this view as:"), value=name, hint=hint), answered
        )

    def save_view(self, name: str, *, ask: bool = False) -> None:
        """Keep what is shown under a name; what stands there already is replaced only if that is wanted."""
        if not self.may("view.save"):
            return
        known = self._own_called(name)
        if known is not None:
            self._ask_replace(known, lambda: self._ask_whose(known.name, known, ask=ask))
        else:
            self._ask_whose(name, None, ask=ask)

    def _own_called(self, name: str) -> View | None:
        wanted, me = fold(" ".join(name.split())), self.frame.parts.me
        return next((view for view in self._known.saved if view.owner == me and fold(view.name) == wanted), None)

    def _ask_replace(self, known: View, go_on: Callable[[], None]) -> None:
        words, name = self.words, view_name(self.words, known)
        options = [windows.prompt.Option("o", words.t("overwrite it"), "yes")]
        title = words.t('You have a view "{view}" already.', view=name)
        if known.shared:
            title = words.t('You share a view "{view}" already.', view=name)
        self._choose(title, options, lambda _: go_on(), enter=False)

    def _ask_whose(self, name: str, known: View | None, *, ask: bool) -> None:
        shared = known is not None and known.shared
        if not ask:
            self._save(name, known, shared=shared)
            return
        words = self.words
        options = [
            windows.prompt.Option("m", words.t("for me alone"), ""),
            windows.prompt.Option("a", words.t("for all; only I can change it"), "all"),
        ]
        if shared:
            options.reverse()
        self._choose(words.t("Who sees it?"), options, lambda value: self._save(name, known, shared=bool(value)))

    def _save(self, name: str, known: View | None, *, shared: bool) -> None:
        order = self._arrangement
        self.desk.do(
            usecases.saved_views.save, name=name, query=self.query_text, sort=order.sort, reverse=order.reverse,
            columns=order.columns, shared=shared, over=None if known is None else known.version,
            then=self._saved_as, refused=self.frame.refuse,
        )  # fmt: skip

    def _saved_as(self, view: View) -> None:
        """What was filtered is the view's own filter now."""
        others = tuple(one for one in self._known.saved if one.id != view.id)
        self._known = replace(self._known, saved=(*others, view))
        self._filter = ""
        self.go_to_view(view)
        self.frame.say(self.words.t('Saved as view "{view}".', view=view_name(self.words, view)))

    # --- changing saved views -------------------------------------------------------------------------

    def rename_view(self, view: View, name: str) -> None:
        """Give one's own view another name."""
        self._change(
            "view.rename", view, usecases.saved_views.rename, self.words.t("The view has another name."), name=name
        )

    def share_view(self, view: View, *, on: bool) -> None:
        """Show one's own view to everybody, or not any more."""
        said = self.words.t("Everybody sees the view now.") if on else self.words.t("Only you see the view now.")
        self._change("view.share", view, usecases.saved_views.share, said, shared=on)

    def delete_view(self, view: View) -> None:
        """Forget one's own view."""
        said = self.words.t('View "{view}" deleted.', view=view_name(self.words, view))
        self._change("view.delete", view, usecases.saved_views.delete, said)

    def _change(self, action: str, view: View, usecase: Callable[..., View], said: str, **options: object) -> None:
        if not self.may(action):
            return

        def done(_: View) -> None:
            self.frame.say(said)
            self._ask_known(self._know_again)

        self.desk.do(usecase, view.id, view.version or None, then=done, refused=self.frame.refuse, **options)
