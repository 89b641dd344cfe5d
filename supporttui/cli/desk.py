"""``supporttui desk``: the desk on this terminal; without a terminal the queue as text."""

from typing import TYPE_CHECKING

import click

from supporttui import bootstrap
from supporttui.cli import output, start
from supporttui.cli.session import Session
from supporttui.cli.verb import verb
from supporttui.domain.ids import PersonId
from supporttui.i18n.catalogue import Words

if TYPE_CHECKING:
    from supporttui.watch import Watch


def command(words: Words, name: str) -> click.Command:
    """The command ``desk``."""
    return verb(words, name, _run, help=words.t("Open the desk. It is what happens without a command, too."))


def _run(session: Session) -> None:
    if start.can_open_desk(session):
        run_desk(session)
    else:
        start.show_queue(session)
        output.say(session.words.t("No terminal to draw the desk on, so this is the queue as text."))


def run_desk(session: Session) -> None:
    """Open the desk; on an SQLite database its watch comes along, because there may be no other."""
    place = session.place
    me = session.reader if place.as_of is not None else session.me
    parts = bootstrap.desk_parts(
        place, session.loaded, session.env, me=me or PersonId(""), words=session.words, argv=("supporttui", *session.args),
        encoding=output.encoding(),
    )  # fmt: skip
    watch = None if parts.options.read_only or place.store.dialect != "sqlite" else _watch(session)
    try:
        session.exit_code = bootstrap.run_desk(parts)
    finally:
        if watch is not None:
            watch.stop()


def _watch(session: Session) -> "Watch":
    """A watch with a connection of its own, so that the desk may close the one that it was given."""
    place = bootstrap.open_place(session.url)
    watch = bootstrap.build_watch(place, session.loaded, session.env)
    watch.start()
    return watch
