"""How long an escalation is to be quiet, and how it goes on when an acknowledgement is taken back."""

from collections.abc import Collection, Sequence

from supporttui.domain.faults import Refused, SupportError
from supporttui.domain.states import AckResume, EscalationKind
from supporttui.i18n import policy_labels
from supporttui.tui.asking import answering, later
from supporttui.tui.asking.asker import Asker
from supporttui.tui.asking.escalating import KEYS, Escalator
from supporttui.tui.asking.questions import choose
from supporttui.tui.batch import Target
from supporttui.tui.windows.prompt import Option

MOST = 50
"""Tickets of which it is looked which escalations they have."""
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
            refused(Refused("escalation.not_running"))

    def refused(fault: SupportError) -> None:
        screen.frame.forget_keys()
        screen.frame.refuse(fault)

    screen.frame.hold_keys()
    tickets = [target.id for target in targets[:MOST]]
    screen.desk.ask(answering.kinds, tickets, screen.now, then=known, refused=refused, group="hush")


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
