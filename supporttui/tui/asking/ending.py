"""What ends a ticket for good, or begins it again."""

from collections.abc import Mapping, Sequence
from functools import partial

from supporttui.domain.faults import BadInput, Refused
from supporttui.domain.text import fold
from supporttui.tui.asking import foretelling
from supporttui.tui.asking.asker import Asker
from supporttui.tui.asking.questions import send, typed
from supporttui.tui.batch import Target
from supporttui.tui.widgets.fields import Field
from supporttui.tui.windows.form import Form


def reopen(screen: Asker, targets: Sequence[Target]) -> None:
    """Why it is not solved after all."""
    label = screen.words.t("Reopen {tickets}. Why?", tickets=screen.codes(targets))
    hint = screen.words.t("Enter reopens, Esc does not; u undoes it.")
    prompt = typed(screen, label, lambda text: screen.perform("ticket.reopen", targets, reason=text), hint=hint)
    foretelling.above(screen, prompt, targets, "ticket.reopen", reason="?")


def void(screen: Asker, targets: Sequence[Target]) -> None:
    """One ticket, with its own code typed: what cannot be undone is not done by a slip."""
    words = screen.words
    if len(targets) > 1:
        screen.frame.refuse(Refused("void.one", n=len(targets)))
        return
    code = screen.code(targets[0].id)

    def save(values: Mapping[str, object]) -> None:
        send(screen, form, "ticket.void", targets, **values)

    fields = [
        Field("reason", words.t("Why"), hint=words.t("It stays in the journal with this reason."), required=True),
        Field(
            "word", words.t("Its code"), hint=words.t("Type {ticket} to show that you mean it.", ticket=code),
            required=True, read=partial(_meant, targets[0].id, code),
        ),
    ]  # fmt: skip
    form = Form(words.t("Void {ticket}: it cannot be undone", ticket=code), save, fields=fields)
    screen.app.push_screen(form)


def _meant(ticket: int, code: str, text: str) -> str:
    if fold(text) != fold(code):
        raise BadInput("void.word", ticket=ticket, word=code)
    return text
