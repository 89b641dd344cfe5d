"""``supporttui major``: begin, lead, log and end a major incident, and look at one or at all."""

from typing import Any

import click

from supporttui import actions, shapes
from supporttui.cli import output, verbs
from supporttui.cli.known import ticket_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, verb
from supporttui.domain.events import kind_of
from supporttui.domain.states import MajorRole
from supporttui.domain.text import safe_text
from supporttui.domain.tickets import Ticket
from supporttui.i18n import promise_labels, times, titles
from supporttui.i18n.catalogue import Words
from supporttui.i18n.event_labels import event
from supporttui.usecases import major
from supporttui.usecases.major import Log
from supporttui.usecases.ports import Transaction


def command(words: Words, name: str) -> click.Command:
    """The group ``major``."""
    known = actions.by_verb()
    return group(
        words, name,
        [
            *(_doing(words, action.verb or "") for action in actions.MAJOR_ACTIONS),
            verb(
                words, "show", _show, help=words.t(known["major show"].help),
                params=[argument("ticket", metavar=words.t("TICKET"))],
            ),
            verb(words, "list", _list, help=words.t(known["major list"].help)),
        ],
        help=words.t("Run a major incident: roles, communications at a fixed pace, a log. Of a drill: an exercise."),
    )  # fmt: skip


def _doing(words: Words, called: str) -> click.Command:
    made = verbs.command(words, called)
    made.name = called.removeprefix("major ")
    return made


def _show(session: Session, *, ticket: str) -> None:
    def read(tx: Transaction) -> Log:
        return major.log(tx, ticket_of(session, tx, ticket), session.now())

    found, words = session.ask(read), session.words
    if session.json:
        output.show_json(**_shape(found.ticket), log=_log(session, found))
        return
    title = safe_text(titles.title(words, found.ticket), one_line=True)
    lines = [f"{session.prefix}{found.ticket.id}  {title}"]
    for label, value in promise_labels.standing(words, found.ticket, found.names, found.now):
        lines.append(words.t("{field}: {value}", field=label, value=safe_text(value, one_line=True)))
    rows = [(one["time"], one["who"], one["text"]) for one in _log(session, found)]
    output.show("\n".join([*lines, ""]))
    output.show(output.table((words.t("Time"), words.t("Who"), words.t("What")), rows))


def _log(session: Session, found: Log) -> list[dict[str, str]]:
    words = session.words
    return [
        {
            "at": times.iso(fact.at), "time": times.stamp(fact.at, words.zone), "kind": kind_of(fact.event),
            "who": found.names.get(fact.actor, fact.actor),
            "text": event(words, fact.event, found.names, prefix=session.prefix),
        }
        for fact in found.facts
    ]  # fmt: skip


def _list(session: Session) -> None:
    found, words = session.ask(major.listed, session.now()), session.words
    if session.json:
        output.show_json(major=[_shape(one) for one in found.tickets])
    elif found.tickets:
        rows = [promise_labels.row(words, one, found.names, session.prefix) for one in found.tickets]
        output.show(output.table(promise_labels.heads(words), rows))
    else:
        output.show(words.t("There was no major incident yet."))


def _shape(ticket: Ticket) -> dict[str, Any]:
    found = ticket.major
    assert found is not None
    return {
        "ticket": ticket.id, "title": ticket.title, "since": shapes.iso(found.since), "ended": shapes.iso(found.ended),
        "exercise": found.exercise, "every": found.every, "said_at": shapes.iso(found.said_at),
        "next": None if ticket.promised is None else shapes.iso(ticket.promised.until),
        "roles": {role.value: found.of(role) for role in MajorRole}, "degraded": list(found.degraded),
    }  # fmt: skip
