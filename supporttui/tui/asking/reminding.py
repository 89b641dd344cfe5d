"""Reminders: in a while, tomorrow, or when it is said; and to be told of a ticket at all."""

from collections.abc import Sequence
from functools import partial

from supporttui.domain.ids import PersonId, TicketId
from supporttui.tui.asking import later
from supporttui.tui.asking.asker import Asker
from supporttui.tui.batch import Target
from supporttui.usecases.ports import Transaction


def snooze(screen: Asker, targets: Sequence[Target]) -> None:
    """When to be reminded; the ticket stays where it is, and its timers run on."""
    words = screen.words
    question = later.Question(
        words.t("Remind you of {tickets}", tickets=screen.codes(targets)),
        words.t("Remind you of {tickets} when?", tickets=screen.codes(tuple(targets))),
        hours=(words.t("in 1 hour"), words.t("in 4 hours")),
        never=("n", words.t("no longer")),
    )
    later.ask(screen, question, lambda until: screen.perform("ticket.snooze", targets, until=until))


def follow(screen: Asker, targets: Sequence[Target]) -> None:
    """To be told what becomes of them; of those that all tell already, no longer."""

    def known(followed: bool) -> None:  # noqa: FBT001  what the question gives
        screen.perform("ticket.unfollow" if followed else "ticket.follow", targets)

    me, numbers = screen.frame.parts.me, [target.id for target in targets]
    screen.desk.ask(partial(_follows_all, person=me, tickets=numbers), then=known, refused=screen.frame.refuse)


def _follows_all(tx: Transaction, *, person: PersonId, tickets: Sequence[TicketId]) -> bool:
    return all(person in tx.tickets.get(ticket).followers for ticket in tickets)
