"""``supporttui db upgrade|check|zones|backup|restore``: looking after the database."""

from pathlib import Path
from typing import Any

import click

from supporttui.bootstrap import copies, schema
from supporttui.cli import output
from supporttui.cli.rota import effects
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.domain.faults import Refused
from supporttui.i18n import times
from supporttui.i18n.catalogue import Words
from supporttui.settings import release
from supporttui.usecases import replay, zone_data


def command(words: Words, name: str) -> click.Command:
    """The group ``db``."""
    file = argument("file", type=click.Path(path_type=Path), metavar=words.t("FILE"))
    return group(
        words, name,
        [
            verb(words, "upgrade", _upgrade, help=words.t("Bring the tables up to this version; make them first.")),
            verb(words, "check", _check, help=words.t("Hold the tables against this version, and the journal "
                                                      "against what is stored."),
                 params=[option("--repair", is_flag=True,
                                help=words.t("First make the search index and the counts anew."))]),
            verb(words, "zones", _zones, help=words.t("Count the timers of open tickets anew by the time zone rules of "
                                                      "this machine, after an update of them."),
                 params=[effects.dry_run(words),
                         option("--force", is_flag=True, help=words.t("Also by older rules than those in force."))]),
            verb(words, "backup", _backup, help=words.t("Copy the database to a file while desks go on writing. "
                                                        "The copy is checked."),
                 params=[file, option("--force", is_flag=True, help=words.t("Replace the file if it is there."))]),
            verb(words, "restore", _restore, help=words.t("Put a copy in the place of the database. "
                                                          "What stood there is kept beside it."),
                 params=[file, option("--force", is_flag=True, help=words.t("Replace a database that is in use."))]),
        ],
        help=words.t("Look after the database."),
    )  # fmt: skip


def _upgrade(session: Session) -> None:
    session.require_writing()
    done = session.unlocked(lambda secret: schema.upgrade(session.url, session.clock(), secret=secret))
    with session.place.store.write() as tx:
        zone_data.note(tx, release())
    if session.json:
        output.show_json(database=session.url, before=done.before, after=done.after, backup=done.backup or None)
        return
    words = session.words
    if done.backup:
        output.show(words.t("Copied before anything was changed: {file}", file=done.backup))
    if done.before == done.after:
        output.show(words.t("The tables are up to date ({version}).", version=done.after))
    else:
        output.show(words.t("The tables are now at {version}.", version=done.after))


def _zones(session: Session, *, dry_run: bool, force: bool) -> None:
    here = release()
    if not here:
        raise Refused("zones.unknown")
    session.require_writing()
    if dry_run:
        with session.place.store.write() as tx:
            found = zone_data.whatif_adopt(tx, session.me, session.now(), here)
    else:
        found = session.do(zone_data.adopt, here, even_older=force)
    if session.json:
        output.show_json(before=found.before or None, after=found.after, tickets=found.tickets, done=not dry_run)
        return
    words = session.words
    if dry_run:
        told = words.n("Timers of {n} ticket would move.", "Timers of {n} tickets would move.", found.tickets)
    else:
        told = words.n("Timers of {n} ticket moved.", "Timers of {n} tickets moved.", found.tickets)
    output.show(words.t("Zone rules: {before} before, {after} here.", before=found.before or "-", after=found.after))
    output.show(told)


def _backup(session: Session, *, file: Path, force: bool) -> None:
    content = copies.backup(session.url, file, force=force)
    newest = None if content.newest is None else times.iso(content.newest, session.words.zone)
    if session.json:
        output.show_json(file=str(file), facts=content.facts, newest=newest, schema=content.schema)
        return
    words = session.words
    output.show(words.t("Copied to {file}, checked page by page and fact by fact.", file=str(file)))
    output.show(_of(words, content.facts, newest))


def _restore(session: Session, *, file: Path, force: bool) -> None:
    session.require_writing()
    done = copies.restore(session.url, file, session.clock(), force=force)
    newest = None if done.content.newest is None else times.iso(done.content.newest, session.words.zone)
    if session.json:
        output.show_json(
            database=session.url, facts=done.content.facts, newest=newest, schema=done.content.schema,
            kept=done.kept or None, held=done.held,
        )  # fmt: skip
        return
    words = session.words
    output.show(words.t("Put back from {file}.", file=str(file)))
    output.show(_of(words, done.content.facts, newest))
    if done.kept:
        output.show(words.t("What stood there before is kept as {file}.", file=done.kept))
    if done.held:
        output.show(
            words.n(
                "{n} notice had not left when the copy was made; it does not leave now.",
                "{n} notices had not left when the copy was made; they do not leave now.",
                done.held,
            )
        )
    if schema.is_old(done.content.schema):
        output.show(words.t("Its tables are older than this program. Run: supporttui db upgrade"))


def _of(words: Words, facts: int, newest: str | None) -> str:
    if newest is None:
        return words.t("It holds no facts yet.")
    return words.n(
        "It holds {n} fact; it is of {moment}.", "It holds {n} facts; the newest is of {moment}.", facts, moment=newest
    )


def _check(session: Session, *, repair: bool) -> None:
    if repair:
        session.require_writing()
        session.unlocked(lambda secret: schema.repair(session.url, secret))
        if not session.json:
            output.show(session.words.t("The search index and the counts were made anew."))
    stored = session.ask(lambda tx: tuple(replay.differences(tx)))
    tables = session.unlocked(lambda secret: schema.schema_differences(session.url, secret))
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
