"""Windows from edge to edge over a screen: a title, what is in them, and how to go on.

Their keys stand in ``keymap.WINDOWS``: those that move are the screens' own, so that a person's keys, presets and
keyboard layouts reach them too.
"""

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Input

from supporttui.tui import key_names, keymap
from supporttui.tui.base_screen import BaseModal
from supporttui.tui.moving import TextMoves
from supporttui.tui.styles import Run
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.lines import Lines


class TitledWindow(BaseModal):
    """A subclass names itself, says its title and its hint, and yields its body."""

    NAME: ClassVar[str]
    """Key of ``keymap.WINDOWS``; its bindings follow from it."""
    DEFAULT_CSS = """
    TitledWindow { background: $background; layout: vertical; }
    TitledWindow #title, TitledWindow #hint { height: 1; }
    """

    def __init_subclass__(cls, **kwargs: object) -> None:
        if name := cls.__dict__.get("NAME"):
            cls.BINDINGS = [*keymap.bindings(name)]
        super().__init_subclass__(**kwargs)  # type: ignore[arg-type]

    def heading(self) -> str:
        """The title."""
        raise NotImplementedError

    def hint(self) -> str:
        """The last line; there is none if it is empty."""
        return ""

    def body(self) -> ComposeResult:
        """What stands between them."""
        yield from ()

    def compose(self) -> ComposeResult:
        """Title, body, hint."""
        yield Line(_title(self.heading()), id="title")
        yield from self.body()
        if hint := self.hint():
            yield Line((("dim", f" {hint}"),), id="hint")

    def shown_key(self, action: str) -> str:
        """The key of an action as it is now, to be told in a text."""
        return key_names.first_shown(keymap.keys_for(action, self.frame.parts.options.keys))

    def scrolling(self) -> str:
        """The end of a hint: how to scroll and leave."""
        key = self.shown_key
        # Translators: the keys under a window; at most 40 cells, the keys as short as "PgDn".
        return self.words.t(
            "{down} {up} {on} {back} scroll   {leave} closes",
            down=key("text.down"), up=key("text.up"), on=key("text.page_down"), back=key("text.page_up"),
            leave=key("window.leave"),
        )  # fmt: skip

    def head(self) -> None:
        """Show the title as it is now."""
        self.query_one("#title", Line).show(_title(self.heading()))

    def action_window_leave(self) -> None:
        """Back to where one was."""
        self.action_window_close()

    def action_window_close(self) -> None:
        """Close without an answer."""
        self.answer(None)


class SearchWindow(TitledWindow):
    """Its search key opens a line to type in; Esc empties and closes that line first, then the window."""

    DEFAULT_CSS = """
    SearchWindow Input { height: 1; border: none; padding: 0 1; display: none; background: $background; }
    SearchWindow Input.-typing { display: block; }
    """

    def search(self, text: str) -> None:
        """Show what fits."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The line stands under the title."""
        title, *rest = super().compose()
        yield title
        yield Input(id="search", compact=True)
        yield from rest

    @property
    def wanted(self) -> str:
        """What is searched for."""
        return self.query_one(Input).value

    def on_input_changed(self, event: Input.Changed) -> None:
        """At every letter."""
        self.search(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to what is left."""
        event.stop()
        self._go_back()

    def action_window_search(self) -> None:
        """Type."""
        field = self.query_one(Input)
        field.add_class("-typing")
        field.focus()

    def action_window_leave(self) -> None:
        """The search first, then the window; that may be before it has anything on it."""
        typing = self.query(Input).filter(".-typing")
        if not typing:
            self.action_window_close()
            return
        field = typing.first()
        field.value = ""
        field.remove_class("-typing")
        self._go_back()

    def _go_back(self) -> None:
        self.query_one(str(self.AUTO_FOCUS)).focus()


class WindowText(TextMoves):
    """Mixed in behind a window whose focus is on its text: there the space bar turns pages too."""

    def action_window_page_down(self) -> None:
        """A page on."""
        self.action_text_page_down()

    def action_window_page_up(self) -> None:
        """A page back."""
        self.action_text_page_up()


class TextWindow(TitledWindow, WindowText):
    """Nothing but lines under a title that was given."""

    AUTO_FOCUS = "#lines"

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def heading(self) -> str:
        """As it was given."""
        return self._title

    def body(self) -> ComposeResult:
        """The lines."""
        yield Lines(id="lines", pages=True)

    @property
    def text_block(self) -> Lines:
        """The lines."""
        return self.query_one("#lines", Lines)


def _title(text: str) -> tuple[Run, ...]:
    return (("reverse", f" {text} "),)
