"""Small questions: text on one line, a few answers by key. Nobody answers: nothing is done."""

from collections.abc import Callable, Sequence

from supporttui.actions import by_id
from supporttui.domain.faults import Conflict
from supporttui.tui.asking.asker import Asker
from supporttui.tui.batch import Batch, Target
from supporttui.tui.windows.form import Form
from supporttui.tui.windows.prompt import CheckedPrompt, LineChoice, LinePrompt, Option


def typed(
    screen: Asker,
    label: str,
    then: Callable[[str], None],
    *,
    hint: str = "",
    check: Callable[[str], object] | None = None,
) -> LinePrompt:
    """Ask for a line. What ``check`` refuses is said under it, and it stays open with what was typed."""
    hint = hint or screen.words.t("Enter saves, Esc does not.")

    def answered(text: str | None) -> None:
        if text is not None:
            then(text)

    prompt = CheckedPrompt(label, hint=hint, check=check)
    screen.app.push_screen(prompt, answered)
    return prompt


def send(screen: Asker, form: Form, action_id: str, targets: Sequence[Target], **args: object) -> None:
    """Do what a form says. Refused, it stays open with what is wrong; somebody else was faster: it stays a draft."""
    action = by_id()[action_id]

    def told(batch: Batch) -> None:
        fault = batch.refused[0][1] if batch.refused else None
        if fault is not None and not batch.done and not isinstance(fault, Conflict):
            form.complain(fault)
        else:
            form.leave_as_draft()
            screen.told(action, args, batch)

    screen.attempt(action, targets, args, told, refused=form.complain)


def choose(
    screen: Asker, title: str, options: Sequence[Option], then: Callable[[str], None], *, enter: bool = True
) -> LineChoice:
    """Ask for one of a few answers; more can be offered later."""

    def answered(value: str | None) -> None:
        if value is not None:
            then(value)

    question = LineChoice(title, options, enter=enter)
    screen.app.push_screen(question, answered)
    return question
