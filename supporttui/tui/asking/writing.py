"""Texts: the note on one line, or on as many as it takes."""

from collections.abc import Mapping, Sequence
from functools import partial

from supporttui.tui.asking.asker import Asker
from supporttui.tui.asking.questions import send
from supporttui.tui.batch import Target
from supporttui.tui.widgets.fields import Field
from supporttui.tui.windows.form import Form
from supporttui.tui.windows.prompt import DraftPrompt


def note(screen: Asker, targets: Sequence[Target]) -> None:
    """An internal note on one line; what a draft holds stands in it, one of several lines opens with all of them."""
    slot = screen.frame.drafts.of_action("ticket.note", targets[0].id)
    draft = slot.draft
    if draft is not None and "\n" in draft.texts.get("text", ""):
        note_in_lines(screen, targets)
        return

    def answered(text: str | None) -> None:
        if text is not None:
            screen.perform("ticket.note", targets, text=text)
        elif slot.draft is not None and screen.is_current:
            screen.frame.say(screen.words.t("Not saved; the draft is kept."))

    label = screen.words.t("Note on {tickets}:", tickets=screen.codes(targets))
    hint = screen.words.t("Enter saves, F4 more lines, Esc keeps a draft, F8 drops it.")
    prompt = DraftPrompt(label, slot, hint=hint, more_lines=partial(note_in_lines, screen, targets, edit=True))
    screen.app.push_screen(prompt, answered)


def note_in_lines(screen: Asker, targets: Sequence[Target], *, edit: bool = False) -> None:
    """The same with room for more; ``edit`` goes on to the person's editor, if there is one."""
    title = screen.words.t("Note on {tickets}", tickets=screen.codes(targets))
    in_lines(screen, title, "ticket.note", targets, edit=edit and bool(screen.frame.parts.programs.editor))


def in_lines(screen: Asker, title: str, action_id: str, targets: Sequence[Target], *, edit: bool = False) -> None:
    """A form with one long text."""

    def save(values: Mapping[str, object]) -> None:
        send(screen, form, action_id, targets, **values)

    slot = screen.frame.drafts.of_action(action_id, targets[0].id)
    text = Field("text", screen.words.t("Text"), required=True, long=True)
    form = Form(title, save, slot=slot, fields=[text], tall=True, edits=edit)
    screen.app.push_screen(form)
