"""What a change of a rota does, said before it is made."""

from collections.abc import Callable
from typing import Any

import click

from supporttui.cli import output
from supporttui.cli.rota import shapes
from supporttui.cli.session import Session
from supporttui.cli.verb import option
from supporttui.i18n import rota_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases.rota.effects import Effect


def dry_run(words: Words) -> click.Parameter:
    """The option by which nothing is changed."""
    return option("--dry-run", "--preview", "dry_run", is_flag=True,
                  help=words.t("Say what would change; change nothing."))  # fmt: skip


def told_before(session: Session, effect: Effect | None, *, dry: bool) -> bool:
    """Say what would change; whether that is all that was asked for."""
    if effect is not None and not session.json:
        output.show("\n".join(rota_labels.effect(session.words, effect)))
    if not dry:
        session.require_writing()
        return False
    if session.json:
        output.show_json(dry_run=True, effect=None if effect is None else shapes.effect(effect))
    else:
        output.say(session.words.t("Nothing was changed."))
    return True


def told_after(session: Session, text: Callable[[], str], effect: Effect | None, **found: Any) -> None:
    """Say that it is done."""
    if session.json:
        output.show_json(**found, effect=None if effect is None else shapes.effect(effect))
    else:
        output.show(text())
