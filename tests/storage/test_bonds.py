"""Followers, reminders, relations, references and void are stored as they are, on both databases."""

from supporttui.domain.events import Followed, Merged, MergedIn, Referenced, Related, Relation, Reminded, Undone, Voided
from supporttui.domain.ids import OperationId, TicketId
from supporttui.domain.plain import to_plain
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.storage import SqlStore
from tests.storage.making import ANA, BEN, NOW, change, opened_in

EVENTS = (
    Followed(ANA),
    Followed(BEN),
    Reminded(BEN, Instant(NOW + 60), 'call "Ben"\x1f at 9'),
    Related(TicketId(7), Relation.blocked_by),
    Related(TicketId(8), Relation.parent),
    MergedIn(TicketId(9)),
    Merged(TicketId(10)),
    Voided("東京 twice"),
    Referenced("jira", "OPS-7", "https://jira.example/OPS-7"),
)


def stored(store: SqlStore, ticket: TicketId) -> Ticket:
    with store.read() as tx:
        return tx.tickets.get(ticket)


def test_a_ticket_comes_back_with_all_that_ties_it(store: SqlStore) -> None:
    ticket = opened_in(store)
    for event in EVENTS:
        with store.write() as tx:
            ticket = change(tx, tx.tickets.get(ticket.id), event)
        assert stored(store, ticket.id) == ticket
    assert ticket.followers == (ANA, BEN)
    assert ticket.void


def test_what_goes_again_is_gone(store: SqlStore) -> None:
    bare = opened_in(store)
    ticket = bare
    for event in (Followed(ANA), Reminded(ANA, Instant(NOW + 60)), Related(TicketId(7))):
        with store.write() as tx:
            ticket = change(tx, ticket, event)
    for event in (Followed(ANA, on=False), Reminded(ANA), Related(TicketId(7), on=False)):
        with store.write() as tx:
            ticket = change(tx, ticket, event)
    found = stored(store, ticket.id)
    assert (found.followers, found.reminders, found.relations) == ((), (), ())


def test_a_reference_that_an_undo_takes_back_finds_the_ticket_no_longer(store: SqlStore) -> None:
    ticket = opened_in(store)
    with store.write() as tx:
        ticket = change(tx, ticket, Referenced("jira", "OPS-7"))
        before = ticket.references
    with store.write() as tx:
        ticket = change(tx, tx.tickets.get(ticket.id), Referenced("vendor", "9"))
    with store.write() as tx:
        undone = Undone(OperationId("op"), {"references": to_plain(before)})
        change(tx, tx.tickets.get(ticket.id), undone)
    with store.read() as tx:
        assert tx.tickets.find("jira", "OPS-7") == ticket.id
        assert tx.tickets.find("vendor", "9") is None
        assert tx.tickets.get(ticket.id).references == before
