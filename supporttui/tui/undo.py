"""What ``u`` takes back and ``U`` does again: the last steps of this session, newest first."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from supporttui.domain.ids import OperationId
from supporttui.domain.spans import Instant

KEPT = 20


@dataclass(frozen=True, slots=True)
class Here:
    """A step that nobody else sees, such as marks: how the screen goes back, and forth again."""

    back: Callable[[], None]
    again: Callable[[], None]
    marks: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One key press: what it did to one ticket or to all marked ones, or on the screen alone."""

    text: str
    """What was done, in words."""
    operation: OperationId = OperationId("")
    """Of a step on tickets; after a redo that of the redo."""
    send_at: Instant | None = None
    """Of a page or a reply: until here it can be withdrawn before it leaves."""
    letter: bool = False
    """What leaves is a reply, or left as a handover: nothing that is done again."""
    here: Here | None = None
    """Of a step on the screen alone."""


class UndoStack:
    """The steps that may still be taken back, and those that were."""

    def __init__(self) -> None:
        self._steps: deque[Step] = deque(maxlen=KEPT)
        self._undone: deque[Step] = deque(maxlen=KEPT)

    def push(self, step: Step) -> None:
        """Remember a new step; what was undone before it can no longer be done again."""
        self._steps.append(step)
        self._undone.clear()

    def pop(self) -> Step | None:
        """The newest step, which is then forgotten."""
        return self._steps.pop() if self._steps else None

    def undone(self, step: Step) -> None:
        """A step was taken back, under the operation that it bears now."""
        self._undone.append(step)

    def pop_undone(self) -> Step | None:
        """What was undone last, which is then forgotten."""
        return self._undone.pop() if self._undone else None

    def redone(self, step: Step) -> None:
        """A step was done again; what was undone before it still can be."""
        self._steps.append(step)

    def forget_marks(self) -> None:
        """The newest marks were used up by what was done to them."""
        while self._steps and self._steps[-1].here is not None and self._steps[-1].here.marks:
            self._steps.pop()

    @property
    def newest(self) -> Step | None:
        """What ``u`` would take back now."""
        return self._steps[-1] if self._steps else None
