"""What it would do that entries of the review list count: new versions of calendars, timers, duty of who is away."""

from collections.abc import Iterable
from dataclasses import dataclass

from supporttui.domain.rota.absences import Absence
from supporttui.usecases import packing
from supporttui.usecases.definitions.defining import Pack
from supporttui.usecases.exchange.reviewing import foretold
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.rota.costs import Clash, whatif_away


@dataclass(frozen=True, slots=True)
class Foretold:
    """Told before, and taken back."""

    pack: Pack
    preview: packing.Preview
    away: tuple[Absence, ...]
    clashes: tuple[Clash, ...]
    """Where those who are away would be on duty."""


def foretell(call: Call, tx: Transaction, ids: Iterable[str]) -> Foretold:
    """In a transaction that writes, of which nothing stays. Raises as ``reviewing.foretold`` does."""
    pack, away = foretold(tx, ids, call.at)
    preview = packing.preview(tx, pack, call.at)
    return Foretold(pack, preview, away, tuple(clash for one in away for clash in whatif_away(tx, one, call.at)))
