"""The first schema.

Written out: a migration says what the schema was, whatever ``schema/`` says later.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateSequence, DropSequence, Sequence

revision = "0001"
down_revision = None

OPEN = sa.text("is_open = 1")
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SMALL = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")


def column(name, kind, key, null):
    return sa.Column(name, kind, primary_key=key, nullable=null, autoincrement=False if kind is not sa.Text else "auto")


def whole(name, *, key=False, null=False):
    return column(name, WHOLE, key, null)


def small(name, *, null=False):
    return column(name, SMALL, False, null)


def text(name, *, key=False, null=False):
    return column(name, sa.Text, key, null)


def of_ticket():
    return sa.ForeignKeyConstraint(["ticket"], ["tickets.id"], deferrable=True, initially="DEFERRED")


def table(name, *items):
    op.create_table(name, *items, sqlite_strict=True)


def upgrade():
    postgres = op.get_bind().dialect.name == "postgresql"
    if postgres:
        op.execute(CreateSequence(Sequence("ticket_number")))
    table(
        "counters",
        text("name", key=True), whole("value"),
    )
    table(
        "definitions",
        text("kind", key=True), text("key", key=True), whole("version", key=True),
        whole("valid_from", null=True), text("body"),
    )
    table(
        "imported_rows",
        text("system", key=True), text("number", key=True), text("row", key=True), whole("ticket"),
    )
    table(
        "journal",
        whole("seq", key=True), text("hash"), text("login"), whole("recorded_at"), whole("at"),
        text("actor"), text("origin"), text("operation"), whole("part"), whole("ticket", null=True),
        text("kind"), text("payload"), sa.UniqueConstraint("operation", "part"),
    )
    op.create_index("ix_journal_at", "journal", ["at"])
    op.create_index("ix_journal_ticket_at_seq", "journal", ["ticket", "at", "seq"])
    table(
        "journal_head",
        whole("id", key=True), whole("seq"), text("hash"), sa.CheckConstraint("id = 1", name="one"),
    )
    table(
        "lease",
        text("name", key=True), whole("token"), text("holder"), whole("until"), whole("seen"),
    )
    table(
        "logins",
        text("login", key=True), text("person"),
    )
    table(
        "memberships",
        text("person", key=True), text("team", key=True),
    )
    table(
        "outbox",
        text("key", key=True), whole("ticket", null=True), text("person"), text("channel"),
        text("address"), text("code"), text("params"), whole("not_before"), small("priority"),
        text("state"), whole("attempts"), whole("token"), whole("claim_until"), text("operation"),
        text("error"), whole("created_at"),
    )
    op.create_index("ix_outbox_operation", "outbox", ["operation"])
    op.create_index("ix_outbox_state_not_before", "outbox", ["state", "not_before"])
    op.create_index("ix_outbox_ticket", "outbox", ["ticket"])
    table(
        "overrides",
        text("rota", key=True), text("id", key=True), whole("start"), whole("end"),
        whole("created_at"), text("body"),
    )
    table(
        "site",
        text("name", key=True), text("value"),
    )
    table(
        "stamp",
        whole("id", key=True), text("application"), whole("schema_version"), whole("min_client"),
        whole("clock_offset"), sa.CheckConstraint("id = 1", name="one"),
    )
    table(
        "tickets",
        whole("id", key=True), whole("version"), text("title"), text("state"), small("is_open"),
        small("priority"), small("impact"), small("urgency"), text("kind"), text("service"),
        text("team"), text("resolver"), text("owner", null=True),
        text("acknowledged_by", null=True), whole("acknowledged_at", null=True), text("requester"),
        text("language"), text("zone"), text("category"), small("drill"), text("text"),
        text("hold_reason"), whole("hold_until", null=True), whole("resolved_at", null=True),
        text("resolution"), whole("reopened"), whole("hops"), whole("created_at"),
        whole("updated_at"), text("last_operation"), text("refs"), text("search"),
        small("escalated"), small("sort_bucket"), whole("sort_key"), text("metric", null=True),
        whole("due", null=True), whole("seconds"), whole("remaining"), whole("anchor"),
        text("calendar", null=True), sa.CheckConstraint("version >= 1", name="version"),
    )
    op.create_index("ix_tickets_open_created", "tickets", ["created_at", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_tickets_open_number", "tickets", ["id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_tickets_open_priority", "tickets", ["priority", "sort_bucket", "sort_key", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_tickets_open_sla", "tickets", ["sort_bucket", "sort_key", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_tickets_open_updated", "tickets", ["updated_at", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
    table(
        "escalations",
        whole("ticket", key=True), text("policy"), whole("policy_version"), whole("generation"),
        text("state"), whole("step"), whole("round"), whole("firing"), whole("due", null=True),
        of_ticket(),
    )
    op.create_index("ix_escalations_due", "escalations", ["due"])
    op.create_index("ix_escalations_state", "escalations", ["state"])
    table(
        "firings",
        whole("ticket", key=True), whole("generation", key=True), whole("firing", key=True),
        of_ticket(),
    )
    table(
        "ticket_references",
        whole("ticket", key=True), text("system", key=True), text("key", key=True), text("url"),
        of_ticket(),
    )
    op.create_index("ix_ticket_references_system_key", "ticket_references", ["system", "key"])
    table(
        "timers",
        whole("ticket", key=True), text("metric", key=True), whole("cycle", key=True),
        whole("seconds"), text("calendar", null=True), whole("started"), text("state"),
        whole("due", null=True), whole("remaining"), whole("anchor"), whole("stopped", null=True),
        small("late"), whole("breached_at", null=True), text("warn_at"), small("derived"),
        of_ticket(),
    )
    if postgres:
        op.execute(
            "CREATE FUNCTION app_now() RETURNS bigint LANGUAGE sql STABLE AS "
            "'SELECT floor(extract(epoch FROM clock_timestamp()))::bigint"
            " + (SELECT clock_offset FROM stamp)'"
        )
    op.execute("INSERT INTO stamp VALUES (1, 'supporttui', 1, 1, 0)")
    op.execute("INSERT INTO journal_head VALUES (1, 0, '')")
    op.execute("INSERT INTO lease VALUES ('watch', 0, '', 0, 0)")
    op.execute("INSERT INTO counters VALUES ('ticket', 0), ('definitions', 0)")


def downgrade():
    """Back to an empty database: everything in it is lost."""
    postgres = op.get_bind().dialect.name == "postgresql"
    if postgres:
        op.execute("DROP FUNCTION app_now()")
    op.drop_table("timers")
    op.drop_table("ticket_references")
    op.drop_table("firings")
    op.drop_table("escalations")
    op.drop_table("tickets")
    op.drop_table("stamp")
    op.drop_table("site")
    op.drop_table("overrides")
    op.drop_table("outbox")
    op.drop_table("memberships")
    op.drop_table("logins")
    op.drop_table("lease")
    op.drop_table("journal_head")
    op.drop_table("journal")
    op.drop_table("imported_rows")
    op.drop_table("definitions")
    op.drop_table("counters")
    if postgres:
        op.execute(DropSequence(Sequence("ticket_number")))
