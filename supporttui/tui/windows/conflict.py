"""Two on one ticket: both texts in one window, and what becomes of mine. Nothing is overwritten unasked."""

from textual.app import ComposeResult
from textual.events import Resize

from supporttui.tui.panes import both
from supporttui.tui.panes.both import Mine
from supporttui.tui.panes.head import Look
from supporttui.tui.widgets.lines import Lines
from supporttui.tui.windows.titled import TitledWindow, WindowText
from supporttui.usecases.conflicts import Since

AGAIN, EDIT, DROP = "again", "edit", "drop"
"""The answers; none of them: mine stays a draft."""


class ConflictScreen(TitledWindow, WindowText):
    """Mine and theirs."""

    NAME = "conflict"
    AUTO_FOCUS = "#both"

    def __init__(self, mine: Mine, since: Since) -> None:
        """Answers with one of ``AGAIN``, ``EDIT``, ``DROP``."""
        super().__init__()
        self._mine = mine
        self._since = since

    def heading(self) -> str:
        """Which ticket."""
        return self.words.t("Two on one ticket: {ticket}", ticket=self.code(self._since.detail.ticket.id))

    def hint(self) -> str:
        """The answers."""
        key = self.shown_key
        # Translators: the keys under a window; at most 78 cells.
        return self.words.t(
            "{again} saves yours on top   {edit} edits yours   {drop} drops it   {leave} later, kept",
            again=key("conflict.again"),
            edit=key("conflict.edit"),
            drop=key("conflict.drop"),
            leave=key("window.leave"),
        )

    def body(self) -> ComposeResult:
        """Both."""
        yield Lines(id="both", pages=True)

    @property
    def text_block(self) -> Lines:
        """Both."""
        return self.query_one("#both", Lines)

    def on_resize(self, event: Resize) -> None:
        """Beside each other, or below."""
        words, status, parts = self.words, self.frame.status, self.frame.parts
        look = Look(
            words, event.size.width, self.now, self.frame.prefix, status.zone if status else "UTC", me=parts.me,
            unicode=parts.options.symbols == "unicode",
        )  # fmt: skip
        self.text_block.show(both.lines(look, self._mine, self._since))

    def action_conflict_again(self) -> None:
        """Mine on top."""
        self.answer(AGAIN)

    def action_conflict_edit(self) -> None:
        """Mine, changed first."""
        self.answer(EDIT)

    def action_conflict_drop(self) -> None:
        """Not mine."""
        self.answer(DROP)
