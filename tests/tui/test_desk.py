"""The desk's threads: order, dropped questions, a database that goes away, defects."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any

import pytest

from supporttui.domain.faults import Refused, StoreUnavailable, StoreUnfit, SupportError
from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
from supporttui.tui import desk as module
from supporttui.tui.desk import Desk, Link, LinkState
from supporttui.usecases.ports import Changed

PATIENCE = 5


class Journal:
    """Knows which operations were stored."""

    def __init__(self) -> None:
        self.stored: list[str] = []

    def operation(self, operation: str) -> tuple[str, ...]:
        return tuple(known for known in self.stored if known == operation)


class Database:
    """A store whose moods a test sets."""

    def __init__(self) -> None:
        self.away = threading.Event()
        self.answering = threading.Event()
        self.answering.set()
        self.waited_for = threading.Event()
        self.interrupted = threading.Event()
        self.number = 0
        self.clock = Instant(1000)
        self.journal = Journal()
        self.swallows_answer = False
        """The commit's answer gets lost, whether it was stored or not."""

    @contextmanager
    def read(self) -> Iterator["Database"]:
        self.waited_for.set()
        self.answering.wait(PATIENCE)
        if self.away.is_set():
            raise StoreUnavailable("store.unreachable")
        yield self

    @contextmanager
    def write(self) -> Iterator["Database"]:
        with self.read():
            yield self
        if self.swallows_answer:
            raise StoreUnavailable("store.outcome_unknown")

    def interrupt(self) -> None:
        """Whoever waits hears of it."""
        self.interrupted.set()

    def now(self) -> Instant:
        return self.clock

    def head(self) -> int:
        with self.read():
            return self.number

    def changes(self, after: int) -> Changed:
        return Changed(frozenset(), definitions=False, seq=self.number)

    def close(self) -> None:
        """Nothing is open."""


class Listener:
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.links: list[Link] = []
        self.changes: list[Changed] = []
        self.faults: list[BaseException] = []

    def linked(self, link: Link) -> None:
        self.links.append(link)

    def changed(self, changed: Changed) -> None:
        self.changes.append(changed)

    def unfit(self, fault: SupportError) -> None:
        self.faults.append(fault)

    def crashed(self, error: Exception) -> None:
        self.faults.append(error)


class Bench:
    """A desk whose deliveries the test runs itself, as the app's loop would."""

    def __init__(self, open_store: Callable[[], Any], **options: Any) -> None:
        self.listener = Listener()
        self._deliveries: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self.desk = Desk(
            open_store,
            clock=lambda: Instant(1000),
            me=PersonId("ana"),
            deliver=self._deliveries.put,
            listener=self.listener,
            **options,
        )
        self.desk.start()

    def until(self, true: Callable[[], bool]) -> None:
        while not true():
            self._deliveries.get(timeout=PATIENCE)()


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def bench(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setattr(module, "MOST_SECONDS_BETWEEN_TRIES", 0.01)
    made = Bench(lambda: (database, None))
    yield made
    made.desk.close()


def test_writes_happen_in_the_order_of_the_keys_under_one_operation_each(bench: Bench) -> None:
    seen: list[str] = []
    operations = [bench.desk.do(lambda call, tx, n=n: seen.append(f"{n} {call.operation}")) for n in range(20)]
    bench.until(lambda: not bench.desk.busy)
    assert seen == [f"{n} {operation}" for n, operation in enumerate(operations)]
    assert len(set(operations)) == 20


def test_of_a_group_only_the_newest_question_is_answered(bench: Bench) -> None:
    answers: list[int] = []
    hold = threading.Event()
    for n in range(10):
        bench.desk.ask(lambda tx, n=n: (hold.wait(PATIENCE), n)[1], then=answers.append, group="list")
    hold.set()
    bench.until(lambda: not bench.desk.busy)
    assert answers == [9]


def test_a_read_that_is_overtaken_is_ended_and_nobody_hears_of_it(bench: Bench) -> None:
    answers: list[int] = []
    refused: list[SupportError] = []
    begun = threading.Event()

    def endless(tx: Any) -> int:
        begun.set()
        assert tx.interrupted.wait(PATIENCE)
        raise StoreUnavailable("store.timeout")

    bench.desk.ask(endless, then=answers.append, refused=refused.append, group="list")
    assert begun.wait(PATIENCE)
    bench.desk.ask(lambda _: 2, then=answers.append, group="list")
    bench.until(lambda: not bench.desk.busy)
    assert (answers, refused) == ([2], [])
    assert bench.desk.link.state is LinkState.live


def test_a_refusal_that_is_overtaken_before_it_is_heard_is_nobodys(bench: Bench) -> None:
    answers: list[int] = []
    refused: list[SupportError] = []

    def no(_: Any) -> int:
        bench.desk.ask(lambda _: 2, then=answers.append, group="list")
        raise Refused("ticket.not_open")

    bench.desk.ask(no, then=answers.append, refused=refused.append, group="list")
    bench.until(lambda: not bench.desk.busy)
    assert (answers, refused) == ([2], [])


def test_a_refusal_reaches_the_one_who_asked_and_nobody_else(bench: Bench) -> None:
    refused: list[str] = []

    def no(call: Any, tx: Any) -> None:
        raise Refused("ticket.not_open")

    bench.desk.do(no, refused=lambda fault: refused.append(fault.code))
    bench.until(lambda: not bench.desk.busy)
    assert refused == ["ticket.not_open"]
    assert bench.listener.faults == []


def test_a_slow_read_does_not_hold_up_a_write_or_another_read(bench: Bench) -> None:
    hold = threading.Event()
    done: list[str] = []
    bench.desk.ask(lambda tx: hold.wait(PATIENCE), then=lambda _: done.append("slow"))
    bench.desk.ask(lambda tx: None, then=lambda _: done.append("read"))
    bench.desk.do(lambda call, tx: None, then=lambda _: done.append("write"))
    bench.until(lambda: len(done) == 2)
    assert sorted(done) == ["read", "write"]
    hold.set()


def test_a_database_that_goes_away_is_told_and_told_again_when_it_is_back(bench: Bench, database: Database) -> None:
    """What was asked meanwhile is refused, nothing is retried unasked, and on return everything is to be read again."""
    bench.until(lambda: bench.desk.link.state is LinkState.live)
    database.away.set()
    refused: list[str] = []
    bench.desk.do(lambda call, tx: None, refused=lambda fault: refused.append(fault.code))
    bench.until(lambda: any(link.state is LinkState.away for link in bench.listener.links))
    assert refused == ["store.unreachable"]
    database.away.clear()
    bench.until(lambda: any(changed.definitions for changed in bench.listener.changes))
    assert bench.desk.link.state is LinkState.live


def test_a_database_that_does_not_answer_counts_as_away_until_it_does(
    bench: Bench, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A frozen server refuses nothing: keys are answered by the desk, and the change is made when it thaws, once."""
    bench.until(lambda: bench.desk.link.state is LinkState.live)
    monkeypatch.setattr(module, "SILENT_SECONDS", 0)
    database.answering.clear()
    database.waited_for.clear()
    done: list[str] = []
    bench.desk.do(lambda call, tx: done.append("write"))
    assert database.waited_for.wait(PATIENCE)
    bench.desk.check()
    assert (bench.desk.link.state, bench.desk.link.retry_at) == (LinkState.away, None)
    assert bench.desk.busy
    database.answering.set()
    bench.until(lambda: not bench.desk.busy and bench.desk.link.state is LinkState.live)
    assert done == ["write"]


@pytest.mark.parametrize("stored", [True, False])
def test_whether_a_write_was_saved_whose_answer_got_lost_is_looked_up(
    bench: Bench, database: Database, stored: bool
) -> None:
    database.swallows_answer = True
    told: list[str] = []

    def write(call: Any, tx: Database) -> str:
        if stored:
            tx.journal.stored.append(call.operation)
        return "saved"

    bench.desk.do(write, then=told.append, refused=lambda fault: told.append(fault.code))
    bench.until(lambda: bool(told))
    assert told == ["saved" if stored else "store.outcome_unknown"]


def test_the_clock_is_held_against_the_database_s_at_the_start_and_again_and_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CLOCK_SECONDS", 0)
    heard: list[Instant] = []

    def follow(now: Instant) -> int:
        heard.append(now)
        return now - 1000

    bench = Bench(lambda: (database, None), follow=follow)
    bench.until(lambda: bench.desk.link.state is LinkState.live)
    assert (heard, bench.desk.link.skew) == ([1000], 0)
    database.clock = Instant(1005)
    bench.desk.retry_now()
    bench.until(lambda: bench.desk.link.skew == 5)
    bench.desk.close()


def test_a_database_that_cannot_be_opened_yet_is_tried_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_SECONDS_BETWEEN_TRIES", 0.01)
    tries: list[int] = []

    def opening() -> tuple[Database, None]:
        tries.append(1)
        if len(tries) < 3:
            raise StoreUnavailable("store.unreachable")
        return database, None

    bench = Bench(opening)
    answers: list[int] = []
    bench.desk.ask(lambda tx: 1, then=answers.append)
    bench.until(lambda: bool(answers))
    assert len(tries) == 3
    bench.desk.close()


def test_a_database_that_will_never_do_ends_the_desk() -> None:
    def opening() -> tuple[Any, None]:
        raise StoreUnfit("store.too_new")

    bench = Bench(opening)
    bench.until(lambda: bool(bench.listener.faults))
    assert isinstance(bench.listener.faults[0], StoreUnfit)


def test_a_defect_in_a_thread_is_told_as_one(bench: Bench) -> None:
    bench.desk.ask(lambda tx: 1 // 0, then=lambda _: None)
    bench.until(lambda: bool(bench.listener.faults))
    assert isinstance(bench.listener.faults[0], ZeroDivisionError)


def test_what_this_desk_commits_is_told_at_once(bench: Bench, database: Database) -> None:
    bench.until(lambda: bench.desk.link.state is LinkState.live)

    def write(call: Any, tx: Database) -> None:
        tx.number = 7

    bench.desk.do(write)
    bench.until(lambda: bool(bench.listener.changes))
    assert bench.listener.changes[0].seq == 7


def test_closing_waits_for_a_write_in_hand_but_not_for_a_read(bench: Bench) -> None:
    hold, begun, done = threading.Event(), threading.Event(), threading.Event()
    bench.desk.ask(lambda tx: (begun.set(), hold.wait(PATIENCE)), then=lambda _: None)
    assert begun.wait(PATIENCE)
    bench.desk.do(lambda call, tx: done.set())
    bench.desk.close()
    assert done.is_set()
    hold.set()
