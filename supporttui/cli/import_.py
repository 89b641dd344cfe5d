"""``supporttui import FILE --preset NAME``: tickets of another system, with their true history."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, option, verb
from supporttui.i18n.catalogue import Words
from supporttui.i18n.fault_labels import fault as sentence
from supporttui.intake.files import check_file
from supporttui.intake.history import RowFault
from supporttui.intake.importing import Summary, import_checked
from supporttui.intake.mapping import load

SHOWN_FAULTS = 20


def command(words: Words, name: str) -> click.Command:
    """The command ``import FILE``."""
    return verb(
        words, name, _run,
        help=words.t("Take in tickets of another system. A second time changes nothing."),
        params=[
            argument("file", type=click.Path(path_type=Path), metavar=words.t("FILE")),
            option("--preset", default="csv", show_default=True, metavar=words.t("NAME|FILE"),
                   help=words.t("What the columns mean: a preset that comes along, or your mapping file.")),
            option("--check", is_flag=True, help=words.t("Say what would happen; write nothing.")),
        ],
    )  # fmt: skip


def _run(session: Session, *, file: Path, preset: str, check: bool) -> None:
    if not check or session.given.get("as_of"):
        session.require_writing()
    mapping = load(preset, zone_name=session.given.get("zone"))
    checked = check_file(file, mapping)  # before a database is made for it
    place = session.place_or_empty() if check else session.make_place()
    shown = progress(session.words)
    try:
        summary = import_checked(place.store, session.call(), checked, mapping, only_check=check, progress=shown)
    except KeyboardInterrupt:
        output.say("")
        output.say(session.words.t("Interrupted. Tickets that were taken in are whole; the next import goes on."))
        raise
    if session.json:
        output.show_json(**_json(session, summary))
    else:
        output.show(_text(session, summary))
    if summary.refused:
        session.exit_code = 1


def progress(words: Words) -> Callable[[int, int], None] | None:
    """Writes how far the file is read over one line of a terminal; into a pipe, nothing."""
    if not sys.stderr.isatty():
        return None
    shown = -1

    def show(read: int, total: int) -> None:
        nonlocal shown
        share = 100 if total == 0 else read * 100 // total
        if share != shown:
            shown = share
            end = "\n" if read >= total else ""
            click.echo("\r" + words.t("Reading: {share} %", share=share) + end, nl=False, err=True)

    return show


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
        words.n("  imported: {n}", "  imported: {n}", summary.imported),
        words.n("  updated: {n}", "  updated: {n}", summary.updated),
        words.n("  unchanged: {n}", "  unchanged: {n}", summary.unchanged),
        words.n("  refused: {n}", "  refused: {n}", summary.refused),
        *(_fault(session, fault) for fault in summary.faults[:SHOWN_FAULTS]),
    ]
    rest = summary.refused_rows - SHOWN_FAULTS
    if rest > 0:
        lines.append(words.n("  and {n} more row", "  and {n} more rows", rest))
    return "\n".join(line for line in lines if line)


def _fault(session: Session, fault: RowFault) -> str:
    return session.words.t(
        "  line {line}, {column}, {number}: {reason}",
        line=fault.line, column=fault.column or "-", number=fault.number or "-",
        reason=sentence(session.words, fault.fault()),
    )  # fmt: skip
