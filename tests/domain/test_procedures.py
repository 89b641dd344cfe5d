"""Which procedure is for a ticket, how it reads in another language, when it is doubtful, what became of it."""

from datetime import date

import pytest

from supporttui.domain import procedures
from supporttui.domain.events import ProcedureStepped
from supporttui.domain.faults import BadInput, Refused
from supporttui.domain.lessons import Lesson, about
from supporttui.domain.procedures import Procedure, ProcedureStep, StepText, Translation
from supporttui.domain.states import StepResult
from tests.builders import fact, refuses, ticket

pytestmark = pytest.mark.core

STEPS = tuple(ProcedureStep(f"step {n}", expected=f"seen {n}") for n in range(1, 6))


def procedure(key: str = "mail-down", **deviations) -> Procedure:
    return Procedure(**{"id": key, "name": key.title(), "steps": STEPS, **deviations})


def stepped(step: int, result: StepResult = StepResult.done, text: str = "", *, operation: str = "", run: str = ""):
    event = ProcedureStepped("mail-down", 1, step, result, text, run)
    return fact(event, operation=operation or f"op{step}")


def test_what_says_most_about_a_ticket_is_offered_first():
    found = procedures.fitting(
        [
            procedure("any"), procedure("service", services=("mail",)), procedure("category", categories=("Disk",)),
            procedure("other", services=("vpn",)), procedure("p1", priorities=(1,)),
        ],
        ticket(service="mail", category="disk", priority=3),
    )  # fmt: skip
    assert [one.id for one in found] == ["category", "service", "any"]


def test_a_step_that_is_not_translated_stays_whole_and_is_marked():
    german = Translation("Mail steht", (StepText("Schritt 1", expected="gesehen"), StepText()))
    told = procedures.told(procedure(translations={"de": german}), "de-AT")
    assert (told.name, told.language) == ("Mail steht", "de")
    assert [one.step.text for one in told.steps] == ["Schritt 1", "step 2", "step 3", "step 4", "step 5"]
    assert [told.is_marked(one, "de-AT") for one in told.steps] == [False, True, True, True, True]
    assert told.steps[1].step.expected == "seen 2"


def test_an_english_procedure_is_complete_and_marked_for_a_german_reader():
    told = procedures.told(procedure(), "de")
    assert [one.step for one in told.steps] == list(STEPS)
    assert all(told.is_marked(one, "de") for one in told.steps)
    assert not any(told.is_marked(one, "en-GB") for one in told.steps)


@pytest.mark.parametrize(
    ("reviewed", "due"), [(None, True), (date(2026, 1, 1), True), (date(2026, 1, 2), False)], ids=str
)
def test_a_procedure_that_nobody_looked_at_for_long_is_doubtful(reviewed, due):
    assert procedures.review_due(procedure(reviewed=reviewed, review_days=30), date(2026, 1, 31)) is due


def test_a_run_holds_the_last_word_on_each_step_and_knows_the_next_one():
    facts = [
        stepped(1, operation="first"),
        stepped(2, run="first"),
        stepped(3, StepResult.skipped, "no access", run="first"),
        stepped(2, StepResult.failed, "again", run="first", operation="op2b"),
        stepped(1, operation="second"),
    ]
    first, second = procedures.runs(facts)
    assert [(one.step, one.result, one.text) for one in first.steps] == [
        (1, StepResult.done, ""), (2, StepResult.failed, "again"), (3, StepResult.skipped, "no access"),
    ]  # fmt: skip
    assert (first.following(5), first.following(3), second.following(5)) == (4, None, 2)


def test_what_is_skipped_or_failed_says_why():
    for result in (StepResult.skipped, StepResult.failed):
        with refuses("procedure.reason_missing", Refused):
            procedures.step(procedure(), 1, 3, result, text=" ", run=None)
    with refuses("procedure.no_such_step", BadInput):
        procedures.step(procedure(), 1, 6, StepResult.done, text="", run=None)


def test_a_procedure_without_steps_or_reviews_is_refused():
    with refuses("procedure.no_step", BadInput):
        procedure(steps=())
    with refuses("procedure.review_days", BadInput):
        procedure(review_days=0)


def test_lessons_about_the_category_come_before_those_about_the_service_and_none_of_others():
    lessons = [
        Lesson("s", "x", service="mail"), Lesson("c", "x", service="mail", category="disk"),
        Lesson("o", "x", category="net"), Lesson("p", "x", procedure="mail-down"), Lesson("n", "x"),
        Lesson("own", "x", service="mail", ticket=7),
    ]  # fmt: skip
    found = about(lessons, ticket(id=7, service="mail", category="Disk"), ["mail-down"])
    assert [one.id for one in found] == ["c", "s", "p"]


def test_a_translation_keeps_its_place_when_a_step_comes_in_between():
    found = procedures.shifted(Translation("n", (StepText("eins"), StepText("zwei"))), 1)
    assert [one.text for one in found.steps] == ["eins", "", "zwei"]
