"""Spans in which an escalation stands still because somebody said so, as facts begin and end them."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from supporttui.domain.ids import OperationId, PersonId
from supporttui.domain.spans import FOREVER, Instant
from supporttui.domain.states import AckResume


@dataclass(frozen=True, slots=True)
class Hold:
    """A span in which the plan stands still; ``end`` is ``FOREVER`` until something ends it."""

    start: Instant
    end: Instant = FOREVER
    by: PersonId | None = None
    operation: OperationId = OperationId("")
    """Of the action that began it."""
    given: Instant | None = None
    """When it was first given, if an undo brought it back; from then on it runs out. ``None``: at ``start``."""
    lasting: Instant = FOREVER
    """Until when it was meant to last."""
    ended_by: OperationId = OperationId("")
    """Of the action that ended it early; an undo of that brings it back."""
    resume: AckResume | None = None
    """How the plan then goes on; ``None``: as the policy says."""

    @property
    def since(self) -> Instant:
        """From when on it counts towards running out."""
        return self.start if self.given is None else self.given

    def holds(self, at: Instant) -> bool:
        """Whether it stands at an instant."""
        return self.start <= at < self.end


Holds = tuple[Hold, ...]


def ended(holds: Sequence[Hold], at: Instant, by: OperationId, resume: AckResume | None = AckResume.resume) -> Holds:
    """All that stand end at an instant."""
    return tuple(_ended(one, at, by, resume) if one.end > at else one for one in holds)


def taken_back(holds: Sequence[Hold], at: Instant, operation: OperationId, undo: OperationId) -> Holds:
    """What an operation did is undone: what it began ends, what it ended goes on."""
    left = tuple(
        _ended(one, at, undo, AckResume.resume) if one.operation == operation and one.end > at else one
        for one in holds
    )  # fmt: skip
    back = (one for one in holds if one.ended_by == operation and one.lasting > at)
    return (*left, *(_again(one, at) for one in back))


def done_again(holds: Sequence[Hold], at: Instant, operation: OperationId) -> Holds:
    """What an operation began, and an undo ended, stands once more."""
    last = next((one for one in reversed(holds) if one.operation == operation and one.lasting > at), None)
    return tuple(holds) if last is None or last.end > at else (*holds, _again(last, at))


def of_people(holds: Sequence[Hold], people: Container[PersonId]) -> Holds:
    """Those of some people."""
    return tuple(one for one in holds if one.by in people)


def _ended(hold: Hold, at: Instant, by: OperationId, resume: AckResume | None) -> Hold:
    return replace(hold, end=max(hold.start, at), ended_by=by, resume=resume)


def _again(hold: Hold, at: Instant) -> Hold:
    return replace(hold, start=at, end=hold.lasting, given=hold.since, ended_by=OperationId(""), resume=None)
