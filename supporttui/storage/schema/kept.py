"""What is kept so that no list is walked for it: the searched texts with their index, and counts of open tickets."""

from sqlalchemy import Column, Connection

from supporttui.storage.schema.base import Text, Whole, table, text, whole

texts = table(
    "texts",
    Column("ticket", Whole, primary_key=True, autoincrement=False),
    text("head"),
    text("notes"),
)
"""As tokens (``domain/filter/search.py``): what a ticket says itself, and what was said later."""

open_counts = table(
    "open_counts",
    Column("team", Text, primary_key=True),
    Column("owner", Text, primary_key=True),
    Column("resolver", Text, primary_key=True),
    whole("value"),
)
"""How many open tickets there are of each team, owner (empty: nobody) and resolver."""

INDEX = "texts_index"
FULL_TEXT = f"""\
CREATE VIRTUAL TABLE {INDEX} USING fts5(
head, notes, content='texts', content_rowid='ticket', detail='none', columnsize=0, prefix='1', tokenize='ascii')"""
"""On SQLite: which tickets hold which tokens, and no more. Its own tokenizer has nothing to do: a token has only
letters and digits of ASCII, or what ``ascii`` leaves alone. A row is forgotten by its old texts: the oldest of our
libraries knows no index that could do so by its number."""
TOKENS = "array_to_tsvector(string_to_array(btrim(head || notes, ' '), ' '))"
GIN = f"CREATE INDEX {INDEX} ON texts USING gin ({TOKENS})"
"""On PostgreSQL the same."""
_INDEXED = f"SELECT count(*) FROM sqlite_master WHERE name = '{INDEX}'"  # noqa: S608
_MODULES = "SELECT count(*) FROM pragma_module_list WHERE name = 'fts5'"


def can_index(connection: Connection) -> bool:
    """Whether the library can hold the index; without it words are looked for in the texts, one by one."""
    return connection.dialect.name != "sqlite" or bool(connection.exec_driver_sql(_MODULES).scalar_one())


def make_index(connection: Connection) -> None:
    """The empty index of the searched texts, where there can be one."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(GIN)
    elif can_index(connection):
        connection.exec_driver_sql(FULL_TEXT)


def has_index(connection: Connection) -> bool:
    """Whether there is an index of SQLite to keep; PostgreSQL keeps its own."""
    return connection.dialect.name == "sqlite" and bool(connection.exec_driver_sql(_INDEXED).scalar_one())


def empty_index(connection: Connection) -> None:
    """Take away the index of SQLite, if there is one, for another to be filled."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {INDEX}")


def fill_index(connection: Connection) -> None:
    """An index of SQLite over all texts, where there can be one."""
    if connection.dialect.name == "sqlite" and can_index(connection):
        connection.exec_driver_sql(FULL_TEXT)
        connection.exec_driver_sql(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')")  # noqa: S608
