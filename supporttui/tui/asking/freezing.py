"""Whoever opens or works on a change while changes are to wait is told so."""

from collections.abc import Callable, Iterable

from supporttui import usecases
from supporttui.domain.states import Kind
from supporttui.domain.tickets import Ticket
from supporttui.i18n import period_labels
from supporttui.tui.asking.asker import Asker


def note(screen: Asker, results: Iterable[object], then: Callable[[str], None]) -> None:
    """Give ``then`` what is to be said of the first change among these tickets; empty: nothing."""
    changes = (one for one in results if isinstance(one, Ticket) and one.kind is Kind.change and one.is_open)
    change = next(changes, None)
    if change is None:
        then("")
        return
    screen.desk.ask(
        usecases.periods.told_of, change, screen.now,
        then=lambda found: then(period_labels.frozen(screen.words, found[0], screen.now) if found else ""),
        refused=screen.frame.refuse,
    )  # fmt: skip
