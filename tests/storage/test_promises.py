"""Promises and major incidents are stored as they are, and found by their words alone, on both databases."""

from supporttui.domain.events import (
    EarlyFlagged,
    MajorEnded,
    MajorLogged,
    MajorStarted,
    Reminded,
    StateChanged,
    UpdateAnnounced,
    UpdatePromised,
)
from supporttui.domain.queue import Op, SortBy, Term
from supporttui.domain.spans import Instant
from supporttui.domain.states import MajorEntry, State
from supporttui.storage import SqlStore
from tests.storage.making import ANA, BEN, NOW, change, opened_in


def found(store: SqlStore, flag: str, now: Instant) -> list[int]:
    with store.read() as tx:
        query = Term("is", Op.eq, (flag,))
        return [row.id for row in tx.tickets.page(query, now=now, me=None, sort=SortBy.number, limit=9)]


def test_what_was_promised_and_run_comes_back_and_goes_again(store: SqlStore) -> None:
    ticket = opened_in(store)
    for event in (
        EarlyFlagged(ANA), UpdatePromised(Instant(NOW + 60), BEN, '東京 "major":'),
        MajorStarted(ANA, 1800, BEN), MajorLogged(MajorEntry.degraded, "by phone"), MajorEnded("over"),
        UpdateAnnounced(Instant(NOW + 60), Instant(NOW + 90), "new release"),
    ):  # fmt: skip
        with store.write() as tx:
            ticket = change(tx, tx.tickets.get(ticket.id), event)
        with store.read() as tx:
            assert tx.tickets.get(ticket.id) == ticket


def test_only_what_is_promised_missed_or_run_is_found_whatever_texts_say(store: SqlStore) -> None:
    promised, running, other, closed, announced = (opened_in(store) for _ in range(5))
    end = Instant(NOW + 60)
    with store.write() as tx:
        change(tx, tx.tickets.get(promised.id), UpdatePromised(end, ANA, '"major":'))
        change(tx, tx.tickets.get(running.id), MajorStarted(ANA, 1800))
        change(tx, tx.tickets.get(other.id), Reminded(ANA, end, '{"promised":["000000000001'))
        change(tx, change(tx, tx.tickets.get(closed.id), UpdatePromised(end, ANA)), StateChanged(State.closed))
    with store.write() as tx:
        change(tx, tx.tickets.get(announced.id), UpdateAnnounced(NOW, end, '"major":'))
    assert found(store, "announced", NOW) == [announced.id]
    assert found(store, "promised", NOW) == [promised.id]
    assert found(store, "major", NOW) == [running.id]
    assert found(store, "promisemissed", end) == []
    assert found(store, "promisemissed", Instant(end + 1)) == [promised.id]
