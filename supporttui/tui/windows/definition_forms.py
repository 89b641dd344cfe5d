"""Forms for what most change of definitions: the hours of a calendar, promises, steps, and what a service names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from supporttui.domain.faults import SupportError
from supporttui.tui.windows import definition_fields as fields
from supporttui.tui.windows.definition_editing import Editing
from supporttui.tui.windows.form import Form
from supporttui.usecases.packing import Known


def edit(editing: Editing, known: Sequence[Known]) -> bool:
    """Open the form for a definition; whether there is one for its kind."""
    kind = fields.of(editing.screen.words, editing.known.value, known)
    if kind is None:
        return False
    screen = editing.screen

    def save(values: Mapping[str, object]) -> None:
        try:
            value = kind.read(values)
        except SupportError as fault:
            form.complain(fault)
            return
        editing.with_value(value, form)

    title = screen.words.t("Edit {definition}", definition=editing.title)
    form = Form(title, save, slot=editing.form_slot, fields=kind.fields)
    screen.app.push_screen(form)
    return True
