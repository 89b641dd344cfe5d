"""Taking back what one operation did to a ticket, by a fact that compensates it; and doing it again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from supporttui.domain.events import (
    EscalationMoved,
    EscalationSnoozed,
    Event,
    Fact,
    FirstLooked,
    HandedOver,
    Imported,
    LookRated,
    Merged,
    MergedIn,
    Noted,
    PageWithdrawn,
    ProcedureStepped,
    Replied,
    Undone,
    Voided,
)
from supporttui.domain.faults import Refused
from supporttui.domain.ids import OperationId
from supporttui.domain.plain import to_plain
from supporttui.domain.spans import FOREVER
from supporttui.domain.tickets import UNDOABLE, Ticket

NOTE_SECONDS = 300
"""For so long a note, a step of a procedure, or a reply that nothing sent, can be taken back."""
FINAL: Mapping[type[Event], str] = {
    Merged: "undo.merged",
    MergedIn: "undo.merged",
    Voided: "undo.void",
    PageWithdrawn: "undo.withdrawn",
    Imported: "undo.imported",
    HandedOver: "undo.handed_over",
}
"""What is never undone, and the code that says why."""
_TEXTS = (Noted, Replied, ProcedureStepped, FirstLooked, LookRated, Undone)


def undo(
    before: Ticket, after: Ticket, operation: OperationId, *, done: Sequence[Event] = (), age: int = 0
) -> tuple[Event, ...]:
    """Put back what one operation changed; ``after`` is the ticket now, ``before`` the one it found.

    ``done`` is what the operation did to the ticket, ``age`` how many seconds ago. A text can be taken back although
    it changed no field; the journal keeps it.

    Raises:
        Refused: ``undo.touched`` once another operation has touched the ticket, ``undo.nothing`` when
            the operation left nothing that can be put back, ``undo.text_old`` for a text after ``NOTE_SECONDS``, or
            a code of ``FINAL``.
    """
    for event in done:
        if (code := FINAL.get(type(event))) is not None:
            raise Refused(code, ticket=after.id)
    if after.last_operation != operation:
        raise Refused("undo.touched", ticket=after.id)
    restores = restored(before, after)
    if not restores or any(isinstance(event, Replied) for event in done):
        _must_be_young_text(after, done, age)
    return (Undone(operation, restores),)


def _must_be_young_text(after: Ticket, done: Sequence[Event], age: int) -> None:
    if any(isinstance(event, EscalationSnoozed | EscalationMoved) for event in done):
        return  # changes what the escalation does, and no field
    if not any(isinstance(event, _TEXTS) for event in done):
        raise Refused("undo.nothing", ticket=after.id)
    if age > NOTE_SECONDS:
        raise Refused("undo.text_old", ticket=after.id, minutes=NOTE_SECONDS // 60)


def taken_back(facts: Iterable[Fact]) -> frozenset[OperationId]:
    """The operations of a ticket that are undone and were not done again.

    Undoing an undo does the first thing again, so what was undone counts only while its undo stands. Facts not yet
    stored (``seq`` 0) come last of their instant.
    """
    undone: set[OperationId] = set()
    for fact in sorted(facts, key=lambda fact: (fact.at, fact.seq or FOREVER), reverse=True):
        if isinstance(fact.event, Undone) and fact.operation not in undone:
            undone.add(fact.event.operation)
    return frozenset(undone)


def done_again(facts: Iterable[Fact]) -> Mapping[OperationId, OperationId]:
    """Redo → the operation that it does again."""
    undoes = {fact.operation: fact.event.operation for fact in facts if isinstance(fact.event, Undone)}
    found = {undo: first_of(undone, undoes) for undo, undone in undoes.items()}
    return {undo: first for undo, (first, again) in found.items() if again}


def first_of(undone: OperationId, undoes: Mapping[OperationId, OperationId]) -> tuple[OperationId, bool]:
    """What was done at first, and whether undoing ``undone`` does it again; ``undoes`` is undo → what it undid."""
    times = 1
    while undone in undoes:
        undone, times = undoes[undone], times + 1
    return undone, times % 2 == 0


def restored(before: Ticket, after: Ticket) -> dict[str, Any]:
    """The fields that an undo puts back, with what they were."""
    old, new = _undoable(before), _undoable(after)
    return {name: old[name] for name in sorted(UNDOABLE) if old[name] != new[name]}


def _undoable(ticket: Ticket) -> dict[str, Any]:
    return {name: to_plain(getattr(ticket, name)) for name in UNDOABLE}
