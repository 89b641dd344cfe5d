"""No page is lost: two kinds of escalation at once, looks at criteria, codes to acknowledge by, bundles, attention;
what comes in from outside, and what a shift hands over.

Written out, as every migration is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SMALL = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")
KEPT = "policy, policy_version, generation, state, step, round, firing, due"


def text(name, *, key=False, null=False):
    return sa.Column(name, sa.Text, primary_key=key, nullable=null)


def whole(name, *, key=False, null=False):
    return sa.Column(name, WHOLE, primary_key=key, nullable=null, autoincrement=False)


def zero(name, kind=WHOLE):
    return sa.Column(name, kind, nullable=False, server_default=sa.text("0"))


def table(name, *items):
    keys = [item.name for item in items if isinstance(item, sa.Column) and item.primary_key]
    op.create_table(name, *items, sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}"), sqlite_strict=True)


def of_ticket(name):
    return sa.ForeignKeyConstraint(
        ["ticket"], ["tickets.id"], name=f"fk_{name}_ticket", deferrable=True, initially="DEFERRED"
    )


def upgrade():
    escalations("kind")
    watch()
    intake()
    table(
        "handovers",
        text("id", key=True), whole("version"), text("rota"), text("state"), whole("start"), whole("end"),
        whole("due", null=True), text("body"),
    )
    op.create_index("ix_handovers_due", "handovers", ["due"])
    op.create_index("ix_handovers_rota_end", "handovers", ["rota", "end"])
    for column in (zero("attention", SMALL), whole("attention_until", null=True), zero("chases"), zero("worked_at")):
        op.add_column("tickets", column)
    op.execute(
        "UPDATE tickets SET worked_at = COALESCE((SELECT max(at) FROM journal WHERE journal.ticket = tickets.id"
        " AND kind IN ('opened', 'state', 'assigned', 'noted', 'replied') AND origin <> 'watch'), created_at)"
    )
    only_open = {"sqlite_where": sa.text("is_open = 1"), "postgresql_where": sa.text("is_open = 1")}
    op.create_index("ix_tickets_open_worked", "tickets", ["worked_at", "id"], **only_open)
    op.execute("UPDATE stamp SET schema_version = 4, min_client = 4")


def escalations(*more):
    """The table anew, with other keys: SQLite cannot change them."""
    op.execute(f"CREATE TABLE moved AS SELECT ticket, {KEPT} FROM escalations" + ("" if more else " WHERE kind = 'functional'"))
    op.drop_table("escalations")
    table(
        "escalations",
        whole("ticket", key=True), *(text(name, key=True) for name in more), text("policy"), whole("policy_version"),
        whole("generation"), text("state"), whole("step"), whole("round"), whole("firing"), whole("due", null=True),
        of_ticket("escalations"),
    )
    op.create_index("ix_escalations_due", "escalations", ["due"])
    op.create_index("ix_escalations_state", "escalations", ["state"])
    into, value = ("kind, ", "'functional', ") if more else ("", "")
    op.execute(f"INSERT INTO escalations (ticket, {into}{KEPT}) SELECT ticket, {value}{KEPT} FROM moved")
    op.drop_table("moved")


def watch():
    op.add_column("outbox", whole("sent_at", null=True))
    op.add_column("outbox", whole("expires_at", null=True))
    op.add_column("outbox", sa.Column("bundle", sa.Text, nullable=False, server_default=""))
    op.create_index("ix_outbox_channel_address_sent_at", "outbox", ["channel", "address", "sent_at"])
    op.add_column("lease", whole("audited_at", null=True))
    op.add_column("lease", sa.Column("troubles", sa.Text, nullable=False, server_default="[]"))
    table("looks", whole("ticket", key=True), whole("due"), of_ticket("looks"))
    op.create_index("ix_looks_due", "looks", ["due"])
    table(
        "ack_codes",
        text("code", key=True), whole("ticket"), text("person"), whole("generation"), whole("firing"), whole("made_at"),
    )
    op.create_index("ix_ack_codes_ticket", "ack_codes", ["ticket"])


def intake():
    table(
        "alerts",
        text("source", key=True), text("key", key=True), whole("ticket"), text("state"), whole("count"),
        whole("first_at"), whole("last_at"),
    )
    op.create_index("ix_alerts_ticket", "alerts", ["ticket"])
    table("beats", text("id", key=True), whole("last_at"), whole("due", null=True), whole("ticket", null=True))
    op.create_index("ix_beats_due", "beats", ["due"])
    table("received", text("source", key=True), text("message", key=True), whole("at"), whole("ticket", null=True))
    op.create_index("ix_received_at", "received", ["at"])


def downgrade():
    """Back to the third schema: hierarchical escalations, what came in, and what shifts handed over are lost."""
    op.drop_index("ix_tickets_open_worked", "tickets")
    for name in ("attention", "attention_until", "chases", "worked_at"):
        op.drop_column("tickets", name)
    for name in ("handovers", "received", "beats", "alerts", "ack_codes", "looks"):
        op.drop_table(name)
    op.drop_column("lease", "troubles")
    op.drop_column("lease", "audited_at")
    op.drop_index("ix_outbox_channel_address_sent_at", "outbox")
    for name in ("bundle", "expires_at", "sent_at"):
        op.drop_column("outbox", name)
    escalations()
    op.execute("UPDATE stamp SET schema_version = 3, min_client = 3")
