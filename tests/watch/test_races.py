"""The watch and a desk at the same instant, on both databases: whoever is first wins, and nobody is left untold."""

import threading

import pytest

from supporttui.clock import CorrectedClock, standing
from supporttui.domain.events import Origin
from supporttui.storage import open_store
from supporttui.usecases import escalation, notices, replay, tickets
from tests.builders import NOW, Desk, calendar, opened, refuses, site


@pytest.fixture(params=["sqlite_url", "postgres_url"])
def desk(request):
    """A desk at which a watch leads, by the database's clock."""
    clock = CorrectedClock(standing(NOW))
    store = open_store(request.getfixturevalue(request.param), clock=clock)
    with store.read() as tx:
        clock.set_by(tx.now())
    site(store)
    made = Desk(store, clock)
    made.lead()
    yield made
    store.close()


def test_a_page_claimed_while_it_is_being_withdrawn_is_told_off(desk):
    ticket = desk.do(tickets.open_ticket, opened()).id
    done = desk.do(escalation.escalate, ticket, None, delay=0)
    taken_back = []
    withdrawing = threading.Thread(target=lambda: taken_back.append(desk.do(escalation.withdraw, done.operation)))
    with desk.store.write() as tx:
        (page,) = notices.claim(desk.call("watch", Origin.watch), tx, desk.token)
        withdrawing.start()
        withdrawing.join(1)  # it waits for the row, or on SQLite for the database
    withdrawing.join(30)
    assert taken_back == [0]
    told = desk.ask(lambda tx: tx.outbox.of_ticket(ticket))
    assert sorted((notice.code, notice.person) for notice in told) == [
        ("page", page.person),
        ("withdrawn", page.person),
    ]
    assert page.person in {"ana", "ben"}  # whose turn it is today


def test_a_change_of_hours_overwrites_no_timer_of_a_fact_that_came_in_between(postgres_url, monkeypatch):
    """On PostgreSQL, where both write at the same time; the change is refused whole and can be tried again."""
    clock = standing(NOW)
    first, second = (Desk(open_store(postgres_url, clock=clock), clock, prefix) for prefix in "ab")
    site(first.store)
    ticket = first.do(tickets.open_ticket, opened(priority=1)).id
    real = replay.timers_of

    def timers_of(rules, facts):
        second.do(tickets.reply, ticket, None, text="on it")
        return real(rules, facts)

    monkeypatch.setattr(replay, "timers_of", timers_of)
    with refuses("ticket.changed"), first.store.write() as tx:
        tx.definitions.put("always", calendar(id="always"), valid_from=NOW - 86_400)
        replay.refold(first.call("zoe"), tx)
    assert first.ask(replay.differences) == ()
    first.store.close()
    second.store.close()
