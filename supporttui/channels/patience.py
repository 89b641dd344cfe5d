"""How long one message may take, with all that it asks for: secrets, names, lines, answers."""

import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar

Clock = Callable[[], float]
"""Seconds that only ever grow."""
T = TypeVar("T")


class Patience:
    """What is left of some seconds, counted from its making."""

    def __init__(self, seconds: float, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    @property
    def left(self) -> float:
        """Seconds; 0: it is over."""
        return max(0.0, self._end - self._clock())


def within(patience: Patience, ask: Callable[[], T]) -> T:
    """What a call says that knows no time limit and cannot be ended: it is left behind when time is up.

    Raises:
        TimeoutError: it was.
        OSError: as the call does.
    """
    said: SimpleQueue[T | OSError] = SimpleQueue()

    def listen() -> None:
        try:
            said.put(ask())
        except OSError as fault:
            said.put(fault)

    threading.Thread(target=listen, daemon=True).start()
    try:
        found = said.get(timeout=patience.left)
    except Empty:
        raise TimeoutError from None
    if isinstance(found, OSError):
        raise found
    return found
