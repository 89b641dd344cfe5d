"""What wakes the feed: a counter of SQLite, a notification of PostgreSQL, or a commit of this process.

A waker may wake for nothing; it may never sleep through a commit for longer than it says.
"""

import select
import socket
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

from sqlalchemy import Engine

from supporttui.domain.faults import StoreUnavailable, SupportError
from supporttui.storage.location import Secret
from supporttui.storage.postgres import driver, listen
from supporttui.storage.sqlite import Driver, library

POLL_SECONDS = 0.5
SILENT_SECONDS = 15.0
"""The leading watch is heard far more often; after so long without a word, LISTEN may not work at all
(a transaction pooler, a dead link), and the head row is looked at each second."""
FALLBACK_SECONDS = 1.0


class Waker(Protocol):
    """Used by the feed's thread alone, but for ``nudge``."""

    def wait(self) -> None:
        """Return when the journal may have grown; the first time at once.

        Raises:
            StoreUnavailable: the database is away; the next call starts afresh.
        """

    def nudge(self) -> None:
        """End ``wait``, from any thread."""

    def close(self) -> None:
        """Give connections back."""


class MemoryWaker:
    """Nobody else can write to a database in memory."""

    def __init__(self) -> None:
        self._nudged = threading.Event()
        self._nudged.set()  # the first wait ends at once, as it does on the other databases

    def wait(self) -> None:
        """Until this process commits."""
        self._nudged.wait()
        self._nudged.clear()

    def nudge(self) -> None:
        """End ``wait``."""
        self._nudged.set()

    def close(self) -> None:
        """Nothing to give back."""


class SqliteWaker:
    """Looks at ``PRAGMA data_version``, which moves with each commit of another connection: 5 µs a look."""

    def __init__(self, connect: Callable[[], Driver]) -> None:
        self._connect = connect
        self._driver: Driver = None
        self._seen = 0
        self._nudged = threading.Event()

    def wait(self) -> None:
        """Until somebody commits."""
        try:
            if self._driver is None:
                self._driver = self._connect()
                self._seen = self._version()
                return
            while not self._nudged.wait(POLL_SECONDS):
                version = self._version()
                if version != self._seen:
                    self._seen = version
                    return
            self._nudged.clear()
        except library().Error as error:
            self.close()
            raise StoreUnavailable("store.unreachable") from error

    def nudge(self) -> None:
        """End ``wait``."""
        self._nudged.set()

    def close(self) -> None:
        """Give the connection back."""
        if self._driver is not None:
            self._driver.close()
            self._driver = None

    def _version(self) -> int:
        return int(self._driver.execute("PRAGMA data_version").fetchall()[0][0])


class PostgresWaker:
    """Listens on a connection of its own, with a socket beside it by which ``nudge`` ends the wait."""

    def __init__(self, engine: Engine, secret: Secret | None = None) -> None:
        self._engine = engine
        self._secret = secret
        self._lost = (driver(engine).Error, OSError, ValueError, SupportError)  # the last: no password, for now
        self._driver: Any = None
        self._heard_at = 0.0
        self._ours, self._theirs = socket.socketpair()
        self._ours.setblocking(False)
        self._theirs.setblocking(False)

    def wait(self) -> None:
        """Until somebody commits, or for so long as silence may last."""
        try:
            if self._driver is None:
                self._driver = listen(self._engine, self._secret)
                self._heard_at = time.monotonic()
                return
            self._wait(self._driver)
        except self._lost as error:
            self._drop()
            raise StoreUnavailable("store.unreachable") from error

    def nudge(self) -> None:
        """End ``wait``."""
        try:
            self._theirs.send(b"!")
        except OSError:  # closed, or full of nudges that nobody read yet: either way it is awake
            return

    def close(self) -> None:
        """Give connection and socket back."""
        self._drop()
        self._ours.close()
        self._theirs.close()

    def _wait(self, connection: Any) -> None:
        silence = time.monotonic() - self._heard_at
        longest = max(FALLBACK_SECONDS, SILENT_SECONDS - silence)
        ready, _, _ = select.select([connection.fileno(), self._ours], [], [], longest)
        if self._ours in ready:
            self._ours.recv(4096)
        if connection.fileno() in ready:
            for _ in connection.notifies(timeout=0):
                self._heard_at = time.monotonic()

    def _drop(self) -> None:
        if self._driver is not None:
            self._driver.close()
            self._driver = None
