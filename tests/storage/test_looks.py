"""When criteria are looked at: one instant a ticket, the oldest first, on both databases."""

from supporttui.storage import SqlStore
from tests.storage.making import NOW, opened_in


def test_the_oldest_look_that_is_due_comes_first_and_one_taken_back_never(store: SqlStore):
    first, second, third, gone = (opened_in(store).id for _ in range(4))
    with store.write() as tx:
        for ticket, at in ((second, NOW - 5), (first, NOW - 9), (third, NOW + 1), (gone, NOW - 20)):
            tx.looks.put(ticket, at)
        tx.looks.put(gone, None)
    with store.read() as tx:
        assert tx.looks.due(NOW, 9) == (first, second)
        assert tx.looks.due(NOW, 1) == (first,)
        assert (tx.looks.next_due(), tx.looks.at(third), tx.looks.at(gone)) == (NOW - 9, NOW + 1, None)


def test_a_look_is_moved_and_not_doubled(store: SqlStore):
    ticket = opened_in(store).id
    for at in (NOW, NOW, NOW + 5):
        with store.write() as tx:
            tx.looks.put(ticket, at)
    with store.read() as tx:
        assert tx.looks.at(ticket) == NOW + 5
