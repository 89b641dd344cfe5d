"""``:authority list`` and ``:authority show``: who resolves tickets, when, and how they are reached."""

from collections.abc import Sequence

from supporttui.i18n import authority_labels
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.windows.processes import read, said
from supporttui.usecases import authorities


def show_list(screen: BaseScreen) -> None:
    """Every authority: whether it works now, how it is reached, by which agreement."""
    words, now = screen.words, screen.now

    def told(found: Sequence[authorities.Entered]) -> None:
        heads = authority_labels.heads(words)[1:]
        rows = [authority_labels.row(words, one, now) for one in found]
        pairs = [(name, *said(heads, cells)) for name, *cells in rows]
        read(screen, words.t("Authorities"), pairs, nothing=words.t("No authority is defined yet."))

    screen.desk.ask(authorities.every, now, then=told, refused=screen.frame.refuse)


def show(screen: BaseScreen, wanted: str) -> None:
    """All that is known of one."""
    now = screen.now

    def told(found: authorities.Entered) -> None:
        read(screen, found.team.name, tuple(authority_labels.whole(screen.words, found, now)))

    screen.desk.ask(authorities.one, wanted, now, then=told, refused=screen.frame.refuse)
