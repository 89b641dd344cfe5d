"""One intention on many tickets: one transaction, one operation, one undo.

Each ticket is tried by itself: one that is refused is left as it was, and stops no other.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from supporttui.domain.faults import Conflict, SupportError, Unavailable
from supporttui.domain.ids import OperationId, TicketId
from supporttui.domain.states import Origin
from supporttui.usecases.attempt import tried
from supporttui.usecases.joining import join_notices
from supporttui.usecases.ports import Call, Transaction

R = TypeVar("R")
Target = tuple[TicketId, int | None]
"""A ticket, and the version of it that the person saw; ``None`` takes it as it is."""
Own = Collection[OperationId]
Run = Callable[..., R]
"""A use case: ``run(call, tx, ticket, version, **args)``."""


@dataclass(frozen=True, slots=True)
class Bulk(Generic[R]):
    """What became of each ticket, or would."""

    operation: OperationId
    done: tuple[tuple[TicketId, R], ...] = ()
    refused: tuple[tuple[TicketId, SupportError], ...] = ()
    written: bool = True
    """Else this is only what would happen."""


def perform(
    call: Call, tx: Transaction, run: Run[R], targets: Sequence[Target], *, own: Own = (), **args: Any
) -> Bulk[R]:
    """Do it to every ticket that allows it.

    Who is told of several tickets gets one message. What only the watch wrote since a version was seen is no conflict:
    it decides nothing that a person could overwrite. Nor is what ``own`` operations wrote: those of the same desk,
    whose last keys were faster than what it shows.

    Raises:
        Unavailable: ``store.…``; nothing was done to any ticket.
    """
    return _each(call, tx, run, targets, own=own, args=args)


def preview(
    call: Call, tx: Transaction, run: Run[R], targets: Sequence[Target], *, own: Own = (), **args: Any
) -> Bulk[R]:
    """What ``perform`` would do: the same, taken back before anybody can see it. Raises as it does."""
    return _unless(lambda _: True, call, tx, run, targets, own=own, args=args)


def perform_if_none_is_refused(
    call: Call, tx: Transaction, run: Run[R], targets: Sequence[Target], *, own: Own = (), **args: Any
) -> Bulk[R]:
    """Do it to all of several tickets, or to none of them and say what would happen. Raises as ``perform`` does."""
    return _unless(lambda found: bool(found.refused), call, tx, run, targets, own=own, args=args)


def _unless(
    rather_not: Callable[[Bulk[R]], bool],
    call: Call,
    tx: Transaction,
    run: Run[R],
    targets: Sequence[Target],
    *,
    own: Own,
    args: Mapping[str, Any],
) -> Bulk[R]:
    found = tried(tx, lambda: _each(call, tx, run, targets, own=own, args=args), keep=lambda done: not rather_not(done))
    return Bulk(call.operation, found.done, found.refused, written=False) if rather_not(found) else found


def _each(
    call: Call, tx: Transaction, run: Run[R], targets: Sequence[Target], *, own: Own, args: Mapping[str, Any]
) -> Bulk[R]:
    done: list[tuple[TicketId, R]] = []
    refused: list[tuple[TicketId, SupportError]] = []
    for ticket, version in targets:
        try:
            done.append((ticket, _one(call, tx, run, ticket, version=version, own=own, args=args)))
        except Unavailable:
            raise
        except SupportError as fault:
            refused.append((ticket, fault))
    if len(done) > 1:
        join_notices(tx, call.operation)
    return Bulk(call.operation, tuple(done), tuple(refused))


def _one(
    call: Call,
    tx: Transaction,
    run: Run[R],
    ticket: TicketId,
    *,
    version: int | None,
    own: Own,
    args: Mapping[str, Any],
) -> R:
    try:
        with tx.attempt():
            return run(call, tx, ticket, version, **args)
    except Conflict:
        if version is None or not _no_other_person_wrote(tx, ticket, since=version, own=own):
            raise
    with tx.attempt():
        return run(call, tx, ticket, None, **args)


def _no_other_person_wrote(tx: Transaction, ticket: TicketId, *, since: int, own: Own) -> bool:
    """Each version has its operation; one that left no fact makes us look too far back, never too little."""
    missed = tx.tickets.get(ticket).version - since
    facts = sorted(tx.journal.of_ticket(ticket), key=lambda fact: fact.seq, reverse=True)
    newest = frozenset(tuple(dict.fromkeys(fact.operation for fact in facts))[: max(0, missed)])
    return all(fact.origin is Origin.watch or fact.operation in own for fact in facts if fact.operation in newest)
