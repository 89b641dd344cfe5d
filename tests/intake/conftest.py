"""What the intake tests share: a store in memory, an administrator's calls, a folder of small files."""

import importlib.util
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from supporttui.domain.ids import OperationId, PersonId
from supporttui.domain.spans import Instant
from supporttui.storage.store import SqlStore, memory_store
from supporttui.usecases.ports import Call

NOW = Instant(1_772_413_200)
"""2026-03-02T01:00:00Z."""


@pytest.fixture
def store() -> Iterator[SqlStore]:
    """An empty database."""
    found = memory_store(lambda: NOW)
    yield found
    found.close()


@pytest.fixture
def call() -> Callable[[], Call]:
    """A new call of the person ``me`` each time."""
    numbers = itertools.count(1)
    return lambda: Call(PersonId("me"), NOW, OperationId(f"operation-{next(numbers)}"))


@pytest.fixture(scope="session")
def rows() -> ModuleType:
    """``rows.py`` beside this file: small files of the shapes that imports meet."""
    spec = importlib.util.spec_from_file_location("intake_rows", Path(__file__).with_name("rows.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
