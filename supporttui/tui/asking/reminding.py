"""Reminders: in a while, tomorrow, or when it is said; and to be told of a ticket at all."""

from collections.abc import Sequence
from functools import partial

from supporttui.domain.ids import PersonId, TicketId
from supporttui.i18n import moments
from supporttui.tui.asking.asker import Asker
from supporttui.tui.asking.questions import choose, typed
from supporttui.tui.batch import Target
from supporttui.tui.windows.prompt import Option
from supporttui.usecases.ports import Transaction

ACTION = "ticket.snooze"
OTHER, NEVER = "other", "never"


def snooze(screen: Asker, targets: Sequence[Target]) -> None:
    """When to be reminded; the ticket stays where it is, and its timers run on."""
    words = screen.words

    def chosen(value: str) -> None:
        if value == OTHER:
            _ask_when(screen, targets)
        elif value == NEVER:
            screen.perform(ACTION, targets, until=None)
        else:
            screen.perform(ACTION, targets, until=moments.parse(words, value, screen.now))

    options = [
        Option("1", words.t("in 1 hour"), "1h"),
        Option("4", words.t("in 4 hours"), "4h"),
        Option("t", words.t("tomorrow 9:00"), "tomorrow 9:00"),
        Option("o", words.t("at another time"), OTHER),
        Option("n", words.t("no longer"), NEVER),
    ]
    choose(screen, words.t("Remind you of {tickets}", tickets=screen.codes(targets)), options, chosen)


def _ask_when(screen: Asker, targets: Sequence[Target]) -> None:
    words = screen.words

    def answered(text: str) -> None:
        screen.perform(ACTION, targets, until=moments.parse(words, text, screen.now))

    label = words.t("Remind you of {tickets} when?", tickets=screen.codes(tuple(targets)))
    hint = words.t("such as 17:00, fri 9:00, 2h")
    typed(screen, label, answered, hint=hint, check=lambda text: moments.parse(words, text, screen.now))


def follow(screen: Asker, targets: Sequence[Target]) -> None:
    """To be told what becomes of them; of those that all tell already, no longer."""

    def known(followed: bool) -> None:  # noqa: FBT001  what the question gives
        screen.perform("ticket.unfollow" if followed else "ticket.follow", targets)

    me, numbers = screen.frame.parts.me, [target.id for target in targets]
    screen.desk.ask(partial(_follows_all, person=me, tickets=numbers), then=known, refused=screen.frame.refuse)


def _follows_all(tx: Transaction, *, person: PersonId, tickets: Sequence[TicketId]) -> bool:
    return all(person in tx.tickets.get(ticket).followers for ticket in tickets)
