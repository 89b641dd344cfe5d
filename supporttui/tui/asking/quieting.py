"""How long an escalation is to be quiet, and how it goes on when an acknowledgement is taken back."""

from collections.abc import Sequence

from supporttui.domain.states import AckResume
from supporttui.tui.asking import later
from supporttui.tui.asking.asker import Asker
from supporttui.tui.asking.questions import choose
from supporttui.tui.batch import Target
from supporttui.tui.windows.prompt import Option

HUSH, UNACKNOWLEDGE = "ticket.hush", "ticket.unacknowledge"


def hush(screen: Asker, targets: Sequence[Target]) -> None:
    """Until when nobody is paged; then the escalation goes on with the time that was left."""
    words = screen.words
    question = later.Question(
        words.t("Escalation of {tickets} quiet:", tickets=screen.codes(targets)),
        words.t("Escalation of {tickets} quiet until when?", tickets=screen.codes(tuple(targets))),
        hours=(words.t("for 1 hour"), words.t("for 4 hours")),
        never=("w", words.t("wake it")),
    )
    later.ask(screen, question, lambda until: screen.perform(HUSH, targets, until=until))


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
