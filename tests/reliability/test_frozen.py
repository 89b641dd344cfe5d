"""A watch that freezes at any step of its loop, while one to four others take over, and comes back (SIGSTOP, SIGCONT).

Time stands unless it is told to pass. Each check is first shown to fail on a harness with the fault planted.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from supporttui.domain.events import StepFired
from supporttui.domain.ids import PersonId, TicketId
from tests.builders import fact
from tests.reliability import checks
from tests.reliability.faults import Plant
from tests.reliability.world import World

POINTS = (
    "open:1", "after:1", "open:2", "after:2", "open:3", "after:3", "send:before", "send:after", "open:4", "after:4",
)  # fmt: skip
"""Around the writes of a watch with one page to send: lease, sweep, claim, settle; and around the hand-over."""
ON_BOTH = ("open:2", "after:2", "open:3", "send:after", "open:4")
"""Those that are tried on PostgreSQL too; the long form tries all."""


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path):
    """On SQLite unless a test says otherwise: what the checks find, they find of any database."""
    made: list[World] = []

    def make(plant: Plant = Plant.none, *, url: str = "sqlite_url") -> World:
        made.append(World(request.getfixturevalue(url), tmp_path, plant))
        return made[-1]

    yield make
    for one in made:
        one.store.close()


def freeze(world: World, point: str, others: int) -> list[int]:
    """One watch stops at a point for longer than lease and claim; others take over one after the other."""
    known, frozen = [world.urgent()], []

    def at(reached: str) -> None:
        if reached != point or frozen:
            return
        frozen.append(point)
        world.forward(61)
        known.append(world.urgent())
        for number in range(others):
            world.watch(f"other {number}").once()

    world.watch("frozen", at=at).once()
    assert frozen == [point]
    world.survive()
    return known


@pytest.mark.parametrize(
    ("url", "point", "others"),
    [("sqlite_url", point, 1 + number % 4) for number, point in enumerate(POINTS)]
    + [("postgres_url", point, 1 + number % 4) for number, point in enumerate(ON_BOTH)],
)
def test_nothing_is_lost_or_written_late_and_at_most_one_message_is_told_twice(
    world: Callable[..., World], url: str, point: str, others: int
) -> None:
    made = world(url=url)
    known = freeze(made, point, others)
    assert made.violations(known, chances=1) == []


# --- the checks themselves --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (Plant.lossy, "lost: "),
        (Plant.twice, "repeats, at most 0"),
        (Plant.rekeyed, "under another key"),
    ],
)
def test_a_receiver_that_is_not_told_or_told_too_much_is_found(world: Callable[..., World], plant, said) -> None:
    made = world(plant)
    known = [made.urgent() for _ in range(3)]
    made.watch("a").once()
    assert [one for one in made.violations(known, chances=0) if said in one] != []


def test_a_watch_without_a_fence_is_found(world: Callable[..., World]) -> None:
    made = world(Plant.unfenced)
    freeze(made, "open:2", 1)
    assert checks.stale(made.stale_log) != []


def test_a_watch_that_marks_before_it_sends_is_found(world: Callable[..., World]) -> None:
    made = world(Plant.early)
    known = [made.urgent()]
    assert made.killed("send:before") == -9
    made.survive()
    found = made.violations(known, chances=0)
    assert [one.split(":")[0] for one in found] == ["lost", "named nowhere"]


def test_an_escalation_without_a_next_step_is_found(world: Callable[..., World]) -> None:
    made = world()
    known = [made.urgent()]
    made.watch("a").once()
    assert made.violations(known, chances=0) == []
    with made.store.write() as tx:
        tx.escalations.save(replace(tx.escalations.get(known[0]), due=None))
    assert made.violations(known, chances=0) == [f"runs without a next step: {known[0]}"]


def test_a_page_without_a_step_is_found(world: Callable[..., World]) -> None:
    made = world()
    known = [made.urgent()]
    made.watch("a").once()
    with made.store.write() as tx:
        (page,) = tx.outbox.of_ticket(known[0])
        tx.outbox.add([replace(page, key="strange", params={**page.params, "firing": 9})])
    assert checks.without_cause(made.store) == ["no cause: strange"]


def test_a_step_that_queued_no_page_is_found(world: Callable[..., World]) -> None:
    made = world()
    known = made.urgent()
    fired = StepFired(generation=1, firing=9, step=1, round=1, paged=(PersonId("ben"),))
    with made.store.write() as tx:
        tx.journal.append([fact(fired, ticket=TicketId(known))])
    assert checks.without_cause(made.store) == [f"a step paged ('ben',) and queued nothing: ({known}, 1, 9)"]


def test_what_stays_in_the_outbox_is_found(world: Callable[..., World]) -> None:
    made = world()
    known = [made.urgent()]
    made.watch("a", at=lambda _: None)._sweep(made.desk.lead("a"))
    assert any("is pending" in one for one in made.violations(known, chances=0))
