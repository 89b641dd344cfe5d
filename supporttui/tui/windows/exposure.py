"""``:person exposure``: what somebody has worked on, by process."""

from collections.abc import Sequence

from supporttui.domain.ids import PersonId
from supporttui.i18n import exposure_labels
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.windows.processes import read, said
from supporttui.usecases import exposure
from supporttui.usecases.exposure import Exposed
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rules import rules_of


def show(screen: BaseScreen, person: PersonId) -> None:
    """Of the last year, the most first."""
    words, now = screen.words, screen.now

    def asked(tx: Transaction) -> tuple[str, Sequence[Exposed]]:
        return rules_of(tx).name(person), exposure.of(tx, person, now)

    def told(answer: tuple[str, Sequence[Exposed]]) -> None:
        name, found = answer
        heads = exposure_labels.heads(words)[1:]
        rows = (exposure_labels.row(words, one, now) for one in found)
        pairs = [(name, *said(heads, cells)) for name, *cells in rows]
        title = words.t("Worked on by {person}", person=name)
        read(screen, title, pairs, nothing=words.t("Nothing in this time."))

    screen.desk.ask(asked, then=told, refused=screen.frame.refuse)
