"""How much waits for somebody's word; the first line of the desk tells leads so."""

from supporttui.domain.exchange.review import Verdict
from supporttui.domain.spans import Instant
from supporttui.usecases.ports import Transaction


def to_decide(tx: Transaction, now: Instant) -> int:
    """Entries of other calendars that do not count yet, and special periods that ended."""
    entries = tx.exchange.count(Verdict.pending)
    if not tx.definitions.periods():
        return entries
    from supporttui.usecases.periods import unreviewed  # the desk's first list does not wait for what periods change

    return entries + len(unreviewed(tx, now))
