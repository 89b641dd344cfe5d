"""``:major show`` and ``:major list``: one major incident with its log, and all of them, in a window to read."""

from collections.abc import Iterator

from supporttui.domain.ids import TicketId
from supporttui.i18n import promise_labels, times, titles
from supporttui.i18n.catalogue import Words
from supporttui.i18n.event_labels import event
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.windows.processes import read, said
from supporttui.usecases import major
from supporttui.usecases.major import Listed, Log


def show_list(screen: BaseScreen) -> None:
    """All of the last years, the newest first."""
    words = screen.words

    def told(found: Listed) -> None:
        heads, prefix = promise_labels.heads(words)[1:], screen.frame.prefix
        rows = (promise_labels.row(words, one, found.names, prefix) for one in found.tickets)
        pairs = [(name, *said(heads, cells)) for name, *cells in rows]
        read(screen, words.t("Major incidents"), pairs, nothing=words.t("There was no major incident yet."))

    screen.desk.ask(major.listed, screen.now, then=told, refused=screen.frame.refuse)


def show(screen: BaseScreen, ticket: TicketId) -> None:
    """One, with who did what when."""
    words, prefix = screen.words, screen.frame.prefix

    def told(found: Log) -> None:
        title = f"{prefix}{ticket} {titles.title(words, found.ticket)}"
        read(screen, title, tuple(_pairs(words, found, prefix)), nothing="")

    screen.desk.ask(major.log, ticket, screen.now, then=told, refused=screen.frame.refuse)


def _pairs(words: Words, found: Log, prefix: str) -> Iterator[tuple[str, str]]:
    yield from promise_labels.standing(words, found.ticket, found.names, found.now)
    for fact in found.facts:
        who, text = found.names.get(fact.actor, fact.actor), event(words, fact.event, found.names, prefix=prefix)
        # Translators: who did it, and what, in the log of a major incident.
        yield times.near(fact.at, found.now, words.zone), words.t("{person}: {text}", person=who, text=text)
