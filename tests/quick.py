"""Stores for tests that make many: what they say to the database is put into its words once a run, not once a store."""

import contextlib
import functools
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine

from supporttui.domain.spans import Instant
from supporttui.storage import SqlStore
from supporttui.storage import memory_store as real_memory_store
from supporttui.storage.sqlite import memory_engine
from supporttui.storage.wakers import MemoryWaker


class _Compiled(dict[tuple[Any, ...], Any]):
    """Statements by what they say and the dialect's name; an engine would keep its own, by its very own dialect."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), compiled)


_COMPILED = _Compiled()


def quick(opened: SqlStore) -> SqlStore:
    """The same store, which does not compile what another one did, and need not outlast a power cut."""
    for engine in (opened._engine, opened._reader, opened._writer):
        engine.update_execution_options(compiled_cache=_COMPILED)
    with contextlib.closing(opened._engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA synchronous = OFF")
    return opened


def memory_store(clock: Callable[[], Instant]) -> SqlStore:
    """An empty one in memory, copied instead of made."""
    engine = memory_engine(clock)
    with contextlib.closing(engine.raw_connection()) as empty, contextlib.closing(_template().raw_connection()) as made:
        made.driver_connection.backup(empty.driver_connection)
    return quick(SqlStore(engine, url="sqlite://", waker=MemoryWaker, read_only=False))


@functools.cache
def _template() -> Engine:
    return real_memory_store(lambda: Instant(0))._engine
