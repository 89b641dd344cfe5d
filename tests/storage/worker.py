"""A desk in a process of its own: does what its standard input says, tells each acknowledged commit.

Run by ``test_processes.py`` as ``python -m tests.storage.worker URL NAME SEED``.
"""

import contextlib
import itertools
import random
import sys
from collections.abc import Iterator
from dataclasses import replace

from supporttui.domain.events import Acknowledged, Fact, Noted, State
from supporttui.domain.faults import Conflict, StoreUnavailable
from supporttui.domain.ids import OperationId, PersonId, TeamId, TicketId
from supporttui.domain.queue import Not, Op, SortBy, Term
from supporttui.domain.sla.timer import SortKey
from supporttui.storage import SqlStore, open_store
from supporttui.usecases.ports import NoticeState
from tests.storage.making import NOW, open_one

FREE = Not(Term("is", Op.eq, ("acknowledged",)))


class Worker:
    """One desk; every method is an order that the test may give."""

    def __init__(self, store: SqlStore, name: str, seed: int) -> None:
        self.store = store
        self.me = PersonId(name)
        self.random = random.Random(seed)
        self.operations: Iterator[OperationId] = (OperationId(f"{name}-{n}") for n in itertools.count())

    def update(self, count: int) -> None:
        """Change random tickets over the version that was read in another transaction, until it works."""
        for _ in range(count):
            ticket = TicketId(self.random.randint(1, 5))
            operation = next(self.operations)
            while not self._changed(ticket, operation):
                continue
            say("ok", operation, ticket)

    def _changed(self, number: TicketId, operation: OperationId) -> bool:
        with self.store.read() as tx:
            ticket = tx.tickets.get(number)
        try:
            with self.store.write() as tx:
                raised = replace(ticket, hops=ticket.hops + 1)
                tx.tickets.save(raised, (), SortKey(), expected=ticket.version)
                tx.journal.append([Fact(number, NOW, self.me, Noted("x"), operation)])
        except Conflict:
            return False
        except StoreUnavailable as busy:
            return not_stored(busy)
        return True

    def move(self, count: int) -> None:
        """Give random tickets to random people and teams, close and reopen them, each commit two of them."""
        for _ in range(count):
            while not self._moved(self.random.sample(range(1, 6), 2), next(self.operations)):
                continue

    def _moved(self, numbers: list[int], operation: OperationId) -> bool:
        try:
            with self.store.write() as tx:
                for number in numbers:
                    ticket = tx.tickets.get(TicketId(number))
                    team, owner = TeamId(self.random.choice("ab")), self.random.choice([None, self.me, PersonId("ana")])
                    state = self.random.choice([State.active, State.active, State.closed])
                    moved = replace(ticket, team=team, owner=owner, state=state)
                    tx.tickets.save(moved, (), SortKey(), expected=ticket.version)
                tx.journal.append([Fact(TicketId(n), NOW, self.me, Noted(f"x{n}"), operation) for n in numbers])
        except Conflict:
            return False
        except StoreUnavailable as busy:
            return not_stored(busy)
        return True

    def claim(self, count: int) -> None:
        """Acknowledge whatever nobody has, all starting with the same ticket; then send notices."""
        with self.store.read() as tx:
            free = tx.tickets.page(FREE, now=NOW, me=None, sort=SortBy.number, limit=count)
        for row in free:
            with contextlib.suppress(Conflict):
                while not self._claim(row.id, row.version):
                    continue
                say("mine", row.id)
        while self._send():
            continue

    def _claim(self, number: TicketId, version: int) -> bool:
        try:
            with self.store.write() as tx:
                ticket = replace(tx.tickets.get(number), acknowledged_by=self.me)
                tx.tickets.save(ticket, (), SortKey(), expected=version)
                tx.journal.append([Fact(number, NOW, self.me, Acknowledged(self.me), next(self.operations))])
        except StoreUnavailable as busy:
            return not_stored(busy)
        return True

    def _send(self) -> int:
        with self.store.write() as tx:
            claimed = tx.outbox.claim(NOW, 1, limit=3, seconds=3600)
        for notice in claimed:
            say("sent", notice.key)
        with self.store.write() as tx:
            for notice in claimed:
                tx.outbox.mark(notice, NoticeState.sent, token=1)
        return len(claimed)

    def write(self, count: int) -> None:
        """Open tickets until killed."""
        for _ in range(count):
            with self.store.write() as tx:
                ticket = open_one(tx, op=next(self.operations))
            say("opened", ticket.id)


def not_stored(busy: StoreUnavailable) -> bool:
    """False for a lock that was not had in time: try again. Writers without a pause can starve each other."""
    if busy.code != "store.locked":
        raise busy
    return False


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def main() -> None:
    url, name, seed = sys.argv[1:]
    worker = Worker(open_store(url, clock=lambda: NOW), name, int(seed))
    say("ready")
    for line in sys.stdin:
        order, count = line.split()
        getattr(worker, order)(int(count))
        say("done")
    worker.store.close()


if __name__ == "__main__":
    main()
