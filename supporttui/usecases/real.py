"""What figures are made of: facts of drills are left out."""

from collections.abc import Sequence

from supporttui.domain.events import Fact
from supporttui.usecases.ports import Transaction


def real(tx: Transaction, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts without those of drills."""
    drills = {row.id for row in tx.tickets.rows({fact.ticket for fact in facts}) if row.drill}
    return tuple(fact for fact in facts if fact.ticket not in drills)
