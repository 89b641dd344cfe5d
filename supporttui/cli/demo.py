"""``supporttui demo``: a made-up night on a temporary database, gone when the desk is left."""

import tempfile
from pathlib import Path

import click

from supporttui.bootstrap import places
from supporttui.cli import opening, output, plain
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
        place = places.open_place(str(Path(folder) / "demo.db"), clock=session.clock, create=True)
        session.drafts = Path(folder) / "drafts"  # gone with the night
        session.use(places.begin_night(place, session.clock, demo.START, demo.build), demo.ME)
        if opening.can_open_desk(session):
            opening.run_desk(session)
        else:
            plain.show_queue(session)
            output.say(session.words.t("To open the desk, run supporttui demo in a terminal."))
        session.close()
