"""A PostgreSQL server: how connections are opened, limited and tried."""

import time
from collections.abc import Sequence
from types import ModuleType
from typing import Any, cast

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from supporttui.domain.faults import BadInput
from supporttui.storage.connecting import refused_connection
from supporttui.storage.location import Postgres, Secret

CONNECTIONS = 3
"""One writes, two read; the feed has a fourth of its own."""
CONNECT_SECONDS = 5
STATEMENT_SECONDS = 10
IDLE_SECONDS = 10
"""A transaction that stands still so long is ended by the server, whatever became of the desk."""
REST_SECONDS = 60
"""A connection without work for so long is closed by the server; the pool hands out the last used first."""
UNTRIED_SECONDS = 10
"""A connection that rested longer is tried before it is used: the server may have been restarted."""

ARGUMENTS: dict[str, Any] = {
    "prepare_threshold": None,  # a transaction pooler hands each transaction another session
    "connect_timeout": CONNECT_SECONDS,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # a statement that nobody receives must not wait for the kernel's 15 minutes
    "application_name": "supporttui",
    "options": (
        f"-c statement_timeout={STATEMENT_SECONDS}s "
        f"-c idle_in_transaction_session_timeout={IDLE_SECONDS}s "
        f"-c idle_session_timeout={REST_SECONDS}s -c timezone=UTC"
    ),
}


def open_engine(location: Postgres) -> Engine:
    """An engine over a server; nothing is connected yet. Raises BadInput ``store.option``."""
    try:
        engine = create_engine(
            location.url, pool_size=CONNECTIONS, max_overflow=0, pool_timeout=STATEMENT_SECONDS,
            pool_use_lifo=True,  # the one used last is the likeliest to be alive
            hide_parameters=True, connect_args=_arguments(location.url),
        )  # fmt: skip
    except ArgumentError as error:
        raise BadInput("store.option", reason=str(error)[:300]) from None
    _tell_of_failures(engine, location)
    _try_after_rest(engine)
    return engine


def _tell_of_failures(engine: Engine, location: Postgres) -> None:
    """What keeps a connection from coming about is told where the address is still known."""
    lost, secret = driver(engine).Error, location.secret

    @event.listens_for(engine, "do_connect")
    def _connect(dialect: Any, _record: object, arguments: Sequence[Any], given: dict[str, Any]) -> Any:
        if secret is not None:
            given["password"] = secret()
        try:
            return dialect.connect(*arguments, **given)
        except lost as error:
            fault = refused_connection(str(error), location.url)
            if fault is None:
                raise
            raise fault from error


def _try_after_rest(engine: Engine) -> None:
    """A connection that died while it rested is given up; the pool then opens another."""
    lost = driver(engine).Error

    @event.listens_for(engine, "checkin")
    def _rest(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info["rested"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _try(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        rested = record.info.pop("rested", None)
        if rested is None or time.monotonic() - rested < UNTRIED_SECONDS:
            return
        try:
            connection.execute("")  # one round trip, no rights needed
            connection.rollback()
        except lost as error:
            raise DisconnectionError from error


def driver(engine: Engine) -> ModuleType:
    """The module psycopg: SQLAlchemy has loaded it, so that only those pay its start-up who use it."""
    return cast("ModuleType", engine.dialect.loaded_dbapi)


def listen(engine: Engine, secret: Secret | None = None) -> Any:
    """A psycopg connection beside the pool that hears of every commit.

    Raises:
        psycopg.Error: whatever went wrong.
    """
    address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    arguments = {**_arguments(engine.url), "options": "-c timezone=UTC"}
    if secret is not None:
        arguments["password"] = secret()
    connection = driver(engine).connect(address, **arguments, autocommit=True)
    connection.execute("LISTEN supporttui")
    return connection


def _arguments(url: URL) -> dict[str, Any]:
    """What the address says wins."""
    return {key: value for key, value in ARGUMENTS.items() if key not in url.query}
