"""A watch by the real clock, to be frozen and killed: ``python -m tests.reliability.freezer URL FOLDER HOLDER PLANT``.

It says in the file ``ready`` of its folder that it runs. Lease and claim are short, so that a trial is, too.
"""

import sys
import time
from pathlib import Path

from supporttui.clock import CorrectedClock, system_clock
from supporttui.i18n import catalogue
from supporttui.storage import open_store
from supporttui.watch import Watch, WatchOptions
from tests.reliability.faults import Plant, Receiver, Spied

OPTIONS = WatchOptions(lease=3, renew=1, claim=5, pause=1, per_minute=0, per_quarter=0, per_hour=0)


def main(url: str, folder: str, holder: str, plant: str) -> None:
    """Keep watch until killed."""
    clock = CorrectedClock(system_clock())
    store = open_store(url, clock=clock)
    with store.read() as tx:
        clock.set_by(tx.now())
    place, fault = Path(folder), Plant(plant)
    watch = Watch(
        Spied(store, place / "stale", plant=fault),
        channels={"mail": Receiver(place / "log", time.monotonic, plant=fault)},
        words_for=lambda _: catalogue.load("en", "UTC", {}),
        clock=clock,
        holder=holder,
        options=OPTIONS,
    )
    (place / f"ready-{holder}").touch()
    watch.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
