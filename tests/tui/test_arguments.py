"""What people type as an argument → what a use case takes; the same after ``:`` and on the command line."""

import pytest

from supporttui import actions, arguments
from supporttui.actions import Arg, ArgKind
from supporttui.domain.events import State
from supporttui.domain.faults import BadInput, NotFound
from supporttui.i18n.catalogue import load
from supporttui.usecases.views import Choice
from tests.builders import NOW, PEOPLE, refuses

STEPS = (Choice(1, "First", (), is_next=True), Choice(2, "Lead", (), is_next=False))
READING = arguments.Reading(load("en", "Europe/Berlin", {}), NOW, people=PEOPLE, steps=STEPS)
STATES = ("waiting_requester", "waiting_vendor", "scheduled")


def arg(kind: ArgKind, **deviations: object) -> Arg:
    return Arg("it", kind, "", **deviations)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (ArgKind.text, "as it is", "as it is"),
        (ArgKind.code, "fixed", "fixed"),
        (ArgKind.theme, "nord", "nord"),
        (ArgKind.priority, "2", 2),
        (ArgKind.priority, "P1", 1),
        (ArgKind.level, "3", 3),
        (ArgKind.instant, "2h", NOW + 7200),
        (ArgKind.person, "ana", "ana"),
        (ArgKind.person, "Mia", "mia"),
        (ArgKind.step, "2", 2),
        (ArgKind.step, "l1", 1),
        (ArgKind.step, "lead", 2),
        (ArgKind.team, "network", "network"),
    ],
)
def test_a_text_becomes_the_value_of_its_kind(kind, text, value):
    assert arguments.value(arg(kind), text, READING) == value


@pytest.mark.parametrize("text", ["vendor", "waiting_vendor", "VENDOR"])
def test_a_choice_is_named_by_its_code_or_by_a_part_that_no_other_has(text):
    assert arguments.value(arg(ArgKind.choice, choices=STATES), text, READING) is State.waiting_vendor


@pytest.mark.parametrize(
    ("kind", "text", "code", "fault"),
    [
        (ArgKind.choice, "waiting", "cli.not_a_choice", BadInput),
        (ArgKind.choice, "nothing", "cli.not_a_choice", BadInput),
        (ArgKind.priority, "high", "cli.not_a_number", BadInput),
        (ArgKind.priority, "２", "cli.not_a_number", BadInput),
        (ArgKind.step, "9", "cli.not_a_choice", BadInput),
        (ArgKind.instant, "nonsense", "moment.unreadable", BadInput),
        (ArgKind.person, "nobody", "person.unknown", NotFound),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code(kind, text, code, fault):
    with refuses(code, fault):
        arguments.value(arg(kind, choices=STATES), text, READING)


def test_what_a_refusal_repeats_of_a_long_text_is_short():
    with pytest.raises(BadInput) as caught:
        arguments.value(arg(ArgKind.priority), "x" * 10_000, READING)
    assert len(str(caught.value.params["found"])) <= 60


def test_every_argument_of_every_action_is_read_by_somebody():
    """Kinds without a reader are texts, which the screens and commands read themselves."""
    as_text = {
        ArgKind.text,
        ArgKind.code,
        ArgKind.ticket,
        ArgKind.service,
        ArgKind.filter,
        ArgKind.language,
        ArgKind.theme,
        ArgKind.operation,
        ArgKind.view,
    }
    used = {argument.kind for action in actions.ACTIONS for argument in action.args}
    assert used - as_text <= set(arguments._READERS)
