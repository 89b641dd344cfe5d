"""The only reader of the wall clock: whole seconds, UTC; everybody else is handed a ``Clock``."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from supporttui.domain.spans import Instant

if TYPE_CHECKING:  # ports and the types in them are for the type checker alone
    from supporttui.usecases.ports import Clock


def system_clock() -> Clock:
    """The clock of this machine."""
    return lambda: Instant(int(time.time()))  # noqa: TID251  this is the one place


def standing(at: Instant) -> Clock:
    """A clock that shows one instant for ever: the desk of ``--as-of``."""
    return lambda: at


def to_next_second() -> float:
    """Seconds until the machine's clock shows its next whole second, in (0, 1]."""
    return 1.0 - time.time() % 1.0  # noqa: TID251


class CorrectedClock:
    """A clock moved onto the database's, so that all desks of one database agree (decision 4)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._offset = 0

    def __call__(self) -> Instant:
        """Now, by the database as last measured."""
        with self._lock:
            return Instant(self._clock() + self._offset)

    @property
    def offset(self) -> int:
        """Seconds by which the database is ahead of this machine."""
        return self._offset

    def set_by(self, database_now: Instant) -> int:
        """Follow the database's clock from here on; gives the offset in seconds."""
        with self._lock:
            self._offset = database_now - self._clock()
            return self._offset

    def follow(self, database_now: Instant) -> int:
        """Follow the database's clock if it is more than a second away: less is only the cut-off of whole seconds.

        Gives the offset in seconds.
        """
        return self._offset if abs(database_now - self()) <= 1 else self.set_by(database_now)

    def move(self, seconds: int) -> None:
        """Go on so many seconds later (or earlier): the demo's night, whenever it is opened."""
        with self._lock:
            self._offset += seconds
