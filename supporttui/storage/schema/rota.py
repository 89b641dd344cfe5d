"""What changes a rota beside its versions and overrides, and who was on duty."""

from sqlalchemy import Column, Index

from supporttui.storage.schema.base import Text, Whole, table, text, whole

swaps = table(
    "swaps",
    Column("id", Text, primary_key=True),
    whole("version"),
    Column("rota", Text, nullable=False),
    Column("state", Text, nullable=False),
    whole("start"),
    whole("end"),
    Column("body", Text, nullable=False),
    Index(None, "rota", "end"),
)
"""``start`` and ``end`` are those of the first and the last piece, on either side."""

absences = table(
    "absences",
    Column("id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    whole("start"),
    whole("end"),
    Column("removed_at", Whole),
    Column("body", Text, nullable=False),
    Index(None, "end"),
)

pinned_periods = table(
    "pinned_periods",
    Column("rota", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    whole("start"),
    whole("end"),
    whole("created_at"),
    Column("removed_at", Whole),
    Column("body", Text, nullable=False),
)
"""Like an override, one that was removed holds up to then."""

duty_records = table(
    "duty_records",
    Column("rota", Text, primary_key=True),
    Column("level", Whole, primary_key=True, autoincrement=False),
    Column("start", Whole, primary_key=True, autoincrement=False),
    whole("end"),
    text("people"),
    Column("layer", Text),
    Column("cause", Text, nullable=False),
    text("inputs"),
    whole("recorded_at"),
    Index(None, "rota", "end"),
)
"""Appended when a piece of duty is over; ``people`` is a JSON list, in the order in which they are called."""
