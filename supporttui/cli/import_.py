"""``supporttui import FILE --preset NAME``: tickets of another system, or a snapshot of another database."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from supporttui.bootstrap.passing import passing
from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, option, verb
from supporttui.i18n.catalogue import Words
from supporttui.i18n.fault_labels import fault as sentence
from supporttui.intake import restoring, snapshots
from supporttui.intake.files import check_file
from supporttui.intake.history import RowFault
from supporttui.intake.importing import Summary, import_checked
from supporttui.intake.mapping import load

SHOWN_FAULTS = 20
SNAPSHOT = "snapshot"
"""The preset of ``supporttui export``: no mapping, but everything as it was."""


def command(words: Words, name: str) -> click.Command:
    """The command ``import FILE``."""
    return verb(
        words, name, _run,
        help=words.t("Take in tickets of another system, or a snapshot. A second time changes nothing."),
        params=[
            argument("file", type=click.Path(path_type=Path), metavar=words.t("FILE")),
            option("--preset", metavar=words.t("NAME|FILE"),
                   help=words.t("What the columns mean: csv, json, servicenow, snapshot, or your mapping file. "
                                "Without it the file tells.")),
            option("--check", is_flag=True, help=words.t("Say what would happen; write nothing.")),
        ],
    )  # fmt: skip


def _run(session: Session, *, file: Path, preset: str | None, check: bool) -> None:
    if not check or session.given.get("as_of"):
        session.require_writing()
    chosen = preset or _told_by(file)
    try:
        if chosen == SNAPSHOT:
            _take_snapshot(session, file, check=check)
        else:
            _take_tickets(session, file, chosen, check=check)
    except KeyboardInterrupt:
        output.say("")
        output.say(session.words.t("Interrupted. Tickets that were taken in are whole; the next import goes on."))
        raise


def _told_by(file: Path) -> str:
    """The preset that a file asks for by how it begins, or is called."""
    if snapshots.is_snapshot(file):
        return SNAPSHOT
    kinds = {suffix.casefold() for suffix in file.suffixes}
    return "json" if kinds & {".json", ".jsonl", ".ndjson"} else "csv"


# --- tickets of another system ------------------------------------------------------------------------


def _take_tickets(session: Session, file: Path, preset: str, *, check: bool) -> None:
    mapping = load(preset, zone_name=session.given.get("zone"))
    checked = check_file(file, mapping)  # before a database is made for it
    place = session.place_or_empty() if check else session.make_place()
    shown = progress(session.words)
    summary = import_checked(place.store, session.call(), checked, mapping, only_check=check, progress=shown)
    if session.json:
        output.show_json(**_json(session, summary))
    else:
        output.show(_text(session, summary))
    if summary.refused:
        session.exit_code = 1


def progress(words: Words) -> Callable[[int, int], None] | None:
    """Writes how far the file is read over one line of a terminal; into a pipe, nothing."""
    return output.share_shown(lambda share: words.t("Reading: {share} %", share=share)) if sys.stderr.isatty() else None


def _json(session: Session, summary: Summary) -> dict[str, Any]:
    return {
        "rows": summary.rows,
        "tickets": summary.tickets,
        "imported": summary.imported,
        "updated": summary.updated,
        "unchanged": summary.unchanged,
        "refused": summary.refused,
        "checked_only": summary.checked_only,
        "faults": [
            {
                "line": fault.line, "column": fault.column, "number": fault.number, "code": fault.code,
                "message": sentence(session.words, fault.fault()),
            }
            for fault in summary.faults
        ],
    }  # fmt: skip


def _text(session: Session, summary: Summary) -> str:
    words = session.words
    lines = [
        words.t("Nothing was written: this was a check.") if summary.checked_only else "",
        words.t("The starter policies were applied first, because there were no services.") if summary.starter else "",
        words.n("Read: {n} row", "Read: {n} rows", summary.rows),
        words.n("Tickets: {n}", "Tickets: {n}", summary.tickets),
        *_became(words, summary.imported, summary.updated, summary.unchanged, summary.refused),
        *(_fault(session, fault) for fault in summary.faults[:SHOWN_FAULTS]),
    ]
    rest = summary.refused_rows - SHOWN_FAULTS
    if rest > 0:
        lines.append(words.n("  and {n} more row", "  and {n} more rows", rest))
    return "\n".join(line for line in lines if line)


def _became(words: Words, imported: int, updated: int, unchanged: int, refused: int) -> tuple[str, ...]:
    return (
        words.n("  imported: {n}", "  imported: {n}", imported),
        words.n("  updated: {n}", "  updated: {n}", updated),
        words.n("  unchanged: {n}", "  unchanged: {n}", unchanged),
        words.n("  refused: {n}", "  refused: {n}", refused),
    )


def _fault(session: Session, fault: RowFault) -> str:
    return session.words.t(
        "  line {line}, {column}, {number}: {reason}",
        line=fault.line, column=fault.column or "-", number=fault.number or "-",
        reason=sentence(session.words, fault.fault()),
    )  # fmt: skip


# --- snapshot -----------------------------------------------------------------------------------------


def _take_snapshot(session: Session, file: Path, *, check: bool) -> None:
    place = session.place_or_empty() if check else session.make_place()
    done = restoring.restore(
        place.store, session.call(), file, partial(passing, session.now()),
        only_check=check, progress=progress(session.words),
    )  # fmt: skip
    refused = done.tickets.rejected
    if session.json:
        output.show_json(**_snapshot_json(session, done))
    else:
        output.show("\n".join(_snapshot_text(session, done)))
    if refused:
        session.exit_code = 1


def _snapshot_json(session: Session, done: restoring.Restored) -> dict[str, Any]:
    found = done.tickets
    return {
        "created": done.made.created,
        "facts": done.made.head.seq,
        "filled": done.filled,
        "tickets": found.imported + found.updated + found.unchanged + len(found.rejected),
        "imported": found.imported,
        "updated": found.updated,
        "unchanged": found.unchanged,
        "refused": len(found.rejected),
        "definitions_added": done.agreed.added,
        "definitions_kept": done.agreed.kept,
        "renumbered": [{"there": there, "here": here} for there, here in sorted(found.renumbered.items())],
        "checked_only": done.checked_only,
        "faults": [
            {"ticket": one.ticket, "code": one.fault.code, "message": sentence(session.words, one.fault)}
            for one in found.rejected
        ],
    }


def _snapshot_text(session: Session, done: restoring.Restored) -> list[str]:
    words, found = session.words, done.tickets
    lines = [words.t("Nothing was written: this was a check.")] if done.checked_only else []
    lines += [
        words.t("Snapshot of {moment}.", moment=done.made.created),
        words.n("Facts: {n}", "Facts: {n}", done.made.head.seq),
    ]
    if done.filled:
        lines.append(words.t("The database was empty; now it is what the other one was."))
    lines += _became(words, found.imported, found.updated, found.unchanged, len(found.rejected))
    if done.agreed.added:
        lines.append(words.n("Definitions added: {n}", "Definitions added: {n}", done.agreed.added))
    if done.agreed.kept:
        lines.append(
            words.n("{n} definition differs; yours stays.", "{n} definitions differ; yours stay.", done.agreed.kept)
        )
    for there, here in sorted(found.renumbered.items())[:SHOWN_FAULTS]:
        lines.append(words.t("  {there} is {here} here.", there=there, here=f"{session.prefix}{here}"))
    for one in found.rejected[:SHOWN_FAULTS]:
        lines.append(words.t("  {ticket}: {reason}", ticket=one.ticket, reason=sentence(words, one.fault)))
    return lines
