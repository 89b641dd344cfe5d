"""``:definitions``: everything that the site has agreed, in one list: to read, and to change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App, ComposeResult
from textual.events import Resize

from supporttui.domain.access import Permission
from supporttui.domain.faults import SupportError
from supporttui.tui.moving import ListMoves
from supporttui.tui.panes import definitions
from supporttui.tui.styles import Run
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.line_table import LineTable, Window
from supporttui.tui.windows import definition_forms
from supporttui.tui.windows.definition_editing import Editing
from supporttui.tui.windows.reader import Reader
from supporttui.tui.windows.titled import SearchWindow
from supporttui.usecases import packing
from supporttui.usecases.access import denial, role_of
from supporttui.usecases.packing import Known
from supporttui.usecases.ports import Transaction


def show(app: App[Any]) -> None:
    """Put the list over the screen that is shown."""
    app.push_screen(DefinitionsWindow())


class DefinitionsWindow(SearchWindow, ListMoves):
    """Enter reads, ``e`` edits what most change, F4 all of it in the person's editor."""

    NAME = "definitions"
    AUTO_FOCUS = "#list"

    def __init__(self) -> None:
        super().__init__()
        self._known: Sequence[Known] = ()
        self._denied: SupportError | None = None

    def heading(self) -> str:
        """What they are."""
        return self.words.p("screen", "Definitions")

    def hint(self) -> str:
        """The keys."""
        key = self.shown_key
        # Translators: the keys under a window; at most 78 cells, the keys as short as "Enter".
        return self.words.t(
            "{take} reads  {edit} edits  {file} edits as a file  {search} filters  {leave} closes",
            take=key("window.take"),
            edit=key("definitions.edit"),
            file=key("definitions.file"),
            search=key("window.search"),
            leave=key("window.leave"),
        )

    def body(self) -> ComposeResult:
        """The list."""
        look = definitions.DefinitionLook(self.words, self.app.size.width)
        yield LineTable[Known](look, self.frame.parts.clock, id="list")

    @property
    def table(self) -> LineTable[Known]:
        """The list."""
        return self.query_one("#list", LineTable)

    def on_mount(self) -> None:
        """Ask."""
        self.reread()

    def on_resize(self, event: Resize) -> None:
        """Other widths."""
        self.table.look = definitions.DefinitionLook(self.words, event.size.width)
        self.table.relook()

    def reread(self) -> None:
        """As they are now."""

        def read(tx: Transaction) -> tuple[tuple[Known, ...], SupportError | None]:
            me = self.frame.parts.me
            return packing.known(tx, self.now), denial(role_of(tx, me), me, Permission.configure)

        self.desk.ask(read, then=self._know, refused=self._refused, group="definitions")

    def _know(self, found: tuple[tuple[Known, ...], SupportError | None]) -> None:
        self._known, self._denied = found
        if self.is_attached:
            self.search(self.wanted)

    def _refused(self, fault: SupportError) -> None:
        self.answer(None)
        self.frame.refuse(fault)

    def search(self, text: str) -> None:
        """Only those that fit."""
        self.table.fill(Window(definitions.listed(self.words, self._known, text)))

    def tell(self, text: str) -> None:
        """Say something in place of the keys."""
        if self.is_attached:
            self.query_one("#hint", Line).show((("bold", f" {text}"),))

    # --- keys -----------------------------------------------------------------------------------------

    def action_window_take(self) -> None:
        """Read the one under the cursor."""
        known = self.table.current
        if known is None:
            return

        names = definitions.names_of(self._known)

        def read(width: int, wanted: str) -> Sequence[Sequence[Run]]:
            lines = definitions.one(self.words, known, width, names)
            return [line for line in lines if wanted.casefold() in "".join(text for _, text in line).casefold()]

        self.app.push_screen(Reader(self.words.p("screen", "Definitions"), read))

    def action_definitions_edit(self) -> None:
        """In a form, where there is one for its kind; else as a file."""
        if (editing := self._editing()) is not None and not definition_forms.edit(editing, self._known):
            editing.as_file()

    def action_definitions_file(self) -> None:
        """In the person's editor."""
        if (editing := self._editing()) is not None:
            editing.as_file()

    def action_app_definitions(self) -> None:
        """The key that opened it closes it."""
        self.action_window_close()

    def _editing(self) -> Editing | None:
        """Of the one under the cursor; not for somebody who may not."""
        known = self.table.current
        if known is None:
            return None
        names = definitions.names_of(self._known)
        editing = Editing(self, known, names=names, tell=self.tell, changed=self.reread)
        if self._denied is not None:
            editing.refuse(self._denied)
            return None
        return editing
