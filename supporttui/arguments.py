"""Arguments of actions as people type them, on the command line and after ``:`` → what the use case takes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from supporttui.actions import Arg, ArgKind
from supporttui.domain.events import State
from supporttui.domain.faults import BadInput, NotFound
from supporttui.domain.ids import PersonId, TeamId
from supporttui.domain.people import Person
from supporttui.domain.priorities import Level, Priority
from supporttui.domain.spans import Instant
from supporttui.i18n import moments
from supporttui.i18n.catalogue import Words
from supporttui.usecases.views import Choice


@dataclass(frozen=True, slots=True)
class Reading:
    """What typed values are held against: the reader's language and zone, the instant, who and what is known."""

    words: Words
    now: Instant
    people: Sequence[Person] = ()
    steps: Sequence[Choice] = ()
    """Of the escalation policy of the ticket that is meant."""


def value(arg: Arg, text: str, reading: Reading) -> Any:
    """The value of one argument.

    Raises:
        BadInput: ``cli.not_a_choice``, ``cli.not_a_number``, ``escalation.no_step`` or ``moment.unreadable``.
        NotFound: ``person.unknown``.
    """
    reader = _READERS.get(arg.kind)
    return reader(arg, text, reading) if reader else text


def _choice(arg: Arg, text: str, _: Reading) -> Any:
    """One of the codes, or a part of exactly one: ``vendor`` for ``waiting_vendor``."""
    wanted = text.casefold()
    fitting = [code for code in arg.choices if wanted == code] or [
        code for code in arg.choices if wanted in code.split("_")
    ]
    if len(fitting) != 1:
        raise BadInput("cli.not_a_choice", name=arg.name, found=text[:60], allowed=", ".join(arg.choices))
    return State(fitting[0]) if fitting[0] in State.__members__ else fitting[0]


def _number(text: str, name: str, *, mark: str = "") -> int:
    digits = text.casefold().removeprefix(mark)
    if not (digits.isascii() and digits.isdigit()):
        raise BadInput("cli.not_a_number", name=name, found=text[:60])
    return int(digits)


def _step(arg: Arg, text: str, reading: Reading) -> int:
    """A step's number (``2``, ``L2``) or its name in the ticket's policy."""
    for choice in reading.steps:
        if text.casefold() in (choice.name.casefold(), str(choice.step), f"l{choice.step}"):
            return choice.step
    if not reading.steps:
        raise BadInput("escalation.no_step", step=text[:60], steps=0)
    allowed = ", ".join(f"{choice.step} {choice.name}" for choice in reading.steps)
    raise BadInput("cli.not_a_choice", name=arg.name, found=text[:60], allowed=allowed)


def _person(_: Arg, text: str, reading: Reading) -> PersonId:
    """The person with this id or name."""
    wanted = text.casefold()
    for person in reading.people:
        if wanted in (person.id.casefold(), person.name.casefold()):
            return person.id
    raise NotFound("person.unknown", person=text[:60])


_READERS: Mapping[ArgKind, Callable[[Arg, str, Reading], Any]] = {
    ArgKind.choice: _choice,
    ArgKind.instant: lambda _, text, reading: moments.parse(reading.words, text, reading.now),
    ArgKind.priority: lambda arg, text, _: Priority(_number(text, arg.name, mark="p")),
    ArgKind.level: lambda arg, text, _: Level(_number(text, arg.name)),
    ArgKind.step: _step,
    ArgKind.person: _person,
    ArgKind.team: lambda _, text, __: TeamId(text),
}
"""Kinds that are more than their text."""
