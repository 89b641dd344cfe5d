"""What would become of promises, and that asking changes nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supporttui.domain.events import State
from supporttui.domain.sla.targets import Metric
from supporttui.domain.sla.timer import TimerState
from supporttui.usecases import tickets, whatif
from tests.builders import Desk, MovableClock, opened, site
from tests.quick import memory_store

pytestmark = pytest.mark.core


def asked(desk: Desk, run, *targets: int, by: str = "ana", **args) -> whatif.Whatif:
    with desk.store.read() as tx:
        return whatif.of(desk.call(by), tx, run, [(ticket, None) for ticket in targets], **args)


def stored(desk: Desk) -> tuple:
    with desk.store.read() as tx:
        facts = tuple(tx.journal.each())
        known = sorted({fact.ticket for fact in facts})
        return facts, [(tx.tickets.get(t), tx.tickets.timers(t), tx.outbox.of_ticket(t)) for t in known]


def test_a_higher_priority_is_due_sooner_and_nothing_is_written(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    before = stored(desk)
    found = asked(desk, tickets.change_priority, ticket.id, priority=1, reason="shop is down")
    assert stored(desk) == before
    (outcome,) = found.outcomes
    assert [moved.metric for moved in outcome.moved] == [Metric.first_response, Metric.resolution]
    assert outcome.after.due == ticket.created_at + 900
    assert (found.made, found.saved) == (0, 0)


def test_what_is_done_then_is_what_was_foretold(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    desk.clock.forward(minutes=10)
    (outcome,) = asked(desk, tickets.change_priority, ticket.id, priority=2, reason="more").outcomes
    desk.do(tickets.change_priority, ticket.id, None, priority=2, reason="more")
    with desk.store.read() as tx:
        done = {(timer.metric, timer.cycle): timer for timer in tx.tickets.timers(ticket.id)}
    assert all(moved.after == done[(moved.metric, moved.after.cycle)] for moved in outcome.moved)


def test_a_breach_that_would_be_made_is_told(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    desk.clock.forward(hours=2)
    found = asked(desk, tickets.change_priority, ticket.id, priority=1, reason="shop is down")
    assert found.made == 1
    assert [moved.metric for moved in found.outcomes[0].moved if moved.made(found.now)] == [Metric.first_response]


def test_no_lower_priority_takes_a_breach_back(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    desk.clock.forward(minutes=15, seconds=1)
    found = asked(desk, tickets.change_priority, ticket.id, priority=3, reason="one user")
    assert (found.made, found.saved) == (0, 0)
    assert asked(desk, tickets.resolve, ticket.id).made == 0


def test_what_is_undone_takes_its_breach_along(desk: Desk) -> None:
    """A due that was past by the change alone was never anybody's to meet."""
    ticket = desk.do(tickets.open_ticket, opened())
    desk.clock.forward(hours=2)
    desk.do(tickets.change_priority, ticket.id, None, priority=1, reason="shop is down")
    desk.clock.forward(seconds=5)
    late = desk.ask(lambda tx: tx.tickets.timers(ticket.id))
    assert sum(whatif.late(timer, desk.clock()) for timer in late) == 1
    desk.do(tickets.undo, desk.last)
    back = desk.ask(lambda tx: tx.tickets.timers(ticket.id))
    assert [moved.saved(desk.clock()) for moved in whatif.moves(late, back)] == [True, False]


def test_waiting_stands_still_and_going_on_runs_again(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=2))
    desk.do(tickets.reply, ticket.id, None, text="which mailbox?")
    (outcome,) = asked(desk, tickets.wait, ticket.id, state=State.waiting_requester).outcomes
    assert outcome.after.state is TimerState.paused
    assert asked(desk, tickets.wait, ticket.id, state=State.waiting_vendor).outcomes[0].moved == ()
    desk.do(tickets.wait, ticket.id, None, state=State.waiting_requester)
    desk.clock.forward(hours=1)
    (outcome,) = asked(desk, tickets.resume, ticket.id).outcomes
    assert outcome.after.due == ticket.created_at + 8 * 3600 + 3600


def test_of_several_each_is_told_and_a_refused_one_stops_no_other(desk: Desk) -> None:
    first, second, closed = (desk.do(tickets.open_ticket, opened()) for _ in range(3))
    desk.do(tickets.close, closed.id, None)
    found = asked(desk, tickets.wait, first.id, closed.id, second.id)
    assert [outcome.ticket for outcome in found.outcomes] == [first.id, second.id]
    assert [ticket for ticket, _ in found.refused] == [closed.id]


def test_whoever_may_not_do_it_is_told_so(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    found = asked(desk, tickets.wait, ticket.id, by="aud")
    assert found.outcomes == ()
    assert found.refused[0][1].code == "access.denied"


STEPS = st.lists(
    st.sampled_from(
        [
            (tickets.change_priority, {"priority": 1, "reason": "x"}),
            (tickets.change_priority, {"priority": 2, "reason": "x"}),
            (tickets.wait, {"state": State.waiting_requester}),
            (tickets.resume, {}),
            (tickets.resolve, {}),
            (tickets.reopen, {"reason": "x"}),
            (tickets.reply, {"text": "hello"}),
            (tickets.take, {}),
        ]
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=8)
@given(STEPS)
def test_for_any_story_the_foretold_is_what_comes_and_asking_leaves_no_trace(steps) -> None:
    clock = MovableClock()
    store = memory_store(clock)
    site(store)
    desk = Desk(store, clock)
    ticket = desk.do(tickets.open_ticket, opened())
    for run, args in steps:
        clock.forward(minutes=40)
        before = stored(desk)
        found = asked(desk, run, ticket.id, **args)
        assert stored(desk) == before
        if found.refused:
            continue
        known = before[1][0][1]
        desk.do(run, ticket.id, None, **args)
        with store.read() as tx:
            assert found.outcomes[0].moved == whatif.moves(known, tx.tickets.timers(ticket.id))
    store.close()
