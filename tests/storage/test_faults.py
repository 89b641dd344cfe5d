"""Errors of the databases are faults with a code: what to tell a person, and whether to try again."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import DBAPIError

from supporttui.domain.events import Acknowledged
from supporttui.domain.faults import Forbidden, StoreUnavailable, StoreUnfit
from supporttui.storage import SqlStore, open_store, sqlite
from supporttui.storage.errors import fault_of
from tests import postgres
from tests.builders import refuses
from tests.storage.conftest import Database
from tests.storage.making import ANA, NOW, change, opened_in


class Failure(Exception):
    """What a driver raises."""

    def __init__(self, text: str = "", sqlstate: str | None = None) -> None:
        super().__init__(text)
        self.sqlstate = sqlstate


KNOWN = {
    "53100": "store.disk_full", "57014": "store.timeout", "25P03": "store.timeout", "55P03": "store.locked",
    "40001": "store.locked", "40P01": "store.locked", "25006": "store.read_only", "08006": "store.unreachable",
    "57P01": "store.unreachable", "57P03": "store.unreachable", "42501": "store.forbidden",
    "database is locked": "store.locked", "database table is locked": "store.locked",
    "database or disk is full": "store.disk_full", "attempt to write a readonly database": "store.read_only",
    "unable to open database file": "store.unreachable", "disk I/O error": "store.unreachable",
    "interrupted": "store.timeout", "database disk image is malformed": "store.damaged",
    "file is not a database": "store.not_ours", "no such module: fts5": "store.no_full_text",
}  # fmt: skip


@pytest.mark.parametrize("sign", KNOWN)
def test_an_error_of_a_library_becomes_a_fault(sign: str):
    failure = Failure("", sign) if len(sign) == 5 else Failure(sign)
    fault = fault_of(DBAPIError("SELECT 1", {}, failure))
    assert fault is not None
    assert fault.code == KNOWN[sign]


@pytest.mark.parametrize("failure", [Failure("no such column: x"), Failure("", "42703"), Failure("", "23505")])
def test_what_only_a_bug_can_cause_stays_an_error(failure: Failure):
    assert fault_of(DBAPIError("SELECT x", {}, failure)) is None


def test_a_bug_in_a_statement_is_not_dressed_up(store: SqlStore):
    with pytest.raises(DBAPIError), store.read() as tx:
        tx._connection.exec_driver_sql("SELECT nonsense")


def test_parameters_of_a_failing_statement_are_not_told(store: SqlStore):
    with pytest.raises(DBAPIError) as caught, store.write() as tx:
        tx._connection.exec_driver_sql(
            {"sqlite": "SELECT nonsense + ?", "postgresql": "SELECT nonsense + %s"}[store.dialect], ("secret",)
        )
    assert "secret" not in str(caught.value)


def test_a_second_writer_is_told_after_a_bounded_wait(sqlite_url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    database = Database("sqlite", sqlite_url)
    first, second = database.open(), database.open()
    with first.write() as tx:
        tx.tickets.new_id()
        with refuses("store.locked", StoreUnavailable), second.write():
            pass
    with second.write() as tx:
        tx.tickets.new_id()
    first.close()
    second.close()


def test_a_commit_that_a_long_reader_blocks_stores_nothing_and_keeps_no_lock(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
):
    """With a rollback journal; afterwards the same desk, another one, and readers go on."""
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    driver = sqlite.library().connect(sqlite_url.removeprefix("sqlite:///"))
    assert driver.execute("PRAGMA journal_mode = DELETE").fetchall() == [("delete",)]
    driver.close()
    database = Database("sqlite", sqlite_url)
    desk, reader = database.open(), database.open()
    with reader.read() as reading:
        assert reading.journal.head() == 0
        with refuses("store.locked", StoreUnavailable):
            opened_in(desk)
    assert desk.head() == 0
    opened_in(desk)
    opened_in(reader)
    assert desk.head() == reader.head() == 2
    desk.close()
    reader.close()


@pytest.fixture
def shared(postgres_url: str) -> Iterator[Database]:
    database = Database("postgresql", postgres_url)
    database.open()
    yield database
    for store in database.opened:
        store.close()


def test_a_slow_statement_is_stopped_by_the_server(shared: Database):
    with refuses("store.timeout", StoreUnavailable), shared.opened[0].read() as tx:
        tx._connection.exec_driver_sql("SET LOCAL statement_timeout = '20ms'")
        tx._connection.exec_driver_sql("SELECT pg_sleep(30)")


def test_every_connection_is_bounded_and_named(shared: Database):
    with shared.opened[0].read() as tx:
        ask = tx._connection.exec_driver_sql
        names = (
            "statement_timeout", "idle_in_transaction_session_timeout", "idle_session_timeout", "TimeZone",
            "application_name", "transaction_isolation", "transaction_read_only",
        )  # fmt: skip
        shown = [ask(f"SHOW {name}").scalar_one() for name in names]
    assert shown == ["10s", "10s", "1min", "UTC", "supporttui", "repeatable read", "on"]
    with shared.opened[0].write() as tx:
        assert tx._connection.exec_driver_sql("SHOW transaction_isolation").scalar_one() == "read committed"


def test_a_server_that_became_a_replica_only_reads(shared: Database):
    ticket = opened_in(shared.opened[0])
    with refuses("store.read_only", StoreUnavailable), shared.opened[0].write() as tx:
        tx._connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        change(tx, ticket, Acknowledged(ANA))


def end_backend(database: Database, pid: int) -> None:
    database.run(f"SELECT pg_terminate_backend({pid}, 5000)")


def test_a_connection_lost_before_the_commit_stored_nothing(shared: Database):
    store = shared.opened[0]
    ticket = opened_in(store)
    with refuses("store.unreachable", StoreUnavailable), store.write() as tx:
        change(tx, ticket, Acknowledged(ANA))
        end_backend(shared, tx._connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())
    with store.read() as tx:
        assert tx.tickets.get(ticket.id) == ticket


def test_a_connection_lost_during_the_commit_leaves_the_outcome_open(shared: Database):
    with refuses("store.outcome_unknown", StoreUnavailable), shared.opened[0].write() as tx:
        tx.definitions.put_site({"name": "x"})
        end_backend(shared, tx._connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())


@pytest.fixture
def as_reader(shared: Database, postgres_server: postgres.Server) -> Iterator[Callable[[str], SqlStore]]:
    """A store under a login that may do what a statement grants, and read everything."""
    name = f"reader_{os.getpid()}"
    shared.run(f"CREATE ROLE {name} LOGIN", f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}")

    def open_as(*grants: str) -> SqlStore:
        shared.run(*(grant.format(role=name) for grant in grants))
        reading = Database("postgresql", shared.url.replace("//postgres@", f"//{name}@"))
        shared.opened.append(reading.open())
        return shared.opened[-1]

    yield open_as
    shared.run(f"DROP OWNED BY {name}", f"DROP ROLE {name}")


@contextmanager
def row_security(database: Database) -> Iterator[None]:
    database.run(
        "ALTER TABLE tickets ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY see ON tickets FOR SELECT USING (true)",
        "CREATE POLICY touch ON tickets FOR UPDATE USING (false)",
    )
    yield
    database.run(
        "DROP POLICY see ON tickets", "DROP POLICY touch ON tickets",
        "ALTER TABLE tickets DISABLE ROW LEVEL SECURITY",
    )  # fmt: skip


def test_a_missing_privilege_is_forbidden(shared: Database, as_reader):
    ticket = opened_in(shared.opened[0])
    with refuses("store.forbidden", Forbidden), as_reader().write() as tx:
        change(tx, ticket, Acknowledged(ANA))


def test_a_row_that_may_be_seen_and_not_changed_is_forbidden_and_no_conflict(shared: Database, as_reader):
    ticket = opened_in(shared.opened[0])
    with row_security(shared):
        store = as_reader("GRANT UPDATE ON tickets TO {role}")
        with refuses("ticket.forbidden", Forbidden), store.write() as tx:
            change(tx, ticket, Acknowledged(ANA))


def test_without_the_driver_the_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with refuses("store.driver_missing", StoreUnfit):
        open_store("postgresql://db.example.org/desk", clock=lambda: NOW)
