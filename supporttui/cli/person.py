"""``supporttui person``: somebody leaves, or stays after all; what they have worked on."""

from typing import Any

import click

from supporttui import actions, shapes
from supporttui.cli import output
from supporttui.cli.known import moment_of
from supporttui.cli.rota import shapes as rota_shapes
from supporttui.cli.rota.effects import dry_run
from supporttui.cli.rota.known import person_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.domain.ids import PersonId
from supporttui.domain.plain import to_plain
from supporttui.domain.spans import Instant
from supporttui.i18n import exposure_labels, leaving_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import exposure, rota
from supporttui.usecases.rota.leaving import Leaving


def command(words: Words, name: str) -> click.Command:
    """The group ``person``."""
    known = actions.by_verb()
    who = argument("person", metavar=words.t("PERSON"))
    at = option("--at", metavar=words.t("MOMENT"),
                help=words.t("From then on; without it as their turn under way ends. now: at once."))  # fmt: skip
    return group(
        words, name,
        [
            verb(words, "leave", _leave, help=words.t(known["person leave"].help), params=[who, at, dry_run(words)]),
            verb(words, "stay", _stay, help=words.t(known["person stay"].help), params=[who, dry_run(words)]),
            verb(words, "exposure", _exposure, help=words.t(known["person exposure"].help), params=[who, _days(words)]),
        ],
        help=words.t("People who leave, and those who stay after all."),
    )  # fmt: skip


def _days(words: Words) -> click.Parameter:
    return option(
        "--days", type=click.IntRange(1, 3660), default=exposure.DAYS, show_default=True,
        help=words.t("How many days back."),
    )  # fmt: skip


def _exposure(session: Session, *, person: str, days: int) -> None:
    who, now, words = _person(session, person), session.now(), session.words
    found = session.ask(exposure.of, who, now, days=days)
    if session.json:
        rows = [{**to_plain(one), "last": shapes.iso(one.last)} for one in found]
        output.show_json(person=who, days=days, exposure=rows)
    elif found:
        output.show(output.table(exposure_labels.heads(words), [exposure_labels.row(words, one, now) for one in found]))
    else:
        output.show(words.t("Nothing in this time."))


def _leave(session: Session, *, person: str, at: str | None, dry_run: bool) -> None:
    who, moment = _person(session, person), _moment(session, at)
    before = session.ask(rota.whatif_leaves, who, moment, session.now())
    if not _told_before(session, before, dry=dry_run):
        _told_after(session, session.do(rota.leave, who, at=before.at))


def _stay(session: Session, *, person: str, dry_run: bool) -> None:
    who = _person(session, person)
    if not _told_before(session, session.ask(rota.whatif_stays, who, session.now()), dry=dry_run):
        _told_after(session, session.do(rota.stay, who))


def _person(session: Session, text: str) -> PersonId:
    return session.ask(lambda tx: person_of(tx, text)) or session.me


def _moment(session: Session, text: str | None) -> Instant | None:
    """``None``, which stands for the end of a turn, without a text; ``now`` is decided as it is done."""
    if text is None:
        return None
    return session.now() if text.casefold() == "now" else moment_of(session, text, kept=True)


def _told_before(session: Session, found: Leaving, *, dry: bool) -> bool:
    """Say what would change; whether that is all that was asked for."""
    if not session.json:
        output.show("\n".join(leaving_labels.lines(session.words, found, lambda number: f"{session.prefix}{number}")))
    if not dry:
        session.require_writing()
        return False
    if session.json:
        output.show_json(dry_run=True, **_shape(found))
    else:
        output.say(session.words.t("Nothing was changed."))
    return True


def _told_after(session: Session, found: Leaving) -> None:
    if session.json:
        output.show_json(**_shape(found))
    else:
        output.show(leaving_labels.said(session.words, found))


def _shape(found: Leaving) -> dict[str, Any]:
    return {
        "person": found.person, "name": found.name, "leaves_at": shapes.iso(found.at),
        "effects": [rota_shapes.effect(one) for one in found.effects],
        "conflicts": [rota_shapes.clash(one) for one in found.clashes],
        "tickets": list(found.tickets),
    }  # fmt: skip
