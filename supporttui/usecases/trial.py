"""A transaction in which use cases do what they always do, and nothing is written: what they would store stays here.

It needs no more than to read, so that a question on screen holds up no writer.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import cast

from supporttui.domain.events import Fact
from supporttui.domain.faults import Conflict
from supporttui.domain.ids import OperationId, TicketId
from supporttui.domain.queue import QueueRow
from supporttui.domain.sla.timer import SortKey, Timer
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.domain.tickets import Ticket
from supporttui.usecases.passed import Escalation, Notice
from supporttui.usecases.ports import Definitions, Transaction


@dataclass(slots=True)
class _Kept:
    """What would have been stored."""

    tickets: dict[TicketId, tuple[Ticket, tuple[Timer, ...]]] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    notices: dict[str, Notice] = field(default_factory=dict)
    escalations: dict[tuple[TicketId, EscalationKind], Escalation] = field(default_factory=dict)
    pointers: dict[str, int] = field(default_factory=dict)

    def copy(self) -> "_Kept":
        """The same, to come back to."""
        return _Kept(
            dict(self.tickets), list(self.facts), dict(self.notices), dict(self.escalations), dict(self.pointers)
        )


class Trial:
    """Over a transaction that reads; has only what use cases on tickets ask of one.

    Whatever else is asked for is missing, and not passed on: nothing must be written by an oversight.
    """

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._kept = _Kept()
        self.tickets = _Tickets(tx, lambda: self._kept)
        self.journal = _Journal(tx, lambda: self._kept)
        self.outbox = _Outbox(tx, lambda: self._kept)
        self.escalations = _Escalations(tx, lambda: self._kept)
        self.looks = _Looks(tx, lambda: self._kept)

    @property
    def definitions(self) -> Definitions:
        """As they are."""
        return self._tx.definitions

    def now(self) -> Instant:
        """The database's clock."""
        return self._tx.now()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What happens inside stays only if it ends well."""
        before = self._kept.copy()
        try:
            yield
        except BaseException:  # as the store does: also what ends the thread
            self._kept = before
            raise


def trial(tx: Transaction) -> Transaction:
    """A transaction over ``tx`` that writes nothing."""
    return cast("Transaction", Trial(tx))  # it lacks on purpose what no use case on tickets needs


class _Part:
    """What all of them share."""

    def __init__(self, tx: Transaction, kept: Callable[[], _Kept]) -> None:
        self._tx = tx
        self._now_kept = kept

    @property
    def _kept(self) -> _Kept:
        return self._now_kept()


class _Tickets(_Part):
    """Tickets and timers."""

    def get(self, ticket: TicketId) -> Ticket:
        """As it would be stored."""
        known = self._kept.tickets.get(ticket)
        return self._tx.tickets.get(ticket) if known is None else known[0]

    def timers(self, ticket: TicketId) -> tuple[Timer, ...]:
        """The same."""
        known = self._kept.tickets.get(ticket)
        return self._tx.tickets.timers(ticket) if known is None else known[1]

    def rows(self, tickets: Iterable[TicketId]) -> tuple[QueueRow, ...]:
        """As they are."""
        return self._tx.tickets.rows(tickets)

    def save(self, ticket: Ticket, timers: Sequence[Timer], _: SortKey, *, expected: int) -> Ticket:
        """Kept here; refused where the database would refuse it."""
        if self.get(ticket.id).version != expected:
            raise Conflict("ticket.changed", changed_by=ticket.owner or "", at=ticket.updated_at, ticket=ticket.id)
        stored = replace(ticket, version=expected + 1)
        self._kept.tickets[ticket.id] = (stored, tuple(timers))
        return stored


class _Journal(_Part):
    """Facts."""

    def of_ticket(self, ticket: TicketId) -> tuple[Fact, ...]:
        """With those that would be stored."""
        return (*self._tx.journal.of_ticket(ticket), *(fact for fact in self._kept.facts if fact.ticket == ticket))

    def operation(self, operation: OperationId) -> tuple[Fact, ...]:
        """What it did."""
        return self._tx.journal.operation(operation)

    def append(self, facts: Sequence[Fact]) -> None:
        """Kept here."""
        self._kept.facts.extend(facts)


class _Outbox(_Part):
    """Notices."""

    def add(self, notices: Sequence[Notice]) -> None:
        """Kept here; a key that exists is left as it is."""
        for notice in notices:
            self._kept.notices.setdefault(notice.key, notice)

    def of_ticket(self, ticket: TicketId) -> tuple[Notice, ...]:
        """What was said; what would be said is nobody's yet."""
        return self._tx.outbox.of_ticket(ticket)

    def of_operation(self, operation: OperationId) -> tuple[Notice, ...]:
        """What would be queued."""
        return tuple(notice for notice in self._kept.notices.values() if notice.operation == operation)

    def rewrite(self, notices: Sequence[Notice]) -> None:
        """Kept here."""
        self._kept.notices |= {notice.key: notice for notice in notices}

    def withdraw(self, _: OperationId) -> int:
        """Nothing is taken back."""
        return 0


class _Escalations(_Part):
    """The reading of escalations."""

    def get(self, ticket: TicketId, kind: EscalationKind = EscalationKind.functional) -> Escalation | None:
        """As it would be stored."""
        return self._kept.escalations.get((ticket, kind)) or self._tx.escalations.get(ticket, kind)

    def save(self, escalation: Escalation) -> None:
        """Kept here."""
        self._kept.escalations[escalation.ticket, escalation.kind] = escalation

    def pointer(self, name: str) -> int:
        """Whose turn it would be."""
        known = self._kept.pointers.get(name)
        return self._tx.escalations.pointer(name) if known is None else known

    def point(self, name: str, place: int) -> None:
        """Kept here."""
        self._kept.pointers[name] = place


class _Looks(_Part):
    """When criteria are looked at."""

    def put(self, ticket: TicketId, at: Instant | None) -> None:
        """Nothing is looked at for what is not written."""
