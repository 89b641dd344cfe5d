"""``supporttui pack``: all definitions of the site as a file, what a file would change of them, and changing them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from supporttui import shapes
from supporttui.cli import asked, output, pack_files
from supporttui.cli.rota import shapes as rota_shapes
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.cli.when import moment
from supporttui.domain.faults import BadInput, Refused
from supporttui.domain.spans import Instant
from supporttui.i18n import pack_labels
from supporttui.i18n.catalogue import Words
from supporttui.packs.writing import one_line, to_toml
from supporttui.usecases import packing
from supporttui.usecases.definitions import defining
from supporttui.usecases.definitions.defining import Pack
from supporttui.usecases.packing import Difference, Preview


def command(words: Words, name: str) -> click.Command:
    """The group ``pack``: ``list``, ``export`` and ``check`` write nothing into the database."""
    file = argument("file", metavar=words.t("FILE"))
    valid_from = option("--valid-from", metavar=words.t("MOMENT"),
                        help=words.t("When the new versions begin; now if left out."))  # fmt: skip
    commands = [
        verb(words, "list", pack_files.tell_shipped, help=words.t("Which packs come along, and what is in them.")),
        verb(
            words, "export", _export, help=words.t("All definitions in force as a file that check and apply read."),
            params=[
                option("--only", metavar=words.t("PARTS"), default="",
                       help=words.t("Only these parts, such as calendars,target_sets,policies.")),
                option("--output", "file", metavar=words.t("FILE"),
                       help=words.t("Write it there, not to standard output.")),
            ],
        ),
        verb(words, "check", _check, params=[file, valid_from],
             help=words.t("What is wrong with a pack, by file and line; else what it would change. Writes nothing.")),
        verb(words, "apply", _apply,
             params=[file, option("--yes", is_flag=True, help=words.t("Do not ask.")), valid_from],
             help=words.t("Change the definitions to those of a pack: shows what changes, asks, then all at once.")),
    ]  # fmt: skip
    return group(words, name, commands, help=words.t("Calendars, targets, rotas, policies and all the rest as a file."))


def _export(session: Session, *, only: str, file: str | None) -> None:
    parts = tuple(name.strip() for name in only.split(",") if name.strip())
    pack = session.ask(packing.whole, session.now(), only=parts)
    text = to_toml(replace(pack, about=session.words.t("All definitions in force.")))
    if file is None:
        _show_text(session, text, pack)
        return
    try:
        Path(file).write_text(text, "utf-8")
    except OSError as error:
        raise BadInput("pack.file", file=file, reason=error.strerror or "") from None
    _say_written(session, file, pack)


def _show_text(session: Session, text: str, pack: Pack) -> None:
    if session.json:
        output.show_json(defining=len(defining.keyed(pack)), toml=text)
    else:
        output.show(text.rstrip("\n"))


def _say_written(session: Session, file: str, pack: Pack) -> None:
    count = len(defining.keyed(pack))
    if session.json:
        output.show_json(defining=count, file=file)
        return
    output.show(session.words.n("{n} definition is in {file}.", "{n} definitions are in {file}.", count, file=file))


# --- check and apply ----------------------------------------------------------------------------------


def _check(session: Session, *, file: str, valid_from: str | None) -> None:
    session.place_or_empty()
    pack = pack_files.read(session, file, pack_files.text_of(file))
    if pack is None:
        return
    found = _foretold(session, pack, _begins(session, valid_from))
    if session.json:
        output.show_json(preview=True, faults=[], **_as_json(session, found))
        return
    _tell(session, found)
    output.say(session.words.t("Nothing was changed."))


def _apply(session: Session, *, file: str, yes: bool, valid_from: str | None) -> None:
    session.require_writing()
    pack = pack_files.read(session, file, pack_files.text_of(file))
    if pack is None:
        return
    begins = _begins(session, valid_from)
    seen = _foretold(session, pack, begins)
    if not session.json:
        _tell(session, seen)
    if not _is_meant(session, seen, yes=yes):
        output.say(session.words.t("Nothing was changed."))
        return
    done: Preview = session.do(packing.apply, pack, valid_from=begins, seen=seen)
    if session.json:
        output.show_json(preview=False, faults=[], **_as_json(session, done))
    else:
        words = session.words
        output.show(words.n("{n} change is applied.", "{n} changes are applied.", done.changes))


def _is_meant(session: Session, seen: Preview, *, yes: bool) -> bool:
    """Nobody is asked about nothing. Raises Refused ``pack.unasked`` where nobody can be."""
    if yes or not seen.changes:
        return True
    if not session.may_ask:
        raise Refused("pack.unasked")
    return asked.confirm(session.words, session.words.t("Apply this?"), err=True)


def _begins(session: Session, text: str | None) -> Instant | None:
    return None if text is None else moment(session.words, text, session.now())


def _foretold(session: Session, pack: Pack, begins: Instant | None) -> Preview:
    """In a transaction that could write, because it is tried out; nothing of it is kept."""
    session.require_writing()
    with session.place.store.write() as tx:
        return packing.preview(tx, pack, session.now(), valid_from=begins)


# --- what is said -------------------------------------------------------------------------------------


def _tell(session: Session, found: Preview) -> None:
    def code(ticket: int) -> str:
        return f"{session.prefix}{ticket}"

    output.show("\n".join(pack_labels.preview(session.words, found, code, session.now())))


def _as_json(session: Session, found: Preview) -> dict[str, Any]:
    timers = found.timers
    return {
        "begins": shapes.iso(found.begins),
        "changes": found.changes,
        "definitions": [
            {
                "part": entry.part.value, "key": entry.key, "name": entry.name, "verdict": entry.verdict.value,
                "fields": [_difference(one) for one in entry.differences],
            }
            for entry in found.entries
        ],
        "site": [_difference(one) for one in found.site],
        "timers": {
            "services": list(timers.services), "running": timers.timers, "moved": timers.moved, "made": timers.made,
            "saved": timers.saved,
            "widest": [
                {
                    "id": one.ticket, "number": f"{session.prefix}{one.ticket}", "metric": one.metric.value,
                    "before": shapes.iso(one.before), "after": shapes.iso(one.after),
                }
                for one in timers.widest
            ],
        },
        "rotas": [rota_shapes.effect(one) for one in found.rotas],
    }  # fmt: skip


def _difference(one: Difference) -> dict[str, Any]:
    """Values as TOML has them, in one line; ``null``: not said."""
    before, after = (None if found is None else one_line(found) for found in (one.before, one.after))
    return {"path": one.path, "before": before, "after": after}
