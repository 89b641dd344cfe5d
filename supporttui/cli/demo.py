"""``supporttui demo``: a made-up night on a temporary database, gone when the desk is left."""

import tempfile
from pathlib import Path

import click

from supporttui import bootstrap
from supporttui.cli import desk, output, start
from supporttui.cli.session import Session
from supporttui.cli.verb import verb
from supporttui.i18n.catalogue import Words
from supporttui.intake import demo


def command(words: Words, name: str) -> click.Command:
    """The command ``demo``."""
    return verb(
        words, name, run_demo,
        help=words.t("Look around in a made-up night: a temporary database, gone when you leave."),
    )  # fmt: skip


def run_demo(session: Session) -> None:
    """The desk on a demo night; without a terminal its queue as text."""
    with tempfile.TemporaryDirectory(prefix="supporttui-demo-", ignore_cleanup_errors=True) as folder:
        place = bootstrap.open_place(str(Path(folder) / "demo.db"), clock=session.clock, create=True)
        session.use(bootstrap.begin_night(place, session.clock, demo.START, demo.build), demo.ME)
        if start.can_open_desk(session) and not session.json:
            desk.run_desk(session)
        else:
            start.show_queue(session)
            output.say(session.words.t("To open the desk, run supporttui demo in a terminal."))
        session.close()
