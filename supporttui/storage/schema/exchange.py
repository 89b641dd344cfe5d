"""What was given to other calendars, and what came from them."""

from sqlalchemy import Column, Index

from supporttui.storage.schema.base import Text, Whole, table, text, whole

published = table(
    "published",
    Column("rota", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("level", Whole, primary_key=True, autoincrement=False),
    Column("start", Whole, primary_key=True, autoincrement=False),
    whole("end"),
    text("people"),
    text("uid"),
    whole("sequence"),
    whole("cancelled"),
    whole("changed_at"),
)
"""Events of calendars that others follow; one that is cancelled stays. An empty ``person`` is the whole rota."""

review_entries = table(
    "review_entries",
    Column("id", Text, primary_key=True),
    text("receiver"),
    text("key"),
    text("verdict"),
    whole("start"),
    Column("body", Text, nullable=False),
    Index(None, "verdict", "start"),
)
"""Found in other calendars; what somebody rejected stays, so that it does not come back."""
