"""One field of a form on screen: its name, its input, and under it what is wrong with it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, TextArea

from supporttui.domain.faults import SupportError
from supporttui.domain.marking import mark
from supporttui.i18n import fault_labels
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import fit
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.widgets.fields import Field, heading, meant, turned, value_of
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.lines import Lines


class OneLine(Input):
    """A field of one line; Up and Down choose where there is something to choose, else they leave it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "turn(1)", mark("Next choice"), show=False),
        Binding("up", "turn(-1)", mark("Previous choice"), show=False),
    ]

    def __init__(self, field: Field, text: str) -> None:
        super().__init__(text, compact=True, select_on_focus=False)
        self.field = field

    def action_turn(self, step: int) -> None:
        """The next choice, or the next field."""
        if self.field.known:
            self.value = turned(self.field, self.value, step)
            self.cursor_position = len(self.value)
        elif step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()


class FieldRow(Vertical):
    """A field; says when its text changes."""

    DEFAULT_CSS = """
    FieldRow { height: auto; }
    FieldRow Horizontal { height: auto; }
    FieldRow #label { width: auto; }
    FieldRow #wrong { display: none; height: auto; }
    FieldRow.-wrong #wrong { display: block; }
    FieldRow Input { width: 1fr; height: 1; border: none; padding: 0; background: $background; }
    FieldRow TextArea {
        width: 1fr; height: 6; border: none; padding: 0; background: $background; scrollbar-size: 1 1;
    }
    """

    class Changed(Message):
        """Something was typed."""

    class Ready(Message):
        """Its input is there."""

    def __init__(self, field: Field, text: str, *, label_width: int, words: Words) -> None:
        super().__init__()
        self.field = field
        self._text = text
        self._label_width = label_width
        self._words = words

    def compose(self) -> ComposeResult:
        """Name and input beside each other; the fault below."""
        with Horizontal():
            label = Line(id="label")
            label.styles.width = self._label_width
            yield label
            yield self._input()
        wrong = Lines(id="wrong")
        wrong.can_focus = False  # nothing to scroll there
        yield wrong

    def _input(self) -> Input | TextArea:
        if not self.field.long:
            return OneLine(self.field, self._text)
        return TextArea(self._text, compact=True, show_line_numbers=False, soft_wrap=True)

    def on_mount(self) -> None:
        """Its name, not yet in focus; nothing where its window was closed while it opened."""
        if not self.query(Line):
            return
        self._show_name()
        if isinstance(area := self.input, TextArea):
            self._begin(area)
        self.post_message(self.Ready())

    @property
    def input(self) -> Input | TextArea:
        """Where it is typed."""
        return self.query_one(TextArea) if self.field.long else self.query_one(OneLine)

    @property
    def text(self) -> str:
        """What stands there."""
        found = self.input
        return found.text if isinstance(found, TextArea) else found.value

    @text.setter
    def text(self, text: str) -> None:
        found = self.input
        if isinstance(found, TextArea):
            found.load_text(text)
            self._begin(found)
        else:
            found.value = " ".join(text.split("\n"))
            found.cursor_position = len(found.value)

    def _begin(self, area: TextArea) -> None:
        """The first gap of a text is selected, to be typed over; without one it goes on at its end."""
        gap = self.field.gap(area.text)
        if gap is None:
            area.move_cursor(area.document.end)
        else:
            start, end = gap
            area.move_cursor(_location(area.text, start))
            area.move_cursor(_location(area.text, end), select=True)

    def check(self) -> SupportError | None:
        """Say what is wrong under the field, or take it back."""
        fault: SupportError | None = None
        try:
            value_of(self.field, self.text)
        except SupportError as found:
            fault = found
        self.complain(fault)
        return fault

    def complain(self, fault: SupportError | None) -> None:
        """Under the field, in as many lines as it takes."""
        self.set_class(fault is not None, "-wrong")
        if fault is None:
            return
        indent = " " * self._label_width
        room = max(10, self.app.size.width - self._label_width - 6)
        lines = wrap(fault_labels.fault(self._words, fault), room)
        block = self.query_one("#wrong", Lines)
        block.styles.height = len(lines)
        block.show([(("", indent), ("warning", f"{'^ ' if n == 0 else '  '}{text}")) for n, text in enumerate(lines)])

    def on_descendant_focus(self) -> None:
        """Seen without colour too."""
        self._show_name(focused=True)

    def on_descendant_blur(self) -> None:
        """Not in focus any more."""
        self._show_name()

    def leave(self) -> None:
        """The person went on: a choice gets its whole name, and what is wrong is said."""
        if self.check() is None and self.field.known and self.text.strip():
            chosen = meant(self.field, self.text)
            if chosen is not None and chosen.label != self.text:
                self.text = chosen.label

    def on_input_changed(self, event: Input.Changed) -> None:
        """Typed."""
        event.stop()
        self._typed()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Typed."""
        event.stop()
        self._typed()

    def _typed(self) -> None:
        if self.has_class("-wrong"):
            self.check()
        self.post_message(self.Changed())

    def _show_name(self, *, focused: bool = False) -> None:
        marks = ">" if focused else " "
        name = heading(self.field.label)
        name = f"{name} *" if self.field.required else name
        style = "bold" if focused else ""
        for label in self.query("#label").results(Line):  # none is left where the window is closing
            label.show(((style, f"{marks}{fit(name, self._label_width - 2)} "),))


def _location(text: str, place: int) -> tuple[int, int]:
    """Line and column of a place in a text."""
    before = text[:place].split("\n")
    return len(before) - 1, len(before[-1])
