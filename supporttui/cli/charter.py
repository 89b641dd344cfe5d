"""``supporttui charter show``: what the desk does for a service, what it does not, and where the rest belongs."""

from typing import Any

import click

from supporttui import actions
from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, verb
from supporttui.domain.plain import to_plain
from supporttui.domain.text import safe_text
from supporttui.i18n import charter_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import charters
from supporttui.usecases.charters import Told


def command(words: Words, name: str) -> click.Command:
    """The group ``charter``."""
    which = argument("service", required=False, default="", metavar=f"[{words.t('SERVICE')}]")
    return group(
        words, name,
        [verb(words, "show", _show, help=words.t(actions.by_verb()["charter show"].help), params=[which])],
        help=words.t("Read what the desk does and does not."),
    )  # fmt: skip


def _show(session: Session, *, service: str) -> None:
    words, now = session.words, session.now()
    found = session.ask(lambda tx: charters.every(tx, now, service=service))
    if session.json:
        output.show_json(charters=[_shape(one) for one in found])
    elif not found:
        output.show(words.t("No charter is defined yet."))
    else:
        blocks = ("\n".join(f"{label}: {text}" for label, text in charter_labels.page(words, one)) for one in found)
        output.show(safe_text("\n\n".join(blocks), one_line=False))


def _shape(found: Told) -> dict[str, Any]:
    """Every field, also those that are empty."""
    shape: Any = to_plain(found.charter)
    return {**shape, "holds": found.charter.holds_on(found.today)}
