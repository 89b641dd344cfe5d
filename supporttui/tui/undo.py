"""What ``u`` takes back: the last steps of this session, newest first."""

from collections import deque
from dataclasses import dataclass

from supporttui.domain.ids import OperationId
from supporttui.domain.spans import Instant

KEPT = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One key press: every operation it started, on one ticket or on all marked ones."""

    text: str
    """What was done, in words."""
    operations: tuple[OperationId, ...]
    send_at: Instant | None = None
    """Of an escalation: until here its pages can be withdrawn before they leave."""


class UndoStack:
    """The steps that can still be taken back."""

    def __init__(self) -> None:
        self._steps: deque[Step] = deque(maxlen=KEPT)

    def push(self, step: Step) -> None:
        """Remember a step that succeeded."""
        if step.operations:
            self._steps.append(step)

    def pop(self) -> Step | None:
        """The newest step, which is then forgotten."""
        return self._steps.pop() if self._steps else None

    @property
    def newest(self) -> Step | None:
        """What ``u`` would take back now."""
        return self._steps[-1] if self._steps else None
