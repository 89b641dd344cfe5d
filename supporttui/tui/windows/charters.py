"""``:charter show``: what the desk does and does not, in a window to read."""

from collections.abc import Sequence

from supporttui.i18n import charter_labels
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.windows.processes import read
from supporttui.usecases import charters


def show(screen: BaseScreen, service: str) -> None:
    """The charters that hold; of one service if one is given."""
    words = screen.words

    def told(found: Sequence[charters.Told]) -> None:
        pairs = [pair for one in found for pair in charter_labels.page(words, one)]
        read(screen, words.t("Charter"), pairs, nothing=words.t("No charter is defined yet."))

    screen.desk.ask(charters.every, screen.now, service=service, then=told, refused=screen.frame.refuse)
