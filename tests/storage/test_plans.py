"""Hot statements walk an index, in the wanted order, without sorting; and a page is one statement."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, event, text

from supporttui.domain.ids import OperationId, TicketId
from supporttui.domain.queue import EVERYTHING, And, Op, SortBy, Term
from supporttui.domain.sla.timer import SortKey
from supporttui.storage import SqlStore, open_store, upkeep
from tests.storage.conftest import Database
from tests.storage.making import ANA, NOW, put
from tests.storage.test_queue import OPEN, page, some

SOON = And((OPEN, Term("sla", Op.lt, (3600,)), Term("state", Op.ne, ("scheduled",))))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    """Mostly closed tickets, as in a database that has been in use; the tests here only read it."""
    name = f"plans_{os.getpid()}"
    if request.param == "sqlite":
        made = Database("sqlite", f"sqlite:///{tmp_path_factory.mktemp('plans') / 'plans.db'}")
        yield _fill(made)
        made.opened[0].close()
    else:
        server = request.getfixturevalue("postgres_server")
        made = Database("postgresql", server.create(name))
        yield _fill(made)
        made.opened[0].close()
        server.drop(name)


def _fill(database: Database) -> SqlStore:
    store = database.open(create=True)
    with store.write() as tx:
        for made, timers in some(40):
            tx.tickets.insert(made, timers, SortKey())
        columns = ", ".join(column for column in _columns(tx._connection) if column != "id")
        closed = columns.replace("is_open", "0").replace("state,", "'closed',", 1)
        for step in (40, 80, 160, 320, 640):
            tx._connection.execute(
                text(f"INSERT INTO tickets (id, {columns}) SELECT id + {step}, {columns} FROM tickets")
            )
        for step in (1280, 2560):
            tx._connection.execute(
                text(f"INSERT INTO tickets (id, {columns}) SELECT id + {step}, {closed} FROM tickets")
            )
        upkeep.rebuild(tx._connection)
    database.run("ANALYZE")
    return store


def _columns(connection: Connection) -> list[str]:
    return list(connection.execute(text("SELECT * FROM tickets LIMIT 1")).keys())


@contextmanager
def watched(store: SqlStore) -> Iterator[list[tuple[str, object]]]:
    """The statements that a store sends, with their parameters."""
    sent: list[tuple[str, object]] = []

    def note(_connection, _cursor, statement, parameters, *_rest) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            sent.append((statement, parameters))

    event.listen(store._engine, "before_cursor_execute", note)
    yield sent
    event.remove(store._engine, "before_cursor_execute", note)


def plan(store: SqlStore, statement: str, parameters: object) -> str:
    explain = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}[store.dialect]
    with store.read() as tx:
        rows = tx._connection.exec_driver_sql(explain + statement, parameters).all()
    return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize("sort", SortBy)
@pytest.mark.parametrize(("backwards", "reverse"), [(False, False), (True, False), (False, True), (True, True)])
def test_a_page_is_one_statement_that_walks_the_index_of_its_order(filled: SqlStore, sort, backwards, reverse):
    with filled.read() as tx:
        place = page(tx, OPEN, sort=sort, limit=7)[-1]
    # PostgreSQL weighs costs and may sort the few rows it expects of a filter; SQLite must not.
    for query in (OPEN, SOON) if filled.dialect == "sqlite" else (OPEN,):
        for offset_row in (None, place):
            with watched(filled) as sent, filled.read() as tx:
                page(tx, query, sort=sort, limit=5, offset_row=offset_row, backwards=backwards, reverse=reverse)
            ((statement, parameters),) = sent
            found = plan(filled, statement, parameters)
            by_number = sort is SortBy.number and "USING INTEGER PRIMARY KEY" in found
            assert f"ix_tickets_open_{sort.value}" in found or by_number, found
            assert "TEMP B-TREE" not in found
            assert "Sort" not in found


READS = {
    "facts of a ticket": (lambda tx: tx.journal.of_ticket(TicketId(5)), "ix_journal_ticket_at_seq"),
    "an operation": (lambda tx: tx.journal.operation(OperationId("o")), "journal_operation_part"),
    "a ticket": (lambda tx: tx.tickets.rows([TicketId(5)]), "tickets"),
    "a reference": (lambda tx: tx.tickets.find("jira", "OPS-1"), "ix_ticket_references_system_key"),
    "timers": (lambda tx: tx.tickets.timers(TicketId(5)), "timers"),
    "due steps": (lambda tx: tx.escalations.due(NOW, 10), "ix_escalations_due"),
    "next step": (lambda tx: tx.escalations.next_due(), "ix_escalations_due"),
    "notices of a ticket": (lambda tx: tx.outbox.of_ticket(TicketId(5)), "ix_outbox_ticket"),
    "known rows": (lambda tx: tx.journal.imported_rows("sn", ["INC1"]), "imported_rows"),
    "next facts": (lambda tx: next(iter(tx.journal.each(after=7)), None), "journal"),
}


@pytest.mark.parametrize("name", READS)
def test_no_read_of_one_thing_scans_a_table(sqlite_url: str, name: str):
    store = open_store(sqlite_url, clock=lambda: NOW)
    read, index = READS[name]
    with watched(store) as sent, store.read() as tx:
        read(tx)
    ((statement, parameters),) = sent
    found = plan(store, statement, parameters)
    store.close()
    assert found.startswith("SEARCH"), found
    assert index in found or "autoindex" in found or "PRIMARY KEY" in found


def test_the_feed_s_question_reads_only_what_is_new(sqlite_url: str):
    store = open_store(sqlite_url, clock=lambda: NOW)
    with watched(store) as sent:
        store.changes(7)
    ((statement, parameters),) = sent
    found = plan(store, statement, parameters)
    store.close()
    assert found.startswith("SEARCH journal USING INTEGER PRIMARY KEY")


def test_statements_do_not_grow_with_the_page(filled: SqlStore):
    counts = []
    for limit in (1, 30):
        with watched(filled) as sent, filled.read() as tx:
            page(tx, SOON, limit=limit, me=ANA)
        counts.append(len(sent))
    assert counts == [1, 1]


def test_facets_are_one_statement_over_no_more_rows_than_they_are_told(store: SqlStore):
    with store.write() as tx:
        for made, timers in some(20):
            put(tx, made, *timers)
    with watched(store) as sent, store.read() as tx:
        facets = tx.tickets.facets(EVERYTHING, now=NOW, me=ANA, most=5)
    assert len(sent) == 1
    assert sum(facet.count for facet in facets if facet.field == "priority") == 5
