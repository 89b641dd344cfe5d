"""How long an escalation is to be quiet, and how it goes on when an acknowledgement is taken back."""

from collections.abc import Sequence

from supporttui.domain.states import AckResume
from supporttui.i18n import moments
from supporttui.tui.asking.asker import Asker
from supporttui.tui.asking.questions import choose, typed
from supporttui.tui.batch import Target
from supporttui.tui.windows.prompt import Option

HUSH, UNACKNOWLEDGE = "ticket.hush", "ticket.unacknowledge"
OTHER, AWAKE = "other", "awake"


def hush(screen: Asker, targets: Sequence[Target]) -> None:
    """Until when nobody is paged; then the escalation goes on with the time that was left."""
    words = screen.words

    def chosen(value: str) -> None:
        if value == OTHER:
            _ask_when(screen, targets)
        else:
            screen.perform(HUSH, targets, until=None if value == AWAKE else moments.parse(words, value, screen.now))

    options = [
        Option("1", words.t("for 1 hour"), "1h"),
        Option("4", words.t("for 4 hours"), "4h"),
        Option("t", words.t("tomorrow 9:00"), "tomorrow 9:00"),
        Option("o", words.t("at another time"), OTHER),
        Option("w", words.t("wake it"), AWAKE),
    ]
    choose(screen, words.t("Escalation of {tickets} quiet:", tickets=screen.codes(targets)), options, chosen)


def _ask_when(screen: Asker, targets: Sequence[Target]) -> None:
    words = screen.words

    def answered(text: str) -> None:
        screen.perform(HUSH, targets, until=moments.parse(words, text, screen.now))

    label = words.t("Escalation of {tickets} quiet until when?", tickets=screen.codes(tuple(targets)))
    hint = words.t("such as 17:00, fri 9:00, 2h")
    typed(screen, label, answered, hint=hint, check=lambda text: moments.parse(words, text, screen.now))


def unacknowledge(screen: Asker, targets: Sequence[Target]) -> None:
    """Nobody has it after all; Enter goes on where the escalation stood."""
    words = screen.words

    def chosen(value: str) -> None:
        screen.perform(UNACKNOWLEDGE, targets, resume=value)

    options = [
        Option("r", words.t("with the time that was left"), AckResume.resume.value),
        Option("n", words.t("with the next step, at once"), AckResume.next.value),
        Option("f", words.t("from the first step"), AckResume.top.value),
    ]
    title = words.t("{tickets}: nobody has it. The escalation goes on", tickets=screen.codes(targets))
    choose(screen, title, options, chosen)
