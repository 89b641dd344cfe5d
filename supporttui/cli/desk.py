"""``supporttui desk``: the desk on this terminal; without a terminal the queue as text."""

import click

from supporttui.cli import opening, plain
from supporttui.cli.session import Session
from supporttui.cli.verb import verb
from supporttui.i18n.catalogue import Words


def command(words: Words, name: str) -> click.Command:
    """The command ``desk``, or ``begin``: the same on a new database with the starter policies."""
    if name == "begin":
        return verb(words, name, _begin, help=words.t("Make a database with starter policies and open the desk."))
    return verb(words, name, _run, help=words.t("Open the desk. It is what happens without a command, too."))


def _begin(session: Session) -> None:
    from supporttui.cli.init import begin  # loads the packs, for which no desk shall wait

    begin(session)
    _run(session)


def _run(session: Session) -> None:
    if opening.can_open_desk(session):
        opening.run_desk(session)
    else:
        plain.show_queue(session)
        plain.say_how_to_go_on(session)
