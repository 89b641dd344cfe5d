"""Saved views of the queue."""

from sqlalchemy import Column, Index

from supporttui.storage.schema.base import Small, Text, table, text, whole

views = table(
    "views",
    Column("id", Text, primary_key=True),
    whole("version"),
    text("owner"),
    text("name"),
    text("key"),
    text("query"),
    text("sort"),
    Column("reverse", Small, nullable=False),
    text("columns"),
    Column("shared", Small, nullable=False),
    Index(None, "owner", "key", unique=True),
    Index(None, "shared"),
)
"""``key`` is the name as it is looked for: a person has each name once."""
