"""What-if on both databases: a pack is put, its effect counted while timers stream, and taken back."""

from datetime import date

from supporttui.domain.sla.hours import Holiday
from supporttui.storage import SqlStore
from supporttui.usecases import tickets, whatif
from supporttui.usecases.definitions.defining import Pack
from tests.builders import Desk, calendar, opened, site


def test_a_pack_is_looked_at_and_leaves_no_trace(store: SqlStore, clock):
    site(store)
    desk = Desk(store, clock)
    for priority in (1, 3, 4):
        desk.do(tickets.open_ticket, opened(priority=priority))
    waiting = desk.do(tickets.open_ticket, opened())
    desk.do(tickets.wait, waiting.id, None)
    pack = Pack("x", calendars=(calendar(holidays=(Holiday("Cup day", date(2026, 3, 2)),)),))
    head = store.head()
    with store.write() as tx:
        found = whatif.of_definitions(tx, pack, clock())
        assert len(tx.definitions.calendars()["office"]) == 1
    assert (found.timers, found.moved) == (8, 5)
    assert store.head() == head
    with store.read() as tx:
        assert len(tx.definitions.calendars()["office"]) == 1


def test_an_action_is_foretold_in_a_transaction_that_only_reads(store: SqlStore, clock):
    site(store)
    desk = Desk(store, clock)
    ticket = desk.do(tickets.open_ticket, opened())
    with store.read() as tx:
        call = desk.call()
        found = whatif.of(call, tx, tickets.change_priority, [(ticket.id, None)], priority=1, reason="shop is down")
    assert len(found.outcomes[0].moved) == 2
    assert desk.ask(lambda tx: tx.tickets.get(ticket.id)) == ticket
