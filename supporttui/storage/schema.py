"""The tables, the same on SQLite and PostgreSQL.

What is true stands in ``journal`` and ``definitions``; every other table is stored for reading, or
is a piece of machinery (head row, lease, outbox, stamp). Instants are whole seconds.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Sequence,
    SmallInteger,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy import Text as AnyText
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import SchemaItem

from supporttui.domain.text import storable

APPLICATION_ID = 0x53545549
"""``STUI`` in the header of an SQLite file: by it our databases are told from others."""
APPLICATION = "supporttui"
SCHEMA_VERSION = 1
MIN_CLIENT = 1
"""The oldest ``SCHEMA_VERSION`` of a program that may still work on this schema."""
REVISION = "0001"
"""The migration that this metadata equals."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Whole = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of 64 bits; STRICT tables of SQLite know it as INTEGER."""
Small = SmallInteger().with_variant(Integer(), "sqlite")


class Text(TypeDecorator[str]):
    """Text as it came, but for what one database or the other cannot hold."""

    impl = AnyText
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002, D102
        return value if value is None else storable(value)


def _table(name: str, *items: SchemaItem) -> Table:
    """STRICT on SQLite, so that both databases refuse the same wrong types."""
    return Table(name, metadata, *items, sqlite_strict=True)


def _whole(name: str, default: int | None = None) -> Column[int]:
    return Column(name, Whole, nullable=False, server_default=None if default is None else text(str(default)))


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _of_ticket() -> Column[int]:
    """Deferred to the commit, so that a transaction may write in any order."""
    key = ForeignKey("tickets.id", deferrable=True, initially="DEFERRED")
    return Column("ticket", Whole, key, primary_key=True, autoincrement=False)


# --- tickets and what is read with them -----------------------------------------------------------
# Services, teams and people are named without a foreign key: an import and the store behind --as-of
# may know a ticket whose definitions came later.

tickets = _table(
    "tickets",
    Column("id", Whole, primary_key=True, autoincrement=False),
    _whole("version"),
    _text("title"),
    Column("state", Text, nullable=False),
    Column("is_open", Small, nullable=False),
    Column("priority", Small, nullable=False),
    Column("impact", Small, nullable=False),
    Column("urgency", Small, nullable=False),
    _text("kind"),
    _text("service"),
    _text("team"),
    _text("resolver"),
    Column("owner", Text),
    Column("acknowledged_by", Text),
    Column("acknowledged_at", Whole),
    _text("requester"),
    _text("language"),
    _text("zone"),
    _text("category"),
    Column("drill", Small, nullable=False),
    _text("text"),
    _text("hold_reason"),
    Column("hold_until", Whole),
    Column("resolved_at", Whole),
    _text("resolution"),
    _whole("reopened"),
    _whole("hops"),
    _whole("created_at"),
    _whole("updated_at"),
    _text("last_operation"),
    _text("refs"),
    _text("search"),
    Column("escalated", Small, nullable=False, server_default=text("0")),
    Column("sort_bucket", Small, nullable=False),
    _whole("sort_key"),
    Column("metric", Text),
    Column("due", Whole),
    _whole("seconds", 0),
    _whole("remaining", 0),
    _whole("anchor", 0),
    Column("calendar", Text),
    CheckConstraint("version >= 1", name="version"),
)
"""``metric`` to ``calendar`` repeat the timer that decides the order; ``refs`` is JSON."""

QUEUE_COLUMNS = (
    "id", "version", "title", "state", "priority", "service", "team", "resolver", "owner",
    "acknowledged_by", "requester", "kind", "language", "created_at", "updated_at", "sort_bucket",
    "sort_key", "metric", "due", "seconds", "remaining", "anchor", "calendar", "escalated", "drill",
    "search",
)  # fmt: skip
"""What a row of the queue shows, in the order of ``QueueRow`` (its sort key is two columns)."""

_open = {"sqlite_where": text("is_open = 1"), "postgresql_where": text("is_open = 1")}
_sla_keys = (tickets.c.sort_bucket, tickets.c.sort_key, tickets.c.id)
Index("ix_tickets_open_sla", *_sla_keys, **_open)
Index("ix_tickets_open_priority", tickets.c.priority, *_sla_keys, **_open)
Index("ix_tickets_open_created", tickets.c.created_at, tickets.c.id, **_open)
Index("ix_tickets_open_updated", tickets.c.updated_at, tickets.c.id, **_open)
Index("ix_tickets_open_number", tickets.c.id, **_open)
# They hold the keys and not the shown columns: a page is one walk and one look-up a row, which costs
# less than it would to rewrite five copies of the row with each write.

ticket_number = Sequence("ticket_number", metadata=metadata)
"""PostgreSQL only; SQLite counts in ``counters``."""

timers = _table(
    "timers",
    _of_ticket(),
    Column("metric", Text, primary_key=True),
    Column("cycle", Whole, primary_key=True, autoincrement=False),
    _whole("seconds"),
    Column("calendar", Text),
    _whole("started"),
    Column("state", Text, nullable=False),
    Column("due", Whole),
    _whole("remaining"),
    _whole("anchor"),
    Column("stopped", Whole),
    Column("late", Small, nullable=False),
    Column("breached_at", Whole),
    _text("warn_at"),
    Column("derived", Small, nullable=False),
)

ticket_references = _table(
    "ticket_references",
    _of_ticket(),
    Column("system", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    _text("url"),
    Index(None, "system", "key"),
)

imported_rows = _table(
    "imported_rows",
    Column("system", Text, primary_key=True),
    Column("number", Text, primary_key=True),
    Column("row", Text, primary_key=True),
    _whole("ticket"),
)
"""The rows of foreign logs that facts of the journal took in."""

# --- the journal ----------------------------------------------------------------------------------

journal = _table(
    "journal",
    Column("seq", Whole, primary_key=True, autoincrement=False),
    Column("hash", Text, nullable=False),
    _text("login"),
    _whole("recorded_at"),
    _whole("at"),
    _text("actor"),
    Column("origin", Text, nullable=False),
    Column("operation", Text, nullable=False),
    _whole("part"),
    Column("ticket", Whole),
    Column("kind", Text, nullable=False),
    Column("payload", Text, nullable=False),
    UniqueConstraint("operation", "part"),
    Index(None, "ticket", "at", "seq"),
    Index(None, "at"),
)
"""``part`` counts the facts of one operation from 0: an operation that comes twice breaks the rule.

Definition changes have no ticket.
"""

journal_head = _table(
    "journal_head",
    Column("id", Whole, CheckConstraint("id = 1", name="one"), primary_key=True, autoincrement=False),
    _whole("seq"),
    _text("hash"),
)
"""One row. Each commit takes its numbers here last, so numbers become visible in their order."""

# --- definitions ----------------------------------------------------------------------------------

definitions = _table(
    "definitions",
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("version", Whole, primary_key=True, autoincrement=False),
    Column("valid_from", Whole),
    Column("body", Text, nullable=False),
)
"""People, teams and services in one version each; calendars, targets, matrices, rotas and policies in
all of them. ``body`` is JSON of ``domain/plain.py``."""

overrides = _table(
    "overrides",
    Column("rota", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    _whole("start"),
    _whole("end"),
    _whole("created_at"),
    Column("body", Text, nullable=False),
)

logins = _table(
    "logins",
    Column("login", Text, primary_key=True),
    Column("person", Text, nullable=False),
)
"""Which person a database login stands for."""

memberships = _table(
    "memberships",
    Column("person", Text, primary_key=True),
    Column("team", Text, primary_key=True),
)

site = _table("site", Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

# --- escalation, notices, watch -------------------------------------------------------------------

escalations = _table(
    "escalations",
    _of_ticket(),
    Column("policy", Text, nullable=False),
    _whole("policy_version"),
    _whole("generation"),
    Column("state", Text, nullable=False),
    _whole("step"),
    _whole("round"),
    _whole("firing"),
    Column("due", Whole),
    Index(None, "due"),
    Index(None, "state"),
)

firings = _table(
    "firings",
    _of_ticket(),
    Column("generation", Whole, primary_key=True, autoincrement=False),
    Column("firing", Whole, primary_key=True, autoincrement=False),
)
"""The key by which no step pages anybody twice."""

outbox = _table(
    "outbox",
    Column("key", Text, primary_key=True),
    Column("ticket", Whole),
    Column("person", Text, nullable=False),
    Column("channel", Text, nullable=False),
    _text("address"),
    Column("code", Text, nullable=False),
    _text("params"),
    _whole("not_before"),
    Column("priority", Small, nullable=False),
    Column("state", Text, nullable=False),
    _whole("attempts"),
    _whole("token"),
    _whole("claim_until", 0),
    _text("operation"),
    _text("error"),
    _whole("created_at"),
    Index(None, "state", "not_before"),
    Index(None, "ticket"),
    Index(None, "operation"),
)

lease = _table(
    "lease",
    Column("name", Text, primary_key=True),
    _whole("token"),
    _text("holder"),
    _whole("until"),
    _whole("seen"),
)

# --- machinery ------------------------------------------------------------------------------------

counters = _table("counters", Column("name", Text, primary_key=True), _whole("value"))
"""``ticket``: last number on SQLite; ``definitions``: moves with each change of a definition."""

stamp = _table(
    "stamp",
    Column("id", Whole, CheckConstraint("id = 1", name="one"), primary_key=True, autoincrement=False),
    Column("application", Text, nullable=False),
    _whole("schema_version"),
    _whole("min_client"),
    _whole("clock_offset", 0),
)
"""``clock_offset`` is added to the clock of a PostgreSQL server; only tests move it."""

alembic_version = Table(
    "alembic_version", metadata, Column("version_num", String(32), primary_key=True, nullable=False)
)
"""Kept here so that an empty database is made without loading Alembic."""

APP_NOW = """\
CREATE FUNCTION app_now() RETURNS bigint LANGUAGE sql STABLE AS
'SELECT floor(extract(epoch FROM clock_timestamp()))::bigint + (SELECT clock_offset FROM stamp)'"""
"""The only clock that statements read. On SQLite each connection brings its own (``sqlite.py``)."""


@event.listens_for(metadata, "after_create")
def _complete(_metadata: MetaData, connection: Connection, **_options: object) -> None:
    """What metadata cannot say: the clock, the single rows, the stamp."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(APP_NOW)
    for statement in seeds():
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"INSERT INTO alembic_version (version_num) VALUES ('{REVISION}')")


def seeds() -> tuple[str, ...]:
    """Statements that put the single rows in place; a migration runs the same ones."""
    return (
        "INSERT INTO stamp (id, application, schema_version, min_client) "
        f"VALUES (1, '{APPLICATION}', {SCHEMA_VERSION}, {MIN_CLIENT})",
        "INSERT INTO journal_head (id, seq, hash) VALUES (1, 0, '')",
        "INSERT INTO lease (name, token, holder, until, seen) VALUES ('watch', 0, '', 0, 0)",
        "INSERT INTO counters (name, value) VALUES ('ticket', 0), ('definitions', 0)",
    )
