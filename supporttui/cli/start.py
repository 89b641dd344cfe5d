"""``supporttui`` without a command: the desk, the queue as text, or, the first time, an offer."""

from supporttui.bootstrap import places
from supporttui.cli import opening, output, plain
from supporttui.cli.session import Session
from supporttui.i18n.catalogue import Words

NOTHING = "nothing"


def next_verb(session: Session) -> str:
    """The verb that a person means who types nothing but the name; ``NOTHING``: it is done."""
    chosen = bool(session.url) and places.has_database(session.loaded, session.env)
    if opening.can_open_desk(session):
        if chosen:
            return "desk"
        if not session.given.get("no_input"):
            return "first"
    if chosen:
        plain.show_queue(session)
        plain.say_how_to_go_on(session)
    else:
        output.say(_nothing_yet(session.words))
    return NOTHING


def _nothing_yet(words: Words) -> str:
    return words.t(
        "There is no database yet. supporttui demo shows a made-up night; supporttui --db FILE init makes your own; "
        "supporttui --db postgresql://host/name is your team's."
    )
