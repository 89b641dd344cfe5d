"""``supporttui authority list|show``: who resolves tickets inside and outside, when, and how each is reached."""

from typing import Any

import click

from supporttui import actions, shapes
from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, verb
from supporttui.domain.plain import to_plain
from supporttui.domain.spans import Instant
from supporttui.i18n import authority_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import authorities
from supporttui.usecases.authorities import Entered


def command(words: Words, name: str) -> click.Command:
    """The group ``authority``."""
    known = actions.by_verb()
    which = argument("authority", metavar=words.t("AUTHORITY"))
    return group(
        words, name,
        [
            verb(words, "list", _list, help=words.t(known["authority list"].help)),
            verb(words, "show", _show, help=words.t(known["authority show"].help), params=[which]),
        ],
        help=words.t("Read the directory of teams and authorities outside."),
    )  # fmt: skip


def _list(session: Session) -> None:
    now = session.now()
    found, words = session.ask(authorities.every, now), session.words
    if session.json:
        output.show_json(authorities=[_shape(one, now) for one in found])
    elif found:
        rows = [authority_labels.row(words, one, now) for one in found]
        output.show(output.table(authority_labels.heads(words), rows))
    else:
        output.show(words.t("No authority is defined yet."))


def _show(session: Session, *, authority: str) -> None:
    now = session.now()
    found = session.ask(authorities.one, authority, now)
    if session.json:
        output.show_json(**_shape(found, now))
    else:
        output.show(output.table((found.team.name, ""), tuple(authority_labels.whole(session.words, found, now))))


def _shape(found: Entered, now: Instant) -> dict[str, Any]:
    """Every field, also those that are empty."""
    team = found.team
    entry, agreement = team.entry, team.agreement
    return {
        "id": team.id, "name": team.name, "kind": team.kind.value, "zone": team.zone, "calendar": team.calendar,
        "open": None if found.opens is None else found.opens == now, "opens": shapes.iso(found.opens),
        "closes": shapes.iso(found.closes), "phone": team.phone or None,
        "lines": [
            {"address": one.address, "name": one.name or None, "priorities": list(one.priorities)} for one in team.lines
        ],
        "languages": list(team.languages), "services": list(team.services), "categories": list(team.categories),
        "resolves": list(team.resolves), "entry": None if entry is None else to_plain(entry),
        "agreement": None if agreement is None else to_plain(agreement), "agreement_ends": shapes.iso(found.ends),
        "people": list(found.members),
    }  # fmt: skip
