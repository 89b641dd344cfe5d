"""Taking back what one operation did to a ticket, by a fact that compensates it."""

from typing import Any

from supporttui.domain.events import Event, Undone
from supporttui.domain.faults import Refused
from supporttui.domain.ids import OperationId
from supporttui.domain.plain import to_plain
from supporttui.domain.tickets import UNDOABLE, Ticket


def undo(before: Ticket, after: Ticket, operation: OperationId) -> tuple[Event, ...]:
    """Put back what one operation changed; ``after`` is the ticket now, ``before`` the one it found.

    Raises:
        Refused: ``undo.touched`` once another operation has touched the ticket, ``undo.nothing`` when
            the operation left nothing that can be put back.
    """
    if after.last_operation != operation:
        raise Refused("undo.touched", ticket=after.id)
    old, new = _undoable(before), _undoable(after)
    restores = {name: old[name] for name in sorted(UNDOABLE) if old[name] != new[name]}
    if not restores:
        raise Refused("undo.nothing", ticket=after.id)
    return (Undone(operation, restores),)


def _undoable(ticket: Ticket) -> dict[str, Any]:
    return {name: to_plain(getattr(ticket, name)) for name in UNDOABLE}
