"""The journal: numbers without gaps in commit order, a chain that shows tampering, the feed's question."""

from dataclasses import replace

import pytest

from supporttui.domain.events import Acknowledged, Imported, Noted, Origin, State, StateChanged
from supporttui.domain.ids import TicketId
from supporttui.storage import SqlStore
from supporttui.usecases.ports import Call
from tests.storage.conftest import Database
from tests.storage.making import ANA, NOW, change, fact, opened_in, operation


def test_facts_come_back_as_they_were_with_number_and_time(store: SqlStore, database: Database):
    ticket = opened_in(store)
    added = fact(ticket.id, StateChanged(State.scheduled, reason="parts", until=NOW + 60), actor="watch")
    with store.write() as tx:
        tx.journal.append([added])
    with store.read() as tx:
        stored = tx.journal.of_ticket(ticket.id)[-1]
        recorded = tx.now()
    assert stored == replace(added, seq=2, recorded_at=stored.recorded_at)
    assert 0 <= recorded - stored.recorded_at <= 5


def test_facts_of_a_running_transaction_come_last_among_their_instant(store: SqlStore):
    ticket = opened_in(store)
    with store.write() as tx:
        tx.journal.append([fact(ticket.id, Noted("one")), fact(ticket.id, Noted("two"))])
        tx.journal.append([fact(ticket.id, Noted("before"), at=NOW - 1)])
        running = [known.event for known in tx.journal.of_ticket(ticket.id)]
    with store.read() as tx:
        stored = [known.event for known in tx.journal.of_ticket(ticket.id)]
        past = tx.journal.of_ticket(ticket.id, until=NOW - 1)
    assert running == stored
    assert [running[0], *running[2:]] == [Noted("before"), Noted("one"), Noted("two")]
    assert [known.event for known in past] == [Noted("before")]


def test_every_fact_is_streamed_in_journal_order(store: SqlStore):
    ticket = opened_in(store)
    with store.write() as tx:
        tx.journal.append([fact(ticket.id, Noted(str(n)), at=NOW + n % 3) for n in range(2500)])
    with store.read() as tx:
        assert [known.seq for known in tx.journal.each()] == list(range(1, 2502))
        assert [known.seq for known in tx.journal.each(after=2400)] == list(range(2401, 2502))
        assert {known.at for known in tx.journal.each(until=NOW)} == {NOW}


def test_changes_tell_tickets_and_definitions_behind_a_number(store: SqlStore):
    first, second = opened_in(store), opened_in(store)
    with store.write() as tx:
        tx.journal.append_definition(Call(ANA, NOW, operation()), "policy", "night", 2)
    with store.write() as tx:
        change(tx, second, Acknowledged(ANA))
    told = [store.changes(after) for after in range(5)]
    assert [(set(known.tickets), known.definitions, known.seq) for known in told] == [
        ({first.id, second.id}, True, 4), ({second.id}, True, 4), ({second.id}, True, 4),
        ({second.id}, False, 4), (set(), False, 4),
    ]  # fmt: skip
    assert store.head() == 4


def test_definition_changes_are_in_the_chain_and_in_no_ticket(store: SqlStore):
    with store.write() as tx:
        tx.journal.append_definition(Call(ANA, NOW, operation(), Origin.imported), "rota", "r1", 1)
    with store.read() as tx:
        assert list(tx.journal.each()) == []
        assert tx.journal.head() == 1
    assert store.verify() is None


def test_rows_of_a_foreign_log_are_known_afterwards(store: SqlStore):
    ticket = opened_in(store)
    with store.write() as tx:
        tx.journal.append([fact(ticket.id, Imported("sn", "INC1", row)) for row in ("a", "b", "a")])
    with store.read() as tx:
        assert tx.journal.imported_rows("sn", ["INC1", "INC2"]) == {"INC1": (ticket.id, frozenset("ab"))}
        assert tx.journal.imported_rows("other", ["INC1"]) == {}


TAMPERINGS = {
    "payload": ("UPDATE journal SET payload = replace(payload, 'two', 'too') WHERE seq = 3", 3),
    "actor": ("UPDATE journal SET actor = 'ben' WHERE seq = 2", 2),
    "instant": ("UPDATE journal SET at = at + 1 WHERE seq = 4", 4),
    "recorded": ("UPDATE journal SET recorded_at = 0 WHERE seq = 1", 1),
    "login": ("UPDATE journal SET login = 'mallory' WHERE seq = 1", 1),
    "ticket": ("UPDATE journal SET ticket = 99 WHERE seq = 3", 3),
    "removed": ("DELETE FROM journal WHERE seq = 2", 2),
    "tail removed": ("DELETE FROM journal WHERE seq = 4", 4),
    "head": ("UPDATE journal_head SET hash = ''", 5),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found_where_it_happened(store: SqlStore, database: Database, name: str):
    ticket = opened_in(store)
    with store.write() as tx:
        tx.journal.append([fact(ticket.id, Noted(word)) for word in ("one", "two", "three")])
    assert store.verify() is None
    statement, place = TAMPERINGS[name]
    database.run(statement)
    assert store.verify() == place


def test_an_exchange_of_two_facts_is_found(store: SqlStore, database: Database):
    ticket = opened_in(store)
    with store.write() as tx:
        tx.journal.append([fact(ticket.id, Noted("one")), fact(ticket.id, Noted("two"))])
    database.run(
        "UPDATE journal SET seq = 9 WHERE seq = 2",
        "UPDATE journal SET seq = 2 WHERE seq = 3",
        "UPDATE journal SET seq = 3 WHERE seq = 9",
    )
    assert store.verify() == 2


def test_on_postgresql_the_login_is_the_session_s(store: SqlStore, database: Database):
    opened_in(store)
    with store.read() as tx:
        (row,) = tx._connection.exec_driver_sql("SELECT login FROM journal").all()
    assert row.login == {"sqlite": "", "postgresql": "postgres"}[database.kind]


def test_unknown_tickets_have_no_facts(store: SqlStore):
    with store.read() as tx:
        assert tx.journal.of_ticket(TicketId(5)) == ()
        assert tx.journal.head() == 0
    assert store.changes(0).tickets == frozenset()
