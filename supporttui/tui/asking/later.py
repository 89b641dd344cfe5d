"""Until when, or when: in a while, tomorrow, at another time, or no longer; asked of reminders and of quiet alike."""

from collections.abc import Callable
from dataclasses import dataclass

from supporttui.domain.spans import Instant
from supporttui.i18n import moments
from supporttui.tui.asking.asker import Asker
from supporttui.tui.asking.questions import choose, typed
from supporttui.tui.windows.prompt import Option

_OTHER, _NEVER = "other", "never"


@dataclass(frozen=True, slots=True)
class Question:
    """How it is worded."""

    title: str
    typed: str
    """The same before a moment that is typed."""
    hours: tuple[str, str]
    """One hour, and four."""
    never: tuple[str, str]
    """Key and label."""


def ask(screen: Asker, question: Question, then: Callable[[Instant | None], None]) -> None:
    """Give ``then`` the moment; ``None``: no longer."""
    words = screen.words

    def moment(text: str) -> Instant:
        return moments.parse(words, text, screen.now)

    def chosen(value: str) -> None:
        if value == _OTHER:
            hint = words.t("such as 17:00, fri 9:00, 2h")
            typed(screen, question.typed, lambda text: then(moment(text)), hint=hint, check=moment)
        else:
            then(None if value == _NEVER else moment(value))

    (one, four), (key, never) = question.hours, question.never
    options = [
        Option("1", one, "1h"),
        Option("4", four, "4h"),
        Option("t", words.t("tomorrow 9:00"), "tomorrow 9:00"),
        Option("o", words.t("at another time"), _OTHER),
        Option(key, never, _NEVER),
    ]
    choose(screen, question.title, options, chosen)
