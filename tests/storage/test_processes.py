"""Several real processes on one database: nothing is lost, nothing happens twice, nobody misses anything.

Seeded and short; ``pytest -m slow`` does the same with more of everything.
"""

import contextlib
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from supporttui.domain.filter import head_of, notes_of
from supporttui.domain.ids import TicketId
from supporttui.storage import SqlStore, upkeep
from supporttui.storage.sqlite import library
from supporttui.usecases.ports import Changed, NoticeState
from tests.storage.conftest import Database
from tests.storage.making import notice, open_one

ROOT = Path(__file__).parents[2]
PATIENCE = 60
TICKETS = 5


class Desk:
    """A worker process and what it said."""

    def __init__(self, url: str, name: str, seed: int) -> None:
        self.name = name
        command = [sys.executable, "-m", "tests.storage.worker", url, name, str(seed)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def order(self, what: str, count: int) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what} {count}\n")

    def until(self, last: str) -> list[list[str]]:
        """What it said before this word; everything, if it died."""
        assert self._process.stdout is not None
        said: list[list[str]] = []
        for line in self._process.stdout:
            if line.strip() == last:
                break
            said.append(line.split())
        return said

    def said(self, count: int) -> list[list[str]]:
        assert self._process.stdout is not None
        return [self._process.stdout.readline().split() for _ in range(count)]

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> int:
        """Ask it to end, unless it was killed; its exit status."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        status = self._process.wait(PATIENCE)
        self._process.stdout.close()
        return status


class Follower:
    """Reads the journal as the feed tells, and remembers each number."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        self.seen: list[int] = []
        self._moved = threading.Condition()
        self.feed = store.feed()
        self.feed.start(0, self._heard)

    def _heard(self, changed: Changed) -> None:
        after = self.seen[-1] if self.seen else 0
        with self.store.read() as tx:
            numbers = [fact.seq for fact in tx.journal.each(after=after) if fact.seq <= changed.seq]
        with self._moved:
            self.seen += numbers
            self._moved.notify()

    def until(self, seq: int) -> list[int]:
        with self._moved:
            assert self._moved.wait_for(lambda: self.seen and self.seen[-1] >= seq, PATIENCE)
        self.feed.stop()
        return self.seen


@pytest.fixture(params=["sqlite", "rollback journal", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """SQLite with either journal: which one a file gets depends on the library that made it."""
    kind = "postgresql" if request.param == "postgresql" else "sqlite"
    name = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[kind]
    made = Database(kind, request.getfixturevalue(name))
    if request.param == "rollback journal":
        driver = library().connect(made.url.removeprefix("sqlite:///"))
        assert driver.execute("PRAGMA journal_mode = DELETE").fetchall() == [("delete",)]
        driver.close()
    yield made
    for store in made.opened:
        store.close()


@pytest.fixture(params=[pytest.param(3, id="3 desks"), pytest.param(8, id="8 desks", marks=pytest.mark.slow)])
def count(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.fixture
def desks(database: Database, count: int) -> Iterator[list[Desk]]:
    started = [Desk(database.url, f"desk{n}", seed=n) for n in range(count)]
    for desk in started:
        assert desk.until("ready") == []
    yield started
    for desk in started:
        desk.kill()
        desk.end()


def together(desks: list[Desk], what: str, count: int) -> dict[str, list[list[str]]]:
    """Give all the same order at once; what each said."""
    for desk in desks:
        desk.order(what, count)
    return {desk.name: desk.until("done") for desk in desks}


def test_desks_in_processes_of_their_own(database: Database, desks: list[Desk]):
    """One story, because starting a process costs more than anything that happens in it."""
    store = database.open()
    updates, claims, kills = (25, 20, 15) if len(desks) == 3 else (200, 200, 100)
    with store.write() as tx:
        for _ in range(max(TICKETS, claims)):
            open_one(tx)
        tx.outbox.add([notice(f"n{number}") for number in range(claims)])
    follower = Follower(store)

    no_update_is_lost(store, together(desks, "update", updates))
    together(desks, "move", updates)
    what_is_kept_is_exact(store)
    nothing_is_claimed_twice(store, together(desks, "claim", claims), claims)
    what_was_acknowledged_survives_a_kill(store, desks, random.Random(len(desks)), kills)
    assert follower.until(store.head()) == list(range(1, store.head() + 1))


def no_update_is_lost(store: SqlStore, said: dict[str, list[list[str]]]) -> None:
    acknowledged = [(operation, int(ticket)) for lines in said.values() for _, operation, ticket in lines]
    per_ticket = Counter(ticket for _, ticket in acknowledged)
    with store.read() as tx:
        stored = {fact.operation for fact in tx.journal.each()}
        tickets = [tx.tickets.get(TicketId(number)) for number in per_ticket]
    assert {operation for operation, _ in acknowledged} <= stored
    assert len(set(acknowledged)) == len(acknowledged)
    assert {ticket.id: ticket.hops for ticket in tickets} == per_ticket
    assert {ticket.id: ticket.version - 1 for ticket in tickets} == per_ticket


def what_is_kept_is_exact(store: SqlStore) -> None:
    """Counts of open tickets, and the texts with their index."""
    with store.read() as tx:
        assert list(upkeep.differences(tx._connection)) == []
        for number in map(TicketId, range(1, TICKETS + 1)):
            said = sorted(tx.journal.of_ticket(number), key=lambda fact: fact.seq)
            assert tx.tickets.texts(number) == (head_of(tx.tickets.get(number)), notes_of(fact.event for fact in said))


def nothing_is_claimed_twice(store: SqlStore, said: dict[str, list[list[str]]], count: int) -> None:
    claims = {int(words[1]): name for name, lines in said.items() for words in lines if words[0] == "mine"}
    assert sum(words[0] == "mine" for lines in said.values() for words in lines) == len(claims)
    sent = Counter(words[1] for lines in said.values() for words in lines if words[0] == "sent")
    with store.read() as tx:
        rows = tx.tickets.rows(map(TicketId, claims))
        assert {row.id: row.acknowledged_by for row in rows} == claims
        assert tx.outbox.counts() == {NoticeState.sent: count}
    assert sent == Counter(f"n{number}" for number in range(count))


def what_was_acknowledged_survives_a_kill(store: SqlStore, desks: list[Desk], chance: random.Random, most: int) -> None:
    """All write at once, and each is killed after so many commits as chance says, in the midst of the next."""
    for desk in desks:
        desk.order("write", 100_000)
    acknowledged: list[list[str]] = []
    for desk in desks:
        acknowledged += desk.said(chance.randint(1, most))
        desk.kill()
        acknowledged += [words for words in desk.until("") if len(words) == 2]
        assert desk.end() == -signal.SIGKILL
    with store.read() as tx:
        for _, number in acknowledged:
            assert tx.journal.of_ticket(tx.tickets.get(TicketId(int(number))).id)
    with store.write() as tx:
        open_one(tx)
    assert store.verify() is None
    what_is_kept_is_exact(store)
