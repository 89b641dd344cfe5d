"""Schema changes: what state a database is in, bringing it up to date, and drift from the tables.

Alembic is loaded here and nowhere else; an empty database is made without it (``engine.make_schema``).
"""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine

from supporttui.domain.faults import StoreUnfit
from supporttui.domain.spans import Instant
from supporttui.storage import engine as engines
from supporttui.storage import upkeep
from supporttui.storage.errors import translated
from supporttui.storage.location import Secret, locate
from supporttui.storage.schema import SCHEMA_VERSION, metadata
from supporttui.storage.schema.kept import INDEX
from supporttui.storage.sqlite import WRITES

_LOCK_SECONDS = 2
"""A schema change that waits for one idle reader makes everybody behind it wait: give up soon."""


def schema_state(url: str, secret: Secret | None = None) -> engines.Stamp | None:
    """What a database says of its schema; ``None`` when it is empty.

    Raises:
        StoreUnfit: ``store.missing`` or ``store.not_ours``.
    """
    with translated():
        engine = _open(url, secret, create=False)
        try:
            return engines.read_stamp(engine)
        finally:
            engine.dispose()


def upgrade(url: str, secret: Secret | None = None) -> None:
    """Bring a database to the newest schema, in one transaction; an empty or missing one is filled.

    Raises:
        StoreUnfit: ``store.not_ours``, ``store.too_new``, or ``store.revision`` where another program changed it.
        StoreUnavailable: ``store.locked`` when others work on it; nothing was changed.
    """
    with translated():
        engine = _open(url, secret, create=True)
        try:
            found = engines.read_stamp(engine)
            if found is not None:
                engines.check_not_newer(found)
            with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
                _take_time(connection)
                _migrate(connection)
                if found is not None and found.schema_version < SCHEMA_VERSION:
                    upkeep.rebuild(connection)
                engines.mark_ours(connection)
        finally:
            engine.dispose()


def repair(url: str, secret: Secret | None = None) -> None:
    """Make anew what is kept beside tickets and journal: searched texts, their index, counts.

    Raises:
        StoreUnfit, StoreUnavailable: ``store.…``; nothing was changed.
    """
    with translated():
        engine = _open(url, secret, create=False)
        try:
            if (found := engines.read_stamp(engine)) is not None:
                engines.check_stamp(found)
            with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
                _take_time(connection)
                upkeep.rebuild(connection)
        finally:
            engine.dispose()


def check(url: str, secret: Secret | None = None) -> tuple[str, ...]:
    """In what the tables of a database differ from ours, and what is kept in them from what it follows from."""
    with translated():
        engine = _open(url, secret, create=False)
        try:
            with engine.connect() as connection, connection.begin():
                context = MigrationContext.configure(connection, opts={"include_object": _is_ours})
                tables = tuple(str(difference) for difference in compare_metadata(context, metadata))
                return tables or tuple(upkeep.differences(connection))
        finally:
            engine.dispose()


def _open(url: str, secret: Secret | None, *, create: bool) -> Engine:
    return engines.connect(locate(url, secret), _no_clock, create=create, read_only=False)


def _take_time(connection: Connection) -> None:
    """On PostgreSQL, for statements over whole tables; not for waiting."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'")
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        found = MigrationContext.configure(connection).get_current_revision()
        raise StoreUnfit("store.revision", found=found or "-") from error


def _is_ours(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
    """The index of searched texts is made by hand, and SQLite keeps it in tables of its own."""
    return kind not in ("table", "index") or not (name or "").startswith(INDEX)


def _no_clock() -> Instant:
    """A schema is the same at every instant."""
    return Instant(0)
