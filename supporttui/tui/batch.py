"""The tickets that a key press means, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supporttui.domain.faults import SupportError
from supporttui.domain.ids import OperationId, TicketId

if TYPE_CHECKING:  # the rules behind it are not loaded before the first frame
    from supporttui.usecases.bulk import Bulk


@dataclass(frozen=True, slots=True)
class Target:
    """A ticket as it was shown when the key was pressed."""

    id: TicketId
    version: int
    waiting: bool = False
    """It waits for somebody, so it can be resumed."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one operation did to each target, or would do."""

    operation: OperationId
    done: tuple[tuple[Target, object], ...] = ()
    refused: tuple[tuple[Target, SupportError], ...] = ()

    @property
    def done_targets(self) -> tuple[Target, ...]:
        """Those that allowed it."""
        return tuple(target for target, _ in self.done)


def batch_of(targets: Sequence[Target], found: Bulk[Any]) -> Batch:
    """The outcome by the targets as they were shown."""
    by_id = {target.id: target for target in targets}
    return Batch(
        found.operation,
        tuple((by_id[ticket], result) for ticket, result in found.done),
        tuple((by_id[ticket], fault) for ticket, fault in found.refused),
    )
