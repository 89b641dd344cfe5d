"""``supporttui log``: a call becomes a ticket by one line, on behalf of somebody."""

import sys

import click

from supporttui import actions, shapes
from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, option, verb
from supporttui.cli.verbs import FROM_INPUT
from supporttui.i18n import capture_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import capturing


def command(words: Words, name: str) -> click.Command:
    """The verb ``log``."""
    action = actions.by_verb()[name]
    known = {arg.name: arg for arg in action.args}
    params = [
        argument("text", nargs=-1, required=True, metavar=words.t("TEXT") + "…"),
        option(
            "--for",
            "--requester",
            "requester",
            default="",
            metavar=words.t("NAME"),
            help=words.t(known["requester"].help),
        ),
        option("--service", default="", metavar=words.t("SERVICE"), help=words.t(known["service"].help)),
    ]
    return verb(words, name, _log, help=words.t(action.help), params=params)


def _log(session: Session, *, text: tuple[str, ...], requester: str, service: str) -> None:
    session.require_writing()
    line = " ".join(text)
    line = sys.stdin.read() if line == FROM_INPUT else line
    found = session.do(capturing.log, text=line, requester=requester, service=service)
    if session.json:
        ticket = shapes.ticket(found.ticket, prefix=session.prefix)
        output.show_json(results=[{**ticket, "service_by": found.guess.why.value}])
    else:
        output.show(capture_labels.logged(session.words, found, prefix=session.prefix))
