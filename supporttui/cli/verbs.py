"""The verbs that change tickets, made from the registry of actions, such as ``ack``, ``take`` and ``undo``.

A verb whose arguments stand in their places takes one word of ticket numbers (``1042`` or ``1042,1044``);
one without takes any number of words. All tickets are one transaction and one operation, as at the desk.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from supporttui import actions, arguments
from supporttui.actions import Action, Arg, ArgKind, Scope
from supporttui.actions.backing import way_back
from supporttui.arguments import Reading
from supporttui.cli import escalating, output, said, several
from supporttui.cli.known import ticket_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, option, verb
from supporttui.domain.events import Origin
from supporttui.domain.faults import BadInput
from supporttui.domain.ids import OperationId, TicketId
from supporttui.domain.marking import mark
from supporttui.domain.states import EscalationKind
from supporttui.i18n.catalogue import Words
from supporttui.usecases import escalation
from supporttui.usecases.ports import Transaction
from supporttui.usecases.views import Choice

_NOUNS: Mapping[str, str] = {
    "text": mark("TEXT"),
    "reason": mark("REASON"),
    "code": mark("CODE"),
    "until": mark("MOMENT"),
    "priority": mark("PRIORITY"),
    "step": mark("STEP"),
    "delay": mark("SECONDS"),
    "template": mark("TEMPLATE"),
    "team": mark("TEAM"),
    "owner": mark("PERSON"),
    "fields": mark("FIELD=VALUE"),
    "other": mark("TICKET"),
    "into": mark("TICKET"),
    "service": mark("SERVICE"),
    "language": mark("TAG"),
    "kind": mark("KIND"),
    "impact": mark("LEVEL"),
    "urgency": mark("LEVEL"),
    "word": mark("WORD"),
    "url": mark("URL"),
    "system": mark("SYSTEM"),
    "key": mark("KEY"),
}
"""What stands for an argument in help; for others, their choices or ``TEXT``."""
FROM_INPUT = "-"
"""In place of a text: read it from standard input."""


def command(words: Words, name: str) -> click.Command:
    """The command of one verb."""
    action = actions.by_verb()[name]

    def run(session: Session, **given: Any) -> None:
        session.require_writing()
        if action.scope is Scope.operation:
            _on_operation(session, action, given["operation"])
        elif action.scope is Scope.ticket:
            on_tickets(session, action, given)
        else:
            _on_nothing(session, action, given)

    told = " ".join(filter(None, (words.t(action.help), way_back(words, action))))
    return verb(words, name, run, help=told, params=_params(words, action))


def _params(words: Words, action: Action) -> list[click.Parameter]:
    if action.scope is Scope.operation:
        return _operation(words)
    if action.scope is Scope.ticket:
        return ticket_params(words, action)
    return _arguments(words, action)


def _operation(words: Words) -> list[click.Parameter]:
    return [argument("operation", metavar=words.t("OPERATION|TICKET"))]


def ticket_params(words: Words, action: Action, *, noun: str = "") -> list[click.Parameter]:
    """Tickets first; ``noun`` is what stands for them in help."""
    many = not any(arg.positional for arg in action.args)
    noun = noun or (words.t("TICKET…") if many else words.t("TICKET[,TICKET]"))
    tickets = argument("tickets", nargs=-1 if many else 1, required=True, metavar=noun)
    guard = option("--version", "version", type=int, metavar="N",
                   help=words.t("Only if the ticket still has this version."))  # fmt: skip
    preview = option("--preview", "preview", is_flag=True,
                     help=words.t("Say what would happen, ticket by ticket; change nothing."))  # fmt: skip
    dry = option("--dry-run", "dry_run", is_flag=True,
                 help=words.t("Name the people, channels and times that would follow; page nobody."))  # fmt: skip
    named = [tickets, *_arguments(words, action), guard, preview]
    return [*named, dry] if action.id == "ticket.escalate" else named


def _arguments(words: Words, action: Action) -> list[click.Parameter]:
    """Those in their places, then those that are options."""
    placed = [arg for arg in action.args if arg.positional]
    named = [
        option(
            f"--{arg.name}",
            arg.name,
            help=words.t(arg.help),
            required=arg.required,
            metavar=_noun(words, arg),
        )
        for arg in action.args
        if not arg.positional
    ]
    return [*(_placed(words, arg, last=arg is placed[-1]) for arg in placed), *named]


def _placed(words: Words, arg: Arg, *, last: bool) -> click.Parameter:
    """An argument in its place; a text at the end takes the rest of the line."""
    rest = last and arg.kind in (ArgKind.text, ArgKind.fields)
    shown = "|".join(arg.choices) or _noun(words, arg)
    shown += "…" if rest else ""
    return argument(
        arg.name, nargs=-1 if rest else 1, required=arg.required, metavar=shown if arg.required else f"[{shown}]"
    )


def _noun(words: Words, arg: Arg) -> str:
    return words.t(_NOUNS.get(arg.name, _NOUNS["text"]))


# --- on tickets ---------------------------------------------------------------------------------------


def on_tickets(session: Session, action: Action, given: Mapping[str, Any], **more: Any) -> None:
    """Do it, or with ``--preview`` say what would happen; ``more`` goes to the use case as it is."""
    version: int | None = given["version"]
    values = {**session.ask(lambda tx: _read(session, tx, action, given)), **more}
    tickets = session.ask(lambda tx: _tickets(session, tx, given["tickets"]))
    if version is not None and len(tickets) > 1:
        raise BadInput("cli.version_of_one")
    if given.get("dry_run"):
        escalating.dry_run(session, tickets, values)
        return
    run = several.preview if given["preview"] else several.perform
    run(session, action, [(ticket, version) for ticket in tickets], values)


def _tickets(session: Session, tx: Transaction, given: str | Sequence[str]) -> tuple[TicketId, ...]:
    words = [given] if isinstance(given, str) else given
    numbers = [number for word in words for number in word.split(",") if number.strip()]
    if not numbers:
        raise BadInput("cli.no_ticket")
    return tuple(dict.fromkeys(ticket_of(session, tx, number) for number in numbers))


def _read(session: Session, tx: Transaction, action: Action, given: Mapping[str, Any]) -> dict[str, Any]:
    """The use case's keywords; what was not given is left to its defaults."""
    texts = {arg: text for arg in action.args if (text := _text(arg, given[arg.name])) or arg.required}
    reading = _reading(session, tx, texts, given)
    found = {arg.name: arguments.value(arg, text, reading) for arg, text in texts.items()}
    if action.id in ("ticket.escalate", "ticket.reply") and "delay" not in found:
        found["delay"] = session.loaded.settings.page_delay
    return found


def _reading(session: Session, tx: Transaction, args: Iterable[Arg], given: Mapping[str, Any]) -> Reading:
    """What the arguments are held against; steps are those of the first ticket."""
    steps: tuple[Choice, ...] = ()
    if any(arg.kind is ArgKind.step for arg in args):
        kind = EscalationKind.hierarchical if given.get("kind") == "hierarchical" else EscalationKind.functional
        steps = escalation.choices(tx, _tickets(session, tx, given["tickets"])[0], session.now(), kind=kind)
    known = tx.definitions
    return Reading(
        session.words, session.now(), known.people(), known.teams(), known.services(),
        ticket=lambda text: ticket_of(session, tx, text), steps=steps,
    )  # fmt: skip


def _text(arg: Arg, value: str | Sequence[str] | None) -> str:
    if arg.kind is ArgKind.fields:
        return "".join(f"{word}{arguments.FIELD_END}" for word in value or ())
    text = value if isinstance(value, str) else " ".join(value or ())
    return sys.stdin.read().strip() if text == FROM_INPUT else text


def _on_nothing(session: Session, action: Action, given: Mapping[str, Any]) -> None:
    """Something that needs no ticket, such as a new one."""
    values = session.ask(lambda tx: _read(session, tx, action, given))
    result = session.do(action.run, **values)  # type: ignore[arg-type]
    if session.json:
        output.show_json(results=[said.as_json(session, result)])
    else:
        output.show(said.as_text(session, action, result))


# --- on something done before -------------------------------------------------------------------------


def _on_operation(session: Session, action: Action, text: str) -> None:
    """What is taken back, or done again, is told ticket by ticket; how many pages, in one line."""
    operation = session.ask(lambda tx: _operation_of(session, tx, text))
    found = session.do(action.run, operation)  # type: ignore[arg-type]
    results = found if isinstance(found, tuple) else (found,)
    if session.json:
        output.show_json(results=[said.as_json(session, result) for result in results])
    elif not results:
        output.show(session.words.t("Taken back."))
    else:
        for result in results:
            output.show(said.as_text(session, action, result))


def _operation_of(session: Session, tx: Transaction, text: str) -> OperationId:
    """The operation of this id, or the last one of a person on a ticket: what the watch does nobody takes back."""
    if tx.journal.known_parts([OperationId(text)]):
        return OperationId(text)
    ticket = tx.tickets.get(ticket_of(session, tx, text))
    facts = reversed(tx.journal.of_ticket(ticket.id))
    return next((fact.operation for fact in facts if fact.origin is not Origin.watch), ticket.last_operation)
