"""``supporttui attention``: what has more attention than its priority gives it, and who asked for that how often."""

from typing import Any

import click

from supporttui import actions, shapes
from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.cli.verb import verb
from supporttui.domain.attention import outgrows
from supporttui.i18n import attention_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import attention


def command(words: Words, name: str) -> click.Command:
    """The command ``attention``."""
    return verb(words, name, _attention, help=words.t(actions.by_verb()[name].help))


def _attention(session: Session) -> None:
    found, words = session.ask(attention.review, session.now()), session.words
    if session.json:
        output.show_json(**_shape(found))
        return
    if not found.tickets:
        output.show(words.t("No ticket has more attention than its priority gives it."))
    else:
        rows = [attention_labels.row(words, one, found.now, session.prefix) for one in found.tickets]
        output.show(output.table(attention_labels.heads(words), rows))
    if found.asked:
        output.show("")
        asked = [attention_labels.asked(words, one, found.names.get(one.by, one.by)) for one in found.asked]
        output.show(output.table(attention_labels.asked_heads(words), asked))


def _shape(found: attention.Review) -> dict[str, Any]:
    return {
        "tickets": [
            {
                "ticket": one.id, "title": one.title, "priority": one.priority, "attention": one.attention,
                "until": shapes.iso(one.attention_until), "over": not one.attention_at(found.now),
                "stated_impact": one.attention_impact, "impact": one.impact, "reason": one.attention_reason,
                "by": one.attention_by or None, "outgrows": outgrows(one, found.now),
            }
            for one in found.tickets
        ],
        "asked": [{"by": one.by, "raised": one.raised, "inflated": one.inflated} for one in found.asked],
    }  # fmt: skip
