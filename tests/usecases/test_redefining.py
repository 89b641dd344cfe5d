"""What other definitions would do to the timers that run: told before, counted without their facts where that is exact."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supporttui.domain.events import State
from supporttui.domain.sla.calendars import OpenTimers
from supporttui.domain.sla.hours import Holiday, Window
from supporttui.domain.sla.targets import ChangeRule, Metric, Target
from supporttui.usecases import tickets, whatif
from supporttui.usecases.definitions.defining import Pack, apply_pack
from supporttui.usecases.redefining import Shifted
from tests.builders import Desk, MovableClock, calendar, opened, refuses, service, site, targets
from tests.quick import memory_store

pytestmark = pytest.mark.core

LONGER = calendar(weekly=(Window("09:00", "20:00"),))
FRIDAY_OFF = calendar(holidays=(Holiday("Cup day", date(2026, 3, 6)),))


def asked(desk: Desk, pack: Pack):
    with desk.store.write() as tx:
        return whatif.of_definitions(tx, pack, desk.clock())


def stored(desk: Desk) -> dict:
    with desk.store.read() as tx:
        numbers = sorted({fact.ticket for fact in tx.journal.each()})
        return {(n, t.metric, t.cycle): t for n in numbers for t in tx.tickets.timers(n) if tx.tickets.get(n).is_open}


def test_a_calendar_moves_the_timers_that_count_in_it_and_no_other(desk: Desk) -> None:
    slow, urgent = desk.do(tickets.open_ticket, opened()), desk.do(tickets.open_ticket, opened(priority=1))
    found = asked(desk, Pack("new", calendars=(FRIDAY_OFF,)))
    assert found.services == ("mail", "vpn")
    assert (found.timers, found.moved, found.made, found.saved) == (4, 1, 0, 0)
    assert [(one.ticket, one.metric) for one in found.widest] == [(slow.id, Metric.resolution)]
    assert found.widest[0].seconds == 3 * 86_400
    assert urgent.id not in {one.ticket for one in found.widest}


def test_asking_leaves_the_definitions_and_the_journal_as_they_are(desk: Desk) -> None:
    desk.do(tickets.open_ticket, opened())
    with desk.store.write() as tx:
        head, before = tx.journal.head(), dict(tx.definitions.calendars())
        whatif.of_definitions(tx, Pack("new", calendars=(LONGER,)), desk.clock())
        assert dict(tx.definitions.calendars()) == before
        assert tx.definitions.hours("office").next_change(desk.clock()) is not None
    with desk.store.read() as tx:
        assert tx.journal.head() == head
        assert dict(tx.definitions.calendars()) == before


def test_what_would_be_late_at_once_and_what_no_more(desk: Desk) -> None:
    """The service gets other promises: four hours where there were forty, and then a day where there were four."""
    hasty = targets(id="hasty", targets=(Target(Metric.resolution, 3_600, calendar="always"),))
    patient = targets(
        id="patient", targets=(Target(Metric.resolution, 360_000), Target(Metric.first_response, 360_000))
    )
    made = desk.do(tickets.open_ticket, opened())
    desk.clock.forward(hours=2)
    found = asked(desk, Pack("x", target_sets=(hasty,), services=(service(targets="hasty"),)))
    assert (found.made, found.saved) == (1, 0)
    desk.do(tickets.open_ticket, opened(priority=1))
    desk.clock.forward(hours=5)
    found = asked(desk, Pack("x", target_sets=(patient,), services=(service(targets="patient"),)))
    assert found.saved == 2
    assert made.id in {one.ticket for one in found.widest}


def test_a_new_version_of_an_agreement_is_for_tickets_to_come(desk: Desk) -> None:
    desk.do(tickets.open_ticket, opened())
    desk.clock.forward(hours=1)
    found = asked(desk, Pack("x", target_sets=(targets(targets=(Target(Metric.resolution, 60),)),)))
    assert (found.services, found.moved) == ((), 0)


def test_a_pack_that_makes_no_sense_is_refused(desk: Desk) -> None:
    with refuses("definition.zone"):
        asked(desk, Pack("x", calendars=(calendar(zone="Europe/Nowhere"),)))


PACKS = st.sampled_from(
    [
        Pack("longer", calendars=(LONGER,)),
        Pack("off", calendars=(FRIDAY_OFF,)),
        Pack("anew", calendars=(replace(LONGER, open_timers=OpenTimers.retroactive),)),
        Pack("left alone", calendars=(replace(LONGER, open_timers=OpenTimers.untouched),)),
        Pack("moved", services=(service(calendar="always"),)),
        Pack(
            "hasty", services=(service(targets="hasty"),),
            target_sets=(targets(id="hasty", targets=(
                Target(Metric.resolution, 7_200), Target(Metric.update, 3_600),
                Target(Metric.resolution, 600, priority=1, change=ChangeRule.carry_elapsed),
            )),),
        ),
        Pack("paused", services=(service(targets="odd"),), target_sets=(targets(id="odd", targets=(
            Target(Metric.resolution, 144_000, pauses=frozenset({State.active})),)),)),
        Pack("days", services=(service(targets="days"),), target_sets=(targets(id="days", targets=(
            Target(Metric.resolution, days=2),)),)),
    ]
)  # fmt: skip
STEPS = st.lists(
    st.sampled_from(
        [
            (tickets.change_priority, {"priority": 1, "reason": "x"}),
            (tickets.change_priority, {"priority": 2, "reason": "x"}),
            (tickets.wait, {"state": State.waiting_requester}),
            (tickets.wait, {"state": State.waiting_vendor}),
            (tickets.resume, {}),
            (tickets.reply, {"text": "hello"}),
            (tickets.take, {}),
            (tickets.resolve, {}),
            (tickets.reopen, {"reason": "x"}),
        ]
    ),
    max_size=5,
)


@settings(max_examples=6)
@given(st.lists(st.tuples(st.integers(1, 4), STEPS), min_size=1, max_size=3), st.integers(1, 30), PACKS)
def test_what_is_told_is_what_applying_it_does(stories, hours, pack) -> None:
    clock = MovableClock()
    store = memory_store(clock)
    site(store)
    desk = Desk(store, clock)
    for priority, steps in stories:
        ticket = desk.do(tickets.open_ticket, opened(priority=priority))
        for run, args in steps:
            clock.forward(minutes=50)
            desk.do(whatif.bulk.perform, run, [(ticket.id, None)], **args)
    clock.forward(hours=hours)
    found, before = asked(desk, pack), stored(desk)
    desk.do(apply_pack, pack, by="zoe")
    after = stored(desk)
    store.close()
    shifted = []
    for key in {**before, **after}:
        was, will = before.get(key), after.get(key)
        if not any(timer is not None and timer.unmet for timer in (was, will)):
            continue
        if (was and was.due) != (will and will.due) or (was is None) is not (will is None):
            shifted.append(Shifted(key[0], key[1], was and was.due, will and will.due))
    assert found.moved == len(shifted)
    assert sorted(found.widest, key=repr) == sorted(shifted, key=repr)
