"""From the address of a database to an engine over it: our schema in it, or a fault that says why not."""

from contextlib import ExitStack
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, inspect, select

from supporttui.domain.faults import StoreUnfit
from supporttui.storage import postgres, sqlite
from supporttui.storage.location import Postgres, SqliteFile
from supporttui.storage.schema import (
    APPLICATION,
    APPLICATION_ID,
    SCHEMA_VERSION,
    metadata,
    stamp,
)
from supporttui.usecases.ports import Clock

_CREATING = 0x53545549
"""Key of the lock under which a PostgreSQL schema is made, held only for that transaction."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a database says of its schema."""

    schema_version: int
    min_client: int


def open_engine(location: SqliteFile | Postgres, clock: Clock, *, create: bool, read_only: bool) -> Engine:
    """An engine over a database whose schema fits this program; with ``create`` an empty one is filled.

    Raises:
        StoreUnfit: ``store.missing``, ``store.no_tables``, ``store.not_ours``, ``store.too_old``, ``store.too_new``.
    """
    engine = connect(location, clock, create=create, read_only=read_only)
    with ExitStack() as failing:
        failing.callback(engine.dispose)
        found = read_stamp(engine)
        if found is None and (read_only or not create):
            raise nothing_there(location)
        check_stamp(found or make_schema(engine))
        failing.pop_all()
    return engine


def nothing_there(location: SqliteFile | Postgres) -> StoreUnfit:
    """The fault of a database without our tables: on a server somebody made it, and only the tables are missing."""
    if isinstance(location, Postgres):
        return StoreUnfit("store.no_tables", path=str(location))
    return StoreUnfit("store.missing", path=str(location))


def connect(location: SqliteFile | Postgres, clock: Clock, *, create: bool, read_only: bool) -> Engine:
    """An engine, whatever schema it finds; another program's SQLite file is refused already here."""
    match location:
        case SqliteFile(path):
            return sqlite.open_engine(path, clock, create=create, read_only=read_only)
        case Postgres():
            return postgres.open_engine(location)


def read_stamp(engine: Engine) -> Stamp | None:
    """What the database says of its schema; ``None`` when it is empty.

    Raises:
        StoreUnfit: ``store.not_ours`` when tables of something else are there.
    """
    with engine.connect() as connection:
        return _stamp_in(connection)


def _stamp_in(connection: Connection) -> Stamp | None:
    tables = inspect(connection).get_table_names()
    if stamp.name in tables:
        row = connection.execute(select(stamp.c.application, stamp.c.schema_version, stamp.c.min_client)).one()
        if row.application == APPLICATION:
            return Stamp(row.schema_version, row.min_client)
    if tables:  # without our stamp they are somebody else's, whatever their names
        raise StoreUnfit("store.not_ours", path=connection.engine.url.database or "")
    return None


def make_schema(engine: Engine) -> Stamp:
    """Fill an empty database in one transaction; whoever comes second finds it made."""
    with engine.connect().execution_options(**{sqlite.WRITES: True}) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            # There is no row yet that could be locked; on SQLite the transaction itself is the lock.
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_CREATING})")
        found = _stamp_in(connection)
        if found is not None:
            return found
        metadata.create_all(connection, checkfirst=False)
        mark_ours(connection)
        made = _stamp_in(connection)
        assert made is not None
        return made


def mark_ours(connection: Connection) -> None:
    """Write into the header of an SQLite file whose it is."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def check_stamp(found: Stamp) -> None:
    """Whether this program may work on the schema: newer is fine while it still allows us.

    Raises:
        StoreUnfit: ``store.too_new`` or ``store.too_old``.
    """
    check_not_newer(found)
    if found.schema_version < SCHEMA_VERSION:
        raise StoreUnfit("store.too_old", found=found.schema_version, known=SCHEMA_VERSION)


def check_not_newer(found: Stamp) -> None:
    """Raises StoreUnfit (``store.too_new``) for a schema that only newer programs may touch."""
    if found.min_client > SCHEMA_VERSION:
        raise StoreUnfit("store.too_new", found=found.schema_version, known=SCHEMA_VERSION)
