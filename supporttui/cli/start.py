"""``supporttui`` without a command: the desk, the queue as text, or, the first time, an offer."""

from pathlib import Path

import click

from supporttui import bootstrap
from supporttui.cli import output, queue
from supporttui.cli.session import Session
from supporttui.settings import remember

_COMMANDS = ("queue", "ticket show", "ack", "oncall", "rota show", "demo", "doctor")


def can_open_desk(session: Session) -> bool:
    """Whether the terminal can carry a desk: all three ends, and not a dumb one."""
    return output.is_terminal() and session.env.get("TERM", "dumb") not in ("dumb", "")


def without_command(session: Session) -> None:
    """Do what a person means who types nothing but the name."""
    chosen = bootstrap.has_database(session.loaded, session.env)
    if not can_open_desk(session) or session.json:
        _in_plain_text(session, chosen=chosen)
    elif chosen:
        open_desk(session)
    elif session.given.get("no_input"):
        output.say(_nothing_yet(session))
    else:
        _offer(session)


def open_desk(session: Session) -> None:
    """The desk on this run's database."""
    from supporttui.cli.desk import run_desk  # brings Textual

    run_desk(session)


def show_queue(session: Session) -> None:
    """The open tickets as text, and how to go on."""
    page = queue.page_of(session, queue.OPEN)
    if session.json:
        output.show_json(**queue.as_json(session, page))
    else:
        output.show(queue.as_text(session, page))


def _in_plain_text(session: Session, *, chosen: bool) -> None:
    if not chosen:
        output.say(_nothing_yet(session))
        return
    show_queue(session)
    words = session.words
    output.say(words.t("No terminal to draw the desk on, so this is the queue as text."))
    output.say(words.t("Commands: {commands}. Each has --help.", commands=", ".join(_COMMANDS)))


def _nothing_yet(session: Session) -> str:
    return session.words.t(
        "There is no database yet. supporttui demo shows a made-up night; supporttui --db FILE init makes your own."
    )


def _offer(session: Session) -> None:
    words = session.words
    path = Path(bootstrap.database_of(session.loaded, session.env))
    output.show(words.t("Welcome. What shall it be?"))
    output.show("  1  " + words.t("a made-up night to look around in (nothing is kept)"))
    output.show("  2  " + words.t("a desk of your own, in the file {path}", path=str(path)))
    output.show("  q  " + words.t("nothing"))
    answer = click.prompt(words.t("1, 2 or q"), type=click.Choice(["1", "2", "q"]), show_choices=False)
    if answer == "1":
        from supporttui.cli.demo import run_demo  # a night's worth of tickets, for this answer only

        run_demo(session)
    elif answer == "2":
        _begin(session, path)


def _begin(session: Session, path: Path) -> None:
    """A database in a file here, with the starter policies, and the desk on it."""
    from supporttui.cli.db import begin  # policies, for this answer only

    begin(session)
    output.say(session.words.t("Kept in {path}.", path=str(remember(session.env, "database", str(path)))))
    open_desk(session)
