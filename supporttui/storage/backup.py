"""Copies of an SQLite database: made while desks write, looked at before they are trusted, put back.

Only SQLite's own backup copies the pages, through the one library of this process; the file itself is never
read or copied past it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select, update

from supporttui.domain.faults import Refused, StoreUnavailable, StoreUnfit
from supporttui.domain.spans import Instant
from supporttui.storage import chain, sqlite
from supporttui.storage import engine as engines
from supporttui.storage.errors import translated
from supporttui.storage.location import SqliteFile, refuse_network
from supporttui.storage.schema import journal, journal_head, outbox
from supporttui.storage.sqlite import Driver, connector, free_of_wal_race, library
from supporttui.usecases.ports import NoticeState

RESTORED = "restored"
"""Error of a notice that had not left when a copy was made: it is held back, for it may have left since."""
_NOT_LEFT = tuple(
    state.value for state in (NoticeState.pending, NoticeState.sending, NoticeState.failed, NoticeState.bundled)
)


@dataclass(frozen=True, slots=True)
class Content:
    """What a database of ours holds."""

    schema: int
    facts: int
    """The journal's newest number."""
    newest: Instant | None
    """When its newest fact was recorded."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and what became of what stood there."""

    content: Content
    kept: str
    """The file that holds what was replaced; empty where there was nothing."""
    held: int
    """Notices that had not left when the copy was made; they do not leave any more."""


def look(path: Path) -> Content:
    """Make sure that a file is a whole database of ours, by reading all of it.

    Raises:
        StoreUnfit: ``store.missing``, ``store.not_ours``, ``store.too_new``, ``store.damaged``,
            ``store.chain_broken`` with the first number that is wrong.
    """
    with translated():
        engine = sqlite.open_engine(path, _no_clock, create=False, read_only=True)
        try:
            stamp = engines.read_stamp(engine)
            if stamp is None:
                raise StoreUnfit("store.missing", path=str(path))
            engines.check_not_newer(stamp)
            with engine.connect() as connection, connection.begin():
                _check_pages(connection, path)
                return _content(connection, path, stamp.schema_version)
        finally:
            engine.dispose()


def _check_pages(connection: Connection, path: Path) -> None:
    said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if list(said) != ["ok"] or orphans:
        raise StoreUnfit("store.damaged", path=str(path))


def _content(connection: Connection, path: Path, schema: int) -> Content:
    broken = chain.verify(connection)
    if broken is not None:
        raise StoreUnfit("store.chain_broken", path=str(path), seq=broken)
    facts = connection.execute(select(journal_head.c.seq)).scalar_one()
    newest = connection.execute(select(func.max(journal.c.recorded_at))).scalar_one()
    return Content(schema, facts, None if newest is None else Instant(newest))


def backup(location: SqliteFile, target: Path) -> Content:
    """Copy a database, whatever is written to it meanwhile, into an empty file; then look at the copy.

    Raises:
        StoreUnfit, StoreUnavailable: ``store.…``, of the source or as ``look``.
    """
    sqlite.open_engine(location.path, _no_clock, create=False, read_only=True).dispose()  # ours, or a fault
    with _driver(location.path, mode="ro") as source:
        _copy(source, target)
    return look(target)


def _copy(source: Driver, target: Path) -> None:
    """In one step, which a writer cannot make begin again; the copy is one file without side files."""
    with _driver(target, mode="rw") as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def restore(source: Path, location: SqliteFile, aside: Path, *, force: bool) -> Restored:
    """Put the content of a copy into a database that nobody else has open; what it held goes to ``aside``.

    A file that SQLite cannot read is moved to ``aside``. ``force`` replaces what has facts or cannot be read.

    Raises:
        StoreUnfit: as ``look``, of the copy; ``store.not_ours`` for another program's database.
        StoreUnavailable: ``store.in_use`` while somebody has the database open; ``store.…``.
        Refused: ``restore.replaces``.
    """
    look(source)
    target = location.path
    refuse_network(target)
    kept = _clear(target, aside, force=force)
    sqlite.make_private(target)
    with _driver(source, mode="ro") as copy, _alone(target) as driver:
        if not kept and driver.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            sqlite.make_private(aside)
            _copy(driver, aside)
            kept = str(aside)
        copy.backup(driver)
        if free_of_wal_race(library().sqlite_version_info):
            driver.execute("PRAGMA journal_mode = WAL")
    return Restored(look(target), kept, _hold(target))


def _clear(target: Path, aside: Path, *, force: bool) -> str:
    """Whether the place may be taken; a file that is no database any more is moved away, and its new name given."""
    try:
        engine = sqlite.open_engine(target, _no_clock, create=False, read_only=True)
    except StoreUnfit as fault:
        if fault.code == "store.missing":
            return ""
        if not force or _is_of_others(target, fault):
            raise
        return _moved(target, aside)
    try:
        with translated(), engine.connect() as connection, connection.begin():
            used = (
                engines.read_stamp(engine) is not None and connection.execute(select(journal_head.c.seq)).scalar_one()
            )
    finally:
        engine.dispose()
    if used and not force:
        raise Refused("restore.replaces", path=str(target), facts=used, kept=str(aside))
    return ""


def _is_of_others(target: Path, fault: StoreUnfit) -> bool:
    """Whether SQLite reads the file, and finds another program's tables in it."""
    if fault.code != "store.not_ours":
        return False
    try:
        with _driver(target, mode="ro") as driver:
            return bool(driver.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except StoreUnfit:
        return False


def _moved(target: Path, aside: Path) -> str:
    for side in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            os.replace(f"{target}{side}", f"{aside}{side}")  # noqa: PTH105  a name with a suffix of SQLite's
    return str(aside)


@contextmanager
def _alone(path: Path) -> Iterator[Driver]:
    """A connection while no other has the file open: in WAL mode each holds a lock on it for as long as it lives.

    With a rollback journal only running transactions lock; whoever rests reads what is put back.
    """
    with _driver(path, mode="rw") as driver:
        driver.execute("PRAGMA busy_timeout = 0")
        try:
            driver.execute("PRAGMA locking_mode = EXCLUSIVE")
            driver.execute("BEGIN EXCLUSIVE")
            driver.execute("COMMIT")
        except library().OperationalError as error:
            if "locked" not in str(error):
                raise
            raise StoreUnavailable("store.in_use", path=str(path)) from error
        yield driver


@contextmanager
def _driver(path: Path, *, mode: str) -> Iterator[Driver]:
    """A bare connection; what the library says of the file is told as a fault."""
    try:
        driver = connector(path, _no_clock, mode=mode)()
        try:
            yield driver
        finally:
            driver.close()
    except library().DatabaseError as error:
        raise sqlite.fault_of(error, path) from error


def _hold(path: Path) -> int:
    with translated():
        engine = sqlite.open_engine(path, _no_clock, create=False, read_only=False)
        try:
            with engine.connect().execution_options(**{sqlite.WRITES: True}) as connection, connection.begin():
                held = update(outbox).where(outbox.c.state.in_(_NOT_LEFT))
                done = connection.execute(held.values(state=NoticeState.held.value, error=RESTORED))
                return done.rowcount
        finally:
            engine.dispose()


def _no_clock() -> Instant:
    """A copy is the same at every instant."""
    return Instant(0)
