"""The journal and its head row."""

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint

from supporttui.storage.schema.base import Text, Whole, table, text, whole

journal = table(
    "journal",
    Column("seq", Whole, primary_key=True, autoincrement=False),
    Column("hash", Text, nullable=False),
    text("login"),
    whole("recorded_at"),
    whole("at"),
    text("actor"),
    Column("origin", Text, nullable=False),
    Column("operation", Text, nullable=False),
    whole("part"),
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

journal_head = table(
    "journal_head",
    Column("id", Whole, primary_key=True, autoincrement=False),
    CheckConstraint("id = 1", name="one"),
    whole("seq"),
    text("hash"),
)
"""One row. Each commit takes its numbers here last, so numbers become visible in their order."""
