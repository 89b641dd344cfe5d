"""Receivers and stores for watches on trial: they write down what happens; a fault can be planted in each.

No fault stands in the product: each check is first shown to fail on one of these.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from pathlib import Path

from supporttui.domain.faults import Refused
from supporttui.storage import SqlStore
from supporttui.usecases import notices
from supporttui.usecases.ports import Notice, Transaction
from supporttui.usecases.stores.lease import Lease
from supporttui.watch import Watch


class Plant(StrEnum):
    """A fault in the harness, as a build could have it."""

    none = "none"
    lossy = "lossy"
    """What is told of every third ticket is lost on its way."""
    twice = "twice"
    """Every message is handed over twice."""
    rekeyed = "rekeyed"
    """A message is handed over again under another key."""
    unfenced = "unfenced"
    """Who lost the lease goes on writing."""
    uncapped = "uncapped"
    """No contact point is spared."""
    unnamed = "unnamed"
    """A bundle names only what leads it."""
    early = "early"
    """A message is marked as sent before it is."""


class Receiver:
    """A channel whose other end never forgets what it was told."""

    def __init__(
        self,
        log: Path,
        clock: Callable[[], float],
        *,
        plant: Plant = Plant.none,
        before: Callable[[], object] = lambda: None,
        after: Callable[[], object] = lambda: None,
    ) -> None:
        self.name = "mail"
        self._log, self._clock, self._plant = log, clock, plant
        self._before, self._after = before, after

    def send(self, address: str, subject: str, body: str, *, key: str, facts: dict[str, str]) -> None:
        """Write it down, durably."""
        self._before()
        if self._plant is Plant.unnamed:
            body = body.partition("Also about:")[0]
        if self._plant is not Plant.lossy or int(facts["ticket"]) % 3:
            self._write(address, body, key, facts)
        if self._plant is Plant.twice:
            self._write(address, body, key, facts)
        if self._plant is Plant.rekeyed:
            self._write(address, body, f"{key}:again", facts)
        self._after()

    def _write(self, address: str, body: str, key: str, facts: dict[str, str]) -> None:
        told = {
            "key": key, "ticket": int(facts["ticket"]), "address": address, "priority": int(facts["priority"]),
            "body": body, "at": float(self._clock()),
        }  # fmt: skip
        with self._log.open("a", encoding="utf-8") as log:
            log.write(json.dumps(told) + "\n")
            log.flush()
            os.fsync(log.fileno())


class EarlyWatch(Watch):
    """It believes that what it is about to hand over has left."""

    def _handed_over(self, notice: Notice) -> tuple[str, int]:
        self._write(lambda call, tx: notices.settle(call, tx, notice, token=notice.token))
        return super()._handed_over(notice)


class _SpiedLease:
    """Writes down each write that was let through although somebody else leads."""

    def __init__(self, lease: Lease, log: Path, plant: Plant, taken: Callable[[], object]) -> None:
        self._lease, self._log, self._plant, self._taken = lease, log, plant, taken

    def __getattr__(self, name: str) -> object:
        return getattr(self._lease, name)

    def take(self, holder: str, seconds: int) -> int | None:
        """As it is; then it is told, before the commit."""
        token = self._lease.take(holder, seconds)
        self._taken()
        return token

    def check(self, token: int) -> None:
        """As it is, unless the fence is taken away."""
        try:
            self._lease.check(token)
        except Refused:
            if self._plant is not Plant.unfenced:
                raise
        pulse = self._lease.pulse()
        if pulse is not None and pulse.token != token:
            with self._log.open("a", encoding="utf-8") as log:
                log.write(f"stale write under {token}, {pulse.token} leads\n")


class Spied:
    """A store that writes down stale writes, and calls ``at`` before each read, and around the commit of each write."""

    def __init__(
        self,
        store: SqlStore,
        stale: Path,
        *,
        plant: Plant = Plant.none,
        at: Callable[[str], object] = lambda _: None,
    ) -> None:
        self._store, self._stale, self._plant, self._at = store, stale, plant, at
        self.head = store.head
        self._count = self._taken = 0

    def read(self) -> AbstractContextManager[Transaction]:
        """The point is named ``read``."""
        self._at("read")
        return self._store.read()

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """The points are named ``open:N``, ``before:N`` (within the transaction) and ``after:N``; ``lease:N`` is within
        the transaction in which the lease is taken (1) or renewed (2 and more)."""
        self._count += 1
        number = self._count
        self._at(f"open:{number}")
        with self._store.write() as tx:
            tx.lease = _SpiedLease(tx.lease, self._stale, self._plant, self._lease_taken)
            yield tx
            self._at(f"before:{number}")
        self._at(f"after:{number}")

    def _lease_taken(self) -> None:
        self._taken += 1
        self._at(f"lease:{self._taken}")
