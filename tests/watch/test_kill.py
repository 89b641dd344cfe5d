"""kill -9 of a watch: no page is lost, and one is told twice only if death came between sending and marking."""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from supporttui.clock import CorrectedClock
from supporttui.domain.sla.targets import Metric, Target
from supporttui.domain.spans import Instant
from supporttui.storage import SqlStore, open_store
from supporttui.usecases import tickets
from tests.builders import NOW, Desk, opened, site, targets
from tests.watch.crasher import watch_of

POINTS = (
    "none", "before:1", "after:1", "before:2", "after:2", "before:3", "send:before", "send:after", "before:4",
    "after:4",
)  # fmt: skip
"""The writes of a watch with one page to send: lease, sweep, claim, settle."""
AROUND_A_WARNING = ("before:2", "after:2", "after:3", "send:after")
"""The same, where a warning is queued instead of a step taken."""
SENT_NOT_MARKED = {"send:after", "before:4"}


@dataclass
class World:
    """A site, its clock, and the receiver's log."""

    url: str
    log: Path
    now: int = NOW
    store: SqlStore = field(init=False)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.clock = CorrectedClock(lambda: Instant(self.now))
        self.store = open_store(self.url, clock=self.clock)
        site(self.store)
        self.follow()
        self.desk = Desk(self.store, self.clock)

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

    def crash(self, point: str) -> int:
        """A watch in a process of its own; its exit code."""
        command = [sys.executable, "-m", "tests.watch.crasher", self.url, str(self.clock()), str(self.log), point]
        return subprocess.run(command, check=False, timeout=60).returncode

    def survive(self) -> None:
        """Another watch takes over after lease and claim have run out."""
        self.forward(61)
        watch_of(self.store, self.clock, str(self.log), point="none", holder="survivor").once()

    def told(self, ticket: int) -> Counter[str]:
        """Key → how often the receiver was told it, for one ticket."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return Counter(line["key"] for line in map(json.loads, lines) if line["ticket"] == str(ticket))

    def steps(self, ticket: int) -> int:
        """How many people the steps of a ticket have paged so far, by the journal."""
        with self.store.read() as tx:
            return sum(len(getattr(fact.event, "paged", ())) for fact in tx.journal.of_ticket(ticket))


@pytest.fixture(params=["sqlite_url", "postgres_url"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    made = World(request.getfixturevalue(request.param), tmp_path / "log")
    yield made
    made.store.close()


def test_death_at_any_point_loses_nothing_and_repeats_only_what_was_sent_and_not_marked(world):
    for point in POINTS:
        ticket = world.desk.do(tickets.open_ticket, opened(priority=1)).id
        world.forward(30)
        died = world.crash(point)
        world.survive()
        told = world.told(ticket)
        assert died == (0 if point == "none" else -9), point
        assert len(told) == world.steps(ticket) == 1, point
        twice = {key: times for key, times in told.items() if times > 1}
        assert len(twice) <= (point in SENT_NOT_MARKED), point
        assert max(told.values()) <= 2, point
        world.desk.do(tickets.resolve, ticket, None, code="fixed")


def test_death_at_any_point_warns_of_each_mark_once_unless_it_was_sent_and_not_marked(world):
    """The owner is told, and at any hour, whatever the server's clock says: no rota has a part in it."""
    solve = Target(Metric.resolution, 3600, calendar="always", warn_percent=(50,), wake=True)
    with world.store.write() as tx:
        tx.definitions.put("standard", targets(targets=(solve,)))
    for point in AROUND_A_WARNING:
        ticket = world.desk.do(tickets.open_ticket, opened(service="vpn")).id
        world.desk.do(tickets.take, ticket, None)
        world.forward(1800)
        died = world.crash(point)
        world.survive()
        told = world.told(ticket)
        assert died == -9, point
        assert [key.split(":")[0] for key in told] == ["warning"], point
        assert max(told.values()) <= 1 + (point in SENT_NOT_MARKED), point
        world.desk.do(tickets.resolve, ticket, None, code="fixed")


@pytest.mark.slow
def test_death_at_a_random_point_again_and_again(world):
    """Sixty kills in a row: each ticket's pages arrive, at most one of them twice for each death."""
    chance = random.Random(20261124)
    for _ in range(60):
        ticket = world.desk.do(tickets.open_ticket, opened(priority=1)).id
        world.forward(30)
        deaths = chance.randint(1, 3)
        for _ in range(deaths):
            kind = chance.choice(["before", "after"])
            world.crash(chance.choice([f"{kind}:{chance.randint(1, 5)}", f"send:{kind}"]))
            world.forward(61)
        world.survive()
        told = world.told(ticket)
        assert len(told) == world.steps(ticket) >= 1
        assert sum(told.values()) - len(told) <= deaths
        world.desk.do(tickets.resolve, ticket, None, code="fixed")
