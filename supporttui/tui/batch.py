"""One key press on several tickets: the outcomes of its transactions, told once all of them are known."""

from collections.abc import Callable
from dataclasses import dataclass, field

from supporttui.domain.faults import SupportError
from supporttui.domain.ids import OperationId, TicketId


@dataclass(frozen=True, slots=True)
class Target:
    """A ticket as it was shown when the key was pressed."""

    id: TicketId
    version: int
    waiting: bool = False
    """It waits for somebody, so it can be resumed."""


@dataclass(slots=True)
class Batch:
    """Collects what became of each target; ``finished`` hears once, when the last one is known."""

    size: int
    finished: Callable[["Batch"], None]
    done: list[tuple[Target, object]] = field(default_factory=list)
    refused: list[tuple[Target, SupportError]] = field(default_factory=list)
    operations: dict[TicketId, OperationId] = field(default_factory=dict)

    def succeed(self, target: Target, result: object) -> None:
        """The transaction was committed."""
        self.done.append((target, result))
        self._maybe_finish()

    def fail(self, target: Target, fault: SupportError) -> None:
        """The transaction changed nothing."""
        self.refused.append((target, fault))
        self._maybe_finish()

    @property
    def done_operations(self) -> tuple[OperationId, ...]:
        """Of the targets on which it succeeded, in their order."""
        return tuple(self.operations[target.id] for target, _ in self.done)

    def _maybe_finish(self) -> None:
        if len(self.done) + len(self.refused) == self.size:
            self.finished(self)
