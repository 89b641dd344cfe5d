"""Time is right: swaps, absences, pinned periods and recorded duty; an override is removed, never deleted;
other calendars, given and taken.

Written out, as every migration is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NEVER = 2**53
"""A look at a timer that is not taken."""
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def text(name, *, key=False, null=False):
    return sa.Column(name, sa.Text, primary_key=key, nullable=null)


def whole(name, *, key=False, null=False):
    return sa.Column(name, WHOLE, primary_key=key, nullable=null, autoincrement=False)


def table(name, *items):
    keys = [item.name for item in items if isinstance(item, sa.Column) and item.primary_key]
    op.create_table(name, *items, sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}"), sqlite_strict=True)


def upgrade():
    rota()
    exchange()
    timers()
    op.execute("UPDATE stamp SET schema_version = 3, min_client = 3")


def rota():
    op.add_column("overrides", whole("removed_at", null=True))
    table(
        "swaps",
        text("id", key=True), whole("version"), text("rota"), text("state"), whole("start"), whole("end"), text("body"),
    )
    op.create_index("ix_swaps_rota_end", "swaps", ["rota", "end"])
    table(
        "absences",
        text("id", key=True), text("person"), whole("start"), whole("end"), whole("removed_at", null=True), text("body"),
    )
    op.create_index("ix_absences_end", "absences", ["end"])
    table(
        "pinned_periods",
        text("rota", key=True), text("id", key=True), whole("start"), whole("end"), whole("created_at"),
        whole("removed_at", null=True), text("body"),
    )
    table(
        "duty_records",
        text("rota", key=True), whole("level", key=True), whole("start", key=True), whole("end"), text("people"),
        text("layer", null=True), text("cause"), text("inputs"), whole("recorded_at"),
    )
    op.create_index("ix_duty_records_rota_end", "duty_records", ["rota", "end"])


def exchange():
    table(
        "published",
        text("rota", key=True), text("person", key=True), whole("level", key=True), whole("start", key=True),
        whole("end"), text("people"), text("uid"), whole("sequence"), whole("cancelled"), whole("changed_at"),
    )
    table(
        "review_entries",
        text("id", key=True), text("receiver"), text("key"), text("verdict"), whole("start"), text("body"),
    )
    op.create_index("ix_review_entries_verdict_start", "review_entries", ["verdict", "start"])


def timers():
    op.add_column("timers", sa.Column("authority", sa.Text, nullable=False, server_default=""))
    op.add_column("timers", sa.Column("days", WHOLE, nullable=False, server_default=sa.text("0")))
    op.add_column("timers", whole("breached_seconds", null=True))
    op.add_column("timers", text("breached_calendar", null=True))
    op.add_column("timers", whole("next_mark", null=True))
    op.create_index("ix_timers_next_mark_ticket", "timers", ["next_mark", "ticket"])
    op.execute(  # of what was late already nobody is told now; no row of the journal, no ticket
        "UPDATE timers SET next_mark = CASE WHEN breached_at IS NOT NULL OR due < (SELECT max(at) FROM journal)"
        f" THEN {NEVER} ELSE started END WHERE state = 'running'"
        " AND ticket IN (SELECT id FROM tickets WHERE is_open = 1 AND void = 0 AND merged_into IS NULL)"
    )
    op.execute("UPDATE timers SET breached_seconds = seconds, breached_calendar = calendar WHERE breached_at IS NOT NULL")


def downgrade():
    """Back to the second schema: what is kept beside rotas, and of other calendars, is lost."""
    for name in ("review_entries", "published", "duty_records", "pinned_periods", "absences", "swaps"):
        op.drop_table(name)
    op.drop_index("ix_timers_next_mark_ticket", "timers")
    for name in ("next_mark", "breached_calendar", "breached_seconds", "days", "authority"):
        op.drop_column("timers", name)
    op.execute("DELETE FROM overrides WHERE removed_at IS NOT NULL")
    op.drop_column("overrides", "removed_at")
    op.execute("UPDATE stamp SET schema_version = 2, min_client = 2")
