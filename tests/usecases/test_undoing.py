"""Undo puts back what was, redo does it again; neither goes over what somebody did since."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supporttui.domain.events import Noted, Undone
from supporttui.domain.faults import Refused
from supporttui.domain.sla.timer import Timer
from supporttui.domain.states import State
from supporttui.domain.tickets import UNDOABLE
from supporttui.domain.undoing import NOTE_SECONDS, taken_back
from supporttui.usecases import tickets
from supporttui.usecases.ports import Transaction
from tests.builders import Desk, opened, refuses

pytestmark = pytest.mark.core

Act = Callable[[Desk, int], object]
ACTIONS: Mapping[str, Act] = {
    "acknowledge": lambda desk, number: desk.do(tickets.acknowledge, number, None, by="ben"),
    "take": lambda desk, number: desk.do(tickets.take, number, None, by="ben"),
    "assign": lambda desk, number: desk.do(tickets.assign, number, None, team="network"),
    "note": lambda desk, number: desk.do(tickets.note, number, None, text="look"),
    "wait": lambda desk, number: desk.do(tickets.wait, number, None),
    "schedule": lambda desk, number: desk.do(
        tickets.wait, number, None, state=State.scheduled, until=desk.clock() + 7200
    ),
    "resume": lambda desk, number: desk.do(tickets.resume, number, None),
    "resolve": lambda desk, number: desk.do(tickets.resolve, number, None, code="fixed", text="done"),
    "close": lambda desk, number: desk.do(tickets.close, number, None),
    "reopen": lambda desk, number: desk.do(tickets.reopen, number, None, reason="again"),
    "priority": lambda desk, number: desk.do(tickets.change_priority, number, None, priority=1, reason="worse"),
    "lower": lambda desk, number: desk.do(tickets.change_priority, number, None, priority=3, reason="better"),
}


def told(timer: Timer) -> Timer:
    """A timer but for where it last began to run, to stand or to be done, and a breach that the next fact records.

    Of one that is done its consumed time counts: between a reopening and its undo it was not done, and before it
    stood; due and end are moved alike, and one that was late is late by more.
    """
    timer = timer._replace(breached_seconds=None, breached_calendar=None)
    if not timer.unmet:
        return timer._replace(anchor=0, stopped=0, due=0, warn_at=(), remaining=max(timer.remaining, -1))
    return timer._replace(anchor=0, remaining=timer.remaining if timer.due is None else 0, breached_at=None)


def world(desk: Desk, number: int) -> tuple[object, ...]:
    """Every field that can be put back, every timer, the escalation's state."""

    def read(tx: Transaction) -> tuple[object, ...]:
        ticket, escalation = tx.tickets.get(number), tx.escalations.get(number)
        timers = sorted(map(told, tx.tickets.timers(number)), key=lambda timer: (timer.metric, timer.cycle))
        standing = escalation.state if escalation is not None and ticket.is_open else None
        return ({name: getattr(ticket, name) for name in sorted(UNDOABLE)}, timers, standing)

    return desk.ask(read)


def tried(act: Act, desk: Desk, number: int) -> bool:
    try:
        act(desk, number)
    except Refused:
        return False
    return True


def same_but_for_the_beginning(before: tuple[object, ...], after: tuple[object, ...]) -> bool:
    """An escalation that began with what was undone is done, and not forgotten."""
    return before[:2] == after[:2] and (before[2] == after[2] or before[2] is None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    history=st.lists(st.sampled_from(sorted(ACTIONS)), max_size=4), last=st.sampled_from(sorted(ACTIONS)),
    priority=st.sampled_from([1, 2, 3]),
)  # fmt: skip
def test_undone_at_once_everything_is_as_before_and_redone_as_after(
    desk: Desk, history: list[str], last: str, priority: int
) -> None:
    """Whatever led up to it: fields and timers are put back, and done again they are what the action made them.

    Each story is told of a ticket of its own, on one desk.
    """
    clock = desk.clock
    number = desk.do(tickets.open_ticket, opened(priority=priority)).id
    for name in history:
        clock.forward(minutes=7)
        tried(ACTIONS[name], desk, number)
    clock.forward(minutes=7)
    before = world(desk, number)
    if tried(ACTIONS[last], desk, number):
        after = world(desk, number)
        desk.do(tickets.undo, desk.last)
        assert same_but_for_the_beginning(before, world(desk, number))
        desk.do(tickets.redo, desk.last)
        assert world(desk, number) == after
        desk.do(tickets.undo, desk.last)
        assert same_but_for_the_beginning(before, world(desk, number))


def test_a_note_is_taken_back_within_five_minutes_and_stays_in_the_journal(desk: Desk) -> None:
    number = desk.do(tickets.open_ticket, opened()).id
    desk.do(tickets.note, number, None, text="wrong ticket")
    note = desk.last
    desk.clock.forward(seconds=NOTE_SECONDS)
    desk.do(tickets.undo, note)
    facts = desk.ask(lambda tx: tx.journal.of_ticket(number))
    assert [type(fact.event) for fact in facts[-2:]] == [Noted, Undone]
    assert taken_back(facts) == {note}
    desk.do(tickets.redo, desk.last)
    assert taken_back(desk.ask(lambda tx: tx.journal.of_ticket(number))) == {facts[-1].operation}


def test_an_older_note_stays(desk: Desk) -> None:
    number = desk.do(tickets.open_ticket, opened()).id
    desk.do(tickets.note, number, None, text="hm")
    desk.clock.forward(seconds=NOTE_SECONDS + 1)
    with refuses("undo.text_old"):
        desk.do(tickets.undo, desk.last)


def test_an_undo_is_done_again_by_redo_and_by_nothing_else(desk: Desk) -> None:
    number = desk.do(tickets.open_ticket, opened()).id
    desk.do(tickets.take, number, None)
    taken = desk.last
    with refuses("redo.nothing"):
        desk.do(tickets.redo, taken)
    desk.do(tickets.undo, taken)
    undone = desk.last
    with refuses("undo.is_undo"):
        desk.do(tickets.undo, undone)
    assert desk.do(tickets.redo, undone)[0].owner == "ana"


def test_redo_is_refused_once_somebody_touched_the_ticket(desk: Desk) -> None:
    number = desk.do(tickets.open_ticket, opened()).id
    desk.do(tickets.take, number, None)
    desk.do(tickets.undo, desk.last)
    undone = desk.last
    desk.do(tickets.note, number, None, text="mine", by="ben")
    with refuses("undo.touched"):
        desk.do(tickets.redo, undone)
