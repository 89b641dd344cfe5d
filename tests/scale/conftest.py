"""Databases of two sizes, and what is counted on them: statements, steps of the database, rows. No clock is read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from supporttui.storage import SqlStore, open_store
from supporttui.tui import desk
from tests.benchmarks.seed import fill
from tests.builders import MovableClock

FEW, MANY = 1_500, 6_000
"""Both beyond what is counted to (1,000), so that nothing may differ between them."""
STEPS = 10
"""The database tells of every tenth step of its machine."""


class Counted:
    """What the database was asked for."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.parameters: list[Any] = []
        self.steps = 0

    def step(self) -> int:
        """Called by the database; anything but 0 would stop it."""
        self.steps += STEPS
        return 0


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """A database with so many open tickets; made once, and only read."""
    folder = tmp_path_factory.mktemp("scale")

    def made(size: int) -> Path:
        database = folder / f"{size}.sqlite"
        if not database.exists():
            fill(database, size, clock=MovableClock())
        return database

    return made


@pytest.fixture
def at_size(filled: Callable[[int], Path], clock: MovableClock) -> Iterator[Callable[[int], SqlStore]]:
    """A store over so many open tickets."""
    opened: list[SqlStore] = []

    def at(size: int) -> SqlStore:
        opened.append(open_store(str(filled(size)), clock=clock))
        return opened[-1]

    yield at
    for store in opened:
        store.close()


@pytest.fixture(autouse=True)
def _no_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sign of life that the desk asks for every ten seconds is nobody's key."""
    monkeypatch.setattr(desk, "PROBE_SECONDS", 3_600.0)


@contextmanager
def counting() -> Iterator[Counted]:
    """Counts what any engine of this process is asked for, in whichever thread."""
    counted = Counted()

    def heard(connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        counted.statements.append(statement)
        counted.parameters.append(parameters)
        connection.connection.dbapi_connection.set_progress_handler(counted.step, STEPS)

    event.listen(Engine, "before_cursor_execute", heard)
    try:
        yield counted
    finally:
        event.remove(Engine, "before_cursor_execute", heard)
