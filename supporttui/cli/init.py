"""``supporttui init``: starter policies into a database, or what packs there are."""

from pathlib import Path

import click

from supporttui import packs
from supporttui.cli import output, pack_files
from supporttui.cli.session import Session
from supporttui.cli.verb import option, verb
from supporttui.i18n.catalogue import Words
from supporttui.usecases.definitions import defining


def command(words: Words, name: str) -> click.Command:
    """The command ``init``."""
    return verb(
        words, name, _init,
        help=words.t("Put starter policies into a database: hours, targets, priorities, rota, escalation. "
                     "Makes the database if need be."),
        params=[
            option("--pack", default="starter", show_default=True, metavar=words.t("NAME|FILE"),
                   help=words.t("A pack that comes along, or a file of your own.")),
            option("--list", "listing", is_flag=True, help=words.t("Say which packs come along; write nothing.")),
        ],
    )  # fmt: skip


def _init(session: Session, *, pack: str, listing: bool) -> None:
    if listing:
        pack_files.tell_shipped(session)
        return
    text = _text(session, pack)
    if text is None:
        return
    values, count = begin(session, text)
    place, zone = session.place, session.words.zone
    if session.json:
        output.show_json(pack=values.name, defining=count, database=place.store.url)
        return
    words = session.words
    output.show(
        words.n("{n} definition of {pack} is in {database}.", "{n} definitions of {pack} are in {database}.",
                count, pack=values.name, database=place.store.url)
    )  # fmt: skip
    output.say(words.t("Times of the site are told in {zone}. Open the desk: supporttui", zone=zone))


def begin(session: Session, text: str = "") -> tuple[defining.Pack, int]:
    """Make the database if need be and put a pack into it; the pack and how many definitions that were.

    Without a text it is the starter pack.
    """
    session.require_writing()
    place = session.make_place()
    values = packs.parse(text or packs.starter_text(), zone=place.site.get("zone") or session.words.zone)
    return values, session.do(defining.apply_pack, values)


def _text(session: Session, name: str) -> str | None:
    """What a pack says; ``None`` for a file with faults, of which each was told, and no database was made."""
    path = Path(name)
    if name in packs.starters() or path.suffix != ".toml":
        return packs.starter_text(name)
    session.require_writing()
    text = pack_files.text_of(name)
    session.place_or_empty()
    sound = pack_files.read(session, name, text)
    session.close()  # the empty one, if there was none: the next is the database itself
    return None if sound is None else text
