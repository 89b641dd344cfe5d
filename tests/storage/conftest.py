"""Both databases behind one fixture: a test that takes ``database`` is a promise of both."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import create_engine, text

from supporttui.domain.spans import Instant
from supporttui.storage import SqlStore, open_store
from tests.storage.making import NOW


@dataclass
class Database:
    """A database of this test alone; stores are closed at its end."""

    kind: str
    url: str
    now: int = NOW
    opened: list[SqlStore] = field(default_factory=list)

    def clock(self) -> Instant:
        return Instant(self.now)

    def open(self, **options) -> SqlStore:
        store = open_store(self.url, clock=self.clock, **options)
        self.opened.append(store)
        return store

    def forward(self, seconds: int) -> None:
        """Let the database's clock go on."""
        self.now += seconds
        if self.kind == "postgresql":
            self.run(f"UPDATE stamp SET clock_offset = clock_offset + {seconds}")

    def run(self, *statements: str) -> None:
        """Past the program, as somebody with another tool would."""
        if self.kind == "sqlite":
            with self.opened[0]._writer.begin() as connection:
                for statement in statements:
                    connection.execute(text(statement))
            return
        engine = create_engine(self.url)
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()


@pytest.fixture
def meanwhile(store: SqlStore) -> Iterator[Callable[[Callable[[], object]], None]]:
    """Let another desk write while a transaction of ``store`` reads; it has committed when the call returns.

    With a rollback journal the commit waits for the reader, and comes when its transaction ends.
    """
    threads: list[threading.Thread] = []
    concurrent = store.about().get("journal_mode", "wal") == "wal"

    def start(write: Callable[[], object]) -> None:
        threads.append(threading.Thread(target=write))
        threads[-1].start()
        if concurrent:
            threads[-1].join(30)

    yield start
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    name = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    made = Database(request.param, request.getfixturevalue(name))
    yield made
    for store in made.opened:
        store.close()


@pytest.fixture
def store(database: Database) -> SqlStore:
    return database.open()


@pytest.fixture
def other(database: Database, store: SqlStore) -> SqlStore:
    """A second desk on the same database."""
    return database.open()
