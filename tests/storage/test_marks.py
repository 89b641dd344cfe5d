"""When the watch looks at a timer: found by its instant, kept over writes, never moved over a newer timer."""

from dataclasses import replace

import pytest

from supporttui.domain.sla.timer import Timer, TimerState, sort_key
from supporttui.domain.spans import Instant
from supporttui.domain.states import State
from supporttui.domain.tickets import Ticket
from supporttui.storage import SqlStore
from supporttui.usecases.ports import Mark
from tests.storage.making import NOW, opened_in, timer
from tests.storage.test_plans import plan, watched

WARNED = (Instant(NOW + 600), Instant(NOW + 1800))


def running(**deviations) -> Timer:
    return timer(**{"warn_at": WARNED, **deviations})


def saved(store: SqlStore, ticket: Ticket, *timers: Timer, **deviations) -> Ticket:
    with store.write() as tx:
        return tx.tickets.save(replace(ticket, **deviations), timers, sort_key(timers), expected=ticket.version)


def looks(store: SqlStore, *, now: int = NOW + 9999, limit: int = 9) -> list[int]:
    with store.read() as tx:
        return [mark.at for mark in tx.marks.due(now, limit)]


def test_a_timer_is_due_at_its_next_mark_the_earliest_first_and_bounded(store: SqlStore):
    opened_in(store, timers=(running(warn_at=WARNED[1:]),))
    first = opened_in(store, timers=(running(),)).id
    assert looks(store, now=NOW + 599) == []
    assert looks(store) == [NOW + 600, NOW + 1800]
    assert looks(store, limit=1) == [NOW + 600]
    with store.read() as tx:
        assert tx.marks.next_due() == NOW + 600
        assert tx.marks.due(NOW + 600, 9) == (Mark(first, timer().metric, 1, NOW + 600),)


def test_what_has_passed_when_it_is_stored_is_looked_at_at_once(store: SqlStore):
    opened_in(store, timers=(running(warn_at=(Instant(NOW - 60),)),))
    assert looks(store, now=NOW) == [NOW]


@pytest.mark.parametrize(
    "ends", [{"state": State.closed}, {"void": True}, {"merged_into": 99}], ids=["closed", "void", "merged"]
)
def test_nothing_is_looked_at_of_a_ticket_that_is_over(store: SqlStore, ends):
    ticket = opened_in(store, timers=(running(),))
    saved(store, ticket, running(), **ends)
    assert looks(store) == []


def test_a_timer_that_stands_still_has_no_mark(store: SqlStore):
    opened_in(store, timers=(running(state=TimerState.paused, due=None),))
    assert looks(store) == []


def test_a_write_that_changes_no_mark_keeps_the_look_and_one_that_does_begins_anew(store: SqlStore):
    ticket = opened_in(store, timers=(running(),))
    with store.write() as tx:
        tx.marks.look(ticket.id, [running()], Instant(NOW + 5000))
    ticket = saved(store, ticket, running())
    assert looks(store) == [NOW + 5000]
    saved(store, ticket, running(due=NOW + 4000))
    assert looks(store) == [NOW + 600]


def test_what_is_skipped_stays_so_over_writes(store: SqlStore):
    over = running(warn_at=(), due=NOW - 60)
    ticket = opened_in(store, timers=(over,))
    with store.write() as tx:
        tx.marks.skip(ticket.id, [over], Instant(NOW))
    saved(store, ticket, over)
    assert looks(store) == []


def test_a_timer_that_a_desk_made_anew_is_not_moved_past(store: SqlStore, other: SqlStore):
    ticket = opened_in(store, timers=(running(),))
    with store.read() as tx:
        (known,) = tx.marks.due(NOW + 600, 9)
    saved(other, ticket, running(due=NOW + 4000))
    with store.write() as tx:
        assert not tx.marks.move(known, running(), Instant(NOW + 1800))
        assert tx.marks.move(known, running(due=NOW + 4000), Instant(NOW + 1800))
    assert looks(store) == [NOW + 1800]


def test_what_is_due_is_a_walk_along_an_index_without_sorting(database, store: SqlStore):
    opened_in(store, timers=(running(),))
    with watched(store) as sent:
        looks(store)
    ((statement, parameters),) = [one for one in sent if "next_mark <=" in one[0]]
    if database.kind == "sqlite":  # a server with one row reads the table, whatever indexes there are
        found = plan(store, statement, parameters)
        assert "ix_timers_next_mark_ticket" in found
        assert "B-TREE" not in found
