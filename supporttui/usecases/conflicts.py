"""Two on one ticket: what others did to it since somebody looked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from supporttui.domain.events import Fact, Opened
from supporttui.domain.ids import OperationId, TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases import queue
from supporttui.usecases.ports import Transaction
from supporttui.usecases.record import refolded
from supporttui.usecases.views import TicketDetail

COMPARED = (
    "state", "hold_reason", "hold_until", "priority", "impact", "urgency", "owner", "team", "resolver", "title", "text",
    "service", "kind", "category", "requester", "language", "zone", "resolution",
)  # fmt: skip
"""Fields that people set, in the order in which a change of them matters."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field that is not any more what it was."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Since:
    """A ticket as it is now, and what brought it there from the version that was seen."""

    detail: TicketDetail
    """As it is now; its facts are only those since, newest first."""
    changes: tuple[Change, ...]


def since(tx: Transaction, ticket: TicketId, version: int, now: Instant) -> Since:
    """What happened to a ticket after it had a version.

    Each version has its operation. One that left no fact makes us tell too much, never too little.

    Raises:
        NotFound: ``ticket.unknown``.
    """
    found = queue.detail(tx, ticket, now)
    missed = max(0, found.ticket.version - version)
    facts = sorted(found.facts, key=lambda fact: fact.seq, reverse=True)
    newest = frozenset(_operations(facts)[:missed])
    earlier = [fact for fact in facts if fact.operation not in newest]
    new = tuple(fact for fact in found.facts if fact.operation in newest)
    return Since(replace(found, facts=new), _changes(earlier, found.ticket))


def _operations(facts: Sequence[Fact]) -> tuple[OperationId, ...]:
    return tuple(dict.fromkeys(fact.operation for fact in facts))


def _changes(earlier: Sequence[Fact], after: Ticket) -> tuple[Change, ...]:
    if not any(isinstance(fact.event, Opened) for fact in earlier):
        return ()
    before = refolded(earlier, version=after.version)
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in COMPARED)
    return tuple(Change(name, old, new) for name, old, new in pairs if old != new)
