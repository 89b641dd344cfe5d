"""``supporttui intake calendar``: what vendors announced for now and later."""

import click

from supporttui import actions, shapes
from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.cli.verb import verb
from supporttui.i18n import announcement_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import announcements


def command(words: Words) -> click.Command:
    """The command ``calendar`` of the group ``intake``."""
    return verb(words, "calendar", _run, help=words.t(actions.by_verb()["intake calendar"].help))


def _run(session: Session) -> None:
    found, words = session.ask(announcements.calendar, session.now()), session.words
    if session.json:
        output.show_json(
            announced=[
                {
                    "ticket": one.id, "title": one.title, "service": one.service, "text": known.text or None,
                    "start": shapes.iso(known.start), "end": shapes.iso(known.end),
                    "about": [bond.other for bond in one.relations], "acknowledged_by": one.acknowledged_by,
                }
                for one in found.tickets
                if (known := one.announcement) is not None
            ]
        )  # fmt: skip
    elif found.tickets:
        rows = [announcement_labels.row(words, one, found, session.prefix) for one in found.tickets]
        output.show(output.table(announcement_labels.heads(words), rows))
    else:
        output.show(words.t("No vendor has announced anything."))
