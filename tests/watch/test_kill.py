"""kill -9 of a watch: no page is lost, and one is told twice only if death came between sending and marking."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from supporttui.domain.sla.targets import Metric, Target
from supporttui.usecases import tickets
from tests.builders import opened, targets
from tests.reliability.world import KILLS, SENT_NOT_MARKED, World

FEW = ("after:1", "after:2", "before:3", "after:3", "send:after", "before:4", "lease:2")
"""On the second database; all of them there: ``python -m tests.reliability kills``."""
AROUND_A_WARNING = ("before:2", "after:2", "after:3", "send:after")
"""The same, where a warning is queued instead of a step taken."""


@pytest.fixture(params=["sqlite_url", "postgres_url"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    made = World(request.getfixturevalue(request.param), tmp_path)
    yield made
    made.store.close()


def test_death_at_any_point_loses_nothing_and_repeats_only_what_was_sent_and_not_marked(world):
    known, chances, done = [], 0, 0
    for point in KILLS if world.store.dialect == "sqlite" else FEW:
        known += [world.urgent() for _ in range(1 + point.startswith("lease:"))]
        died = world.killed(point)
        world.survive()
        chances += point in SENT_NOT_MARKED
        assert died == -9, point
        assert world.violations(known, chances=chances) == [], point
        for ticket in known[done:]:
            world.desk.do(tickets.resolve, ticket, None, code="fixed")
        done = len(known)
    assert len({one.key for one in world.told}) == len(known)


def test_death_at_any_point_warns_of_each_mark_once_unless_it_was_sent_and_not_marked(world):
    """The owner is told, and at any hour, whatever the server's clock says: no rota has a part in it."""
    solve = Target(Metric.resolution, 3600, calendar="always", warn_percent=(50,), wake=True)
    with world.store.write() as tx:
        tx.definitions.put("standard", targets(targets=(solve,)))
    known, chances = [], 0
    for point in AROUND_A_WARNING:
        known.append(world.desk.do(tickets.open_ticket, opened(service="vpn")).id)
        world.desk.do(tickets.take, known[-1], None)
        world.forward(1800)
        died = world.killed(point)
        world.survive()
        chances += point in SENT_NOT_MARKED
        assert died == -9, point
        assert world.violations(known, chances=chances) == [], point
        assert {one.key.split(":")[0] for one in world.told if one.ticket == known[-1]} == {"warning"}, point
        world.desk.do(tickets.resolve, known[-1], None, code="fixed")
