"""Databases for tests: an SQLite file or a PostgreSQL database that no other test has touched."""

import fcntl
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, NullPool, create_engine, text

from supporttui.domain.spans import Instant
from supporttui.storage import open_store
from supporttui.storage.schema import metadata, seed
from tests import postgres

_FOLDER = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """One folder a run: whichever worker needs the server first starts it there."""
    given = getattr(config, "workerinput", {}).get("postgres_folder")
    config.stash[_FOLDER] = Path(given or tempfile.mkdtemp(prefix="stui-"))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    node.workerinput["postgres_folder"] = str(node.config.stash[_FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that made the folder ends the server; workers are gone by then."""
    if not hasattr(config, "workerinput"):
        folder = config.stash[_FOLDER]
        postgres.stop(folder / "s") if (folder / "s").exists() else None
        shutil.rmtree(folder, ignore_errors=True)


def _at_zero() -> Instant:
    return Instant(0)


@pytest.fixture(scope="session")
def postgres_server(pytestconfig: pytest.Config) -> postgres.Server:
    """The server of this run."""
    folder = pytestconfig.stash[_FOLDER]
    folder.chmod(0o711)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        home, ready = folder / "s", folder / "ready"
        if ready.exists():
            return postgres.Server(home, os.environ.get(postgres.GIVEN, ""))
        home.mkdir(mode=0o700)
        server = postgres.start(home)
        ready.touch()
        return server


_numbers = itertools.count(1)


def _name() -> str:
    return f"test_{os.getpid()}_{next(_numbers)}"


def _made(server: postgres.Server) -> Iterator[tuple[str, Engine]]:
    """One database a worker: making one takes as long as many tests."""
    name = _name()
    url = server.create(name)
    open_store(url, clock=_at_zero, create=True).close()
    engine = create_engine(url, poolclass=NullPool)
    yield url, engine
    server.drop(name)


def _lent(made: tuple[str, Engine]) -> Iterator[str]:
    url, engine = made
    yield url
    with engine.begin() as connection:
        connection.execute(text(_END_OTHERS))
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
        connection.execute(text("ALTER SEQUENCE ticket_number RESTART"))
        seed(connection)


@pytest.fixture(scope="session")
def _postgres_database(postgres_server: postgres.Server) -> Iterator[tuple[str, Engine]]:
    yield from _made(postgres_server)


@pytest.fixture(scope="session")
def _second_postgres_database(postgres_server: postgres.Server) -> Iterator[tuple[str, Engine]]:
    yield from _made(postgres_server)


@pytest.fixture
def postgres_url(_postgres_database: tuple[str, Engine]) -> Iterator[str]:
    """A database that nobody else uses, empty but for our schema; it is emptied again afterwards."""
    yield from _lent(_postgres_database)


@pytest.fixture
def second_postgres_url(_second_postgres_database: tuple[str, Engine]) -> Iterator[str]:
    """Another one, for what goes from one database to the other."""
    yield from _lent(_second_postgres_database)


_END_OTHERS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture
def empty_postgres_url(postgres_server: postgres.Server) -> Iterator[str]:
    """A database with nothing in it."""
    name = _name()
    yield postgres_server.create(name)
    postgres_server.drop(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An empty database of our schema, as bytes."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    open_store(str(path), clock=_at_zero, create=True).close()
    return path.read_bytes()


@pytest.fixture
def sqlite_url(sqlite_template: bytes, tmp_path: Path) -> str:
    """An SQLite file of its own, empty but for our schema."""
    path = tmp_path / "desk.db"
    path.touch(mode=0o600)
    path.write_bytes(sqlite_template)
    return f"sqlite:///{path}"
