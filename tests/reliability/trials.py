"""The long trials, with real processes and the real clock. Each gives its figures and its violations."""

import contextlib
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
from supporttui.domain.sla.targets import Metric, Target
from supporttui.i18n import catalogue
from supporttui.storage import SqlStore, open_store
from supporttui.usecases import auditing, tickets
from supporttui.watch import Watch, WatchOptions
from tests.benchmarks.seed import fill
from tests.builders import Desk, opened, policy, site, targets
from tests.reliability import checks
from tests.reliability.faults import Plant, Receiver
from tests.reliability.freezer import asked_of
from tests.reliability.programs import Site, frozen
from tests.reliability.world import KILLS, RESUMES, SENT_NOT_MARKED, World

STORM, OPEN = 10_000, 10_000
BATCH = 200
LONG_PAUSE = 6
"""Seconds; longer than lease and claim of the watches that are frozen."""


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
    points = [point for point in KILLS for _ in range(trial.size)]
    chance.shuffle(points)
    known: list[int] = []
    found: list[str] = []
    for point in points:
        new = [world.urgent() for _ in range(1 + point.startswith("lease:"))]
        if world.killed(point) != -signal.SIGKILL:
            found.append(f"nobody died at {point}")
        world.survive()
        found += [f"after {point}: {one}" for one in checks.unnamed(world.told, new)]
        known += new
        for ticket in new:
            world.desk.do(tickets.resolve, ticket, None, code="fixed")
    chances = sum(point in SENT_NOT_MARKED for point in points)
    found += world.violations(known, chances=chances)
    told = world.told
    world.store.close()
    figures = {"kills": len(points), "messages": len(told), "repeats": _repeats(told), "chances": chances}
    return Outcome(figures, found)


def pauses(trial: Trial) -> Outcome:
    """Two to five watches, ``size`` tickets; the one that leads is frozen or killed in its work, again and again."""
    chance, known = random.Random(trial.seed), []
    store, desk = _real_site(trial.url)
    watches = {f"w{number}": _started(trial, f"w{number}") for number in range(chance.randint(2, 5))}
    log = trial.folder / "log"
    paused = 0
    gaps = _Gaps(store)
    gaps.start()
    try:
        while len(known) < trial.size:
            leads = _holder(store)
            held_up = paused % 2 == 0 and leads in watches
            if held_up:
                _ask_to_freeze(trial, leads, chance)
            new = {desk.do(tickets.open_ticket, opened(priority=1)).id for _ in range(20)}
            known += sorted(new)
            _wait(lambda new=new: any(one.ticket in new for one in checks.read(log)), most=60)
            paused += 1
            if held_up:
                _set_free(trial, watches[leads], leads)
            else:
                _stopped(watches, _holder(store), trial, chance)
        # No longer than a few claims may last; what is left then is told.
        _wait(lambda: not checks.unsettled(store) and not checks.unnamed(checks.read(log), known), most=120)
    finally:
        gaps.end()
        for process in watches.values():
            process.kill()
            process.wait()
    told = checks.read(log)
    found = [*_found(store, told, known, at_most=paused), *checks.stale(trial.folder / "stale")]
    if gaps.widest > RESUMES:
        found.append(f"nobody led for {gaps.widest:.1f} s, at most {RESUMES} may be")
    store.close()
    figures = {"steps": len(known), "watches": len(watches), "pauses": paused, "widest gap s": gaps.widest}
    return Outcome({**figures, "repeats": _repeats(told)}, found)


def program(trial: Trial) -> Outcome:
    """Two watches as a site runs them, with a program for its messages and the product's own pace: ``size`` times the
    one that leads is killed and replaced, or frozen until the other has done its work and then set free."""
    chance, known = random.Random(trial.seed), []
    store, desk = _real_site(trial.url)
    place = Site(trial.url, trial.folder)
    late: list[float] = []
    try:
        for _ in range(2):
            place.start()
        for _ in range(trial.size):
            _wait(lambda: place.leading(store) is not None, most=60)
            new = [desk.do(tickets.open_ticket, opened(priority=1)).id for _ in range(3)]
            time.sleep(chance.uniform(0, 2))
            late.append(_resumed(place, store, new, kill=chance.random() < 0.5))
            known += new
            for ticket in new:
                desk.do(tickets.resolve, ticket, None, code="fixed")
        _wait(lambda: not checks.unsettled(store), most=120)
    finally:
        place.end_all()
    told = checks.read(place.log)
    found = _found(store, told, known, at_most=trial.size)
    found += [f"went on after {seconds:.1f} s, at most {RESUMES} may be" for seconds in late if seconds > RESUMES]
    store.close()
    figures = {"deaths and pauses": trial.size, "messages": len(told), "repeats": _repeats(told)}
    return Outcome({**figures, "went on after s, at most": round(max(late, default=0.0), 1)}, found)


def _resumed(place: Site, store: SqlStore, tickets_: list[int], *, kill: bool) -> float:
    """Seconds from the end of the leading watch until the last of the tickets is told of by the other one."""
    victim = place.leading(store)
    if victim is None:
        return float("inf")
    began = time.monotonic()
    if kill:
        place.end(victim)
        place.start()
    else:
        victim.send_signal(signal.SIGSTOP)
    _wait(lambda: not checks.unnamed(checks.read(place.log), tickets_), most=4 * RESUMES)
    first: dict[int, float] = {}
    for one in checks.read(place.log):
        first.setdefault(one.ticket, one.at)
    if not kill:
        victim.send_signal(signal.SIGCONT)
    return max(0.0, *(first.get(ticket, float("inf")) - began for ticket in tickets_))


def storm(trial: Trial) -> Outcome:
    """``size`` tickets of which a page is due and the promise is broken, all at once: the first page of the top
    priority within 10 s, caps kept, everything named, each page and each breach."""
    store, desk = _real_site(trial.url, priorities=(1, 2, 3, 4))
    with store.write() as tx:
        broken = Target(Metric.resolution, 1, calendar="always", wake=True)
        tx.definitions.put("standard", targets(targets=(broken,)))
    known = _opened(desk, trial.size, lambda number: 1 + (number * 7 + 3) % 4)
    log = trial.folder / "log"

    def unnamed() -> list[str]:
        told = checks.read(log)
        return checks.unpaged(told, known) + checks.unwarned(told, known)

    options = WatchOptions(per_minute=0 if trial.plant is Plant.uncapped else 5)
    began = time.monotonic()
    _run(trial, store, options, until=lambda: not unnamed(), most=1_200)
    told = checks.read(log)
    first = told[0].at - began if told else float("inf")
    found = [
        *checks.first_is_pressing(told), *unnamed(), *checks.without_next_step(store), *checks.without_cause(store),
        *checks.over_caps(told, Caps(5, options.per_quarter, options.per_hour)),
    ]  # fmt: skip
    if first > 10:
        found.append(f"the first page left after {first:.1f} s, at most 10 may be")
    store.close()
    figures = {"tickets": len(known), "messages": len(told), "first page s": round(first, 1)}
    return Outcome({**figures, "all named s": round(told[-1].at - began, 1) if told else "never"}, found)


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
    """The only watch is killed: monitoring and desks say so within 45 s, and name the step that is overdue for 2 min."""
    store, desk = _real_site(trial.url)
    place = Site(trial.url, trial.folder)
    place.start()
    try:
        _wait(lambda: place.status()[0] == 0, most=60)
        found = [] if place.status()[0] == 0 else ["no watch came to life"]
        place.end(place.watches[0])
        desk.do(tickets.open_ticket, opened(priority=1))
        began = time.monotonic()
        _wait(lambda: place.status()[0] == 2, most=60)
        seen, line = time.monotonic() - began, place.line()
        _wait(lambda: _is_overdue(place), most=180)
        named = time.monotonic() - began
    finally:
        place.end_all()
    store.close()
    found += [f"seen after {seen:.0f} s, at most 45 may be"] if seen > 45 else []
    found += [] if "watch silent" in line else [f"a desk says: {line.strip()}"]
    found += [] if auditing.OVERDUE <= named < 150 else [f"the overdue step was named after {named:.0f} s"]
    return Outcome({"seen after s": round(seen, 1), "overdue step named after s": round(named, 1)}, found)


def _is_overdue(place: Site) -> bool:
    code, said = place.status()
    return code == 2 and "audit.step_overdue" in str(said.get("troubles"))


TRIALS: Mapping[str, tuple[Callable[[Trial], Outcome], int]] = {
    "kills": (kills, 50),
    "pauses": (pauses, 1_000),
    "program": (program, 50),
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


_POINTS = ("open", "open", "open", "open", "read", "after", "send:before", "send:after")
"""Where a watch is asked to freeze: mostly where it has decided to write, by what others change meanwhile."""


def _ask_to_freeze(trial: Trial, holder: str, chance: random.Random) -> None:
    """It freezes by itself at a point of its loop, in the midst of the work that is about to come."""
    asked = asked_of(trial.folder, holder)
    draft = asked.with_name("draft")
    draft.write_text(f"{chance.choice(_POINTS)} {chance.randint(2, 30)}", "utf-8")
    draft.rename(asked)


def _set_free(trial: Trial, watch: "subprocess.Popen[bytes]", holder: str) -> None:
    """Once it has frozen, and for so long that another one has taken over and worked."""
    asked = asked_of(trial.folder, holder)
    _wait(lambda: not asked.exists(), most=20)
    asked.unlink(missing_ok=True)
    time.sleep(LONG_PAUSE)
    watch.send_signal(signal.SIGCONT)


def _stopped(watches: "dict[str, subprocess.Popen[bytes]]", leads: str, trial: Trial, chance: random.Random) -> None:
    """Frozen for longer or shorter than lease and claim, or killed and replaced; mostly the one that leads."""
    victim = leads if leads in watches and chance.random() < 0.8 else chance.choice(sorted(watches))
    if chance.random() < 0.3:
        ended = watches.pop(victim)
        ended.kill()
        ended.wait()
        name = f"r{chance.randrange(10**9)}"
        watches[name] = _started(trial, name)
        return
    frozen(watches[victim], chance.uniform(0.5, 7))


def _holder(store: SqlStore) -> str:
    with store.read() as tx:
        pulse = tx.lease.pulse()
    return "" if pulse is None else pulse.holder


class _Gaps(threading.Thread):
    """Looks all the time how long nobody has led, by the database's clock."""

    def __init__(self, store: SqlStore) -> None:
        super().__init__(daemon=True)
        self.widest = 0.0
        self._store, self._ends = store, threading.Event()

    def run(self) -> None:
        while not self._ends.wait(0.25):
            with contextlib.suppress(StoreUnavailable), self._store.read() as tx:
                pulse = tx.lease.pulse()
                self.widest = max(self.widest, 0.0 if pulse is None else float(tx.now() - pulse.seen))

    def end(self) -> None:
        self._ends.set()
        self.join(10)


def _found(store: SqlStore, told: list[checks.Told], known: list[int], *, at_most: int) -> list[str]:
    """All that must hold whatever happened."""
    return [
        *checks.lost(store, told, known), *checks.unsettled(store), *checks.repeated(told, at_most=at_most),
        *checks.without_next_step(store), *checks.without_cause(store),
    ]  # fmt: skip


def _repeats(told: list[checks.Told]) -> int:
    return len(told) - len({one.key for one in told})


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
