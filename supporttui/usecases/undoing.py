"""Undo and redo of one operation, on all of its tickets or on none of them."""

from collections.abc import Sequence

from supporttui.domain import undoing
from supporttui.domain.access import Permission
from supporttui.domain.events import Event, Fact, Opened, Replied, StepFired, Undone
from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.ids import OperationId, TicketId
from supporttui.domain.tickets import Ticket
from supporttui.usecases.access import require
from supporttui.usecases.escalation.by_hand import withdraw
from supporttui.usecases.handover import unsigning
from supporttui.usecases.ports import Call, NoticeState, Transaction
from supporttui.usecases.record import record, refolded

_LEFT = (NoticeState.sending, NoticeState.sent)


def undo(call: Call, tx: Transaction, operation: OperationId) -> tuple[Ticket, ...]:
    """Put back what an operation changed; the seconds between count as they were. All of its tickets or none.

    An escalation by hand is withdrawn. A reply can be taken back until it leaves, a note for five minutes; the
    signature of a handover, which is on no ticket, until somebody accepts an item.

    Raises:
        NotFound: ``operation.unknown``.
        Refused: ``undo.touched`` once something else happened to a ticket; ``undo.nothing``, ``undo.is_undo``,
            ``undo.reply_left``, ``undo.text_old``, or why such a thing is never undone: ``undo.merged`` …; and as
            ``unsign`` does.
    """
    require(call, tx, Permission.work)
    done = tx.journal.operation(operation)
    if not done:  # on no ticket
        unsigning.undo(call, tx, operation)
        return ()
    if _times_undone(tx, done) % 2:
        raise Refused("undo.is_undo", ticket=done[0].ticket, operation=operation)
    if any(_is_page(fact.event) for fact in done):
        withdraw(call, tx, operation)
        return tuple(tx.tickets.get(ticket) for ticket in _tickets_of(done))
    return _undone(call, tx, operation, done)


def redo(call: Call, tx: Transaction, operation: OperationId) -> tuple[Ticket, ...]:
    """Do again what an undo took back; ``operation`` is that of the undo. All of its tickets or none.

    Raises:
        NotFound: ``operation.unknown``.
        Refused: ``redo.nothing`` where the operation undid nothing, ``redo.sent`` for what would reach people again,
            ``undo.touched`` once something else happened to a ticket.
    """
    require(call, tx, Permission.work)
    done = _known(tx, operation)
    if not _times_undone(tx, done) % 2:
        raise Refused("redo.nothing", ticket=done[0].ticket)
    if any(isinstance(event, Replied) or _is_page(event) for event in _first_of(tx, done)):
        raise Refused("redo.sent", ticket=done[0].ticket)
    return _undone(call, tx, operation, done)


def _known(tx: Transaction, operation: OperationId) -> tuple[Fact, ...]:
    done = tx.journal.operation(operation)
    if not done:
        raise NotFound("operation.unknown", operation=operation)
    return done


def _times_undone(tx: Transaction, done: Sequence[Fact]) -> int:
    """0 for what was done, 1 for its undo, 2 for its redo, 3 for and so on."""
    times = 0
    while (before := _undone_by(done)) is not None:
        done, times = tx.journal.operation(before), times + 1
    return times


def _first_of(tx: Transaction, done: Sequence[Fact]) -> tuple[Event, ...]:
    """What was done before anything was undone."""
    while (before := _undone_by(done)) is not None:
        done = tx.journal.operation(before)
    return tuple(fact.event for fact in done)


def _undone_by(done: Sequence[Fact]) -> OperationId | None:
    first = done[0].event if done else None
    return first.operation if isinstance(first, Undone) else None


def _is_page(event: Event) -> bool:
    return isinstance(event, StepFired) and event.by_hand


def _undone(call: Call, tx: Transaction, operation: OperationId, done: Sequence[Fact]) -> tuple[Ticket, ...]:
    if any(isinstance(fact.event, Replied) for fact in done):
        _hold_back(tx, operation, done)
    by_ticket: dict[TicketId, list[Fact]] = {}
    for fact in done:
        by_ticket.setdefault(fact.ticket, []).append(fact)
    return tuple(_undo_one(call, tx, operation, facts) for facts in by_ticket.values())


def _undo_one(call: Call, tx: Transaction, operation: OperationId, done: Sequence[Fact]) -> Ticket:
    ticket = done[0].ticket
    after = tx.tickets.get(ticket)
    known = tx.journal.of_ticket(ticket)
    earlier = [fact for fact in known if fact.operation != operation]
    if not any(isinstance(fact.event, Opened) for fact in earlier):
        raise Refused("undo.opened", ticket=ticket)
    before = refolded(earlier, version=after.version)
    events = [fact.event for fact in done]
    undone = undoing.undo(before, after, operation, done=events, age=call.at - done[-1].at)
    return record(call, tx, after, undone, known=known)


def _hold_back(tx: Transaction, operation: OperationId, done: Sequence[Fact]) -> None:
    """Taken back first, then looked: a reply that the watch claims in between has left."""
    tx.outbox.withdraw(operation)
    for notice in tx.outbox.of_operation(operation):
        if notice.state in _LEFT:
            raise Refused("undo.reply_left", ticket=notice.ticket or done[0].ticket)


def _tickets_of(done: Sequence[Fact]) -> tuple[TicketId, ...]:
    return tuple(dict.fromkeys(fact.ticket for fact in done))
