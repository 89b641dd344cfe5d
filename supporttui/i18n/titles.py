"""The title of a ticket, as lists and heads show it."""

from typing import Protocol

from supporttui.i18n.catalogue import Words


class Titled(Protocol):
    """A ticket, or a row of the queue."""

    @property
    def title(self) -> str:
        """What it is about."""

    @property
    def drill(self) -> bool:
        """Whether it is a drill."""


def title(words: Words, ticket: Titled) -> str:
    """The title; that of a drill begins with the word for it."""
    return f"{words.t('DRILL')} {ticket.title}" if ticket.drill else ticket.title
