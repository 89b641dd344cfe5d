"""Which special period everybody is told of; apart from what it changes, for the first line of the desk asks often."""

from collections.abc import Iterator

from supporttui.domain.ids import ServiceId
from supporttui.domain.periods.plan import Occurrence
from supporttui.domain.spans import Instant, Span
from supporttui.usecases.ports import Transaction
from supporttui.usecases.views import Announced

_DAY = 86_400


def announced(tx: Transaction, now: Instant) -> Announced | None:
    """The first that holds, or begins within the days of its announcement."""
    return next(
        (Announced(one.period.name, one.whole.start, one.whole.end, now in one.span) for one in near(tx, now)), None
    )


def near(tx: Transaction, now: Instant, service: ServiceId | None = None) -> Iterator[Occurrence]:
    """All of them, by their beginning. ``None`` is any service."""
    ahead = tx.definitions.plan().touching(Span(now, Instant(now + _longest_ahead(tx))), service)
    return (one for one in ahead if one.span.start - one.period.announce_days * _DAY <= now)


def _longest_ahead(tx: Transaction) -> int:
    """The longest time before which any period is spoken of, in seconds."""
    days = (versions[-1].value.announce_days for versions in tx.definitions.periods().values())
    return max(days, default=0) * _DAY + 1
