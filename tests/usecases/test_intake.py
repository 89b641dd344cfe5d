"""Taking in foreign tickets: whole or not at all, once, quietly, with their true history."""

from collections.abc import Sequence

import pytest

from supporttui.domain.events import (
    Event,
    Imported,
    Noted,
    Opened,
    Origin,
    PriorityChanged,
    Referenced,
    State,
    StateChanged,
)
from supporttui.domain.sla.targets import Metric
from supporttui.usecases import escalation, queue, replay, tickets
from supporttui.usecases.intake import ForeignRow, ForeignTicket, Happened, Outcome, take_in
from supporttui.usecases.views import Ask
from tests.builders import NOW, Desk, opened, refuses

pytestmark = pytest.mark.core

LONG_AGO = NOW - 10 * 86_400


def row(name: str, at: int, *events: Event, line: int = 0) -> ForeignRow:
    return ForeignRow(name, tuple(Happened(at, "Updated by 7", event) for event in events), line=line, at=at)


def foreign(*rows: ForeignRow, number: str = "INC1") -> ForeignTicket:
    return ForeignTicket("snow", number, rows)


OPENING = row("r1", LONG_AGO, opened(title="Foreign", priority=1), Referenced("snow", "INC1"))
WAITING = row("r2", LONG_AGO + 3600, StateChanged(State.waiting_requester))
GOING_ON = row("r3", LONG_AGO + 9600, StateChanged(State.active))


def take(desk: Desk, *batch: ForeignTicket) -> Outcome:
    return desk.do(take_in, batch, by="zoe")


def facts(desk: Desk, ticket: int) -> Sequence:
    return desk.ask(lambda tx: tx.journal.of_ticket(ticket))


def test_a_ticket_comes_with_its_history_its_reference_and_its_timers(desk: Desk) -> None:
    assert take(desk, foreign(OPENING, WAITING)) == Outcome(imported=1, rows=2)
    number = desk.ask(lambda tx: tx.tickets.find("snow", "INC1"))
    detail = desk.ask(queue.detail, number, desk.clock())
    assert (detail.ticket.state, detail.ticket.created_at) == (State.waiting_requester, LONG_AGO)
    resolution = next(view for view in detail.timers if view.timer.metric is Metric.resolution)
    assert (resolution.timer.anchor, resolution.segment.paused) == (LONG_AGO + 3600, True)
    assert {(fact.actor, fact.origin, fact.at) for fact in facts(desk, number)} == {
        ("Updated by 7", Origin.imported, LONG_AGO),
        ("Updated by 7", Origin.imported, LONG_AGO + 3600),
    }


def test_taking_the_same_in_again_changes_nothing(desk: Desk) -> None:
    take(desk, foreign(OPENING, WAITING))
    head = desk.ask(lambda tx: tx.journal.head())
    assert take(desk, foreign(OPENING, WAITING)) == Outcome(unchanged=1)
    assert desk.ask(lambda tx: tx.journal.head()) == head


def test_new_rows_are_added_to_the_ticket_that_is_there(desk: Desk) -> None:
    take(desk, foreign(OPENING))
    assert take(desk, foreign(OPENING, WAITING, GOING_ON)) == Outcome(updated=1, rows=2)
    assert [item.row.state for item in desk.ask(queue.items, [1, 2], desk.clock())] == [State.active]


def test_rows_that_come_late_are_folded_where_they_belong(desk: Desk) -> None:
    take(desk, foreign(OPENING, GOING_ON))
    take(desk, foreign(OPENING, WAITING, GOING_ON))
    (item,) = desk.ask(queue.items, [1], desk.clock())
    assert item.row.state is State.active
    assert desk.ask(replay.differences) == ()


def test_nobody_is_told_and_nothing_escalates_until_a_person_raises_it(desk: Desk) -> None:
    take(desk, foreign(OPENING))
    assert desk.ask(escalation.running, desk.clock()) == ()
    desk.do(tickets.note, 1, None, text="looking")
    assert desk.ask(escalation.running, desk.clock()) == ()
    assert desk.ask(queue.detail, 1, desk.clock()).notices == ()


def test_transitions_that_the_desk_would_refuse_are_recorded(desk: Desk) -> None:
    odd = row("r4", LONG_AGO + 20, StateChanged(State.closed), StateChanged(State.resolved), StateChanged(State.new))
    assert take(desk, foreign(OPENING, odd)).imported == 1
    assert desk.ask(queue.items, [1], desk.clock())[0].row.state is State.new


def test_a_bad_ticket_is_refused_whole_and_the_others_are_taken(desk: Desk) -> None:
    headless = foreign(row("x1", LONG_AGO, PriorityChanged(1), line=7), number="INC2")
    outcome = take(desk, headless, foreign(OPENING))
    assert (outcome.imported, outcome.rows) == (1, 1)
    ((number, line, fault),) = [(one.number, one.line, one.fault) for one in outcome.rejected]
    assert (number, line, fault.code) == ("INC2", 7, "ticket.no_opening")
    assert len(desk.ask(queue.page, Ask(), desk.clock()).items) == 1


def test_a_row_without_events_is_remembered_too(desk: Desk) -> None:
    take(desk, foreign(OPENING, row("r5", LONG_AGO + 60)))
    assert take(desk, foreign(OPENING, row("r5", LONG_AGO + 60))).unchanged == 1
    assert [fact.event.row for fact in facts(desk, 1) if isinstance(fact.event, Imported)] == ["r1", "r5"]


def test_two_systems_may_use_the_same_number(desk: Desk) -> None:
    take(desk, foreign(OPENING), ForeignTicket("jira", "INC1", (OPENING,)))
    assert len(desk.ask(queue.page, Ask(), desk.clock()).items) == 2


def test_an_imported_history_goes_on_at_the_desk(desk: Desk) -> None:
    take(desk, foreign(OPENING, WAITING))
    found = desk.do(tickets.resume, 1, None)
    assert (found.state, found.updated_at) == (State.active, desk.clock())
    assert desk.ask(replay.differences) == ()


def test_importing_needs_the_right_to_configure(desk: Desk) -> None:
    with refuses("access.denied"):
        desk.do(take_in, [foreign(OPENING)], by="ana")


def test_a_fact_before_the_opening_belongs_to_it(desk: Desk) -> None:
    take(desk, foreign(row("r0", LONG_AGO - 60, Noted("mail delay")), OPENING))
    assert isinstance(facts(desk, 1)[0].event, Noted)
    assert any(isinstance(fact.event, Opened) for fact in facts(desk, 1))
    assert desk.ask(replay.differences) == ()
