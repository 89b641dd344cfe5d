"""``supporttui overflow``: which partner could take tickets of which team now, why, and at what price."""

import click

from supporttui import actions, shapes
from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.cli.verb import verb
from supporttui.i18n import overflow_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import overflow


def command(words: Words, name: str) -> click.Command:
    """The command ``overflow``."""
    return verb(words, name, _overflow, help=words.t(actions.by_verb()[name].help))


def _overflow(session: Session) -> None:
    found, words = session.ask(overflow.every, session.now()), session.words
    if session.json:
        output.show_json(
            overflow=[
                {
                    "team": one.team, "partner": one.rule.partner, "service": one.rule.service, "open": one.open,
                    "limit": one.rule.limit, "period": one.rule.period, "amount": one.rule.amount or None,
                    "currency": one.rule.currency or None,
                    "proposed": None if one.proposal is None else shapes.overflow(one.proposal),
                }
                for one in found
            ]
        )  # fmt: skip
    elif found:
        output.show(output.table(overflow_labels.heads(words), [overflow_labels.row(words, one) for one in found]))
    else:
        output.show(words.t("No overflow rule is defined yet."))
