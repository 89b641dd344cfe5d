"""A site on a database, its clock, and what its receivers were told; time passes only when it is told to."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from supporttui.clock import CorrectedClock
from supporttui.domain.spans import Instant
from supporttui.i18n import catalogue
from supporttui.storage import SqlStore, open_store
from supporttui.usecases import tickets
from supporttui.watch import Watch, WatchOptions
from tests.builders import NOW, Desk, opened, site, targets
from tests.reliability import checks
from tests.reliability.checks import Told
from tests.reliability.faults import Plant, Receiver, Spied

UNCAPPED = WatchOptions(per_minute=0, per_quarter=0, per_hour=0)
KILLS = (
    "before:1", "after:1", "before:2", "after:2", "before:3", "after:3", "send:before", "send:after", "before:4",
    "after:4", "lease:2", "before:5", "after:5",
)  # fmt: skip
"""Where a watch with one page to send may die: lease, sweep, claim, hand-over, settle, renewal, audit."""
SENT_NOT_MARKED = frozenset({"send:after", "before:4"})
"""Where a message has left and is not marked."""
RESUMES = 30
"""Seconds after which everything goes on, with another watch."""


@dataclass
class World:
    """What a trial needs; ``plant`` is the fault that its watches have."""

    url: str
    folder: Path
    plant: Plant = Plant.none
    now: int = NOW
    store: SqlStore = field(init=False)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.clock = CorrectedClock(lambda: Instant(self.now))
        self.store = open_store(self.url, clock=self.clock)
        site(self.store, targets=targets(targets=()))
        self.follow()
        self.desk = Desk(self.store, self.clock)
        self.log, self.stale_log = self.folder / "log", self.folder / "stale"

    def follow(self) -> None:
        with self.store.read() as tx:
            self.clock.set_by(tx.now())

    def forward(self, seconds: int) -> None:
        """Time passes for everybody."""
        if self.store.dialect == "sqlite":
            self.now += seconds
        else:
            engine = create_engine(self.url.replace("postgresql:", "postgresql+psycopg:"))
            with engine.begin() as connection:
                connection.execute(text(f"UPDATE stamp SET clock_offset = clock_offset + {seconds}"))
            engine.dispose()
        self.follow()

    def urgent(self, priority: int = 1, **more: Any) -> int:
        """A ticket whose first page is due."""
        return int(self.desk.do(tickets.open_ticket, opened(priority=priority, **more)).id)

    def watch(
        self,
        holder: str,
        *,
        options: WatchOptions = UNCAPPED,
        at: Callable[[str], object] = lambda _: None,
    ) -> Watch:
        """One whose every step is seen: ``at`` is told ``open:N``, ``before:N``, ``after:N``, ``send:…``."""
        receiver = Receiver(
            self.log, self.clock, plant=self.plant, before=lambda: at("send:before"), after=lambda: at("send:after")
        )
        return Watch(
            Spied(self.store, self.stale_log, plant=self.plant, at=at),
            channels={"mail": receiver},
            words_for=lambda _: catalogue.load("en", "UTC", {}),
            clock=self.clock,
            holder=holder,
            options=options,
        )

    def killed(self, point: str) -> int:
        """A watch in a process of its own that kills itself at a point; its exit code."""
        command = [
            sys.executable, "-m", "tests.watch.crasher", self.url, str(self.clock()), str(self.folder), point,
            self.plant.value,
        ]  # fmt: skip
        return subprocess.run(command, check=False, timeout=60).returncode

    def survive(self) -> None:
        """Another watch takes over, and all that was due has left."""
        self.forward(RESUMES)
        self.watch("survivor").once()

    @property
    def told(self) -> list[Told]:
        return checks.read(self.log)

    def violations(self, known: list[int], *, chances: int) -> list[str]:
        """All that must hold of a trial in which a message may have left unmarked ``chances`` times."""
        return [
            *checks.lost(self.store, self.told, known),
            *checks.unsettled(self.store),
            *checks.repeated(self.told, at_most=chances),
            *checks.stale(self.stale_log),
            *checks.without_next_step(self.store),
            *checks.without_cause(self.store),
        ]
