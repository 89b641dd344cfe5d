"""``supporttui faq``: procedures, lessons and ready replies, searched by their words."""

from collections.abc import Sequence

import click

from supporttui import actions
from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, verb
from supporttui.domain.text import safe_text
from supporttui.i18n import faq_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import faq


def command(words: Words, name: str) -> click.Command:
    """The command ``faq``."""
    text = argument("text", nargs=-1, metavar=words.t("[TEXT]"))
    return verb(words, name, _run, help=words.t(actions.by_verb()[name].help), params=[text])


def _run(session: Session, *, text: Sequence[str]) -> None:
    words = session.words
    found = session.ask(faq.search, " ".join(text), session.now(), language=words.language)
    if session.json:
        output.show_json(
            found=[
                {"kind": one.kind.value, "id": one.id, "title": one.title or None, "text": one.text} for one in found
            ]
        )  # fmt: skip
    elif not found:
        output.show(words.t("Nothing that is written down has these words."))
    else:
        blocks = (f"{faq_labels.head(words, one)}\n{one.text}" for one in found)
        output.show(safe_text("\n\n".join(blocks), one_line=False))
