"""One SQLite file: which library, how it is made, opened and locked.

One library a process, chosen once, and nothing else may open the file: two of them on one file release
each other's locks, and a commit is lost.
"""

import errno
import functools
import importlib
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from supporttui.domain.faults import StoreUnavailable, StoreUnfit
from supporttui.storage.errors import is_locked
from supporttui.storage.location import refuse_network
from supporttui.storage.schema import APPLICATION_ID
from supporttui.usecases.ports import Clock

BUSY_SECONDS = 5
ATTEMPTS = 2
"""How often the lock is waited for, ``BUSY_SECONDS`` each; then the person is told."""
CONNECTIONS = 3
"""One writes, two read; the feed has a fourth of its own."""
CACHE_KIB = 512
"""Of each connection. A page of the queue reads a few dozen pages of the file, which the system has at hand anyway; so
a desk on a large database is not a larger program (``tests/benchmarks``)."""
WRITES = "supporttui_writes"
"""Execution option of a connection that begins its transactions with the write lock."""

Driver = Any
"""A connection of the library; its type depends on which one was chosen."""


@functools.cache
def library() -> ModuleType:
    """The newer SQLite of ``pysqlite3`` where it is installed, else Python's own."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3")


def free_of_wal_race(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the "WAL reset" race repaired: since 3.51.3, and in 3.50.7 and 3.44.6."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def connector(path: Path, clock: Clock, *, mode: str) -> Callable[[], Driver]:
    """How to connect: ``mode`` is ``rw`` or ``ro``, with more parameters or none; never makes the file."""
    address = f"file:{quote(str(path))}?mode={mode}"

    def connect() -> Driver:
        # Transactions are begun by ``_begin``, never late and unasked by the driver. The pool hands a connection
        # from thread to thread, but never to two at once.
        driver = library().connect(
            address, uri=True, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False
        )
        driver.execute("PRAGMA foreign_keys = ON")
        driver.execute("PRAGMA synchronous = FULL")  # what was acknowledged survives a power cut, in WAL mode too
        driver.execute("PRAGMA trusted_schema = OFF")  # a file from elsewhere may bring views and triggers
        driver.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        driver.create_function("app_now", 0, clock)
        return driver

    return connect


def open_engine(path: Path, clock: Clock, *, create: bool, read_only: bool) -> Engine:
    """An engine over one file, after looking that the file is ours or empty.

    Raises:
        StoreUnfit: ``store.missing``, ``store.not_ours``, ``store.network_file``,
            ``store.library_too_old``.
        StoreUnavailable: ``store.unreachable`` or ``store.read_only``, each with a ``reason``; ``store.locked``.
    """
    refuse_network(path)
    if create and not read_only:
        make_private(path)
    elif not _exists(path):
        raise StoreUnfit("store.missing", path=str(path))
    if not path.is_file():  # a folder, or a pipe that would never answer
        raise StoreUnfit("store.not_ours", path=str(path))
    if not os.access(path, os.R_OK):  # only looked at: to open and close it here would end SQLite's locks on it
        raise _unopened(path, os.strerror(errno.EACCES))
    fresh = _recognise(path, clock)
    connect = connector(path, clock, mode="ro" if read_only else "rw")
    if not read_only:
        _choose_journal(connect, path, fresh=fresh)
    engine = create_engine(
        "sqlite://", module=library(), creator=connect, poolclass=QueuePool,
        pool_size=CONNECTIONS, max_overflow=0, pool_timeout=BUSY_SECONDS, hide_parameters=True,
    )  # fmt: skip
    event.listen(engine, "begin", _begin)
    event.listen(engine, "commit", _commit)
    return engine


def memory_engine(clock: Clock) -> Engine:
    """An engine over one connection to a database in memory; its users take turns."""

    def connect() -> Driver:
        driver = library().connect(":memory:", isolation_level=None, check_same_thread=False)
        driver.execute("PRAGMA foreign_keys = ON")
        driver.create_function("app_now", 0, clock)
        return driver

    engine = create_engine("sqlite://", module=library(), creator=connect, poolclass=StaticPool, hide_parameters=True)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "commit", _commit)
    return engine


def _begin(connection: Connection) -> None:
    """Writers take the lock before they read: a lock taken later would lose updates or fail at once."""
    if connection.get_execution_options().get(WRITES):
        _patiently(connection, "BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN")


def _commit(connection: Connection) -> None:
    """With a rollback journal a commit waits for readers; the driver's own commit then finds it done.

    A commit that fails leaves the transaction open, and the pool takes it for ended: it would keep the lock.
    """
    try:
        _patiently(connection, "COMMIT")
    except DBAPIError:
        connection.connection.rollback()
        raise


def _patiently(connection: Connection, statement: str) -> None:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            connection.exec_driver_sql(statement)
        except OperationalError as error:
            if attempt == ATTEMPTS or not is_locked(error):
                raise
        else:
            return


def make_private(path: Path) -> None:
    """An empty file that only its owner may read; side files of SQLite take over its mode."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError as error:
        if not _exists(path):  # a file stands where the folder would have to be
            raise _unopened(path, os.strerror(errno.ENOTDIR)) from error
    except OSError as error:
        raise _unopened(path, error.strerror) from error


def _exists(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise _unopened(path, error.strerror) from error
    return True


def _recognise(path: Path, clock: Clock) -> bool:
    """Whether the file is empty; refuses another program's database, having written nothing.

    A file at rest is looked at without locks or side files, then through a connection that cannot
    write; only where a writer died, one that can is needed to put the file in order.
    """
    at_rest = not any(path.with_name(path.name + side).exists() for side in ("-wal", "-journal"))
    modes = ["ro&immutable=1"] * at_rest + ["ro", "rw"]
    while True:
        mode = modes.pop(0)
        try:
            return _is_empty(connector(path, clock, mode=mode), path)
        except library().DatabaseError as error:
            fault = fault_of(error, path)
            if fault.code in ("store.not_ours", "store.locked") or not modes:
                raise fault from error


def fault_of(error: Exception, path: Path) -> StoreUnfit | StoreUnavailable:
    """What an error of the library says of a file."""
    text = str(error)
    if "not a database" in text:
        return StoreUnfit("store.not_ours", path=str(path))
    if "malformed" in text:
        return StoreUnfit("store.damaged", path=str(path))
    if "locked" in text:
        return StoreUnavailable("store.locked", path=str(path))
    if "disk is full" in text:
        return StoreUnavailable("store.disk_full", path=str(path))
    if "readonly" in text:
        return StoreUnavailable("store.read_only", reason=f"{path}: {text}")
    return _unopened(path, text)


def _unopened(path: Path, reason: str | None) -> StoreUnavailable:
    return StoreUnavailable("store.unreachable", reason=f"{path}: {reason or '-'}")


def _is_empty(connect: Callable[[], Driver], path: Path) -> bool:
    driver = connect()
    try:
        application = driver.execute("PRAGMA application_id").fetchall()[0][0]
        tables = driver.execute("SELECT count(*) FROM sqlite_master").fetchall()[0][0]
    finally:
        driver.close()
    if application == APPLICATION_ID:
        return False
    if application or tables:
        raise StoreUnfit("store.not_ours", path=str(path))
    return True


def _choose_journal(connect: Callable[[], Driver], path: Path, *, fresh: bool) -> None:
    """Write-ahead log where the library is free of its race, and never with one that is not.

    A file is not moved to the log later: an older program may have it open.
    """
    module = library()
    safe = free_of_wal_race(module.sqlite_version_info)
    if safe and not fresh:
        return
    try:
        driver = connect()
        try:
            wanted = "wal" if safe else "delete"
            mode = driver.execute(f"PRAGMA journal_mode = {wanted}").fetchall()[0][0]
        finally:
            driver.close()
    except module.DatabaseError as error:
        raise fault_of(error, path) from error
    if not safe and mode == "wal":
        raise StoreUnfit("store.library_too_old", version=module.sqlite_version)
