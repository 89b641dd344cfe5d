"""Until when, or when: in a while, tomorrow, at another time, or no longer; asked of reminders and of quiet alike."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

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


def moment(screen: Asker, text: str) -> Instant:
    """What was typed, from now on. Raises BadInput ``moment.unreadable``."""
    return moments.chosen(screen.words, text, screen.now)


def ask(screen: Asker, question: Question, then: Callable[[Instant | None], None]) -> None:
    """Give ``then`` the moment; ``None``: no longer."""
    words, read = screen.words, partial(moment, screen)

    def chosen(value: str) -> None:
        if value == _OTHER:
            hint = words.t("such as 17:00, fri 9:00, 2h")
            typed(screen, question.typed, lambda text: then(read(text)), hint=hint, check=read)
        else:
            then(None if value == _NEVER else read(value))

    (one, four), (key, never) = question.hours, question.never
    options = [
        Option("1", one, "1h"),
        Option("4", four, "4h"),
        Option("t", words.t("tomorrow 9:00"), "tomorrow 9:00"),
        Option("o", words.t("at another time"), _OTHER),
        Option(key, never, _NEVER),
    ]
    choose(screen, question.title, options, chosen)
