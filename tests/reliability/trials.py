"""The long trials, with real processes and the real clock. Each gives its figures and its violations."""

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from supporttui.clock import CorrectedClock, system_clock
from supporttui.domain.faults import StoreUnavailable
from supporttui.domain.paging.caps import Caps
from supporttui.i18n import catalogue
from supporttui.storage import SqlStore, open_store
from supporttui.usecases import tickets
from supporttui.watch import Watch, WatchOptions
from tests.benchmarks.seed import fill
from tests.builders import Desk, opened, policy, site, targets
from tests.reliability import checks
from tests.reliability.faults import Plant, Receiver
from tests.reliability.world import World

POINTS = (
    "before:1", "after:1", "before:2", "after:2", "before:3", "after:3", "send:before", "send:after", "before:4",
    "after:4",
)  # fmt: skip
REPEATS = ("send:after", "before:4")
"""Where a message may have left and is not marked."""
STORM, OPEN = 10_000, 10_000
BATCH = 200


@dataclass(frozen=True)
class Trial:
    """What one is given."""

    url: str
    folder: Path
    size: int
    seed: int
    plant: Plant


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    figures: Mapping[str, object]
    violations: list[str]


def kills(trial: Trial) -> Outcome:
    """``size`` kills at each point of the loop, one after the other: nothing lost, repeats only at two points."""
    world, chance = World(trial.url, trial.folder, trial.plant), random.Random(trial.seed)
    points = [point for point in POINTS for _ in range(trial.size)]
    chance.shuffle(points)
    known: list[int] = []
    for point in points:
        known.append(world.urgent())
        world.killed(point)
        world.survive()
        world.desk.do(tickets.resolve, known[-1], None, code="fixed")
    chances = sum(point in REPEATS for point in points)
    found = world.violations(known, chances=chances)
    told = len(world.told)
    world.store.close()
    return Outcome({"kills": len(points), "messages": told, "repeats": told - len(known), "chances": chances}, found)


def pauses(trial: Trial) -> Outcome:
    """Two to five watches, ``size`` tickets, one of the watches frozen or killed again and again."""
    chance, known = random.Random(trial.seed), []
    store, desk = _real_site(trial.url)
    watches = [_started(trial, f"w{number}") for number in range(chance.randint(2, 5))]
    paused, widest = 0, 0.0
    try:
        while len(known) < trial.size:
            known += [desk.do(tickets.open_ticket, opened(priority=1)).id for _ in range(20)]
            victim = chance.randrange(len(watches))
            paused += 1
            _stopped(watches, victim, trial, chance)
            widest = max(widest, _gap(store))
        log = trial.folder / "log"
        # No longer than a few claims may last; what is left then is told.
        _wait(lambda: not checks.unsettled(store) and not checks.unnamed(checks.read(log), known), most=120)
    finally:
        for process in watches:
            process.kill()
            process.wait()
    told = checks.read(trial.folder / "log")
    found = [
        *checks.lost(store, told, known), *checks.unsettled(store), *checks.repeated(told, at_most=paused),
        *checks.stale(trial.folder / "stale"),
    ]  # fmt: skip
    if widest > 30:
        found.append(f"nobody led for {widest:.1f} s, at most 30 may be")
    store.close()
    return Outcome({"steps": len(known), "watches": len(watches), "pauses": paused, "widest gap": widest}, found)


def storm(trial: Trial) -> Outcome:
    """``size`` pages due at once: the first of the top priority within 10 s, caps kept, everything named."""
    store, desk = _real_site(trial.url, priorities=(1, 2, 3, 4))
    known = _opened(desk, trial.size, lambda number: 1 + (number * 7 + 3) % 4)
    options = WatchOptions(per_minute=0 if trial.plant is Plant.uncapped else 5)
    began = time.monotonic()
    _run(trial, store, options, until=lambda: not checks.unnamed(checks.read(trial.folder / "log"), known), most=600)
    told = checks.read(trial.folder / "log")
    first = told[0].at - began if told else float("inf")
    found = [
        *checks.first_is_pressing(told), *checks.unnamed(told, known),
        *checks.over_caps(told, Caps(5, options.per_quarter, options.per_hour)),
    ]  # fmt: skip
    if first > 10:
        found.append(f"the first page left after {first:.1f} s, at most 10 may be")
    store.close()
    return Outcome({"tickets": len(known), "messages": len(told), "first page s": round(first, 1)}, found)


def step(trial: Trial) -> Outcome:
    """``size`` open tickets, and one step that comes due: handed over within 3 s of its time."""
    path = trial.folder / "many.db"
    fill(path, trial.size)
    store, desk = _real_site(f"sqlite:///{path}")
    due = 0.0
    late: list[float] = []
    log = trial.folder / "log"
    watch, thread = _begun(trial, store, WatchOptions(per_minute=0, per_quarter=0, per_hour=0))
    try:
        for _ in range(10):
            due = time.monotonic()
            ticket = desk.do(tickets.open_ticket, opened(priority=1)).id
            _wait(lambda ticket=ticket: any(one.ticket == ticket for one in checks.read(log)), most=30)
            late.append(next((one.at - due for one in checks.read(log) if one.ticket == ticket), float("inf")))
    finally:
        watch.stop()
        thread.join(10)
    store.close()
    worst = max(late)
    found = [f"handed over after {worst:.1f} s, at most 3 may be"] if worst > 3 else []
    return Outcome({"open": trial.size, "worst s": round(worst, 2), "best s": round(min(late), 2)}, found)


def silence(trial: Trial) -> Outcome:
    """The only watch is killed: ``watch status`` says so by exit code 2 within 45 s, and finds the overdue step."""
    store, desk = _real_site(trial.url)
    process = _started(trial, "w0")
    _wait(lambda: _status(trial) == 0, most=30)
    healthy = _status(trial)
    process.kill()
    process.wait()
    began = time.monotonic()
    _wait(lambda: _status(trial) == 2, most=60)
    seen = time.monotonic() - began
    desk.do(tickets.open_ticket, opened(priority=1))
    store.close()
    found = [] if healthy == 0 else [f"exit code {healthy} while a watch runs"]
    return Outcome({"seen after s": round(seen, 1)}, found + ([f"seen after {seen:.0f} s"] if seen > 45 else []))


TRIALS: Mapping[str, tuple[Callable[[Trial], Outcome], int]] = {
    "kills": (kills, 50),
    "pauses": (pauses, 1_000),
    "storm": (storm, STORM),
    "step": (step, OPEN),
    "silence": (silence, 1),
}
"""Name → trial, and its full size."""


# --- parts of them ----------------------------------------------------------------------------------------


def _real_site(url: str, priorities: tuple[int, ...] = (1, 2)) -> tuple[SqlStore, Desk]:
    """A site by the real clock, whose watch has nothing to warn of."""
    clock = CorrectedClock(system_clock())
    store = open_store(url, clock=clock)
    with store.read() as tx:
        clock.set_by(tx.now())
    site(store, targets=targets(targets=()), policy=policy(priorities=priorities))
    return store, Desk(store, clock)


def _opened(desk: Desk, size: int, priority_of: Callable[[int], int]) -> list[int]:
    known: list[int] = []
    for first in range(0, size, BATCH):
        with desk.store.write() as tx:
            for number in range(first, min(first + BATCH, size)):
                event = opened(priority=priority_of(number))
                known.append(tickets.open_ticket(desk.call(), tx, event).id)
    return known


def _started(trial: Trial, holder: str) -> "subprocess.Popen[bytes]":
    command = [
        sys.executable, "-m", "tests.reliability.freezer", trial.url, str(trial.folder), holder, trial.plant.value,
    ]  # fmt: skip
    process = subprocess.Popen(command)
    _wait((trial.folder / f"ready-{holder}").exists, most=60)
    return process


def _stopped(watches: "list[subprocess.Popen[bytes]]", victim: int, trial: Trial, chance: random.Random) -> None:
    """Frozen for longer or shorter than lease and claim, or killed and replaced."""
    if chance.random() < 0.3:
        watches[victim].kill()
        watches[victim].wait()
        watches[victim] = _started(trial, f"r{chance.randrange(10**9)}")
        return
    watches[victim].send_signal(signal.SIGSTOP)
    time.sleep(chance.uniform(0.5, 7))
    watches[victim].send_signal(signal.SIGCONT)


def _gap(store: SqlStore) -> float:
    """Seconds since any watch was seen, by the database's clock."""
    with store.read() as tx:
        pulse = tx.lease.pulse()
        return 0.0 if pulse is None else float(tx.now() - pulse.seen)


def _begun(trial: Trial, store: SqlStore, options: WatchOptions) -> tuple[Watch, threading.Thread]:
    clock = CorrectedClock(system_clock())
    with store.read() as tx:
        clock.set_by(tx.now())
    watch = Watch(
        store,
        channels={"mail": Receiver(trial.folder / "log", time.monotonic, plant=trial.plant)},
        words_for=lambda _: catalogue.load("en", "UTC", {}),
        clock=clock,
        holder="trial",
        options=options,
    )
    thread = threading.Thread(target=watch.run, daemon=True)
    thread.start()
    return watch, thread


def _run(trial: Trial, store: SqlStore, options: WatchOptions, *, until: Callable[[], bool], most: float) -> None:
    watch, thread = _begun(trial, store, options)
    _wait(until, most=most)
    watch.stop()
    thread.join(30)


def _wait(until: Callable[[], bool], *, most: float) -> None:
    """Returns when it is so, or the time is over: what is not so is a violation of its own."""
    ends = time.monotonic() + most
    while time.monotonic() < ends:
        try:
            if until():
                return
        except StoreUnavailable:  # a busy file; it is asked again
            pass
        time.sleep(0.2)


def _status(trial: Trial) -> int:
    command = [sys.executable, "-m", "supporttui", "--db", trial.url, "watch", "status"]
    return subprocess.run(command, check=False, capture_output=True, timeout=60).returncode
