"""When a team has more work than it can stand, and which authority outside takes the rest at what price."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from supporttui.domain.ids import TeamId
from supporttui.domain.people import Overflow

MOST_OPEN = 10_000
"""Open tickets that are counted, and no further: every limit is below."""
_MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Proposal:
    """That tickets of a team may go to a partner, why, and what that costs."""

    team: TeamId
    partner: TeamId
    open: int
    """Open tickets that the team works on."""
    limit: int | None
    """The limit that they are over; ``None``: they are not, it is for the period alone."""
    period: str
    """Id of the period that lasts and opens the path; empty: none does."""
    price: Decimal | None
    """Of one ticket; ``None``: nothing is agreed."""
    currency: str = ""

    @property
    def over(self) -> int:
        """Tickets above the limit."""
        return 0 if self.limit is None else self.open - self.limit

    @property
    def cost(self) -> Decimal | None:
        """Of all that are over the limit, at least of one ticket."""
        return None if self.price is None else self.price * max(1, self.over)


def proposed(team: TeamId, rule: Overflow, count: int, running: Collection[str]) -> Proposal | None:
    """What a rule proposes for so many open tickets while these periods last; ``None``: nothing."""
    over = rule.limit is not None and count > rule.limit
    period = rule.period if rule.period is not None and rule.period in running else ""
    if not over and not period:
        return None
    limit = rule.limit if over else None
    return Proposal(team, rule.partner, count, limit, period, price_of(rule.amount), rule.currency)


def price_of(text: str) -> Decimal | None:
    """An amount of money as agreements write it, such as ``45.00``; ``None`` for what is none.

    >>> price_of("45.00"), price_of(""), price_of("-1"), price_of("1e9")
    (Decimal('45.00'), None, None, None)
    """
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    plain = text.isascii() and text.replace(".", "", 1).isdigit() and len(text) <= _MOST_DIGITS
    return found if plain else None
