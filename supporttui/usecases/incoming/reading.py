"""What came in, read: reports with their tickets, signs of life with when the next one is due."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.incoming.source import Beat, IntakeSource
from supporttui.domain.spans import Instant
from supporttui.domain.states import State
from supporttui.usecases.incoming.taking import FLOOD, source_of
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rules import rules_of
from supporttui.usecases.stores.incoming import Alert, Sign


@dataclass(frozen=True, slots=True)
class Entry:
    """A report under its key, with its ticket as it stands."""

    alert: Alert
    title: str
    state: State
    acknowledged_by: PersonId | None
    acknowledged_at: Instant | None

    @property
    def is_flood(self) -> bool:
        """Whether it counts what opened no ticket of its own."""
        return self.alert.key == FLOOD


@dataclass(frozen=True, slots=True)
class Waited:
    """A beat, and its last sign."""

    beat: Beat
    sign: Sign | None

    @property
    def silent(self) -> bool:
        """Whether it counts as silent."""
        return self.sign is not None and self.sign.due is None


def listed(tx: Transaction, *, source: str | None = None, limit: int = 50) -> tuple[Entry, ...]:
    """Reports of one source or of all, those of the newest tickets first.

    Raises:
        NotFound: ``source.unknown``.
    """
    if source is not None:
        source_of(tx, source)
    return tuple(_entries(tx, tx.incoming.newest(source=source, limit=limit)))


def of_ticket(tx: Transaction, ticket: TicketId) -> tuple[Entry, ...]:
    """What is folded into a ticket, also into those that go on as it.

    Raises:
        NotFound: ``ticket.unknown``.
    """
    found = tx.tickets.get(ticket)
    alerts = (one for number in (ticket, *found.merged) for one in tx.incoming.alerts_of(number))
    return tuple(_entries(tx, alerts))


def waited(tx: Transaction) -> tuple[Waited, ...]:
    """Every beat that is active, by id."""
    signs = {one.id: one for one in tx.incoming.signs()}
    return tuple(Waited(beat, signs.get(beat.id)) for beat in tx.definitions.beats() if beat.active)


def _entries(tx: Transaction, alerts: Iterable[Alert]) -> Iterator[Entry]:
    for alert in alerts:
        ticket = tx.tickets.get(alert.ticket)
        yield Entry(alert, ticket.title, ticket.state, ticket.acknowledged_by, ticket.acknowledged_at)


def sources(tx: Transaction) -> tuple[IntakeSource, ...]:
    """Every source, by id."""
    return tx.definitions.sources()


def names(tx: Transaction) -> dict[str, str]:
    """What people and sources are called."""
    return rules_of(tx).names()
