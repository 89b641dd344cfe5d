"""What comes in from outside: alerts by their keys, signs of life of other systems, messages already taken in."""

from sqlalchemy import Column, Index

from supporttui.storage.schema.base import Text, Whole, table, text, whole

alerts = table(
    "alerts",
    Column("source", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    whole("ticket"),
    text("state"),
    whole("count"),
    whole("first_at"),
    whole("last_at"),
    Index(None, "ticket"),
)
"""Which ticket an alert of another system is folded into."""

beats = table(
    "beats",
    Column("id", Text, primary_key=True),
    whole("last_at"),
    Column("due", Whole),
    Column("ticket", Whole),
    Index(None, "due"),
)
"""The last sign of life of a system that gives them; silent until ``due``, it gets a ticket."""

received = table(
    "received",
    Column("source", Text, primary_key=True),
    Column("message", Text, primary_key=True),
    whole("at"),
    Column("ticket", Whole),
    Index(None, "at"),
)
"""Messages taken in, so that none is taken in twice; without a ticket it was left out on purpose."""
