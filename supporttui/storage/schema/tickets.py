"""Tickets and what is read with them: timers, references, the rows that an import took in."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Sequence
from sqlalchemy import text as sql

from supporttui.storage.schema.base import Small, Text, Whole, metadata, of_ticket, table, text, whole

# Services, teams and people are named without a foreign key: an import and the store behind --as-of
# may know a ticket whose definitions came later.

tickets = table(
    "tickets",
    Column("id", Whole, primary_key=True, autoincrement=False),
    whole("version"),
    text("title"),
    Column("state", Text, nullable=False),
    Column("is_open", Small, nullable=False),
    Column("priority", Small, nullable=False),
    Column("impact", Small, nullable=False),
    Column("urgency", Small, nullable=False),
    text("kind"),
    text("service"),
    text("team"),
    text("resolver"),
    Column("owner", Text),
    Column("acknowledged_by", Text),
    Column("acknowledged_at", Whole),
    text("requester"),
    text("language"),
    text("zone"),
    text("category"),
    Column("drill", Small, nullable=False),  # 1: a drill; 2: one in which people are really called
    text("text"),
    text("hold_reason"),
    Column("hold_until", Whole),
    Column("resolved_at", Whole),
    text("resolution"),
    whole("reopened"),
    whole("hops"),
    whole("created_at"),
    whole("updated_at"),
    text("last_operation"),
    text("refs"),
    Column("escalated", Small, nullable=False),
    Column("sort_bucket", Small, nullable=False),
    whole("sort_key"),
    Column("metric", Text),
    Column("due", Whole),
    whole("seconds"),
    whole("remaining"),
    whole("anchor"),
    Column("calendar", Text),
    Column("followers", Text, nullable=False, server_default=""),
    Column("snoozed", Text, nullable=False, server_default=""),
    Column("bonds", Text, nullable=False, server_default=""),
    Column("merged_into", Whole),
    Column("void", Small, nullable=False, server_default=sql("0")),
    Column("attention", Small, nullable=False, server_default=sql("0")),
    Column("attention_until", Whole),
    Column("chases", Whole, nullable=False, server_default=sql("0")),
    Column("worked_at", Whole, nullable=False, server_default=sql("0")),
    CheckConstraint("version >= 1", name="version"),
)
"""``metric`` to ``calendar`` repeat the timer that decides the order; ``refs`` and ``bonds`` are JSON, ``followers``
and ``snoozed`` as ``domain/filter/watching.py`` says."""

QUEUE_COLUMNS = (
    "id", "version", "title", "state", "priority", "service", "team", "resolver", "owner",
    "acknowledged_by", "requester", "kind", "language", "created_at", "updated_at", "sort_bucket",
    "sort_key", "metric", "due", "seconds", "remaining", "anchor", "calendar", "escalated", "drill",
    "category", "refs",
    "followers", "snoozed", "merged_into", "void", "attention", "attention_until", "chases", "hops", "worked_at",
    "bonds",
)  # fmt: skip
"""What a row of the queue shows, in the order of ``QueueRow`` (its sort key is two columns)."""


OPEN_INDEX = "ix_tickets_open_"
ONLY_OPEN = sql("is_open = 1")


def _index_of_open(order: str, *keys: Column[Any]) -> None:
    """An order of the queue, or whose they are. It holds the keys and not the shown columns: a page is one walk and one
    look-up a row, and that costs less than to rewrite five copies of the row with each write."""  # noqa: D205, D209
    Index(f"{OPEN_INDEX}{order}", *keys, sqlite_where=ONLY_OPEN)


_sla_keys = (tickets.c.sort_bucket, tickets.c.sort_key, tickets.c.id)
_index_of_open("sla", *_sla_keys)
_index_of_open("priority", tickets.c.priority, *_sla_keys)
_index_of_open("created", tickets.c.created_at, tickets.c.id)
_index_of_open("updated", tickets.c.updated_at, tickets.c.id)
_index_of_open("worked", tickets.c.worked_at, tickets.c.id)
_index_of_open("number", tickets.c.id)
_index_of_open("whose", tickets.c.team, tickets.c.owner, tickets.c.resolver)

ticket_number = Sequence("ticket_number", metadata=metadata)
"""PostgreSQL only; SQLite counts in ``counters``."""

timers = table(
    "timers",
    of_ticket(),
    Column("metric", Text, primary_key=True),
    Column("cycle", Whole, primary_key=True, autoincrement=False),
    whole("seconds"),
    Column("calendar", Text),
    whole("started"),
    Column("state", Text, nullable=False),
    Column("due", Whole),
    whole("remaining"),
    whole("anchor"),
    Column("stopped", Whole),
    Column("late", Small, nullable=False),
    Column("breached_at", Whole),
    text("warn_at"),
    Column("derived", Small, nullable=False),
    Column("authority", Text, nullable=False, server_default=""),
    Column("days", Whole, nullable=False, server_default=sql("0")),
    Column("breached_seconds", Whole),
    Column("breached_calendar", Text),
    Column("next_mark", Whole),
    Index(None, "next_mark", "ticket"),
)
"""``next_mark`` is when the watch looks at a timer next (``domain/sla/marks.py``), no fact of it."""

ticket_references = table(
    "ticket_references",
    of_ticket(),
    Column("system", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    text("url"),
    Index(None, "system", "key"),
)

imported_rows = table(
    "imported_rows",
    Column("system", Text, primary_key=True),
    Column("number", Text, primary_key=True),
    Column("row", Text, primary_key=True),
    whole("ticket"),
)
"""The rows of foreign logs that facts of the journal took in."""
