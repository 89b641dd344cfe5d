"""Escalations, notices, and the lease of the watch."""

from sqlalchemy import Column, Index

from supporttui.storage.schema.base import Small, Text, Whole, of_ticket, table, text, whole

escalations = table(
    "escalations",
    of_ticket(),
    Column("kind", Text, primary_key=True),
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
    Column("sent_at", Whole),
    Column("expires_at", Whole),
    Column("bundle", Text, nullable=False, server_default=""),
    Index(None, "state", "not_before"),
    Index(None, "ticket"),
    Index(None, "operation"),
    Index(None, "channel", "address", "sent_at"),
)
"""``bundle`` is the key of the notice as part of which this one leaves; empty: it leaves alone."""

looks = table("looks", of_ticket(), Column("due", Whole, nullable=False), Index(None, "due"))
"""When the watch looks whether a criterion of escalation holds for a ticket."""

ack_codes = table(
    "ack_codes",
    Column("code", Text, primary_key=True),
    whole("ticket"),
    text("person"),
    whole("generation"),
    whole("firing"),
    whole("made_at"),
    Index(None, "ticket"),
)
"""Short codes in pages, by which somebody acknowledges without a desk."""

lease = table(
    "lease",
    Column("name", Text, primary_key=True),
    whole("token"),
    text("holder"),
    whole("until"),
    whole("seen"),
    Column("audited_at", Whole),
    Column("troubles", Text, nullable=False, server_default="[]"),
)
"""``audited_at`` and ``troubles`` (JSON) are what its last look at its own work found."""
