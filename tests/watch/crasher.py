"""A watch that kills itself at one point: ``python -m tests.watch.crasher URL NOW FOLDER POINT PLANT``.

``POINT`` is ``before:N`` or ``after:N`` (the Nth write transaction's commit), ``lease:2`` (in its first renewal),
``send:before``, ``send:after`` or ``none``. ``NOW`` is the clock on SQLite; a PostgreSQL server has its own. ``PLANT`` is a fault of the harness.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from supporttui.clock import CorrectedClock, standing
from supporttui.domain.spans import Instant
from supporttui.i18n import catalogue
from supporttui.storage import open_store
from supporttui.watch import Watch, WatchOptions
from tests.reliability.faults import EarlyWatch, Plant, Receiver, Spied


def dying(point: str) -> Callable[[str], None]:
    """What kill -9 does, at a point."""

    def at(reached: str) -> None:
        if reached == point:
            os.kill(os.getpid(), signal.SIGKILL)

    return at


def main(url: str, now: str, folder: str, point: str, plant: str = "none") -> None:
    """Do what is due, unless death comes first."""
    clock = CorrectedClock(standing(Instant(int(now))))
    store = open_store(url, clock=clock)
    with store.read() as tx:
        clock.set_by(tx.now())
    at, fault = dying(point), Plant(plant)
    receiver = Receiver(
        Path(folder) / "log", clock, plant=fault, before=lambda: at("send:before"), after=lambda: at("send:after")
    )
    # Each page is counted, none may wait; and where death comes in a renewal, there is one each turn.
    options = WatchOptions(per_minute=0, per_quarter=0, per_hour=0, renew=0 if point.startswith("lease:") else 5)
    kind = EarlyWatch if fault is Plant.early else Watch
    kind(
        Spied(store, Path(folder) / "stale", plant=fault, at=at),
        channels={"mail": receiver},
        words_for=lambda _: catalogue.load("en", "UTC", {}),
        clock=clock,
        holder=f"crasher:{os.getpid()}",
        options=options,
    ).once()
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
