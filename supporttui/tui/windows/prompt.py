"""Questions of one line: text to type, or a key to choose.

They stand in the message line, so that the list stays in view; in a narrow window in a box of their own, so that
nothing is pushed off the screen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.events import Key, Resize
from textual.widgets import Input

from supporttui.domain.faults import SupportError
from supporttui.domain.marking import mark
from supporttui.i18n.cells import fit
from supporttui.tui.base_screen import BaseModal
from supporttui.tui.drafting import Slot
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.styles import Run, width_of
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.lines import Lines

NARROW = 60
_BOX = 6
"""Cells that the box of a narrow window takes: margin, border and padding."""


class Question(BaseModal):
    """What all of them share."""

    DEFAULT_CSS = """
    Question { background: transparent; }
    Question #question { dock: bottom; height: 1; margin-bottom: 1; layout: horizontal; background: $background; }
    Question #hint { dock: bottom; height: 1; background: $background; }
    Question.-narrow #question {
        dock: none; height: auto; margin: 2 1; padding: 0 1; border: ascii $foreground; layout: vertical;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", mark("Cancel"))]

    def on_resize(self, event: Resize) -> None:
        """A box of its own where the line would be too short."""
        self.set_class(event.size.width < NARROW, "-narrow")

    def action_leave(self) -> None:
        """Nothing was answered."""
        self.answer(None)


class LinePrompt(Question):
    """Text on one line; Enter gives it, Esc gives nothing."""

    DEFAULT_CSS = """
    LinePrompt #label { width: auto; }
    LinePrompt Input { width: 1fr; height: 1; border: none; padding: 0; background: $background; }
    LinePrompt.-narrow Input { width: 100%; }
    LinePrompt #foretold { dock: bottom; margin-bottom: 2; height: auto; display: none; background: $background; }
    LinePrompt.-narrow #foretold { dock: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f2,ctrl+s", "send", mark("Save"))]

    def __init__(
        self, label: str, *, value: str = "", hint: str = "", typed: Callable[[str], None] | None = None
    ) -> None:
        """``typed`` hears each change while the person types."""
        super().__init__()
        self._label = label
        self._value = value
        self._hint = hint
        self._typed = typed

    def compose(self) -> ComposeResult:
        """Label, input, and a line for what is wrong under the word that is wrong."""
        with Container(id="question"):
            label = Line((("bold", f" {self._label} "),), id="label")
            label.styles.width = cell_len(self._label) + 2
            yield label
            yield Input(self._value, select_on_focus=False, compact=True, id="input")
        yield Lines(id="foretold")
        hint = Lines(id="hint")
        hint.can_focus = False
        hint.show(((("dim", f" {self._hint}"),),))
        yield hint

    def foretell(self, texts: Sequence[str]) -> None:
        """What would come of it, in lines above the one that is typed."""
        block = self.query_one("#foretold", Lines)
        lines = [line for text in texts for line in wrap(text, max(1, self.size.width - 2))]
        block.display = bool(lines)
        block.styles.height = len(lines)
        block.show([(("", f" {line}"),) for line in lines])

    def tell(self, *lines: Sequence[Run]) -> None:
        """What stands under the input, which makes room for it."""
        height = len(lines)
        self.query_one("#hint", Lines).styles.height = height
        self.query_one("#hint", Lines).show(lines)
        raised = height > 1 and not self.has_class("-narrow")
        self.query_one("#question").styles.margin = (0, 0, height, 0) if raised else None
        self.query_one("#foretold").styles.margin = (0, 0, height + 1, 0) if raised else None

    def on_input_changed(self, event: Input.Changed) -> None:
        """Somebody may want to answer while it is typed."""
        if self._typed is not None:
            self._typed(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        self.submitted(event.value)

    def action_send(self) -> None:
        """Save what stands there."""
        self.submitted(self.query_one(Input).value)

    def submitted(self, text: str) -> None:
        """The line is finished."""
        self.answer(text)

    def refuse(self, fault: SupportError) -> None:
        """Say why this cannot be given; it stays open."""
        self.complain(self.frame.fault_text(fault))

    def complain(self, text: str, *, at: int = 0, length: int = 0) -> None:
        """Say what is wrong, with a mark under the word, in as many lines as it takes; an empty text takes it back."""
        if not text:
            self.tell((("dim", f" {self._hint}"),))
            return
        typed = self.query_one(Input).value
        column = cell_len(self._label) + 2 + cell_len(typed[:at])
        under = max(1, cell_len(typed[at : at + length]))
        mark: Sequence[Run] = (("", " " * column), ("bold", "^" * under))
        lines = [(("bold", f" {line}"),) for line in wrap(text, max(1, self.size.width - 2))]
        if self.has_class("-narrow"):
            self.tell(*lines)
        elif column + under + 1 + cell_len(text) <= self.size.width:
            self.tell((*mark, ("", " "), ("bold", text)))
        else:
            self.tell(*([mark] if column + under <= self.size.width else []), *lines)


class CheckedPrompt(LinePrompt):
    """A line that is given only once it can be read."""

    def __init__(
        self, label: str, *, value: str = "", hint: str = "", check: Callable[[str], object] | None = None
    ) -> None:
        """What ``check`` refuses is said under the line, which stays open with what was typed."""
        super().__init__(label, value=value, hint=hint)
        self._check = check

    def submitted(self, text: str) -> None:
        """Close, or say what is wrong."""
        if self._check is not None:
            try:
                self._check(text)
            except SupportError as fault:
                self.refuse(fault)
                return
        self.answer(text)


class DraftPrompt(LinePrompt):
    """Text on one line that is kept while it is typed; F4 goes on in more lines, with what stands there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4,ctrl+o", "more_lines", mark("More lines"), priority=True),
        Binding("f8", "discard", mark("Drop the draft"), priority=True),
    ]

    def __init__(self, label: str, slot: Slot, *, hint: str, more_lines: Callable[[], None]) -> None:
        """``more_lines`` asks again with room for more; it finds the text in ``slot``."""
        draft = slot.draft
        super().__init__(label, value=draft.texts.get("text", "") if draft is not None else "", hint=hint)
        self._slot = slot
        self._more_lines = more_lines

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep it."""
        if event.value != self._value:
            self._value = event.value
            self._slot.typed({"text": event.value})

    def action_more_lines(self) -> None:
        """Close this, and ask with more room."""
        self.answer(None)
        self.app.call_later(self._more_lines)

    def action_discard(self) -> None:
        """Forget what was typed."""
        self._slot.drop()
        self.frame.say(self.words.t("Draft dropped."))
        self.answer(None)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer, and the key that gives it."""

    key: str
    label: str
    value: str


class LineChoice(Question):
    """A few answers by key; Enter takes the first. Before there are answers no key gives one."""

    def __init__(self, title: str, options: Sequence[Option] = (), *, enter: bool = True) -> None:
        """``enter`` False: no answer is so harmless that Enter may give it."""
        super().__init__()
        self._enter = enter
        self._title = title
        self._options = tuple(options)

    def compose(self) -> ComposeResult:
        """The question with its answers."""
        with Container(id="question"):
            yield Lines(id="choices")
        text = self.words.t("Enter takes the first, Esc none.") if self._enter else self.words.t("Esc takes none.")
        yield Line((("dim", f" {text}"),), id="hint")  # over the footer, whose keys mean something else now

    def offer(self, title: str, options: Sequence[Option]) -> None:
        """The answers are known now."""
        self._title, self._options = title, tuple(options)
        self._show()
        self.frame.release_keys()

    @property
    def takes_keys(self) -> bool:
        """With the first answer."""
        return super().takes_keys and bool(self._options)

    def on_mount(self) -> None:
        """Its answers, if they are known already."""
        self._show()

    def on_resize(self, event: Resize) -> None:
        """As many lines as the answers need; none is pushed off the screen."""
        super().on_resize(event)
        self._show()

    def on_key(self, event: Key) -> None:
        """A key of an answer answers; every other key does nothing at all."""
        wanted = event.character or event.key
        for index, option in enumerate(self._options):
            if wanted == option.key or (self._enter and index == 0 and event.key == "enter"):
                event.stop()
                self.answer(option.value)
                return

    def _show(self) -> None:
        if not self.query("#choices"):  # the window is opening or closing
            return
        room = self.app.size.width - (_BOX if self.app.size.width < NARROW else 0)
        lines = choice_lines(self._title, self._options, room, enter=self._enter)
        self.query_one("#question").styles.height = "auto" if self.has_class("-narrow") else len(lines)
        choices = self.query_one("#choices", Lines)
        choices.styles.height = len(lines)
        choices.show(lines)


def choice_lines(
    title: str, options: Sequence[Option], width: int, *, enter: bool = True
) -> tuple[tuple[Run, ...], ...]:
    """The question and its answers, in as many lines as they need; a long answer is cut with a mark."""
    pieces: list[tuple[Run, ...]] = [(("bold", f" {title}"),)]
    for index, option in enumerate(options):
        pieces.append(
            (("", "  "), ("key", "[Enter]" if enter and index == 0 else option.key), ("", f" {option.label}"))
        )
    pieces.append((("dim", "  Esc"),))
    lines: list[list[Run]] = [[]]
    for piece in pieces:
        if lines[-1] and width_of(lines[-1]) + width_of(piece) > width:
            lines.append([])
        room = width - width_of(lines[-1]) - width_of(piece[:-1])
        style, text = piece[-1]
        lines[-1] += [*piece[:-1], (style, text if cell_len(text) <= room else fit(text, max(1, room)))]
    return tuple(tuple(line) for line in lines)
