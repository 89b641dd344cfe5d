"""A form: fields to fill in by keyboard alone, checked as they are left and all of them when it is saved.

What is typed is kept as a draft until it was saved; whoever opened the form saves it, and closes it then.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input

from supporttui.domain.faults import SupportError
from supporttui.domain.marking import mark
from supporttui.i18n.cells import cell_width
from supporttui.i18n.times import near
from supporttui.tui import editing
from supporttui.tui.base_screen import BaseModal
from supporttui.tui.drafting import Slot, Typed
from supporttui.tui.panes.wrap import side_by_side, wrap
from supporttui.tui.widgets.field_row import FieldRow
from supporttui.tui.widgets.fields import Field, chosen_about, matching, value_of
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.lines import Lines

MOST_HINT = 3
"""Lines of what is said under a form."""
SHOWN = 20
"""Choices named at once, as far as they fit."""
MOST_LABEL = 22
"""Cells for the names of fields, at most; in a narrow window a third of it."""


class Form(BaseModal):
    """Fields under a title."""

    DEFAULT_CSS = """
    Form { background: $background; layout: vertical; }
    Form #title, Form #hint, Form #keys { height: 1; }
    Form #told { height: 0; }
    Form #fields { height: 1fr; scrollbar-size: 1 1; }
    Form.-tall FieldRow, Form.-tall FieldRow Horizontal, Form.-tall FieldRow TextArea { height: 1fr; }
    """
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", mark("Leave, keep the draft"), priority=True),
        Binding("f2,ctrl+s", "save", mark("Save"), priority=True),
        Binding("f4,ctrl+o", "edit", mark("Editor"), priority=True),
        Binding("f8", "discard", mark("Drop the draft"), priority=True),
        Binding("tab", "app.focus_next", mark("Next field"), priority=True),
        Binding("shift+tab", "app.focus_previous", mark("Previous field"), priority=True),
    ]

    def __init__(
        self,
        title: str,
        save: Callable[[Mapping[str, object]], None],
        *,
        slot: Slot | None = None,
        fields: Sequence[Field] = (),
        tall: bool = False,
        edits: bool = False,
        tells: Callable[[Mapping[str, str]], Sequence[str]] | None = None,
    ) -> None:
        """``save`` is given the values by name; it ends with ``close`` or ``complain``.

        Without ``fields`` the form waits for ``offer``. ``slot`` keeps what is typed. ``tall`` gives a long text the
        whole window; ``edits`` begins in the person's editor. ``tells`` says under the fields what would come of what
        stands in them.
        """
        super().__init__()
        self._title = title
        self._save = save
        self._slot = slot
        self._fields = tuple(fields)
        self._tall = tall
        self._edits = edits
        self._tells = tells
        self._kept: Mapping[str, str] = {}
        self._saving = False
        self._ready = 0
        self._begun = False
        self._wrong = ""
        """Why it was not saved; stays until something is typed."""
        self._last: FieldRow | None = None
        """Where the person was."""

    def compose(self) -> ComposeResult:
        """Title, fields, what the field is for, and the keys."""
        yield Line(id="title")
        yield VerticalScroll(id="fields", can_focus=False)
        told = Lines(id="told")
        told.can_focus = False
        yield told
        hint = Lines(id="hint")
        hint.can_focus = False
        yield hint
        keys = Lines(id="keys")
        keys.can_focus = False
        yield keys

    def on_mount(self) -> None:
        """With its fields, if they are known."""
        lines = side_by_side(self._keys().split("   "), self.app.size.width - 2)
        block = self.query_one("#keys", Lines)
        block.styles.height = len(lines)
        block.show([(("dim", f" {line}"),) for line in lines])
        self.set_class(self._tall, "-tall")
        self._head()
        if self._fields:
            self.offer(self._fields)

    def offer(self, fields: Sequence[Field]) -> None:
        """The fields are known now; what a draft holds of them stands in them."""
        if not self.is_attached:
            return  # left before they were
        self._fields = tuple(fields)
        draft = self._slot.draft if self._slot is not None else None
        typed = dict(draft.texts) if draft is not None else {}
        room = min(MOST_LABEL, self.app.size.width // 3)
        width = min(room, max((cell_width(field.label) + 2 * field.required for field in fields), default=1) + 2)
        rows = [
            FieldRow(field, typed.get(field.name, field.value), label_width=width, words=self.words) for field in fields
        ]
        self._kept = {row.field.name: typed.get(row.field.name, row.field.value) for row in rows}
        self.query_one("#fields").mount_all(rows)
        self._tell(self._kept)
        self._head()

    def on_field_row_ready(self) -> None:
        """The first field gets the focus once all have their inputs: a busy machine paints before that."""
        self._ready += 1
        if self._ready == len(self._fields):
            self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        if self not in self.app.screen_stack:  # it was closed before its fields were there
            return
        self.rows[0].input.focus()
        self._begun = True
        self.frame.release_keys()
        if self._edits:
            self.call_after_refresh(self.action_edit)

    @property
    def takes_keys(self) -> bool:
        """With the first field."""
        return super().takes_keys and self._begun

    @property
    def rows(self) -> tuple[FieldRow, ...]:
        """The fields on screen."""
        return tuple(self.query(FieldRow))

    @property
    def texts(self) -> Mapping[str, str]:
        """Field → what stands in it."""
        return {row.field.name: row.text for row in self.rows}

    @property
    def initial(self) -> Mapping[str, str]:
        """Field → the value that it had before anything was typed, not its name."""
        return {field.name: _initial(field) for field in self._fields}

    # --- while it is typed ----------------------------------------------------------------------------

    def on_field_row_changed(self) -> None:
        """Keep it; say how it may go on."""
        texts = self.texts
        if texts != self._kept:
            self._kept, self._wrong = texts, ""
            self._keep(texts)
            self._tell(texts)
        self._hint()

    def on_descendant_focus(self) -> None:
        """What this field is for; the one that was left is checked."""
        row = self._current()
        if self._last is not None and self._last is not row and self._last.is_attached:
            self._last.leave()
        self._last = row
        self._hint()

    def on_screen_resume(self) -> None:
        """A question above was answered; what was to be saved may not have been."""
        super().on_screen_resume()
        self._saving = False

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field, and saves from the last one."""
        event.stop()
        rows = self.rows
        if self._current() is rows[-1]:
            self.action_save()
        else:
            self.focus_next()

    def _keep(self, texts: Mapping[str, str]) -> None:
        if self._slot is None:
            return
        if all(texts[field.name] == field.value for field in self._fields):
            self._slot.drop()
        else:
            self._slot.typed(texts)

    def _current(self) -> FieldRow | None:
        focused = self.focused
        return next((one for one in focused.ancestors if isinstance(one, FieldRow)), None) if focused else None

    # --- keys -----------------------------------------------------------------------------------------

    def action_save(self) -> None:
        """If every field can be read; else each says what is wrong, and the first one is there to be put right."""
        wrong = [row for row in self.rows if row.check() is not None]
        if wrong:
            wrong[0].input.focus()
            text = self.words.n("{n} field needs another look.", "{n} fields need another look.", len(wrong))
            self._complain(text)
        elif not self._saving:
            self._saving = True
            self._save({row.field.name: value_of(row.field, row.text) for row in self.rows})

    def close(self) -> None:
        """It was saved."""
        if self._slot is not None:
            self._slot.drop()
        self.answer(None)

    def complain(self, fault: SupportError) -> None:
        """It was not saved; everything is still there."""
        self._saving = False
        if self.is_attached:
            self._complain(self.frame.fault_text(fault))

    def leave_as_draft(self) -> None:
        """Close it; what was typed stays a draft, to be sent or dropped elsewhere."""
        self.answer(None)

    def action_leave(self) -> None:
        """Later; what was typed is kept."""
        if self._slot is not None and self._slot.draft is not None:
            self.frame.say(self.words.t("Not saved; the draft is kept."))
        self.answer(None)

    def action_discard(self) -> None:
        """Forget what was typed."""
        if self._slot is not None:
            self._slot.drop()
        self.frame.say(self.words.t("Draft dropped."))
        self.answer(None)

    def action_edit(self) -> None:
        """The field's text in the person's own editor."""
        row = self._current() or next(iter(self.rows), None)
        if row is None:
            return
        try:
            row.text = editing.edit(self.app, self.frame.parts.programs, row.text, lent=self._lend(row.field.name))
        except SupportError as fault:
            self.complain(fault)

    def _lend(self, name: str) -> Callable[[Path | None], None]:
        def lent(path: Path | None) -> None:
            drafts = self.frame.drafts
            drafts.outside = Typed(self._slot.key, name, path) if self._slot and path else None

        return lent

    # --- what it says ---------------------------------------------------------------------------------

    def _head(self) -> None:
        draft = self._slot.draft if self._slot is not None else None
        runs = [("reverse", f" {self._title} ")]
        if draft is not None:
            time = near(draft.saved, self.now, self.words.zone)
            runs.append(("dim", f"  {self.words.t('draft of {time}', time=time)}"))
        self.query_one("#title", Line).show(runs)

    def _tell(self, texts: Mapping[str, str]) -> None:
        if self._tells is None:
            return
        lines = [line for text in self._tells(texts) for line in wrap(text, self._room)]
        block = self.query_one("#told", Lines)
        block.styles.height = len(lines)
        block.show([(("warning", f" {line}"),) for line in lines])

    def _complain(self, text: str) -> None:
        self._wrong = text
        self._hint()

    def _hint(self) -> None:
        row = self._current()
        if self._wrong:
            self._say(self._wrong, style="bold")
        if row is None or self._wrong:
            return
        field, text = row.field, row.text.strip()
        labels = [one.label for one in field.known]
        if about := chosen_about(field, text):
            self._say(about, style="bold")
            return
        if text and field.known and text not in labels:
            said = [one.label for one in matching(field.known, text)]
        else:
            said = [self.words.t("Needed.")] if field.required else []
            said += [field.hint] if field.hint else []
            if not self._fits("  ".join(said)):
                labels = []  # a hint is read to its end, in more lines
            said += labels
        text = "  ".join(said[:SHOWN])
        self._say(text, style="dim", whole=not labels)

    @property
    def _room(self) -> int:
        return max(10, self.app.size.width - 2)

    def _fits(self, text: str) -> bool:
        return cell_width(text) <= self._room

    def _say(self, text: str, *, style: str, whole: bool = True) -> None:
        """In as many lines as it needs; choices, which are not all named anyway, in one."""
        lines = wrap(text, self._room) if whole else (text,)
        block = self.query_one("#hint", Lines)
        block.styles.height = min(MOST_HINT, len(lines))
        block.show([((style, f" {line}"),) for line in lines])

    def _keys(self) -> str:
        if self._slot is None:
            return self.words.t("^s saves   Tab next field   F4 editor   Esc leaves")
        # Translators: the keys under a form; at most 78 cells.
        return self.words.t("^s saves   Tab next   F4 editor   Esc keeps a draft   F8 drops it")


def _initial(field: Field) -> str:
    return next((one.value for one in field.known if one.label == field.value), field.value)
