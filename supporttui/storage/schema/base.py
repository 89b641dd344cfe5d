"""What all tables share: types that both databases hold to alike, and names for every constraint."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    TypeDecorator,
)
from sqlalchemy import Text as AnyText
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import SchemaItem

from supporttui.domain.text import storable

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Whole = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of 64 bits; STRICT tables of SQLite know it as INTEGER."""
Small = SmallInteger().with_variant(Integer(), "sqlite")


class Text(TypeDecorator[str]):
    """Text as it came, but for what one database or the other cannot hold."""

    impl = AnyText
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Called by SQLAlchemy for each parameter of this type."""
        return value if value is None else storable(value)


def table(name: str, *items: SchemaItem) -> Table:
    """STRICT on SQLite, so that both databases refuse the same wrong types."""
    return Table(name, metadata, *items, sqlite_strict=True)


def whole(name: str) -> Column[int]:
    """A number that is always there."""
    return Column(name, Whole, nullable=False)


def text(name: str) -> Column[str]:
    """A text that is always there, if only empty."""
    return Column(name, Text, nullable=False)


def of_ticket() -> Column[int]:
    """The ticket a row belongs to; checked at the commit, so that a transaction may write in any order."""
    key = ForeignKey("tickets.id", deferrable=True, initially="DEFERRED")
    return Column("ticket", Whole, key, primary_key=True, autoincrement=False)
