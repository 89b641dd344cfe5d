"""A step of a procedure in the history of a ticket."""

from collections.abc import Mapping

from supporttui.domain.events import ProcedureStepped
from supporttui.domain.marking import mark
from supporttui.domain.states import StepResult
from supporttui.i18n.catalogue import Words

_HAPPENED: Mapping[StepResult, str] = {
    StepResult.done: mark("procedure {name}, step {step}: done"),
    StepResult.skipped: mark("procedure {name}, step {step}: skipped"),
    StepResult.failed: mark("procedure {name}, step {step}: did not work"),
}


def stepped(words: Words, event: ProcedureStepped, names: Mapping[str, str]) -> str:
    """A line of a ticket's history."""
    name = names.get(event.procedure, event.procedure)
    text = words.t(_HAPPENED[event.result], name=name, step=event.step)
    return words.t("{what}: {text}", what=text, text=event.text) if event.text else text
