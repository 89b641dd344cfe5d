"""``supporttui rota turns``: who takes turns in a layer, and in which order."""

from collections.abc import Sequence

import click

from supporttui import shapes
from supporttui.cli import output
from supporttui.cli.known import moment_or
from supporttui.cli.rota.effects import dry_run, told_after, told_before
from supporttui.cli.rota.known import person_of, rota_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, option, verb
from supporttui.domain.rota.edits import Coming, Turn, coming
from supporttui.domain.spans import Instant
from supporttui.i18n import rota_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import rota as usecases
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rota.reading import names
from supporttui.usecases.rota.wishes import EditRota, known, with_turns
from supporttui.usecases.rules import rules_of

FREE = "-"
"""Stands for a turn in which nobody is meant to be there."""


def command(words: Words) -> click.Command:
    """The command ``turns LAYER [TURN…]``."""
    told = words.t(
        "Who takes turns in a layer: ana ben+cy - is Ana, then Ben with Cy, then nobody. Without turns those to come."
    )
    return verb(
        words, "turns", _turns, help=told,
        params=[
            argument("layer", metavar=words.t("LAYER")),
            argument("turns", nargs=-1, metavar=words.t("[TURN]…")),
            option("--from", "start", metavar=words.t("MOMENT"),
                   help=words.t("From this moment; whoever is on turn then finishes it.")),
            option("--at-once", is_flag=True, help=words.t("Whoever is on turn does not finish it.")),
            option("--reason", default="", metavar=words.t("REASON"), help=words.t("Why.")),
            option("--rota", metavar=words.t("ROTA"), help=words.t("Of this rota.")),
            dry_run(words),
        ],
    )  # fmt: skip


def _turns(
    session: Session,
    *,
    layer: str,
    turns: Sequence[str],
    start: str | None,
    at_once: bool,
    reason: str,
    rota: str | None,
    dry_run: bool,
) -> None:
    at = moment_or(session, start, session.now(), kept=bool(turns))
    if not turns:
        _show(session, layer, rota, at=at)
        return

    def read(tx: Transaction) -> EditRota:
        people = [_turn(tx, text) for text in turns]
        key = rota_of(session, tx, rota)
        return with_turns(rules_of(tx), key, layer, people, at, at_once=at_once, reason=reason)

    wish = session.ask(read)
    if told_before(session, session.ask(usecases.whatif, wish, session.now()), dry=dry_run):
        return
    found = session.do(usecases.change, wish)
    told_after(session, lambda: session.words.t("The turns are changed."), found, rota=found.rota)


def _turn(tx: Transaction, text: str) -> Turn:
    if text == FREE:
        return ()
    found = (person_of(tx, name) for name in text.split("+"))
    return tuple(person for person in found if person is not None)


def _show(session: Session, layer: str, rota: str | None, *, at: Instant) -> None:
    def read(tx: Transaction) -> tuple[tuple[Coming, ...], dict[str, str]]:
        rules = rules_of(tx)
        found = coming(known(rules, rota_of(session, tx, rota)), layer, at)
        return found, names(rules, {person for turn in found for person in turn.people})

    found, named = session.ask(read)
    if session.json:
        spans = [(turn.span, turn.people) for turn in found]
        output.show_json(
            turns=[{"start": shapes.iso(s.start), "end": shapes.iso(s.end), "people": list(p)} for s, p in spans]
        )
        return
    words = session.words
    rows = [
        (
            rota_labels.moment(words, turn.span.start), rota_labels.moment(words, turn.span.end),
            rota_labels.people(words, turn.people, named) if turn.people else words.t("nobody, on purpose"),
        )
        for turn in found
    ]  # fmt: skip
    output.show(output.table((words.t("From"), words.t("Until"), words.t("On turn")), rows))
