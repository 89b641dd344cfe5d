"""The tickets that a key press means, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from supporttui.domain.faults import SupportError
from supporttui.domain.ids import OperationId, TicketId
from supporttui.domain.queue import QueueRow
from supporttui.domain.states import WAITING_STATES, State

if TYPE_CHECKING:  # the rules behind it are not loaded before the first frame
    from supporttui.usecases.bulk import Bulk


@dataclass(frozen=True, slots=True)
class Target:
    """A ticket as it was shown when the key was pressed."""

    id: TicketId
    version: int
    state: State | None = None
    """``None`` where it is not at hand."""
    merged: bool = False
    """It goes on as another ticket."""
    void: bool = False

    @classmethod
    def of(cls, row: QueueRow) -> Target:
        """As a line of the queue has it."""
        return cls(row.id, row.version, row.state, row.merged, row.void)

    @property
    def waiting(self) -> bool:
        """It waits for somebody, so it can be resumed."""
        return self.state in WAITING_STATES


class Meant(tuple[Target, ...]):  # noqa: SLOT001  a tuple has no room for slots
    """What a key press means; and how many marked tickets it does not, because the list does not show them."""

    left_out: int

    def __new__(cls, targets: Iterable[Target], left_out: int = 0) -> Self:
        """As a tuple is made."""
        made = super().__new__(cls, targets)
        made.left_out = left_out
        return made


def left_out(targets: Sequence[Target]) -> int:
    """How many marked tickets are not among the targets, because they are not listed."""
    return targets.left_out if isinstance(targets, Meant) else 0


@dataclass(frozen=True, slots=True)
class Batch:
    """What one operation did to each target, or would do."""

    operation: OperationId
    done: tuple[tuple[Target, object], ...] = ()
    refused: tuple[tuple[Target, SupportError], ...] = ()
    left_out: int = 0
    """Marked tickets that are not listed, and were not tried."""

    @property
    def done_targets(self) -> Meant:
        """Those that allowed it."""
        return Meant((target for target, _ in self.done), self.left_out)


def batch_of(targets: Sequence[Target], found: Bulk[Any]) -> Batch:
    """The outcome by the targets as they were shown."""
    by_id = {target.id: target for target in targets}
    return Batch(
        found.operation,
        tuple((by_id[ticket], result) for ticket, result in found.done),
        tuple((by_id[ticket], fault) for ticket, fault in found.refused),
        left_out(targets),
    )
