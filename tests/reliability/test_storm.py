"""A storm of pages and breaches: the most pressing first, no cap passed, everything named. Time is told to pass.

The long form, 10,000 within a minute by a real clock: ``python -m tests.reliability storm``.
"""

import random
from pathlib import Path

import pytest

from supporttui.domain.paging.caps import Caps
from supporttui.domain.sla.targets import Metric, Target
from supporttui.usecases import timer_notices
from supporttui.watch import WatchOptions
from tests.builders import policy, targets
from tests.reliability import checks
from tests.reliability.faults import Plant
from tests.reliability.world import UNCAPPED, World

OPTIONS = WatchOptions(per_minute=3, per_quarter=6, per_hour=9)
CAPS = Caps(OPTIONS.per_minute, OPTIONS.per_quarter, OPTIONS.per_hour)
PRIORITIES = (4, 3, 2, 3, 1, 4, 2, 3)


@pytest.fixture(params=["sqlite_url", "postgres_url"])
def url(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(request.param)


def storm(url: str, folder: Path, *, plant: Plant = Plant.none, minutes: int = 70) -> tuple[World, list[int]]:
    """Many tickets of all priorities whose first page is due at once, in no good order; then they come one by one,
    and an hour passes."""
    world = World(url, folder, plant)
    with world.store.write() as tx:
        tx.definitions.put("urgent", policy(priorities=(1, 2, 3, 4)))
    known = [world.urgent(PRIORITIES[number % len(PRIORITIES)]) for number in range(2 * len(PRIORITIES))]
    watch = world.watch("a", options=UNCAPPED if plant is Plant.uncapped else OPTIONS)
    watch.once()
    for _ in range(2 * CAPS.per_minute):
        known.append(world.urgent(1))
        watch.once()
    for _ in range(minutes // 10):
        world.forward(600)
        watch.once()
    return world, known


def test_of_a_storm_the_most_pressing_page_is_first_no_cap_is_passed_and_every_ticket_is_named(url, tmp_path):
    world, known = storm(url, tmp_path)
    told = world.told
    assert checks.first_is_pressing(told) == []
    assert checks.over_caps(told, CAPS) == []
    assert checks.unnamed(told, known) == []
    world.store.close()


def test_of_a_storm_of_breaches_everything_is_named(url, tmp_path):
    world = World(url, tmp_path)
    solve = Target(Metric.resolution, 3600, calendar="always", warn_percent=(50,), wake=True)
    with world.store.write() as tx:
        tx.definitions.put("standard", targets(targets=(solve,)))
    known = [world.urgent(4, service="vpn") for _ in range(2 * timer_notices.STORM)]
    watch = world.watch("a", options=OPTIONS)
    for _ in range(3):
        world.forward(1900)
        watch.once()
    assert checks.over_caps(world.told, CAPS) == []
    assert checks.unnamed(world.told, known) == []
    world.store.close()


def test_breaches_are_told_although_pages_use_up_all_that_a_contact_point_gets(sqlite_url, tmp_path):
    world, caps = World(sqlite_url, tmp_path), Caps(per_minute=1, per_quarter=2, per_hour=3)
    broken = Target(Metric.resolution, 3600, calendar="always", wake=True)
    with world.store.write() as tx:
        tx.definitions.put("standard", targets(targets=(broken,)))
        tx.definitions.put("urgent", policy(rounds=1, priorities=(1,)))
    known = [world.urgent(4) for _ in range(2 * timer_notices.STORM)]
    chance, watch = (
        random.Random(20261125),
        world.watch("a", options=WatchOptions(per_minute=1, per_quarter=2, per_hour=3)),
    )
    for _ in range(16):
        world.urgent(1)
        watch.once()
        world.forward(chance.randint(500, 700))
    told = world.told
    world.store.close()
    assert checks.over_caps(told, caps) == []
    assert checks.unwarned(told, known) == []
    assert {one.key.partition(":")[0] for one in told if one.address == "ben@example.org"} == {"page"}


# --- the checks themselves --------------------------------------------------------------------------------


def test_a_watch_that_spares_nobody_is_found(sqlite_url, tmp_path):
    world, _ = storm(sqlite_url, tmp_path, plant=Plant.uncapped, minutes=0)
    world.store.close()
    assert checks.over_caps(world.told, CAPS) != []


def test_a_bundle_that_does_not_name_its_tickets_is_found(sqlite_url, tmp_path):
    world, known = storm(sqlite_url, tmp_path, plant=Plant.unnamed, minutes=10)
    world.store.close()
    assert checks.unnamed(world.told, known) != []


def test_a_storm_that_begins_with_what_can_wait_is_found():
    assert checks.first_is_pressing([]) != []
    late = checks.Told("k", 1, "a", 3, "", 0.0)
    assert checks.first_is_pressing([late]) != []
