"""What one shift hands over to the next."""

from sqlalchemy import Column, Index

from supporttui.storage.schema.base import Text, Whole, table, text, whole

handovers = table(
    "handovers",
    Column("id", Text, primary_key=True),
    whole("version"),
    text("rota"),
    text("state"),
    whole("start"),
    whole("end"),
    Column("due", Whole),
    Column("body", Text, nullable=False),
    Index(None, "due"),
    Index(None, "rota", "end"),
)
"""``start`` to ``end`` is the shift that hands over; at ``due`` the watch looks whether it was accepted."""
