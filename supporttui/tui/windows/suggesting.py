"""``:suggest``: who solved the closed tickets most like one, in a window to read."""

from supporttui.domain.ids import TicketId
from supporttui.i18n import suggest_labels
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.windows.processes import read
from supporttui.usecases import suggesting


def show(screen: BaseScreen, ticket: TicketId) -> None:
    """The authorities, the most likely first, and the tickets that speak for them."""
    words = screen.words

    def told(found: suggesting.Suggested) -> None:
        prefix = screen.frame.status.prefix if screen.frame.status is not None else ""
        pairs = tuple(suggest_labels.lines(words, found, prefix=prefix))
        read(screen, words.t("Who solves this?"), pairs, nothing=words.t("No closed ticket is like this one."))

    screen.desk.ask(suggesting.of_ticket, ticket, screen.now, then=told, refused=screen.frame.refuse)
