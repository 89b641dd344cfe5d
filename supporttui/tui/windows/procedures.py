"""``:procedure list`` and ``:procedure show``: the procedures of the site, in windows to read."""

from collections.abc import Sequence

from supporttui.domain import procedures as rules
from supporttui.domain.procedures import Procedure
from supporttui.i18n import procedure_labels
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.windows.processes import read, said
from supporttui.usecases import procedures


def show_list(screen: BaseScreen) -> None:
    """Every procedure: for which tickets, when reviewed, how often carried out."""
    words = screen.words

    def told(found: Sequence[procedures.Listed]) -> None:
        heads = procedure_labels.heads(words)[1:]
        rows = ((name, *said(heads, cells)) for name, *cells in (procedure_labels.row(words, one) for one in found))
        read(screen, words.t("Procedures"), tuple(rows), nothing=words.t("No procedure is defined yet."))

    screen.desk.ask(procedures.every, screen.now, then=told, refused=screen.frame.refuse)


def show(screen: BaseScreen, wanted: str) -> None:
    """One, step by step, in the reader's language as far as it is translated."""
    words = screen.words

    def told(found: Procedure) -> None:
        shown = rules.told(found, words.language)
        pairs = [("", note) for note in procedure_labels.notes(words, shown, words.language, review_due=False)]
        for number, one in enumerate(shown.steps, 1):
            parts = procedure_labels.step(words, one, shown, words.language)
            pairs += [(label or f"{number}.", text) for label, text in parts]
        read(screen, shown.name, pairs)

    screen.desk.ask(procedures.named, wanted, then=told, refused=screen.frame.refuse)
