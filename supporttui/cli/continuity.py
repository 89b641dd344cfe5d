"""``supporttui continuity``: the rota of the next days, contacts and the plan, also while the database is away."""

from typing import Any

import click

from supporttui import actions, kept, shapes
from supporttui.cli import kept as kept_here
from supporttui.cli import output
from supporttui.cli.exits import Exit
from supporttui.cli.session import Session
from supporttui.cli.verb import verb
from supporttui.domain.faults import BadInput, SupportError
from supporttui.domain.plain import from_plain, to_plain
from supporttui.i18n import continuity_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import continuity
from supporttui.usecases.continuity import Sheet

KIND = "continuity"


def command(words: Words, name: str) -> click.Command:
    """The command ``continuity``."""
    return verb(words, name, _run, help=words.t(actions.by_verb()[name].help))


def _run(session: Session) -> None:
    try:
        found = session.ask(continuity.sheet, session.now())
    except SupportError as fault:
        known = _read(session) if kept_here.is_away(fault) else None
        if known is None:
            raise
        session.exit_code = Exit.unreachable
        _show(session, known, stale=True)
    else:
        if not session.given.get("as_of"):
            kept.keep(kept_here.path(session, KIND), to_plain(found))
        _show(session, found, stale=False)


def shown_instead(session: Session, fault: SupportError) -> bool:
    """Whether something was kept of a database that is away: then that is shown, after why."""
    known = _read(session) if kept_here.is_away(fault) else None
    if known is None:
        return False
    session.tell_fault(fault)
    session.exit_code = Exit.unreachable
    _show(session, known, stale=True)
    return True


def _read(session: Session) -> Sheet | None:
    known = kept.read(kept_here.path(session, KIND))
    try:
        return None if known is None else from_plain(Sheet, known)
    except BadInput:
        return None


def _show(session: Session, sheet: Sheet, *, stale: bool) -> None:
    words, now = session.words, session.clock() if stale else sheet.at
    if session.json:
        output.show_json(**_shape(sheet), stale=stale)
        return
    if stale:
        output.say(continuity_labels.age(words, sheet.at, now))
    blocks = []
    for heading, pairs in continuity_labels.sections(words, sheet, now):
        if pairs and not any(left for left, _ in pairs):
            blocks.append("\n".join([f"{heading}:", *(text for _, text in pairs)]))
        elif pairs:
            blocks.append(output.table((heading, ""), pairs))
    output.show("\n\n".join(blocks))


def _shape(sheet: Sheet) -> dict[str, Any]:
    return {
        "as_of": shapes.iso(sheet.at), "until": shapes.iso(sheet.until), "plan": sheet.plan or None,
        "lines": [
            {
                "rota": line.rota, "level": line.level,
                "turns": [
                    {"start": shapes.iso(turn.start), "end": shapes.iso(turn.end), "people": list(turn.people)}
                    for turn in line.turns
                ],
            }
            for line in sheet.lines
        ],
        "contacts": {
            person: {"name": known.name, "ways": [{"channel": c, "address": a} for c, a in known.ways]}
            for person, known in sheet.contacts.items()
        },
    }  # fmt: skip
