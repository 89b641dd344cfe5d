"""The feed: every commit of anybody is told once, in order, and nothing makes it stop for good."""

import queue
import threading
from collections.abc import Callable, Iterator

import pytest

from supporttui.domain.events import Noted
from supporttui.storage import SqlStore, feed, memory_store, postgres, wakers
from supporttui.storage.feed import SqlFeed
from supporttui.usecases.ports import Call, Changed
from tests.storage.conftest import Database
from tests.storage.making import ANA, NOW, fact, opened_in, operation

PATIENCE = 20
"""Seconds after which a test gives up; none of them waits so long."""


class Listener:
    """What a feed told, to be waited for."""

    def __init__(self) -> None:
        self._told: queue.Queue[Changed] = queue.Queue()
        self.all: list[Changed] = []

    def __call__(self, changed: Changed) -> None:
        self._told.put(changed)

    def until(self, seq: int) -> set[int]:
        """The tickets told by the time this number was."""
        while not self.all or self.all[-1].seq < seq:
            self.all.append(self._told.get(timeout=PATIENCE))
        return {ticket for changed in self.all for ticket in changed.tickets}


Start = Callable[..., tuple[SqlFeed, Listener]]


@pytest.fixture
def start() -> Iterator[Start]:
    running: list[SqlFeed] = []

    def begin(store: SqlStore, after: int = 0) -> tuple[SqlFeed, Listener]:
        listener, made = Listener(), store.feed()
        running.append(made)
        made.start(after, listener)
        return made, listener

    yield begin
    for made in running:
        made.stop()
        assert not made._thread.is_alive()


def test_what_is_there_already_is_told_at_once(store: SqlStore, start: Start):
    tickets = {opened_in(store).id for _ in range(3)}
    _, listener = start(store, 1)
    assert listener.until(3) == tickets - {1}


def test_commits_of_this_and_of_other_desks_are_told(store: SqlStore, other: SqlStore, start: Start):
    _, listener = start(store)
    for number, desk in enumerate((store, other, other, store), 1):
        ticket = opened_in(desk)
        assert ticket.id in listener.until(number)


def test_no_fact_is_missed_or_told_twice_while_others_write(store: SqlStore, other: SqlStore, start: Start):
    _, listener = start(store)
    written: list[int] = []

    def write() -> None:
        written.extend(opened_in(other).id for _ in range(40))

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert listener.until(80) == set(written)
    numbers = [changed.seq for changed in listener.all]
    assert numbers == sorted(set(numbers))
    assert sum(len(changed.tickets) for changed in listener.all) == 80


def test_definitions_are_told_apart_from_tickets(store: SqlStore, start: Start):
    _, listener = start(store)
    with store.write() as tx:
        tx.journal.append_definition(Call(ANA, NOW, operation()), "rota", "r", 1)
    assert listener.until(1) == set()
    assert listener.all[0].definitions


def test_two_feeds_hear_the_same(store: SqlStore, start: Start):
    listeners = [start(store)[1] for _ in range(2)]
    ticket = opened_in(store)
    assert [listener.until(1) for listener in listeners] == [{ticket.id}] * 2


def test_a_listener_may_stop_its_own_feed(store: SqlStore):
    made, told = store.feed(), threading.Event()

    def heard(_changed: Changed) -> None:
        made.stop()
        told.set()

    made.start(0, heard)
    opened_in(store)
    assert told.wait(PATIENCE)
    made._thread.join(PATIENCE)
    assert not made._thread.is_alive()


def test_closing_a_store_ends_its_feeds(database: Database):
    store = database.open()
    made = store.feed()
    made.start(0, lambda changed: None)
    store.close()
    assert not made._thread.is_alive()


def test_memory_tells_its_own_commits(start: Start):
    store = memory_store(lambda: NOW)
    _, listener = start(store)
    ticket = opened_in(store)
    assert listener.until(1) == {ticket.id}


# --- PostgreSQL: when listening fails ---------------------------------------------------------------


@pytest.fixture
def desks(postgres_url: str) -> Iterator[tuple[SqlStore, SqlStore]]:
    database = Database("postgresql", postgres_url)
    yield database.open(), database.open()
    for store in database.opened:
        store.close()


def test_commits_are_found_when_no_notification_arrives(desks, start: Start, monkeypatch: pytest.MonkeyPatch):
    """A transaction pooler takes LISTEN and delivers nothing: the head row is looked at instead."""

    def deaf(engine, secret):
        driver = listen(engine, secret)
        driver.execute("UNLISTEN *")
        return driver

    listen = wakers.listen
    monkeypatch.setattr(wakers, "listen", deaf)
    monkeypatch.setattr(wakers, "SILENT_SECONDS", 0.1)
    monkeypatch.setattr(wakers, "FALLBACK_SECONDS", 0.1)
    store, other = desks
    _, listener = start(store)
    tickets = {opened_in(other).id for _ in range(3)}
    assert listener.until(3) == tickets


def test_a_lost_connection_is_made_again_and_nothing_is_lost(desks, start: Start, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(feed, "RETRY_SECONDS", 0.05)
    store, other = desks
    _, listener = start(store)
    first = opened_in(other)
    listener.until(1)
    with other.write() as tx:
        ended = tx._connection.exec_driver_sql(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query = 'LISTEN supporttui'"
        ).scalar_one()
        tx.journal.append([fact(first.id, Noted("meanwhile"))])
    assert ended == 1
    listener.until(2)
    second = opened_in(other)
    assert listener.until(3) == {first.id, second.id}


def test_the_watch_s_renewal_is_heard_so_that_desks_need_not_look(desks, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(wakers, "SILENT_SECONDS", float(PATIENCE))
    store, other = desks
    waker = wakers.PostgresWaker(store._engine)
    waker.wait()
    before = waker._heard_at
    with other.write() as tx:
        assert tx.lease.take("watch:1", 15) is not None
    waker.wait()
    assert waker._heard_at > before
    waker.close()


def test_a_pooled_connection_that_died_while_it_rested_is_not_handed_out(desks, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(postgres, "UNTRIED_SECONDS", -1.0)
    store, other = desks
    ticket = opened_in(store)
    with other.write() as tx:
        tx._connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).all()
    with store.read() as tx:
        assert tx.tickets.get(ticket.id) == ticket
