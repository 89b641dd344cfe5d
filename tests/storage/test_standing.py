"""Offers, early warnings and fixes are stored as they are, and found by ``is:early`` alone, on both databases."""

from supporttui.domain.events import EarlyFlagged, FixRecorded, OwnerOffered, Reminded
from supporttui.domain.queue import Op, SortBy, Term
from supporttui.domain.spans import Instant
from supporttui.domain.states import FixStep
from supporttui.storage import SqlStore
from tests.storage.making import ANA, BEN, NOW, change, opened_in


def test_what_stands_on_a_ticket_comes_back_and_goes_again(store: SqlStore) -> None:
    ticket = opened_in(store)
    for event in (
        OwnerOffered(BEN, Instant(NOW + 60), ANA), EarlyFlagged(ANA, text='say "early":'),
        FixRecorded(FixStep.tested, BEN, "東京"), EarlyFlagged(ANA, on=False),
    ):  # fmt: skip
        with store.write() as tx:
            ticket = change(tx, tx.tickets.get(ticket.id), event)
        with store.read() as tx:
            assert tx.tickets.get(ticket.id) == ticket


def test_only_what_was_flagged_is_found_whatever_texts_say(store: SqlStore) -> None:
    flagged, other = opened_in(store), opened_in(store)
    with store.write() as tx:
        change(tx, tx.tickets.get(flagged.id), EarlyFlagged(ANA))
        change(tx, tx.tickets.get(other.id), Reminded(ANA, Instant(NOW + 60), '"early":'))
    with store.read() as tx:
        query = Term("is", Op.eq, ("early",))
        rows = tx.tickets.page(query, now=NOW, me=None, sort=SortBy.sla, limit=9)
    assert [(row.id, row.early) for row in rows] == [(flagged.id, True)]
