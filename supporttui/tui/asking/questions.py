"""Small questions: text on one line, a few answers by key. Nobody answers: nothing is done."""

from collections.abc import Callable, Sequence

from supporttui.domain.faults import SupportError
from supporttui.tui.asking.asker import Asker
from supporttui.tui.windows.prompt import LineChoice, LinePrompt, Option


def typed(
    screen: Asker,
    label: str,
    then: Callable[[str], None],
    *,
    hint: str = "",
    check: Callable[[str], object] | None = None,
) -> None:
    """Ask for a line. What ``check`` refuses is said under it, and it stays open with what was typed."""
    hint = hint or screen.words.t("Enter saves, Esc does not.")

    def answered(text: str | None) -> None:
        if text is not None:
            then(text)

    screen.app.push_screen(CheckedPrompt(label, hint=hint, check=check), answered)


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


class CheckedPrompt(LinePrompt):
    """A line that is given only once it can be read."""

    def __init__(self, label: str, *, hint: str, check: Callable[[str], object] | None) -> None:
        super().__init__(label, hint=hint)
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
