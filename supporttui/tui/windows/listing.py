"""A window with a list of lines over a screen: Enter goes on with the one under the cursor."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from textual.app import App, ComposeResult
from textual.events import Resize

from supporttui.domain.spans import Instant
from supporttui.i18n.cells import fit
from supporttui.tui.moving import ListMoves
from supporttui.tui.styles import Run
from supporttui.tui.widgets.line_table import LineTable, Window
from supporttui.tui.windows.titled import TitledWindow


@dataclass(frozen=True, slots=True)
class Item:
    """One line, and what Enter on it does."""

    text: str
    go: Callable[[], None]
    style: str = ""


@dataclass(frozen=True, slots=True)
class _Numbered:
    number: int
    item: Item


@dataclass(frozen=True, slots=True)
class _ItemLook:
    width: int

    def key(self, row: _Numbered) -> Hashable:
        return row.number

    def runs(self, row: _Numbered, *, now: Instant, cursor: bool, marked: bool) -> Sequence[Run]:
        del now, marked
        text = f"{'>' if cursor else ' '} {row.item.text}"
        return (("cursor" if cursor else row.item.style, fit(text, max(1, self.width))),)


class ListWindow(TitledWindow, ListMoves):
    """Lines to choose from."""

    NAME = "list"
    AUTO_FOCUS = "#list"

    def __init__(self, title: str, items: Sequence[Item], *, does: str, nothing: str) -> None:
        """``does`` is what Enter does, ``nothing`` what stands in an empty list."""
        super().__init__()
        self._title = title
        self._items = tuple(items)
        self._does = does
        self._nothing = nothing

    def heading(self) -> str:
        """As it was given."""
        return self._title

    def hint(self) -> str:
        """The keys."""
        key = self.shown_key
        # Translators: the keys under a list; at most 78 cells. "Enter goes there   j k move   Esc closes".
        return self.words.t(
            "{take} {does}   {down} {up} move   {leave} closes",
            take=key("window.take"), does=self._does, down=key("list.down"), up=key("list.up"),
            leave=key("window.leave"),
        )  # fmt: skip

    def body(self) -> ComposeResult:
        """The lines."""
        yield LineTable[_Numbered](_ItemLook(80), self.frame.parts.clock, id="list")

    def on_mount(self) -> None:
        """All of them."""
        self.table.note = (("dim", f" {self._nothing}"),)
        self.table.fill(Window(tuple(_Numbered(number, item) for number, item in enumerate(self._items))))

    def on_resize(self, event: Resize) -> None:
        """Other widths."""
        self.table.look = _ItemLook(event.size.width)
        self.table.relook()

    @property
    def table(self) -> LineTable[_Numbered]:
        """The list."""
        return self.query_one("#list", LineTable)

    def action_window_take(self) -> None:
        """Go on with it."""
        row = self.table.current
        self.answer(None)
        if row is not None:
            self.app.call_later(row.item.go)


class Shown(Protocol):
    """A screen, as far as a window above it needs one."""

    @property
    def app(self) -> App[Any]:
        """The app; windows are put above its screens."""


def show(screen: Shown, title: str, items: Sequence[Item], *, does: str, nothing: str) -> None:
    """Put such a window."""
    screen.app.push_screen(ListWindow(title, items, does=does, nothing=nothing))
