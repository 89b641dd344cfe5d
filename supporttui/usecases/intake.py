"""Take in tickets from another system, with their true history."""

# ruff: noqa
from collections.abc import Sequence
from dataclasses import dataclass, field
from supporttui.domain.events import Event
from supporttui.domain.faults import Refused
from supporttui.domain.spans import Instant
from supporttui.usecases.ports import Call, Transaction


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a foreign history; ``actor`` is the name the other system gives."""

    at: Instant
    actor: str
    event: Event


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """One row of a foreign log; ``hash`` (of its content) tells whether it was taken in before."""

    hash: str
    events: tuple[Happened, ...]
    fields: dict[str, str] = field(default_factory=dict)
    """What of the reading changed with this row; kept in the journal, so that the next import can compare."""
    line: int = 0
    at: Instant | None = None
    """When the row was written; its ``Imported`` fact stands here, also when no event comes with it."""
    actor: str = ""


@dataclass(frozen=True, slots=True)
class ForeignTicket:
    """A ticket of another system: its number there, and its rows in the order of the file."""

    system: str
    number: str
    rows: tuple[ForeignRow, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A ticket that was refused whole, with the fault that says why."""

    number: str
    line: int
    fault: Refused


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch; tickets are counted, and each once."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    rows: int = 0
    rejected: tuple[Rejected, ...] = ()


def take_in(call: Call, tx: Transaction, batch: Sequence[ForeignTicket]) -> Outcome: ...
