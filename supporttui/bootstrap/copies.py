"""Copies of a database on disk: made, put back, and made by themselves before its tables change."""

import shlex
from datetime import UTC, datetime
from pathlib import Path

from supporttui.bootstrap.files import whole
from supporttui.domain.faults import BadInput
from supporttui.domain.spans import Instant
from supporttui.storage import backup as copies
from supporttui.storage.backup import Content, Restored
from supporttui.storage.location import Postgres, SqliteFile, locate


def backup(url: str, target: Path, *, force: bool = False) -> Content:
    """Copy an SQLite database while desks go on writing; the copy was looked at before it got its name.

    Raises:
        BadInput: ``backup.postgres`` with the command that copies such a database.
        Refused: ``file.exists``, ``file.unwritable``.
        StoreUnfit, StoreUnavailable: ``store.…``.
    """
    location = locate(url)
    if isinstance(location, Postgres):
        raise _by_postgres("pg_dump", "--format=custom", f"--file={target}", f"--dbname={location}")
    with whole(target, force=force) as beside:
        return copies.backup(location, beside)


def restore(url: str, source: Path, now: Instant, *, force: bool = False) -> Restored:
    """Put a copy in the place of an SQLite database; what stood there is kept beside it.

    Raises:
        BadInput: ``backup.postgres``.
        Refused, StoreUnfit, StoreUnavailable: as ``storage.backup.restore``.
    """
    location = locate(url)
    if isinstance(location, Postgres):
        raise _by_postgres(
            "pg_restore", "--clean", "--if-exists", "--single-transaction", f"--dbname={location}", str(source)
        )
    return copies.restore(source, location, _beside(location.path, "replaced", now), force=force)


def before_change(location: SqliteFile, now: Instant) -> str:
    """Copy a database whose tables are about to change; the copy's name."""
    kept = _beside(location.path, "before-upgrade", now)
    with whole(kept, force=False) as beside:
        copies.backup(location, beside)
    return str(kept)


def _by_postgres(*command: str) -> BadInput:
    return BadInput("backup.postgres", command=shlex.join(command))


def _beside(path: Path, why: str, now: Instant) -> Path:
    """A name that says why and since when, and that nobody has yet."""
    name = f"{path.name}.{why}-{datetime.fromtimestamp(now, UTC):%Y%m%dT%H%M%SZ}"
    names = (path.with_name(f"{name}{again}") for again in ("", *(f"-{number}" for number in range(2, 1000))))
    return next(one for one in names if not one.exists())
