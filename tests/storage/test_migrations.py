"""Migrations and ``create_all`` make the same schema, on both databases."""

import re
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from supporttui.domain.events import Noted
from supporttui.domain.faults import StoreUnfit
from supporttui.domain.queue import Words
from supporttui.domain.spans import Instant
from supporttui.storage import migrate, open_store
from supporttui.storage.schema import SCHEMA_VERSION
from supporttui.storage.sqlite import WRITES, library
from supporttui.usecases.ports import EscalationState
from tests.builders import refuses
from tests.storage.making import NOW, change, escalation, notice, open_one, opened, opened_in, timer
from tests.storage.test_queue import OPEN, page

CATALOGUE = """
SELECT 'column', table_name || '.' || column_name, data_type || ' ' || is_nullable || ' '
    || coalesce(column_default, '-') || ' ' || rank() OVER (PARTITION BY table_name ORDER BY ordinal_position)
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'constraint', conname, pg_get_constraintdef(oid) || ' ' || condeferrable || condeferred
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'sequence', sequence_name, data_type FROM information_schema.sequences
UNION ALL SELECT 'function', proname, pg_get_functiondef(oid)
  FROM pg_proc WHERE pronamespace = 'public'::regnamespace
ORDER BY 1, 2
"""


def no_clock() -> Instant:
    return Instant(0)


def sqlite_schema(path) -> list[tuple]:
    driver = library().connect(str(path))
    rows = driver.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    marks = [driver.execute(f"PRAGMA {name}").fetchall() for name in ("application_id", "journal_mode")]
    driver.close()
    return [(kind, name, re.sub(r"\s+", " ", sql or "")) for kind, name, sql in rows] + marks


def sqlite_rows(path) -> dict[str, list[tuple]]:
    driver = library().connect(str(path))
    names = [row[0] for row in driver.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {name: driver.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    driver.close()
    return rows


def postgres_rows(url: str, query: str) -> list[tuple]:
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(query)).all()]
    engine.dispose()
    return rows


def test_an_sqlite_file_made_by_migrations_equals_one_made_at_once(tmp_path):
    made, migrated = tmp_path / "made.db", tmp_path / "migrated.db"
    open_store(str(made), clock=no_clock, create=True).close()
    migrate.upgrade(str(migrated))
    assert sqlite_schema(migrated) == sqlite_schema(made)
    assert sqlite_rows(migrated) == sqlite_rows(made)
    assert migrate.check(str(migrated)) == ()


def test_a_postgresql_database_made_by_migrations_equals_one_made_at_once(postgres_url, empty_postgres_url):
    migrate.upgrade(empty_postgres_url)
    assert postgres_rows(empty_postgres_url, CATALOGUE) == postgres_rows(postgres_url, CATALOGUE)
    for table in ("stamp", "journal_head", "lease", "counters", "alembic_version"):
        query = f"SELECT * FROM {table} ORDER BY 1"
        assert postgres_rows(empty_postgres_url, query) == postgres_rows(postgres_url, query)
    assert migrate.check(empty_postgres_url) == ()


def test_upgrading_twice_changes_nothing(sqlite_url, postgres_url):
    for url in (sqlite_url, postgres_url):
        migrate.upgrade(url)
        state = migrate.schema_state(url)
        assert state is not None
        assert state.schema_version == SCHEMA_VERSION


def test_a_missing_column_is_drift(sqlite_url):
    driver = library().connect(sqlite_url.removeprefix("sqlite:///"))
    driver.execute("ALTER TABLE outbox DROP COLUMN error")
    driver.close()
    (difference,) = migrate.check(sqlite_url)
    assert "error" in difference
    assert "outbox" in difference


def test_an_upgrade_refuses_a_newer_schema(sqlite_url):
    driver = library().connect(sqlite_url.removeprefix("sqlite:///"))
    driver.execute("UPDATE stamp SET schema_version = 7, min_client = 5")
    driver.commit()
    driver.close()
    with refuses("store.too_new", StoreUnfit):
        migrate.upgrade(sqlite_url)


def test_an_upgrade_makes_what_is_searched_and_counted_of_an_older_database(database):
    store = database.open()
    with store.write() as tx:
        ticket = open_one(tx, opened("Drucker", text="kein Papier"))
        change(tx, ticket, Noted("Toner bestellt"))
    downgrade(database.url, "0001")
    migrate.upgrade(database.url)
    assert migrate.check(database.url) == ()
    with database.open().read() as tx:
        for text in ("druck", "papier", "toner"):
            assert [row.id for row in page(tx, Words(text))] == [ticket.id]
        assert tx.tickets.count(OPEN, now=NOW, me=None, most=9) == 1


def test_after_an_upgrade_nobody_is_told_of_what_was_late_long_ago_and_what_may_still_be_kept_is_looked_at(database):
    store = database.open()
    for due in (NOW - 60, NOW + 3600):
        opened_in(store, timers=(timer(due),))
    opened_in(store, timers=(timer(NOW + 3600, breached_at=NOW - 60),))
    downgrade(database.url, "0002")
    migrate.upgrade(database.url)
    with database.open().read() as tx:
        assert [mark.ticket for mark in tx.marks.due(NOW, 9)] == [2]


def test_an_upgrade_keeps_running_escalations_and_notices_that_wait(database):
    store = database.open()
    ticket = opened_in(store).id
    with store.write() as tx:
        tx.escalations.save(escalation(ticket, state=EscalationState.exhausted))
        tx.outbox.add([notice("page:1", ticket=ticket)])
    downgrade(database.url, "0003")
    migrate.upgrade(database.url)
    assert migrate.check(database.url) == ()
    with database.open().read() as tx:
        assert tx.escalations.get(ticket) == escalation(ticket, state=EscalationState.exhausted)
        assert [one.key for one in tx.outbox.of_ticket(ticket)] == ["page:1"]


def downgrade(url: str, revision: str) -> None:
    """The tables as an older program made them."""
    engine = migrate._open(url, None, create=False)
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).with_name("migrations")))
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    engine.dispose()
