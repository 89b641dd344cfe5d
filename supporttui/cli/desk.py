"""``supporttui desk``: the desk on this terminal; without a terminal the queue as text."""

import click

from supporttui.bootstrap.desk import Start
from supporttui.bootstrap.desk import run_desk as run
from supporttui.cli import output, plain
from supporttui.cli.session import Session
from supporttui.cli.verb import verb
from supporttui.domain.ids import PersonId
from supporttui.i18n.catalogue import Words


def command(words: Words, name: str) -> click.Command:
    """The command ``desk``, or ``begin``: the same on a new database with the starter policies."""
    if name == "begin":
        return verb(words, name, _begin, help=words.t("Make a database with starter policies and open the desk."))
    return verb(words, name, _run, help=words.t("Open the desk. It is what happens without a command, too."))


def _begin(session: Session) -> None:
    from supporttui.cli.db import begin  # loads Alembic, for which no desk shall wait

    begin(session)
    _run(session)


def _run(session: Session) -> None:
    if plain.can_open_desk(session):
        run_desk(session)
    else:
        plain.show_queue(session)
        plain.say_how_to_go_on(session)


def run_desk(session: Session) -> None:
    """Open the desk and give its exit code to the run.

    Who is known without asking the database need not wait for it: it is opened behind the first frame.
    """
    me = session.known_me
    as_of = None
    if me is None:
        as_of = session.place.as_of
        me = session.me if as_of is None else session.reader or PersonId("")
    start = Start(
        opening=lambda: session.place,
        clock=session.clock if as_of is None else session.place.clock,
        me=me,
        words=session.words,
        argv=("supporttui", *session.args),
        encoding=output.encoding(),
        as_of=as_of,
    )
    session.exit_code = run(start, session.loaded, session.env)
