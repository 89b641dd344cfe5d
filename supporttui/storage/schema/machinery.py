"""Counters, and what the database says of itself."""

from sqlalchemy import CheckConstraint, Column, PrimaryKeyConstraint, String, Table

from supporttui.storage.schema.base import Text, Whole, metadata, table, whole

APPLICATION_ID = 0x53545549
"""``STUI`` in the header of an SQLite file: by it our databases are told from others."""
APPLICATION = "supporttui"
SCHEMA_VERSION = 4
MIN_CLIENT = 4
"""The oldest ``SCHEMA_VERSION`` of a program that may still work on this schema."""
REVISION = "0004"
"""The migration that this metadata equals."""

counters = table("counters", Column("name", Text, primary_key=True), whole("value"))
"""``ticket``: last number on SQLite; ``definitions``: moves with each change of a definition."""

stamp = table(
    "stamp",
    Column("id", Whole, primary_key=True, autoincrement=False),
    CheckConstraint("id = 1", name="one"),
    Column("application", Text, nullable=False),
    whole("schema_version"),
    whole("min_client"),
    whole("clock_offset"),
)
"""``clock_offset`` is added to the clock of a PostgreSQL server; only tests move it."""

alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Kept here so that an empty database is made without loading Alembic."""

APP_NOW = """\
CREATE FUNCTION app_now() RETURNS bigint LANGUAGE sql STABLE AS
'SELECT floor(extract(epoch FROM clock_timestamp()))::bigint + (SELECT clock_offset FROM stamp)'"""
"""The only clock that statements read. On SQLite each connection brings its own (``sqlite.py``)."""
