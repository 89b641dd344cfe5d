"""How long an escalation is to be quiet, and how it goes on when an acknowledgement is taken back."""

from collections.abc import Collection, Sequence
from functools import partial

from supporttui.domain.states import AckResume, EscalationKind
from supporttui.i18n import policy_labels
from supporttui.tui.asking import answering, later
from supporttui.tui.asking.asker import Asker
from supporttui.tui.asking.escalating import KEYS, Escalator
from supporttui.tui.asking.questions import choose
from supporttui.tui.batch import Target
from supporttui.tui.windows.prompt import Option

HUSH, UNACKNOWLEDGE = "ticket.hush", "ticket.unacknowledge"


def hush(screen: Escalator, targets: Sequence[Target]) -> None:
    """Until when nobody is paged; of two escalations the one under the cursor, or the one that is chosen first."""

    def known(running: Collection[EscalationKind]) -> None:
        meant = screen.kind_meant()
        if meant is not None or len(running) == 1:
            _ask_until(screen, targets, meant or next(iter(running)))
        elif len(running) > 1:
            kinds = ((kind, policy_labels.kind(screen.words, kind)) for kind in EscalationKind)
            options = [Option(KEYS[kind], label, kind.value) for kind, label in kinds]
            title = screen.words.t("Escalation of {tickets} quiet:", tickets=screen.codes(targets))
            choose(screen, title, options, lambda kind: _ask_until(screen, targets, EscalationKind(kind)))
        else:
            screen.frame.forget_keys()
            screen.perform(HUSH, targets, until=None)  # refused, and it is said why

    screen.frame.hold_keys()
    ask = partial(answering.standing, ticket=targets[0].id, now=screen.now)
    screen.desk.ask(ask, then=known, refused=screen.frame.refuse, group="hush")


def _ask_until(screen: Asker, targets: Sequence[Target], kind: EscalationKind) -> None:
    """Then the escalation goes on with the time that was left."""
    words = screen.words
    first, then = (answering.which(words, screen.codes(meant), kind) for meant in (targets, tuple(targets)))
    question = later.Question(
        words.t("Escalation of {tickets} quiet:", tickets=first),
        words.t("Escalation of {tickets} quiet until when?", tickets=then),
        hours=(words.t("for 1 hour"), words.t("for 4 hours")),
        never=("w", words.t("wake it")),
    )
    later.ask(screen, question, lambda until: screen.perform(HUSH, targets, until=until, kind=kind.value))


def unacknowledge(screen: Asker, targets: Sequence[Target]) -> None:
    """Nobody has it after all; Enter goes on where the escalation stood."""
    words = screen.words

    def chosen(value: str) -> None:
        screen.perform(UNACKNOWLEDGE, targets, resume=value)

    options = [
        Option(key, policy_labels.resume(words, one), one.value) for key, one in zip("rnf", AckResume, strict=True)
    ]
    title = words.t("{tickets}: nobody has it. The escalation goes on", tickets=screen.codes(targets))
    choose(screen, title, options, chosen)
