"""The change feed: something wakes it, the journal says what happened.

It runs in a thread of its own, because both ways of waiting block; use cases never see it.
"""

import threading
from collections.abc import Callable
from typing import Protocol

from supporttui.domain.faults import Unavailable
from supporttui.storage.wakers import Waker
from supporttui.usecases.ports import Changed

RETRY_SECONDS = 2.0
STOP_SECONDS = 5.0


class Source(Protocol):
    """What the feed reads; a store."""

    def head(self) -> int:
        """The newest number of the journal."""

    def changes(self, after: int) -> Changed:
        """What stands behind a number."""


class SqlFeed:
    """Fulfils the port ``Feed``. Each number is told once and none is left out, however often it wakes."""

    def __init__(
        self, source: Source, waker: Waker, *, listens: Callable[["SqlFeed"], None],
        leaves: Callable[["SqlFeed"], None],
    ) -> None:  # fmt: skip
        self._source = source
        self._waker = waker
        self._listens = listens
        self._leaves = leaves
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, after: int, heard: Callable[[Changed], None]) -> None:
        """Tell what follows ``after``: what is there already at once, the rest as it comes."""
        assert self._thread is None
        self._thread = threading.Thread(target=self._run, args=(after, heard), name="feed", daemon=True)
        self._listens(self)
        self._thread.start()

    def nudge(self) -> None:
        """This process committed: look at once."""
        self._waker.nudge()

    def stop(self) -> None:
        """End the thread; from a listener called by it, only ask it to end."""
        self._leaves(self)
        self._stopping.set()
        self._waker.nudge()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(STOP_SECONDS)

    def _run(self, after: int, heard: Callable[[Changed], None]) -> None:
        try:
            while not self._stopping.is_set():
                after = self._turn(after, heard)
        finally:
            self._waker.close()

    def _turn(self, after: int, heard: Callable[[Changed], None]) -> int:
        """Wait, look, tell; a database that is away is asked again in a while."""
        try:
            # The first wait only begins to listen and ends at once: what was committed before it is told, too.
            self._waker.wait()
            if self._stopping.is_set() or self._source.head() <= after:
                return after
            changed = self._source.changes(after)
        except Unavailable:
            self._stopping.wait(RETRY_SECONDS)
            return after
        heard(changed)  # not inside: a fault of the listener is no database that is away
        return changed.seq
