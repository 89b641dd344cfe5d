"""Fixtures that every test may use."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from supporttui.storage import SqlStore, open_store
from tests.builders import MovableClock, site
from tests.quick import quick

pytest_plugins = ["tests.fixtures_storage"]
"""Databases for tests: an SQLite file and a PostgreSQL database each, both copied from a template."""

# ``pytest -m core`` is for every save, ``pytest --hypothesis-profile=thorough`` for the night.
settings.register_profile("default", deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("core", settings.get_profile("default"), max_examples=8)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=2_000)
settings.load_profile("default")


def pytest_configure(config: pytest.Config) -> None:
    """By itself the core part tries fewer examples; as part of the whole it tries as many as all the rest."""
    if config.getoption("markexpr") == "core" and not config.getoption("--hypothesis-profile", default=None):
        settings.load_profile("core")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With ``-m core``, modules that do not speak of it stay unread: to import them takes longer than the core part."""
    if config.getoption("markexpr") != "core" or collection_path.suffix != ".py":
        return None
    return "mark.core" not in collection_path.read_text(encoding="utf-8") or None


def pytest_collection_finish() -> None:
    """What was read so far stays: to look at all of it again and again would take a seventh of the time of the tests."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def clock() -> MovableClock:
    """A clock that stands until it is moved: ``clock.forward(minutes=30)``."""
    return MovableClock()


@pytest.fixture
def store(sqlite_url: str, clock: MovableClock) -> Iterator[SqlStore]:
    """An SQLite file with nothing in it but our schema."""
    opened = quick(open_store(sqlite_url, clock=clock))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def site_template(sqlite_template: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database in which ``builders.site`` has defined a small desk, as bytes."""
    path = tmp_path_factory.mktemp("site") / "site.db"
    path.write_bytes(sqlite_template)
    opened = open_store(f"sqlite:///{path}", clock=MovableClock())
    site(opened)
    opened.close()
    return path.read_bytes()


@pytest.fixture
def site_url(site_template: bytes, tmp_path: Path) -> str:
    """A small desk of its own: people, services, rota and policy, no tickets."""
    path = tmp_path / "site.db"
    path.touch(mode=0o600)
    path.write_bytes(site_template)
    return f"sqlite:///{path}"


@pytest.fixture
def site_store(site_url: str, clock: MovableClock) -> Iterator[SqlStore]:
    """The small desk, opened."""
    opened = quick(open_store(site_url, clock=clock))
    yield opened
    opened.close()
