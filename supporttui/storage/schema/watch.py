"""Escalations, notices, and the lease of the watch."""

from sqlalchemy import Column, Index

from supporttui.storage.schema.base import Small, Text, Whole, of_ticket, table, text, whole

escalations = table(
    "escalations",
    of_ticket(),
    Column("policy", Text, nullable=False),
    whole("policy_version"),
    whole("generation"),
    Column("state", Text, nullable=False),
    whole("step"),
    whole("round"),
    whole("firing"),
    Column("due", Whole),
    Index(None, "due"),
    Index(None, "state"),
)

firings = table(
    "firings",
    of_ticket(),
    Column("generation", Whole, primary_key=True, autoincrement=False),
    Column("firing", Whole, primary_key=True, autoincrement=False),
)
"""The key by which no step pages anybody twice."""

outbox = table(
    "outbox",
    Column("key", Text, primary_key=True),
    Column("ticket", Whole),
    Column("person", Text, nullable=False),
    Column("channel", Text, nullable=False),
    text("address"),
    Column("code", Text, nullable=False),
    text("params"),
    whole("not_before"),
    Column("priority", Small, nullable=False),
    Column("state", Text, nullable=False),
    whole("attempts"),
    whole("token"),
    whole("claim_until"),
    text("operation"),
    text("error"),
    whole("created_at"),
    Index(None, "state", "not_before"),
    Index(None, "ticket"),
    Index(None, "operation"),
)

lease = table(
    "lease",
    Column("name", Text, primary_key=True),
    whole("token"),
    text("holder"),
    whole("until"),
    whole("seen"),
)
