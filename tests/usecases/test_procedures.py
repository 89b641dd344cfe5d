"""A procedure is carried out step by step by whoever is there, and what was learnt comes up the next time."""

import pytest

from supporttui.domain.faults import Forbidden, NotFound, Refused
from supporttui.domain.procedures import Procedure, ProcedureStep
from supporttui.usecases import procedures, replay, tickets
from supporttui.usecases.definitions.defining import Pack, apply_pack
from tests.builders import Desk, opened, refuses

pytestmark = pytest.mark.core

FIVE = Procedure(
    "mail-down", "Mail is down", tuple(ProcedureStep(f"step {n}") for n in range(1, 6)), services=("mail",)
)


@pytest.fixture
def ticket(desk: Desk) -> int:
    desk.do(apply_pack, Pack("p", procedures=(FIVE,)), by="zoe")
    return desk.do(tickets.open_ticket, opened()).id


def on(desk: Desk, ticket: int) -> procedures.OnTicket:
    return desk.ask(procedures.on_ticket, ticket, desk.clock(), language="en")


def test_a_run_of_five_steps_is_five_entries_with_the_reason_of_the_skipped_one(desk: Desk, ticket) -> None:
    """S9; begun by one person, ended by another."""
    for number in range(1, 6):
        by = "ana" if number < 3 else "ben"
        why = {"result": "skipped", "text": "no access tonight"} if number == 3 else {}
        desk.do(procedures.step, ticket, None, by=by, **why)
    (run,) = on(desk, ticket).runs
    assert [(one.step, one.result.value, one.by) for one in run.steps] == [
        (1, "done", "ana"), (2, "done", "ana"), (3, "skipped", "ben"), (4, "done", "ben"), (5, "done", "ben"),
    ]  # fmt: skip
    assert run.steps[2].text == "no access tonight"
    assert desk.ask(lambda tx: tuple(replay.differences(tx))) == ()
    with refuses("procedure.at_end", Refused):
        desk.do(procedures.step, ticket, None)


def test_after_the_end_the_first_step_begins_it_anew(desk: Desk, ticket) -> None:
    for number in (1, 2, 3, 4, 5, 1):
        desk.do(procedures.step, ticket, None, number=number)
    assert [len(run.steps) for run in on(desk, ticket).runs] == [5, 1]


def test_a_run_goes_on_in_the_version_in_which_it_was_begun(desk: Desk, ticket) -> None:
    desk.do(procedures.step, ticket, None)
    desk.clock.forward(minutes=1)
    shorter = Procedure("mail-down", "Mail is down", FIVE.steps[:2], services=("mail",))
    desk.do(apply_pack, Pack("p", procedures=(shorter,)), by="zoe")
    assert (on(desk, ticket).offered[0].version, len(on(desk, ticket).offered[0].told.steps)) == (1, 5)
    other = desk.do(tickets.open_ticket, opened()).id
    assert (on(desk, other).offered[0].version, len(on(desk, other).offered[0].told.steps)) == (2, 2)


def test_an_undone_step_is_to_be_done_again(desk: Desk, ticket) -> None:
    desk.do(procedures.step, ticket, None)
    desk.do(procedures.step, ticket, None)
    desk.do(tickets.undo, desk.ask(lambda tx: tx.tickets.get(ticket)).last_operation)
    assert on(desk, ticket).offered[0].following == 2


def test_a_ticket_that_no_procedure_is_for_says_so(desk: Desk, ticket) -> None:
    other = desk.do(tickets.open_ticket, opened(service="vpn")).id
    with refuses("procedure.none_fits", NotFound):
        desk.do(procedures.step, other, None)
    assert desk.do(procedures.step, other, None, procedure="Mail is down").id == other


def test_a_lesson_comes_up_with_the_next_ticket_of_the_kind_and_becomes_a_step(desk: Desk, ticket) -> None:
    """S5."""
    first = desk.do(tickets.open_ticket, opened(category="disk")).id
    desk.do(procedures.learn, first, None, text="ask for the shelf number first")
    desk.do(tickets.close, first, None)
    second = desk.do(tickets.open_ticket, opened(category="disk")).id
    (lesson,) = on(desk, second).lessons
    assert (lesson.text, lesson.ticket, on(desk, first).lessons) == ("ask for the shelf number first", first, ())
    with refuses("access.denied", Forbidden):
        desk.do(procedures.as_step, lesson.id, procedure="mail-down", by="ana")
    desk.clock.forward(minutes=1)
    assert desk.do(procedures.as_step, lesson.id, procedure="mail-down", after=0, by="lea") == 2
    assert on(desk, second).offered[0].told.steps[0].step.text == lesson.text


def test_the_list_tells_reviews_that_are_due_and_how_often_a_procedure_was_carried_out(desk: Desk, ticket) -> None:
    desk.do(procedures.step, ticket, None)
    (found,) = desk.ask(procedures.every, desk.clock())
    assert (found.review_due, found.runs, found.finished) == (True, 1, 0)
