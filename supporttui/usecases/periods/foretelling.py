"""What it would do to decide about a special period that ended: timers that move, and how many become late."""

from datetime import date

from supporttui.usecases import packing
from supporttui.usecases.definitions.defining import Pack
from supporttui.usecases.periods.review import Decision, decided
from supporttui.usecases.ports import Call, Transaction


def foretell(
    call: Call, tx: Transaction, period: str, decision: Decision, *, until: date | None = None
) -> packing.Preview:
    """In a transaction that writes, of which nothing stays. Raises as ``decide`` does."""
    wanted = decided(call, tx, period, decision, until=until)
    return packing.preview(tx, Pack("review", periods=(wanted,)), call.at)
