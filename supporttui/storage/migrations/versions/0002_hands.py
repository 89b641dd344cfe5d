"""What a person does with a queue: saved views; searched texts and counts, empty here and filled by the upgrade.

Written out, as every migration is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

OPEN = sa.text("is_open = 1")
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SMALL = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")


FULL_TEXT = """\
CREATE VIRTUAL TABLE texts_index USING fts5(
head, notes, content='texts', content_rowid='ticket', detail='none', columnsize=0, prefix='1', tokenize='ascii')"""
HAS_FTS5 = "SELECT count(*) FROM pragma_module_list WHERE name = 'fts5'"
TOKENS = """\
CREATE INDEX texts_index ON texts
USING gin (array_to_tsvector(string_to_array(btrim(head || notes, ' '), ' ')))"""


def column(name, kind, *, key=False, null=False):
    return sa.Column(name, kind, primary_key=key, nullable=null)


def table(name, *items):
    op.create_table(name, *items, sqlite_strict=True)


def upgrade():
    table(
        "views",
        column("id", sa.Text, key=True), column("version", WHOLE), column("owner", sa.Text), column("name", sa.Text),
        column("key", sa.Text), column("query", sa.Text), column("sort", sa.Text), column("reverse", SMALL),
        column("columns", sa.Text), column("shared", SMALL),
        sa.PrimaryKeyConstraint("id", name="pk_views"),
    )
    op.create_index("ix_views_owner_key", "views", ["owner", "key"], unique=True)
    op.create_index("ix_views_shared", "views", ["shared"])
    for name in ("followers", "snoozed", "bonds"):
        op.add_column("tickets", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.add_column("tickets", sa.Column("merged_into", WHOLE, nullable=True))
    op.add_column("tickets", sa.Column("void", SMALL, nullable=False, server_default=sa.text("0")))
    op.drop_column("tickets", "search")
    table(
        "texts",
        sa.Column("ticket", WHOLE, nullable=False, autoincrement=False), column("head", sa.Text),
        column("notes", sa.Text), sa.PrimaryKeyConstraint("ticket", name="pk_texts"),
    )  # fmt: skip
    table(
        "open_counts",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("team", "owner", "resolver")), column("value", WHOLE),
        sa.PrimaryKeyConstraint("team", "owner", "resolver", name="pk_open_counts"),
    )  # fmt: skip
    op.create_index("ix_tickets_open_whose", "tickets", ["team", "owner", "resolver"], sqlite_where=OPEN, postgresql_where=OPEN)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(TOKENS)
    elif op.get_bind().exec_driver_sql(HAS_FTS5).scalar_one():
        op.execute(FULL_TEXT)
    op.execute("UPDATE stamp SET schema_version = 2, min_client = 2")


def downgrade():
    """Back to the first schema: saved views are lost."""
    for name in ("void", "merged_into", "bonds", "snoozed", "followers"):
        op.drop_column("tickets", name)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE IF EXISTS texts_index")
    op.drop_index("ix_tickets_open_whose", "tickets")
    op.drop_table("open_counts")
    op.drop_table("texts")
    op.add_column("tickets", sa.Column("search", sa.Text, nullable=False, server_default=""))
    op.drop_table("views")
    op.execute("UPDATE stamp SET schema_version = 1, min_client = 1")
