"""A watch that kills itself at one point: ``python -m tests.watch.crasher URL NOW LOG POINT``.

``POINT`` is ``before:N`` or ``after:N`` (the Nth write transaction's commit), ``send:before``, ``send:after``
or ``none``. ``NOW`` is the clock on SQLite; a PostgreSQL server has its own.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from supporttui.clock import CorrectedClock, standing
from supporttui.domain.spans import Instant
from supporttui.i18n import catalogue
from supporttui.storage import SqlStore, open_store
from supporttui.watch import Watch, WatchOptions


def die() -> None:
    """What kill -9 does."""
    os.kill(os.getpid(), signal.SIGKILL)


class DyingStore:
    """A store whose Nth commit is the last thing that happens, or almost happens."""

    def __init__(self, store: SqlStore, point: str) -> None:
        self._store, self._point, self._count = store, point, 0
        self.read = store.read

    @contextmanager
    def write(self) -> Iterator[object]:
        self._count += 1
        with self._store.write() as tx:
            yield tx
            if self._point == f"before:{self._count}":
                die()
        if self._point == f"after:{self._count}":
            die()


class LoggingChannel:
    """A receiver that never forgets what it was told."""

    name = "mail"

    def __init__(self, log: str, point: str) -> None:
        self._log, self._point = log, point

    def send(self, address: str, subject: str, body: str, *, key: str, facts: dict[str, str]) -> None:
        if self._point == "send:before":
            die()
        with open(self._log, "a", encoding="utf-8") as log:  # noqa: PTH123
            log.write(json.dumps({"key": key, "ticket": facts["ticket"]}) + "\n")
            log.flush()
            os.fsync(log.fileno())
        if self._point == "send:after":
            die()


def watch_of(store: SqlStore, clock: CorrectedClock, log: str, *, point: str, holder: str) -> Watch:
    """The watch, with its way to die."""
    return Watch(
        DyingStore(store, point),
        channels={"mail": LoggingChannel(log, point)},
        words_for=lambda _: catalogue.load("en", "UTC", {}),
        clock=clock,
        holder=holder,
        options=WatchOptions(per_minute=0, per_quarter=0, per_hour=0),  # each page is counted, none may wait
    )


def main(url: str, now: str, log: str, point: str) -> None:
    """Do what is due, unless death comes first."""
    clock = CorrectedClock(standing(Instant(int(now))))
    store = open_store(url, clock=clock)
    with store.read() as tx:
        clock.set_by(tx.now())
    watch_of(store, clock, log, point=point, holder=f"crasher:{os.getpid()}").once()
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
