"""``:faq``: procedures, lessons and ready replies in which some words stand, in a window to read."""

from collections.abc import Sequence

from supporttui.i18n import faq_labels
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.windows.processes import read
from supporttui.usecases import faq


def show(screen: BaseScreen, text: str) -> None:
    """All of them for an empty text."""
    words = screen.words

    def told(found: Sequence[faq.Answer]) -> None:
        pairs = []
        for one in found:
            first, *more = one.text.split("\n")
            pairs += [(faq_labels.head(words, one), first), *(("", line) for line in more)]
        read(screen, words.t("FAQ"), pairs, nothing=words.t("Nothing that is written down has these words."))

    screen.desk.ask(faq.search, text, screen.now, language=words.language, then=told, refused=screen.frame.refuse)
