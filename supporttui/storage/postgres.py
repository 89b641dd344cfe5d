"""A PostgreSQL server: how connections are opened and limited. psycopg is imported by SQLAlchemy here."""

import time
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError

from supporttui.storage.location import Postgres

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
    "application_name": "supporttui",
    "options": (
        f"-c statement_timeout={STATEMENT_SECONDS}s "
        f"-c idle_in_transaction_session_timeout={IDLE_SECONDS}s "
        f"-c idle_session_timeout={REST_SECONDS}s -c timezone=UTC"
    ),
}


def open_engine(location: Postgres) -> Engine:
    """An engine over a server; nothing is connected yet."""
    engine = create_engine(
        location.url, pool_size=CONNECTIONS, max_overflow=0, pool_timeout=STATEMENT_SECONDS,
        pool_use_lifo=True, hide_parameters=True, connect_args=_arguments(location.url),
    )  # fmt: skip
    event.listen(engine, "checkin", _rested)
    event.listen(engine, "checkout", _tried)
    return engine


def listen(url: URL) -> Any:
    """A psycopg connection that hears of every commit.

    Raises:
        psycopg.Error: whatever went wrong.
    """
    import psycopg  # 0.2 s of start-up that SQLite does without

    driver = psycopg.connect(
        url.set(drivername="postgresql").render_as_string(hide_password=False),
        **{**_arguments(url), "options": "-c timezone=UTC"}, autocommit=True,
    )  # fmt: skip
    driver.execute("LISTEN supporttui")
    return driver


def _arguments(url: URL) -> dict[str, Any]:
    """What the address says wins."""
    return {key: value for key, value in ARGUMENTS.items() if key not in url.query}


def _rested(_driver: object, record: Any) -> None:
    record.info["rested"] = time.monotonic()


def _tried(driver: Any, record: Any, _proxy: object) -> None:
    """Raise DisconnectionError for a dead connection; the pool then opens another."""
    rested = record.info.pop("rested", None)
    if rested is None or time.monotonic() - rested < UNTRIED_SECONDS:
        return
    import psycopg  # loaded already where there is a connection; start-up does without it

    try:
        driver.execute("")
        driver.rollback()
    except psycopg.Error as error:
        raise DisconnectionError from error
