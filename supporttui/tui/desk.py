"""The desk: a use case goes to a database thread, its result, refusal or crash comes back as a call in the app.

Threads, each for a reason: one writer, because writes must happen in the order of the keys and because it may
wait for a lock; two readers, because a slow page must not hold up the detail beside it. They are daemons of our
own and not Textual's workers, because quitting joins those (tried: quitting took as long as the query).
"""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Protocol, TypeVar

from supporttui import usecases
from supporttui.domain.faults import StoreUnavailable, SupportError
from supporttui.domain.ids import OperationId, PersonId
from supporttui.domain.spans import Instant
from supporttui.tui.link import Link, LinkState
from supporttui.tui.overtaking import Overtaking
from supporttui.tui.parts import OpenStore

if TYPE_CHECKING:  # ports and the types in them are for the type checker alone
    from supporttui.usecases.ports import Changed, Clock, Feed, Store

T = TypeVar("T")
Deliver = Callable[[Callable[[], None]], object]
"""Runs a call in the app's own thread, in order, from any thread."""

OWN = 50
PROBE_SECONDS = 2.0
"""So often the database is asked for a sign of life when nothing else is."""
SILENT_SECONDS = 3.0
"""After so long without an answer it counts as away: a frozen server refuses nothing."""
CLOCK_SECONDS = 60.0
"""So often the desk's clock is held against the database's."""
MOST_SECONDS_BETWEEN_TRIES = 5.0
SECONDS_TO_FINISH = 2.0
READERS = 2


class Listener(Protocol):
    """Who is told what the threads saw; every call arrives in the app's thread."""

    def linked(self, link: Link) -> None:
        """The connection changed, or the database gave a sign of life."""

    def changed(self, changed: Changed) -> None:
        """Something was committed, by this desk or another."""

    def unfit(self, fault: SupportError) -> None:
        """The database will never do; the desk must end."""

    def crashed(self, error: Exception) -> None:
        """A defect of ours showed itself in a thread."""


@dataclass(frozen=True, slots=True)
class _Job:
    run: Callable[[Store], Callable[[], None]]
    """Does the work and gives the call that delivers its result."""
    refused: Callable[[SupportError], None]
    wanted: Callable[[], bool]


class Desk:
    """One database, asked from the keys of one person."""

    def __init__(
        self,
        open_store: OpenStore,
        *,
        clock: Clock,
        me: PersonId,
        deliver: Deliver,
        listener: Listener,
        follow: Callable[[Instant], int] = lambda _: 0,
    ) -> None:
        """Nothing happens before ``start``. ``follow`` is told the database's clock, and gives its distance."""
        self._open_store = open_store
        self._clock = clock
        self._me = me
        self._deliver = deliver
        self._listener = listener
        self._follow = follow
        self._measured = float("-inf")
        self._skew = 0
        self._asked_at: float | None = None
        """When the writer went to the database from which it is not back yet."""
        self._writes: SimpleQueue[_Job | None] = SimpleQueue()
        self._reads: SimpleQueue[_Job | None] = SimpleQueue()
        self._groups: dict[str, int] = {}
        self._overtaking = Overtaking()
        self._store: Store | None = None
        self._feed: Feed | None = None
        self._seen = 0
        self._closing = threading.Event()
        self._hurry = threading.Event()
        self._writer = threading.Thread(target=self._guard, args=(self._write_loop,), name="desk-writer", daemon=True)
        self.operations: tuple[OperationId, ...] = ()
        """The last of its own, the newest at the end."""
        self._unanswered = 0
        self.link = Link()

    @property
    def busy(self) -> bool:
        """Whether a question or a write is on its way."""
        return self._unanswered > 0

    # --- in the app's thread ----------------------------------------------------------------------

    def start(self) -> None:
        """Open the database behind the first frame."""
        self._writer.start()

    def close(self) -> None:
        """Let the writes in hand finish for a moment, then leave; a hung read is not waited for."""
        self._closing.set()
        self._hurry.set()
        self._writes.put(None)
        for _ in range(READERS):
            self._reads.put(None)
        if self._writer.is_alive():
            self._writer.join(SECONDS_TO_FINISH)

    def do(
        self,
        usecase: Callable[..., T],
        *args: object,
        then: Callable[[T], None] | None = None,
        refused: Callable[[SupportError], None] | None = None,
        **kwargs: object,
    ) -> OperationId:
        """Run ``usecase(call, tx, …)`` in a write transaction; gives the operation's id at once.

        Exactly one of ``then`` and ``refused`` is called later, in the app's thread.
        """
        call = usecases.ports.Call(self._me, self._clock(), OperationId(uuid.uuid4().hex))

        def run(store: Store) -> Callable[[], None]:
            try:
                with store.write() as tx:
                    result = usecase(call, tx, *args, **kwargs)
            except StoreUnavailable as fault:
                if fault.code != "store.outcome_unknown" or not self._was_saved(store, call.operation):
                    raise
            return _calling(then, result)

        self._unanswered += 1
        self.operations = (*self.operations, call.operation)[-OWN:]
        self._writes.put(_Job(run, refused or _nothing, _always))
        return call.operation

    def ask(
        self,
        usecase: Callable[..., T],
        *args: object,
        then: Callable[[T], None],
        group: str | None = None,
        refused: Callable[[SupportError], None] | None = None,
        **kwargs: object,
    ) -> None:
        """Run ``usecase(tx, …)`` in a read transaction and hand its result to ``then``.

        Of one ``group`` only the newest question is answered; what it overtook is ended and dropped.
        """
        wanted = self._newest(group)

        def run(store: Store) -> Callable[[], None]:
            with store.read() as tx, self._overtaking.running(group, tx):
                result = usecase(tx, *args, **kwargs)
            return lambda: then(result) if wanted() else None

        self._unanswered += 1
        self._reads.put(_Job(run, refused or _nothing, wanted))

    def forget(self, group: str) -> None:
        """Drop the answers of a group that are still on their way."""
        self._newest(group)

    def check(self) -> None:
        """Say that the database is away when it leaves the writer without an answer; each second will do."""
        asked_at = self._asked_at
        if asked_at is None or self.link.state is not LinkState.live:
            return
        if time.monotonic() - asked_at >= SILENT_SECONDS:
            self._link(replace(self.link, state=LinkState.away, away_since=self.link.heard))

    def retry_now(self) -> None:
        """Ask the database for a sign of life at once."""
        self._hurry.set()
        self._writes.put(_PROBE)

    def _newest(self, group: str | None) -> Callable[[], bool]:
        if group is None:
            return _always
        number = self._groups.get(group, 0) + 1
        self._groups[group] = number
        self._overtaking.overtake(group)
        return lambda: self._groups[group] == number

    # --- in the threads ---------------------------------------------------------------------------

    def _guard(self, loop: Callable[[], None]) -> None:
        try:
            loop()
        except SupportError as fault:
            self._tell(partial(self._listener.unfit, fault))
        except Exception as error:  # a defect: the app must end with our own crash path, not hang without data
            self._tell(partial(self._listener.crashed, error))

    def _tell(self, call: Callable[[], None]) -> None:
        if not self._closing.is_set():
            self._deliver(call)

    def _write_loop(self) -> None:
        store = self._opened()
        if store is None:
            return
        for number in range(READERS):
            threading.Thread(
                target=self._guard, args=(lambda: self._read_loop(store),), name=f"desk-reader-{number}", daemon=True
            ).start()
        while (job := self._next_write()) is not None:
            self._asked_at = time.monotonic()
            self._run(store, job)
            if job is not _PROBE:
                self._catch_up(store)
            self._asked_at = None
            if self.link.state is LinkState.away:  # it was only slow to answer
                self._alive()
        if self._feed is not None:
            self._feed.stop()
        store.close()

    def _read_loop(self, store: Store) -> None:
        while (job := self._reads.get()) is not None:
            if job.wanted():
                self._run(store, job)
            else:
                self._answer(_done)

    def _next_write(self) -> _Job | None:
        try:
            return self._writes.get(timeout=PROBE_SECONDS)
        except Empty:
            return _PROBE

    def _opened(self) -> Store | None:
        tries = 0
        while not self._closing.is_set():
            try:
                self._store, self._feed = self._open_store()
                self._seen = self._store.head()
                self._measure(self._store)
            except StoreUnavailable:
                tries += 1
                self._wait(tries)
            else:
                if self._feed is not None:
                    self._feed.start(self._seen, self._heard)
                self._alive()
                return self._store
        return None

    def _run(self, store: Store, job: _Job) -> None:
        try:
            if job is _PROBE:
                self._probe(store)
                return
            deliver = job.run(store)
        except StoreUnavailable as fault:
            if not job.wanted():  # overtaken and interrupted
                self._answer(_done)
                return
            if job is not _PROBE:
                self._answer(partial(job.refused, fault))
            self._lost(store)
        except SupportError as fault:
            refused = fault
            self._answer(lambda: job.refused(refused) if job.wanted() else None)
        else:
            self.link = replace(self.link, heard=self._clock())
            self._answer(deliver)

    def _answer(self, deliver: Callable[[], None]) -> None:
        self._tell(partial(self._answered, deliver))

    def _answered(self, deliver: Callable[[], None]) -> None:
        self._unanswered -= 1
        deliver()

    def _lost(self, store: Store) -> None:
        """A reader only reports; the writer goes on trying until the database answers."""
        if threading.current_thread() is not self._writer:
            self.retry_now()
            return
        tries = 0
        while not self._closing.is_set():
            tries += 1
            self._wait(tries)
            try:
                self._probe(store)
            except StoreUnavailable:
                continue
            self._tell(
                lambda: self._listener.changed(usecases.ports.Changed(frozenset(), definitions=True, seq=self._seen))
            )
            return

    def _probe(self, store: Store) -> None:
        head = store.head()
        if head > self._seen:
            self._heard(store.changes(self._seen))
        if time.monotonic() - self._measured >= CLOCK_SECONDS:
            self._measure(store)
        self._alive()

    def _measure(self, store: Store) -> None:
        with store.read() as tx:
            self._skew = self._follow(tx.now())
        self._measured = time.monotonic()

    def _was_saved(self, store: Store, operation: OperationId) -> bool:
        """Ask the journal as soon as it can be read; False where it has no fact of the operation."""
        tries = 0
        while not self._closing.is_set():
            try:
                with store.read() as tx:
                    return bool(tx.journal.operation(operation))
            except StoreUnavailable:
                tries += 1
                self._wait(tries)
        return False

    def _catch_up(self, store: Store) -> None:
        """Our own commit is told at once, not when the feed wakes."""
        with suppress(StoreUnavailable):
            if store.head() > self._seen:
                self._heard(store.changes(self._seen))

    def _heard(self, changed: Changed) -> None:
        if changed.seq <= self._seen:
            return  # the writer was faster than the feed
        self._seen = max(self._seen, changed.seq)
        self._alive()
        self._tell(lambda: self._listener.changed(changed))

    def _alive(self) -> None:
        self._link(Link(LinkState.live, heard=self._clock(), skew=self._skew))

    def _wait(self, tries: int) -> None:
        seconds = min(MOST_SECONDS_BETWEEN_TRIES, 0.5 * 2**tries) * random.uniform(0.7, 1.0)  # noqa: S311  no secret
        now = self._clock()
        since = self.link.away_since or now
        self._link(
            Link(
                LinkState.away, self.link.heard, away_since=since, tries=tries, retry_at=Instant(now + int(seconds) + 1)
            )
        )
        self._hurry.clear()
        if not self._closing.is_set():
            self._hurry.wait(seconds)

    def _link(self, link: Link) -> None:
        self.link = link
        self._tell(lambda: self._listener.linked(link))


def _calling(then: Callable[[T], None] | None, result: T) -> Callable[[], None]:
    return _done if then is None else lambda: then(result)


def _nothing(_: SupportError) -> None:
    """Nobody asked to hear of refusals."""


def _done() -> None:
    """Nothing is left to deliver."""


def _always() -> bool:
    return True


def _never_run(_: Store) -> Callable[[], None]:
    raise AssertionError


_PROBE = _Job(_never_run, _nothing, _always)
"""Stands in the writer's queue for "is the database there?"."""

__all__ = ["Desk", "Link", "LinkState", "Listener"]
