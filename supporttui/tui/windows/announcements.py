"""``:intake calendar``: what vendors announced for now and later, in a window to read."""

from supporttui.i18n import announcement_labels
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.windows.processes import read, said
from supporttui.usecases import announcements
from supporttui.usecases.announcements import Calendar


def show(screen: BaseScreen) -> None:
    """The soonest first."""
    words, prefix = screen.words, screen.frame.prefix

    def told(found: Calendar) -> None:
        heads = announcement_labels.heads(words)[1:]
        rows = (announcement_labels.row(words, one, found, prefix) for one in found.tickets)
        pairs = [(name, *said(heads, cells)) for name, *cells in rows]
        read(screen, words.t("Vendor calendar"), pairs, nothing=words.t("No vendor has announced anything."))

    screen.desk.ask(announcements.calendar, screen.now, then=told, refused=screen.frame.refuse)
