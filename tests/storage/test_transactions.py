"""Transactions: all or nothing, one view, no lost update, an operation once."""

import threading
from dataclasses import replace

import pytest

from supporttui.domain.events import Acknowledged, Assigned, Noted, Referenced, StepFired
from supporttui.domain.faults import Conflict, NotFound, Refused, StoreUnavailable
from supporttui.domain.ids import OperationId, TeamId, TicketId
from supporttui.domain.people import Team
from supporttui.domain.sla.targets import Metric
from supporttui.domain.sla.timer import SortKey
from supporttui.domain.tickets import replay
from supporttui.storage import SqlStore, memory_store
from tests.builders import refuses
from tests.storage.conftest import Database
from tests.storage.making import ANA, BEN, NOW, change, fact, notice, open_one, opened, opened_in, operation, timer


class Planned(Exception):
    """Raised on purpose in the middle of a transaction."""


def test_what_was_committed_is_read_back_equal(store: SqlStore):
    event = opened("Grüße \x00 aus 東京 \ud800", requester="O'Neil", text="a\nb", language="de", drill=True)
    with store.write() as tx:
        ticket = open_one(tx, event, timers=(timer(), timer(None, cycle=2)))
        ticket = change(tx, ticket, Referenced("jira", "OPS-1", "https://example.org/OPS-1"))
        ticket = change(tx, ticket, Assigned(owner=ANA, resolver="vendor"))
    with store.read() as tx:
        assert tx.tickets.get(ticket.id) == replace(replay(tx.journal.of_ticket(ticket.id)), version=3)
        assert tx.tickets.get(ticket.id).title == "Grüße \ufffd aus 東京 \ufffd"
        assert tx.tickets.find("jira", "OPS-1") == ticket.id
        assert tx.tickets.find("jira", "OPS-2") is None


def test_timers_come_back_equal(store: SqlStore):
    timers = (
        timer(cycle=1, warn_at=(NOW + 1, NOW + 2), calendar="office", derived=True),
        timer(None, cycle=2, stopped=NOW, late=True, breached_at=NOW - 5, breached_seconds=9, breached_calendar="x"),
        timer(NOW + 9000, metric=Metric.underpinning, authority="vendor", days=3),
    )
    ticket = opened_in(store, timers=timers)
    with store.read() as tx:
        assert tx.tickets.timers(ticket.id) == timers
        (row,) = tx.tickets.rows([ticket.id])
    assert (row.metric, row.due, row.calendar) == (timers[0].metric, timers[0].due, "office")


def test_a_failing_transaction_leaves_nothing(store: SqlStore):
    before = opened_in(store)
    with pytest.raises(Planned), store.write() as tx:  # noqa: PT012
        change(tx, before, Noted("never"))
        raise Planned
    with store.read() as tx:
        assert tx.tickets.get(before.id) == before
        assert len(tx.journal.of_ticket(before.id)) == 1
    assert store.head() == 1
    assert store.verify() is None


def test_an_attempt_that_fails_leaves_nothing_and_the_transaction_goes_on(store: SqlStore):
    """Tickets, facts, claimed firings and notices inside it are gone; what was written around it stays."""
    first, second = opened_in(store), opened_in(store)
    with store.write() as tx:
        first = change(tx, first, Noted("before"))
        with pytest.raises(Planned), tx.attempt():  # noqa: PT012
            change(tx, second, Noted("never"))
            tx.journal.append([fact(second.id, StepFired(1, 1, 1, 1), op=OperationId("shared"))])
            tx.outbox.add([notice("never")])
            with tx.attempt():
                change(tx, first, Noted("never either"))
            raise Planned
        assert len(tx.journal.of_ticket(second.id)) == 1
        with tx.attempt():
            change(tx, second, Noted("after"))
            tx.journal.append([fact(second.id, StepFired(1, 1, 1, 1), op=OperationId("shared"))])
    with store.read() as tx:
        assert [f.event.text for f in tx.journal.of_ticket(first.id)[1:]] == ["before"]
        assert [type(f.event) for f in tx.journal.of_ticket(second.id)[1:]] == [Noted, StepFired]
        assert tx.tickets.get(first.id).version == first.version
        assert tx.outbox.counts() == {}
    assert store.verify() is None


def test_a_read_sees_one_state_while_others_commit(store: SqlStore, other: SqlStore, meanwhile):
    ticket = opened_in(store)

    def acknowledge() -> None:
        with other.write() as writing:
            change(writing, ticket, Acknowledged(BEN))

    with store.read() as tx:
        assert tx.journal.head() == 1
        meanwhile(acknowledge)
        assert tx.journal.head() == 1
        assert tx.tickets.get(ticket.id) == ticket


def test_a_stale_version_is_a_conflict_that_names_who_and_when(store: SqlStore, other: SqlStore):
    ticket = opened_in(store)
    with other.write() as tx:
        change(tx, ticket, Acknowledged(BEN), actor=BEN)
    with pytest.raises(Conflict) as caught, store.write() as tx:
        change(tx, ticket, Acknowledged(ANA))
    assert (caught.value.code, caught.value.changed_by, caught.value.at) == ("ticket.changed", BEN, NOW)


def test_an_unknown_ticket_is_not_found(store: SqlStore):
    with store.read() as tx, refuses("ticket.unknown", NotFound):
        tx.tickets.get(TicketId(404))
    ghost = opened_in(store)
    with pytest.raises(NotFound), store.write() as tx:
        tx.tickets.save(replace(ghost, id=TicketId(404)), (), SortKey(), expected=1)


def test_numbers_of_tickets_rise_and_never_repeat(store: SqlStore, other: SqlStore):
    taken = []
    for desk in (store, other, store):
        with desk.write() as tx:
            taken += [tx.tickets.new_id(), tx.tickets.new_id()]
    assert taken == sorted(set(taken))


def test_an_operation_id_is_taken_once(store: SqlStore, other: SqlStore):
    ticket = opened_in(store)
    op = operation()
    with store.write() as tx:
        tx.journal.append([fact(ticket.id, Noted("one"), op=op), fact(ticket.id, Noted("two"), op=op)])
        tx.journal.append([fact(ticket.id, Noted("three"), op=op)])
        assert [known.event for known in tx.journal.operation(op)] == [Noted("one"), Noted("two"), Noted("three")]
    with refuses("operation.known", Refused), other.write() as tx:
        tx.journal.append([fact(ticket.id, Noted("again"), op=op)])
    with store.read() as tx:
        assert len(tx.journal.operation(op)) == 3
        assert tx.journal.operation(operation()) == ()


def test_of_two_who_race_with_one_operation_id_one_is_refused(store: SqlStore, other: SqlStore):
    """Both looked before either committed: the unique key of the journal decides."""
    ticket = opened_in(store)
    op = operation()
    outcomes: list[str] = []
    both_looked = threading.Barrier(2)

    def write(desk: SqlStore) -> None:
        try:
            with desk.write() as tx:
                tx.journal.append([fact(ticket.id, Noted("once"), op=op)])
                if desk.dialect == "postgresql":
                    both_looked.wait(10)
            outcomes.append("stored")
        except Refused as refusal:
            outcomes.append(refusal.code)

    threads = [threading.Thread(target=write, args=(desk,)) for desk in (store, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["operation.known", "stored"]


def test_a_sealed_or_read_only_store_refuses_to_write(store: SqlStore, database: Database):
    reading = database.open(read_only=True)
    assert reading.head() == 0
    store.seal()
    for desk in (store, reading):
        with refuses("store.read_only", StoreUnavailable), desk.write():
            pass


def test_the_clock_is_the_database_s(store: SqlStore, database: Database):
    with store.write() as tx:
        before = tx.now()
    database.forward(500)
    with store.write() as tx:
        assert 500 <= tx.now() - before <= 510


def test_memory_is_a_store_of_the_same_schema():
    store = memory_store(lambda: NOW)
    ticket = opened_in(store)
    with store.read() as tx:
        assert tx.tickets.get(ticket.id) == ticket
    store.close()


def test_what_an_attempt_defined_is_known_no_longer_once_it_failed(store: SqlStore):
    class Undone(Exception):
        """Ends the attempt."""

    with store.write() as tx:
        tx.definitions.put("desk", Team(TeamId("desk"), "Desk"))
        with pytest.raises(Undone), tx.attempt():  # noqa: PT012  the attempt is what raises
            tx.definitions.put("desk", Team(TeamId("desk"), "Another"))
            assert [team.name for team in tx.definitions.teams()] == ["Another"]
            raise Undone
        assert [team.name for team in tx.definitions.teams()] == ["Desk"]
    with store.read() as tx:
        assert [team.name for team in tx.definitions.teams()] == ["Desk"]
