"""``supporttui`` without a command: the desk, the queue as text, or, the first time, an offer."""

import click

from supporttui.bootstrap import places
from supporttui.cli import opening, output, plain
from supporttui.cli.session import Session
from supporttui.i18n.catalogue import Words
from supporttui.settings import remember

NOTHING = "nothing"


def next_verb(session: Session) -> str:
    """The verb that a person means who types nothing but the name; ``NOTHING``: it is done."""
    chosen = bool(session.url) and places.has_database(session.loaded, session.env)
    if opening.can_open_desk(session):
        if chosen:
            return "desk"
        if not session.given.get("no_input"):
            return _offer(session)
    if chosen:
        plain.show_queue(session)
        plain.say_how_to_go_on(session)
    else:
        output.say(_nothing_yet(session.words))
    return NOTHING


def _nothing_yet(words: Words) -> str:
    return words.t(
        "There is no database yet. supporttui demo shows a made-up night; supporttui --db FILE init makes your own."
    )


def _offer(session: Session) -> str:
    words, path = session.words, places.database_of(session.loaded, session.env)
    output.show(words.t("Welcome. What shall it be?"))
    output.show("  1  " + words.t("a made-up night to look around in (nothing is kept)"))
    output.show("  2  " + words.t("a desk of your own, in the file {path}", path=path))
    output.show("  q  " + words.t("nothing"))
    answer = click.prompt(words.t("1, 2 or q"), type=click.Choice(["1", "2", "q"]), show_choices=False)
    if answer == "2":
        session.given["db"] = path
        output.say(words.t("Kept in {path}.", path=str(remember(session.env, "database", path))))
    return {"1": "demo", "2": "begin"}.get(answer, NOTHING)
