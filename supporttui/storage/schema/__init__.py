"""The tables, the same on SQLite and PostgreSQL.

What is true stands in ``journal`` and ``definitions``; every other table is stored for reading, or
is a piece of machinery (head row, lease, outbox, stamp). Instants are whole seconds.
"""

from sqlalchemy import Connection, MetaData, event, insert

from supporttui.storage.schema.base import Text, Whole, metadata
from supporttui.storage.schema.definitions import definitions, logins, memberships, overrides, site
from supporttui.storage.schema.exchange import published, review_entries
from supporttui.storage.schema.handover import handovers
from supporttui.storage.schema.intake import alerts, beats, received
from supporttui.storage.schema.journal import journal, journal_head
from supporttui.storage.schema.kept import make_index, open_counts, texts
from supporttui.storage.schema.machinery import (
    APP_NOW,
    APPLICATION,
    APPLICATION_ID,
    MIN_CLIENT,
    REVISION,
    SCHEMA_VERSION,
    alembic_version,
    counters,
    stamp,
)
from supporttui.storage.schema.rota import absences, duty_records, pinned_periods, swaps
from supporttui.storage.schema.tickets import (
    ONLY_OPEN,
    OPEN_INDEX,
    QUEUE_COLUMNS,
    imported_rows,
    ticket_number,
    ticket_references,
    tickets,
    timers,
)
from supporttui.storage.schema.views import views
from supporttui.storage.schema.watch import ack_codes, escalations, firings, lease, looks, outbox

__all__ = [
    "APPLICATION", "APPLICATION_ID", "QUEUE_COLUMNS", "REVISION", "SCHEMA_VERSION", "Text", "Whole", "absences",
    "ack_codes", "alerts", "beats", "counters", "definitions", "duty_records", "escalations", "firings",
    "handovers", "imported_rows", "journal", "journal_head", "lease", "logins", "looks", "memberships", "metadata",
    "open_counts", "outbox", "overrides", "pinned_periods", "published", "received", "review_entries", "seed",
    "site", "stamp", "swaps", "texts", "ticket_number", "ticket_references", "tickets", "timers", "views",
]  # fmt: skip


@event.listens_for(metadata, "before_create")
def _narrow(_metadata: MetaData, connection: Connection, **_options: object) -> None:
    """PostgreSQL's word for an index of open tickets: to give it with the table would load its dialect, 4 MiB, for
    every desk on SQLite."""  # noqa: D205, D209
    if connection.dialect.name == "postgresql":
        for index in tickets.indexes:
            if str(index.name).startswith(OPEN_INDEX):
                index.dialect_options["postgresql"]["where"] = ONLY_OPEN


@event.listens_for(metadata, "after_create")
def _complete(_metadata: MetaData, connection: Connection, **_options: object) -> None:
    """What metadata cannot say."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(APP_NOW)
    make_index(connection)
    seed(connection)


def seed(connection: Connection) -> None:
    """The rows of an empty database: the stamp, and those of which there is always one."""
    rows = (
        insert(stamp).values(
            id=1, application=APPLICATION, schema_version=SCHEMA_VERSION, min_client=MIN_CLIENT, clock_offset=0
        ),
        insert(journal_head).values(id=1, seq=0, hash=""),
        insert(lease).values(name="watch", token=0, holder="", until=0, seen=0),
        insert(counters).values([{"name": "ticket", "value": 0}, {"name": "definitions", "value": 0}]),
        insert(alembic_version).values(version_num=REVISION),
    )
    for row in rows:
        connection.execute(row)
