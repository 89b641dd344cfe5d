"""Arguments of actions as they are typed → what the use case takes."""

from collections.abc import Callable, Mapping
from typing import Any

from supporttui.actions import Arg, ArgKind
from supporttui.cli.known import moment_of, person_of
from supporttui.cli.session import Session
from supporttui.domain.events import State
from supporttui.domain.faults import BadInput
from supporttui.domain.ids import TeamId, TicketId
from supporttui.domain.priorities import Level, Priority
from supporttui.usecases import escalation
from supporttui.usecases.ports import Transaction

Reader = Callable[[Session, Transaction, Arg, str], Any]


def read_argument(session: Session, tx: Transaction, arg: Arg, text: str, *, ticket: TicketId) -> Any:
    """The value of one argument; ``ticket`` is the one whose steps are meant.

    Raises:
        BadInput: ``cli.not_a_choice`` or ``cli.not_a_number``, ``moment.unreadable``.
        NotFound: ``person.unknown``.
    """
    if arg.kind is ArgKind.step:
        return _step(session, tx, text, ticket)
    reader = _READERS.get(arg.kind)
    return reader(session, tx, arg, text) if reader else text


def _choice(_: Session, __: Transaction, arg: Arg, text: str) -> Any:
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


def _step(session: Session, tx: Transaction, text: str, ticket: TicketId) -> int:
    """A step's number (``2``, ``L2``) or its name in the ticket's policy."""
    known = escalation.choices(tx, ticket, session.now())
    for choice in known:
        if text.casefold() in (choice.name.casefold(), str(choice.step), f"l{choice.step}"):
            return choice.step
    allowed = ", ".join(f"{choice.step} {choice.name}" for choice in known)
    raise BadInput("cli.not_a_choice", name="step", found=text[:60], allowed=allowed)


_READERS: Mapping[ArgKind, Reader] = {
    ArgKind.choice: _choice,
    ArgKind.instant: lambda session, _, __, text: moment_of(session, text),
    ArgKind.priority: lambda _, __, arg, text: Priority(_number(text, arg.name, mark="p")),
    ArgKind.level: lambda _, __, arg, text: Level(_number(text, arg.name)),
    ArgKind.person: lambda _, tx, __, text: person_of(tx, text),
    ArgKind.team: lambda _, __, ___, text: TeamId(text),
}
"""Kinds that are more than their text."""
