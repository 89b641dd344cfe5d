"""``supporttui init`` (starter policies into a database) and ``db upgrade|check``."""

from pathlib import Path
from typing import Any

import click

from supporttui import packs
from supporttui.bootstrap import schema
from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.cli.verb import group, option, verb
from supporttui.domain.faults import BadInput
from supporttui.i18n.catalogue import Words
from supporttui.usecases import definitions, replay


def command(words: Words, name: str) -> click.Command:
    """The command ``init`` or the group ``db``."""
    return _init_command(words, name) if name == "init" else _db_group(words, name)


def _db_group(words: Words, name: str) -> click.Group:
    upgrade = verb(words, "upgrade", _upgrade, help=words.t("Bring the tables up to this version; make them first."))
    check = verb(words, "check", _check, help=words.t("Hold the tables against this version, and the journal "
                                                      "against what is stored."))  # fmt: skip
    return group(words, name, [upgrade, check], help=words.t("Look after the database."))


def _init_command(words: Words, name: str) -> click.Command:
    return verb(
        words, name, _init,
        help=words.t("Put starter policies into a database: hours, targets, priorities, rota, escalation. "
                     "Makes the database if need be."),
        params=[
            option("--pack", default="starter", show_default=True, metavar=words.t("NAME|FILE"),
                   help=words.t("A pack that comes along, or a file of your own.")),
        ],
    )  # fmt: skip


def _init(session: Session, *, pack: str) -> None:
    values, count = begin(session, pack)
    place, zone = session.place, session.words.zone
    if session.json:
        output.show_json(pack=values.name, definitions=count, database=place.store.url)
        return
    words = session.words
    output.show(
        words.n("{n} definition of {pack} is in {database}.", "{n} definitions of {pack} are in {database}.",
                count, pack=values.name, database=place.store.url)
    )  # fmt: skip
    output.say(words.t("Times of the site are told in {zone}. Open the desk: supporttui", zone=zone))


def begin(session: Session, pack: str = "starter") -> tuple[definitions.Pack, int]:
    """Make the database if need be and put a pack into it; the pack and how many definitions that were."""
    session.require_writing()
    place = session.make_place()
    values = _pack(pack, place.site.get("zone") or session.words.zone)
    return values, session.do(definitions.apply_pack, values)


def _pack(name: str, zone: str) -> definitions.Pack:
    path = Path(name)
    if name in packs.starters() or path.suffix != ".toml":
        return packs.starter(name, zone=zone)
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise BadInput("settings.unreadable", file=name, reason=error.strerror or "") from None
    except UnicodeDecodeError:
        raise BadInput("settings.unreadable", file=name, reason="UTF-8") from None
    return packs.parse(text, zone=zone)


def _upgrade(session: Session) -> None:
    session.require_writing()
    before, after = schema.upgrade(session.url)
    if session.json:
        output.show_json(database=session.url, before=before, after=after)
    elif before == after:
        output.show(session.words.t("The tables are up to date ({version}).", version=after))
    else:
        output.show(session.words.t("The tables are now at {version}.", version=after))


def _check(session: Session) -> None:
    tables = schema.schema_differences(session.url)
    stored = session.ask(lambda tx: tuple(replay.differences(tx)))
    chain = session.place.store.verify()
    found: list[dict[str, Any]] = [
        *({"what": "table", "detail": text} for text in tables),
        *({"what": "ticket", "ticket": d.ticket, "field": d.what, "stored": d.stored, "journal": d.replayed}
          for d in stored),
        *([{"what": "chain", "seq": chain}] if chain is not None else []),
    ]  # fmt: skip
    session.exit_code = 1 if found else 0
    if session.json:
        output.show_json(differences=found)
        return
    words = session.words
    for text in tables:
        output.show(words.t("table: {detail}", detail=text))
    for difference in stored:
        output.show(
            words.t("{ticket}: {field} is stored as {stored}, the journal says {journal}",
                    ticket=f"{session.prefix}{difference.ticket}", field=difference.what,
                    stored=difference.stored, journal=difference.replayed)
        )  # fmt: skip
    if chain is not None:
        output.show(words.t("The journal was changed from number {seq} on.", seq=chain))
    if not found:
        output.show(words.t("All is well: tables, tickets and journal agree."))
