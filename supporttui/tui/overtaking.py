"""Reads under way, by what they are for: a newer question ends an older one, so that typing never waits behind it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # ports and the types in them are for the type checker alone
    from supporttui.usecases.ports import Transaction


class Overtaking:
    """Known to the threads that read and to the one that asks."""

    def __init__(self) -> None:
        # A transaction is interrupted only while it is known to run: its connection may be another's right after.
        self._lock = threading.Lock()
        self._running: dict[str, Transaction] = {}

    @contextmanager
    def running(self, group: str | None, tx: Transaction) -> Iterator[None]:
        """For as long as a read of this group runs, in its thread."""
        if group is None:
            yield
            return
        with self._lock:
            self._running[group] = tx
        try:
            yield
        finally:
            with self._lock:
                if self._running.get(group) is tx:
                    del self._running[group]

    def overtake(self, group: str) -> None:
        """End the read of this group that still runs; nobody wants its answer any more."""
        with self._lock:
            tx = self._running.pop(group, None)
            if tx is not None:
                tx.interrupt()
