"""Arguments of actions as people type them, on the command line and after ``:`` → what the use case takes."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from supporttui.actions import Arg, ArgKind
from supporttui.domain.events import State
from supporttui.domain.faults import BadInput, NotFound
from supporttui.domain.ids import PersonId, ServiceId, TeamId, TicketId
from supporttui.domain.people import Person, Team
from supporttui.domain.priorities import Level, Priority
from supporttui.domain.services import Service
from supporttui.domain.spans import Instant
from supporttui.domain.states import Kind
from supporttui.domain.tickets import EDITABLE
from supporttui.i18n import moments, terms
from supporttui.i18n.catalogue import Words
from supporttui.usecases.views import Choice


@dataclass(frozen=True, slots=True)
class Reading:
    """What typed values are held against: the reader's language and zone, the instant, who and what is known."""

    words: Words
    now: Instant
    people: Sequence[Person] = ()
    """Those who are known; where this or one of the next two is empty, the use case looks itself."""
    teams: Sequence[Team] = ()
    services: Sequence[Service] = ()
    ticket: Callable[[str], TicketId] | None = None
    """How the database finds a ticket; without it only a number of ours is one."""
    steps: Sequence[Choice] = ()
    """Of the escalation policy of the ticket that is meant."""


def value(arg: Arg, text: str, reading: Reading) -> Any:
    """The value of one argument.

    Raises:
        BadInput: ``cli.not_a_choice``, ``cli.not_a_number``, ``cli.not_fields``, ``escalation.no_step`` or
            ``moment.unreadable``.
        NotFound: ``person.unknown`` or ``ticket.unknown_number``.
    """
    reader = _READERS.get(arg.kind)
    return reader(arg, text, reading) if reader else text


def _choice(arg: Arg, text: str, reading: Reading) -> Any:
    """One of the codes, or a part of exactly one: ``vendor`` for ``waiting_vendor``, or ``Lieferant`` in German."""
    wanted = text.casefold()
    fitting = [code for code in arg.choices if wanted == code] or [
        code for code in arg.choices if wanted in (*code.split("_"), *_spoken(reading.words, code))
    ]
    if len(fitting) != 1:
        raise BadInput("cli.not_a_choice", argument=arg.name, found=text[:60], allowed=", ".join(arg.choices))
    return State(fitting[0]) if fitting[0] in State.__members__ else fitting[0]


def _spoken(words: Words, code: str) -> tuple[str, ...]:
    """What a reader calls a state, whole and word by word."""
    if code not in State.__members__:
        return ()
    label = terms.state(words, State(code)).casefold()
    return (label, *label.split())


def _number(text: str, name: str, *, mark: str = "") -> int:
    digits = text.casefold().removeprefix(mark)
    if not (digits.isascii() and digits.isdigit()):
        raise BadInput("cli.not_a_number", argument=name, found=text[:60])
    return int(digits)


def _step(arg: Arg, text: str, reading: Reading) -> int:
    """A step's number (``2``, ``L2``) or its name in the ticket's policy."""
    for choice in reading.steps:
        if text.casefold() in (choice.name.casefold(), str(choice.step), f"l{choice.step}"):
            return choice.step
    if not reading.steps:
        raise BadInput("escalation.no_step", step=text[:60], steps=0)
    allowed = ", ".join(f"{choice.step} {choice.name}" for choice in reading.steps)
    raise BadInput("cli.not_a_choice", argument=arg.name, found=text[:60], allowed=allowed)


def _person(_: Arg, text: str, reading: Reading) -> PersonId:
    """The person with this id or name."""
    wanted = text.casefold()
    if not reading.people:
        return PersonId(text)
    for person in reading.people:
        if wanted in (person.id.casefold(), person.name.casefold()):
            return person.id
    raise NotFound("person.unknown", person=text[:60])


def _named(arg: Arg, text: str, known: Sequence[Team] | Sequence[Service]) -> str:
    """The id of the team or service with this id or name."""
    wanted = text.casefold()
    for one in known:
        if wanted in (one.id.casefold(), one.name.casefold()):
            return one.id
    if known:
        raise BadInput(
            "cli.not_a_choice", argument=arg.name, found=text[:60], allowed=", ".join(sorted(one.id for one in known))
        )
    return text


def _kind(arg: Arg, text: str, _: Reading) -> Kind:
    if text.casefold() not in Kind.__members__:
        raise BadInput("cli.not_a_choice", argument=arg.name, found=text[:60], allowed=", ".join(Kind))
    return Kind(text.casefold())


def _ticket(_: Arg, text: str, reading: Reading) -> TicketId:
    if reading.ticket is not None:
        return reading.ticket(text)
    number = re.fullmatch(r"#?(?:[^\W\d][\w]*-)?([0-9]{1,15})", text)
    if number is None:
        raise NotFound("ticket.unknown_number", number=text[:60])
    return TicketId(int(number[1]))


FIELD_END = "\x1e"
"""Behind each pair where the pairs came apart already, as the words of a shell do."""
_PAIR = re.compile(r'\s*([^\s="]+)=("[^"]*"|.*?)(?=\s+[^\s="]+=|\s*$)', re.DOTALL)


def _fields(arg: Arg, text: str, _: Reading) -> Mapping[str, str]:
    """``field=value`` pairs; on one line a value goes on to the next ``field=``, unless it stands in quotes.

    >>> _fields(Arg("fields", ArgKind.fields, ""), 'title=Mail is slow language=de text="a=b"', None)
    {'title': 'Mail is slow', 'language': 'de', 'text': 'a=b'}
    """
    if FIELD_END in text:
        pairs = [word.partition("=") for word in text.split(FIELD_END) if word.strip()]
        wrong = next((name for name, equals, _value in pairs if not equals or not name.strip()), None)
        found = {name.strip().casefold(): value for name, _equals, value in pairs}
    else:
        pieces = list(_PAIR.finditer(text))
        wrong = text if "".join(piece[0] for piece in pieces).strip() != text.strip() or not pieces else None
        found = {piece[1].casefold(): piece[2].removeprefix('"').removesuffix('"') for piece in pieces}
    if wrong is not None:
        raise BadInput("cli.not_fields", argument=arg.name, found=wrong[:60], allowed=", ".join(sorted(EDITABLE)))
    return found


_READERS: Mapping[ArgKind, Callable[[Arg, str, Reading], Any]] = {
    ArgKind.choice: _choice,
    ArgKind.instant: lambda arg, text, reading: (moments.chosen if arg.kept else moments.parse)(
        reading.words, text, reading.now
    ),
    ArgKind.week: lambda _, text, reading: moments.week(reading.words, text, reading.now),
    ArgKind.priority: lambda arg, text, _: Priority(_number(text, arg.name, mark="p")),
    ArgKind.seconds: lambda arg, text, _: _number(text, arg.name),
    ArgKind.number: lambda arg, text, _: _number(text, arg.name),
    ArgKind.level: lambda arg, text, _: Level(_number(text, arg.name)),
    ArgKind.step: _step,
    ArgKind.person: _person,
    ArgKind.team: lambda arg, text, reading: TeamId(_named(arg, text, reading.teams)),
    ArgKind.service: lambda arg, text, reading: ServiceId(_named(arg, text, reading.services)),
    ArgKind.kind: _kind,
    ArgKind.ticket: _ticket,
    ArgKind.fields: _fields,
}
"""Kinds that are more than their text."""
