"""What a person does with a queue: saved views.

Written out, as every migration is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SMALL = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")


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
    op.execute("UPDATE stamp SET schema_version = 2, min_client = 2")


def downgrade():
    """Back to the first schema: saved views are lost."""
    op.drop_table("views")
    op.execute("UPDATE stamp SET schema_version = 1, min_client = 1")
