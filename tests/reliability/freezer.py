"""A watch by the real clock, to be frozen and killed: ``python -m tests.reliability.freezer URL FOLDER HOLDER PLANT``.

It says in the file ``ready-HOLDER`` of its folder that it runs. Lease and claim are short, so that a trial is, too.
"""

import os
import signal
import sys
import time
from pathlib import Path

from supporttui.clock import CorrectedClock, system_clock
from supporttui.i18n import catalogue
from supporttui.storage import open_store
from supporttui.watch import Watch, WatchOptions
from tests.reliability.faults import Plant, Receiver, Spied

OPTIONS = WatchOptions(lease=3, renew=1, claim=5, pause=1, per_minute=0, per_quarter=0, per_hour=0)


class Freezing:
    """Stops its own process where it is told to: ``freeze-HOLDER`` of the folder says ``KIND N``, the Nth such point.

    From outside a process is hardly ever hit between its look at the lease and its next write.
    """

    def __init__(self, folder: Path, holder: str) -> None:
        self._asked = asked_of(folder, holder)
        self._passed = 0

    def __call__(self, point: str) -> None:
        """At each point of the loop."""
        if not self._asked.exists():
            self._passed = 0
            return
        kind, number = self._asked.read_text("utf-8").split()
        self._passed += point.startswith(kind)
        if self._passed >= int(number):
            self._asked.unlink()
            os.kill(os.getpid(), signal.SIGSTOP)


def asked_of(folder: Path, holder: str) -> Path:
    """The file in which it is told."""
    return folder / f"freeze-{holder}"


def main(url: str, folder: str, holder: str, plant: str) -> None:
    """Keep watch until killed."""
    clock = CorrectedClock(system_clock())
    store = open_store(url, clock=clock)
    with store.read() as tx:
        clock.set_by(tx.now())
    place, fault = Path(folder), Plant(plant)
    at = Freezing(place, holder)
    receiver = Receiver(
        place / "log", time.monotonic, plant=fault, before=lambda: at("send:before"), after=lambda: at("send:after")
    )
    watch = Watch(
        Spied(store, place / "stale", plant=fault, at=at),
        channels={"mail": receiver},
        words_for=lambda _: catalogue.load("en", "UTC", {}),
        clock=clock,
        holder=holder,
        options=OPTIONS,
    )
    (place / f"ready-{holder}").touch()
    watch.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
