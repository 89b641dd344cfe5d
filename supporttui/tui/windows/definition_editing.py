"""A definition is changed: as a file in the person's editor or in a form, then what that does, then at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from textual.app import ComposeResult
from textual.events import Resize

from supporttui import packs
from supporttui.domain.faults import BadInput, SupportError
from supporttui.domain.spans import Instant
from supporttui.i18n import definition_faults, moments, pack_labels, policy_labels
from supporttui.i18n.references import Names
from supporttui.packs.writing import to_toml
from supporttui.tui import editing
from supporttui.tui.base_screen import BaseModal
from supporttui.tui.drafting import Slot, Typed
from supporttui.tui.panes import definitions
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.styles import Run
from supporttui.tui.widgets.lines import Lines
from supporttui.tui.windows.form import Form
from supporttui.tui.windows.prompt import CheckedPrompt
from supporttui.tui.windows.titled import TitledWindow, WindowText
from supporttui.usecases import packing, policies_foreseeing
from supporttui.usecases.definitions.defining import Pack
from supporttui.usecases.packing import Known, Preview
from supporttui.usecases.policies_foreseeing import Foreseen
from supporttui.usecases.ports import Definition

_TEXT = "text"


class Editing:
    """One definition on its way from what it is to what it shall be."""

    def __init__(
        self, screen: BaseModal, known: Known, *, names: Names, tell: Callable[[str], None], changed: Callable[[], None]
    ) -> None:
        """``names``: everybody's; ``tell`` says something where it is seen; ``changed`` hears when it was applied."""
        self.screen = screen
        self.known = known
        self.tell = tell
        self._names = names
        self._changed = changed

    def refuse(self, fault: SupportError) -> None:
        """Word a fault."""
        self.tell(self.screen.frame.fault_text(self.named(fault)))

    def named(self, fault: SupportError) -> SupportError:
        """The same for somebody who has no file before them: names for keys, and the field for its path in a file."""
        return definition_faults.told(self.screen.words, fault, self._names)

    @property
    def slot(self) -> Slot:
        """Where its text is kept until it is applied."""
        key = quote(self.known.key, safe="")
        return self.screen.frame.drafts.at(f"definition-{self.known.part.value}-{key}", None)

    @property
    def title(self) -> str:
        """What is edited."""
        return pack_labels.titled(self.screen.words, self.known.part, self.known.name)

    @property
    def form_slot(self) -> Slot:
        """Where the fields of its form are kept."""
        kind, ticket = self.slot.key
        return self.screen.frame.drafts.at(f"{kind}-form", ticket)

    # --- as a file ------------------------------------------------------------------------------------

    def as_file(self) -> None:
        """In the person's editor: the draft if there is one, else the definition as it is."""
        before = self._head() + to_toml(packing.single(self.known.part, self.known.key, self.known.value))
        slot, frame = self.slot, self.screen.frame
        draft = slot.draft

        def lent(path: Path | None) -> None:
            frame.drafts.outside = Typed(slot.key, _TEXT, path) if path else None

        try:
            text = editing.edit(
                self.screen.app, frame.parts.programs, draft.texts[_TEXT] if draft is not None else before, lent=lent
            )
        except SupportError as fault:
            self.refuse(fault)
            return
        if text.strip() == before.strip():
            self._unchanged(None)
            return
        slot.typed({_TEXT: text})
        self._read(text)

    def _head(self) -> str:
        """What the editor is told first, as comments."""
        words = self.screen.words
        told = words.t("Save and leave the editor: what changes is shown before anything is done.")
        return f"# {told}\n# {words.t('Another id makes a new one beside this.')}\n\n"

    def _read(self, text: str) -> None:
        zone = self.screen.words.zone
        found = tuple(packs.faults(text, zone=zone))
        if found:
            self._faulty(text, found)
        else:
            self.foretell(packs.parse(text, zone=zone), text)

    def _faulty(self, text: str, found: Sequence[BadInput]) -> None:
        told = [(packs.line(text, fault), self.screen.frame.fault_text(fault)) for fault in found]
        self.screen.app.push_screen(FaultWindow(self, text, told))

    # --- what it does, and doing it -------------------------------------------------------------------

    def with_value(self, value: Definition, form: Form) -> None:
        """What another value would do, which was typed in a form."""
        pack = packing.single(self.known.part, self.known.key, value)
        self.foretell(pack, to_toml(pack), form=form)

    def foretell(
        self,
        pack: Pack,
        text: str,
        *,
        valid_from: Instant | None = None,
        form: Form | None = None,
    ) -> None:
        """Show what it would do; nothing is written yet. A form that it comes from stays below."""

        def know(found: Foreseen) -> None:
            if not found.preview.changes:
                self._unchanged(form)
                return
            paging = tuple(policy_labels.foreseen(self.screen.words, found.paging))
            self.screen.app.push_screen(PreviewWindow(self, pack, text, found.preview, form=form, paging=paging))

        def refused(fault: SupportError) -> None:
            if form is not None:
                form.complain(self.named(fault))
            elif isinstance(fault, BadInput):
                self._faulty(text, (fault,))
            else:
                self.refuse(fault)

        self.screen.desk.do(policies_foreseeing.foretell, pack, valid_from=valid_from, then=know, refused=refused)

    def _unchanged(self, form: Form | None) -> None:
        """It says what holds already."""
        if form is None:
            self.slot.drop()
        else:
            form.close()
        self.tell(self.screen.words.t("Nothing was changed."))

    def apply(self, pack: Pack, seen: Preview, valid_from: Instant | None, form: Form | None) -> None:
        """In one transaction; refused if anything has changed since it was shown."""
        words = self.screen.words

        def done(found: Preview) -> None:
            if form is None:
                self.slot.drop()
            else:
                form.close()
            self.tell(words.n("{n} change is applied.", "{n} changes are applied.", found.changes))
            self._changed()

        self.screen.desk.do(
            packing.apply, pack, valid_from=valid_from, seen=seen, then=done,
            refused=self.refuse if form is None else form.complain,
        )  # fmt: skip


class _Shown(TitledWindow, WindowText):
    """Lines to read before one goes on."""

    AUTO_FOCUS = "#lines"

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.editing = editing

    def heading(self) -> str:
        """What is edited."""
        return self.editing.title

    def body(self) -> ComposeResult:
        """The lines."""
        yield Lines(id="lines", pages=True)

    @property
    def text_block(self) -> Lines:
        """The lines."""
        return self.query_one("#lines", Lines)

    def on_resize(self, event: Resize) -> None:
        """Lines break by the width."""
        self.text_block.show(tuple(self.told(event.size.width)))

    def told(self, width: int) -> Iterator[Sequence[Run]]:
        """The lines at a width."""
        raise NotImplementedError

    def action_definitions_edit(self) -> None:
        """Once more."""
        self.answer(None)
        self.app.call_later(self.editing.as_file)

    def action_conflict_drop(self) -> None:
        """Forget what was typed."""
        self.editing.slot.drop()
        self.answer(None)
        self.editing.tell(self.words.t("Draft dropped."))

    def action_window_leave(self) -> None:
        """Later."""
        self.answer(None)
        if self.editing.slot.draft is not None:
            self.editing.tell(self.words.t("Not saved; the draft is kept."))


class FaultWindow(_Shown):
    """What is wrong with a text, at its lines."""

    NAME = "definition faults"

    def __init__(self, editing: Editing, text: str, faults: Sequence[tuple[int | None, str]]) -> None:
        super().__init__(editing)
        self._text = text
        self._faults = faults

    def hint(self) -> str:
        """The keys."""
        key = self.shown_key
        # Translators: the keys under a window; at most 78 cells.
        return self.words.t(
            "{edit} edits on   {drop} drops the draft   {leave} keeps it",
            edit=key("definitions.edit"), drop=key("conflict.drop"), leave=key("window.leave"),
        )  # fmt: skip

    def told(self, width: int) -> Iterator[Sequence[Run]]:
        """Each fault in its surroundings."""
        yield from definitions.faulty(self._text, self._faults, width)


class PreviewWindow(_Shown):
    """What a change does; Enter makes it."""

    NAME = "definition preview"

    def __init__(
        self, editing: Editing, pack: Pack, text: str, found: Preview, *, form: Form | None = None,
        paging: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """``paging`` says whom the policies would page."""
        super().__init__(editing)
        self._paging = paging
        self._pack = pack
        self._text = text
        self._found = found
        self._form = form

    def hint(self) -> str:
        """The keys."""
        key = self.shown_key
        # Translators: the keys under a window; at most 78 cells, the keys as short as "Enter".
        return self.words.t(
            "{take} applies   {begin} begins later   {edit} edits on   {leave} not now",
            take=key("window.take"),
            begin=key("definitions.begin"),
            edit=key("definitions.edit"),
            leave=key("window.leave"),
        )

    def told(self, width: int) -> Iterator[Sequence[Run]]:
        """What ``pack check`` says."""
        for line in (*pack_labels.preview(self.words, self._found, self.code, self._found_now), *self._paging):
            indent = len(line) - len(line.lstrip())
            for part in wrap(line.strip(), max(10, width - indent - 2)):
                yield (("", f" {' ' * indent}{part}"),)

    @property
    def _found_now(self) -> Instant:
        """Nothing is planned for later as long as nobody said so."""
        return self.now if self._begins is not None else self._found.begins

    @property
    def _begins(self) -> Instant | None:
        return self._found.begins if self._found.begins > self.now else None

    def action_window_take(self) -> None:
        """Make it."""
        self.answer(None)
        self.editing.apply(self._pack, self._found, self._begins, self._form)

    def action_definitions_begin(self) -> None:
        """Ask from when on it shall hold, and show what that does."""

        def answered(text: str | None) -> None:
            if text is not None:
                self.answer(None)
                self.editing.foretell(self._pack, self._text, valid_from=self._moment(text), form=self._form)

        value = moments.typed(self._begins, self.words.zone) if self._begins is not None else ""
        hint = self.words.t(
            "Such as {moment}, fri 9:00 or 2h. Empty: now.", moment=moments.example(self.words, self.now)
        )
        prompt = CheckedPrompt(self.words.t("Holds from:"), value=value, hint=hint, check=self._moment)
        self.app.push_screen(prompt, answered)

    def _moment(self, text: str) -> Instant | None:
        """Raises BadInput ``moment.unreadable``, ``pack.past``."""
        if not text.strip():
            return None
        at = moments.chosen(self.words, text, self.now)
        if at < self.now:
            raise BadInput("pack.past")
        return at

    def action_definitions_edit(self) -> None:
        """Once more: as a file, or in the form that is still open."""
        self.answer(None)
        if self._form is None:
            self.app.call_later(self.editing.as_file)
