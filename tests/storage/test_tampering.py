"""What somebody changed past the program is found: a ticket hidden, planted, repainted, a step or a page taken out."""

import pytest

from supporttui.storage import schema
from supporttui.usecases import escalation, replay, tickets
from tests.builders import Desk, opened, site

CHANGES = {
    "hidden from the queue": ("UPDATE tickets SET is_open = 0", "open"),
    "shown as due later": ("UPDATE tickets SET due = due + 3600", "due"),
    "not found by its words": ("UPDATE texts SET head = ' x'", "search"),
    "not found by a note": ("UPDATE texts SET notes = ' x'", "search"),
    "not shown as escalated": ("UPDATE tickets SET escalated = 0", "escalated"),
    "repainted": ("UPDATE tickets SET title = 'painted over'", "title"),
    "promised for later": ("UPDATE timers SET due = due + 3600", "timers"),
    "never to be escalated": ("UPDATE escalations SET due = NULL", "due step"),
    "escalated at the end of days": ("UPDATE escalations SET due = due + 86400", "due step"),
    "paged to nobody": ("DELETE FROM outbox", "page"),
}


@pytest.fixture
def desk(store, database):
    """One urgent ticket whose first step was taken."""
    site(store)
    made = Desk(store, database.clock)
    with store.read() as tx:
        database.now = tx.now()
    made.do(tickets.open_ticket, opened(priority=1))
    made.lead()
    made.watch(escalation.sweep, made.token)
    assert made.ask(replay.differences) == ()
    return made


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_reading_is_named(desk, database, change):
    statement, what = CHANGES[change]
    database.run(statement)
    assert what in {difference.what for difference in desk.ask(replay.differences)}


def test_a_ticket_without_any_fact_is_found(desk, database):
    columns = ", ".join(column.name for column in schema.tickets.columns if column.name != "id")
    database.run(f"INSERT INTO tickets (id, {columns}) SELECT 99, {columns} FROM tickets")
    (found,) = desk.ask(replay.differences)
    assert (found.ticket, found.what, found.replayed) == (99, "facts", "")
