"""``supporttui export``: everything as a snapshot that ``import`` reads back, or tickets as a table or as JSON."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from supporttui.bootstrap import exports
from supporttui.bootstrap.exports import STANDARD_OUTPUT, Form, Reader, Sheet
from supporttui.bootstrap.files import refuse_taken
from supporttui.cli import output
from supporttui.cli.queue import ask_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, option, verb
from supporttui.domain.faults import BadInput
from supporttui.domain.queue import SortBy
from supporttui.i18n import times
from supporttui.i18n.catalogue import Words
from supporttui.usecases import exporting

_SUFFIXES = {".jsonl": Form.snapshot, ".csv": Form.csv, ".json": Form.json}
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}


def command(words: Words, name: str) -> click.Command:
    """The command ``export [FILE] [FILTER]``."""
    return verb(
        words, name, _run,
        help=words.t("Write everything into a file that import reads back, or tickets as a table or JSON. "
                     "A file ending in .jsonl gets everything; .csv and .json get the tickets that fit the filter."),
        params=[
            argument("words_", nargs=-1, metavar=words.t("[FILE] [FILTER]")),
            option("--format", "form", type=click.Choice([form.value for form in Form]),
                   help=words.t("What to write; without it the file's name tells.")),
            option("--filter", "filter_", metavar=words.t("FILTER"),
                   help=words.t("Which tickets, such as: is:breached team:network")),
            option("--view", metavar=words.t("VIEW"), help=words.t("A view by its name: its filter and its order.")),
            option("--sort", type=click.Choice([order.value for order in SortBy]),
                   help=words.t("The order; sla, or the view's, without it.")),
            option("--reverse", is_flag=True, help=words.t("The order the other way round.")),
            option("--delimiter", type=click.Choice(list(_DELIMITERS)), default="comma", show_default=True,
                   help=words.t("What divides the columns of a table.")),
            option("--bom", is_flag=True, help=words.t("Begin a table so that old spreadsheets know UTF-8.")),
            option("--raw", is_flag=True, help=words.t("Leave cells as they are, also those that a spreadsheet "
                                                       "would run as formulas.")),
            option("--force", is_flag=True, help=words.t("Replace the file if it is there.")),
        ],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Wish:
    """Where to, in which form, and which tickets."""

    file: str
    form: Form
    text: str


def _wish(words: tuple[str, ...], form: str | None, text: str | None) -> _Wish:
    """The first word is the file if it looks like one; the others are the filter."""
    first = words[0] if words else ""
    suffix = next((suffix for suffix in _SUFFIXES if first.casefold().endswith(suffix)), None)
    named = suffix is not None or first == STANDARD_OUTPUT
    file, rest = (first, words[1:]) if named else ("", words)
    chosen = Form(form) if form else _SUFFIXES.get(suffix or "", Form.snapshot)
    if not file and form in (None, Form.snapshot.value):
        raise BadInput("export.no_target", example="desk.jsonl")
    found = text or " ".join(rest)
    if chosen is Form.snapshot and found:
        raise BadInput("export.whole")
    return _Wish(file or STANDARD_OUTPUT, chosen, found)


def _run(
    session: Session, *, words_: tuple[str, ...], form: str | None, filter_: str | None, view: str | None,
    sort: str | None, reverse: bool, delimiter: str, bom: bool, raw: bool, force: bool,
) -> None:  # fmt: skip
    wish = _wish(words_, form, filter_)
    if wish.file != STANDARD_OUTPUT:
        refuse_taken(Path(wish.file), force=force)  # before a long read of the database
    if wish.form is Form.snapshot:
        if view or sort:
            raise BadInput("export.whole")
        if session.given.get("as_of"):
            raise BadInput("export.past")  # a replayed journal is told anew, and would not be known again
        _everything(session, wish, force=force)
        return
    sheet = Sheet(_DELIMITERS[delimiter], bom, raw)
    ask = ask_of(session, wish.text, view=view, sort=sort, reverse=reverse)
    found = session.ask(exporting.numbers, ask, session.now())
    reader = Reader(session.place.store.read, session.words, session.prefix, session.now())
    with exports.target(wish.file, force=force, mark=bom and wish.form is Form.csv) as stream:
        kept = exports.tickets(reader, stream, found, form=wish.form, sheet=sheet, tell=_progress(session.words, wish))
    _told(session, wish, len(found), kept)


def _progress(words: Words, wish: _Wish) -> Callable[[int, int], None] | None:
    if not sys.stderr.isatty() or (wish.file == STANDARD_OUTPUT and sys.stdout.isatty()):
        return None
    return output.share_shown(lambda share: words.t("Writing: {share} %", share=share))


def _everything(session: Session, wish: _Wish, *, force: bool) -> None:
    write = partial(exports.snapshot, session.place.store, now=session.now(), tell=_progress(session.words, wish))
    with exports.target(wish.file, force=force) as stream:
        made = write(stream)
    words = session.words
    if session.json:
        _tell_json(wish, facts=made.head.seq, hash=made.head.hash, counts=dict(made.counts), created=made.created)
        return
    output.say(
        words.n("Written to {file}: {n} fact, and all that was agreed.",
                "Written to {file}: {n} facts, and all that was agreed.", made.head.seq, file=wish.file)
    )  # fmt: skip
    output.say(words.t("Its journal ends with {hash}.", hash=made.head.hash or "-"))


def _told(session: Session, wish: _Wish, count: int, kept: int) -> None:
    words = session.words
    if session.json:
        _tell_json(wish, tickets=count, defused=kept, zone=words.zone)
        return
    output.say(
        words.n("Written to {file}: {n} ticket.", "Written to {file}: {n} tickets.", count, file=wish.file)
    )  # fmt: skip
    if wish.form is Form.csv:
        label = times.zone_label(session.now(), words.zone)
        output.say(words.t("Times are in {zone} ({label}).", zone=words.zone, label=label))
    if kept:
        output.say(
            words.n("{n} cell would be run as a formula by a spreadsheet; an apostrophe stands before it.",
                    "{n} cells would be run as formulas by a spreadsheet; an apostrophe stands before them.", kept)
        )  # fmt: skip


def _tell_json(wish: _Wish, **told: object) -> None:
    """On standard output, unless the data is there."""
    tell = output.say_json if wish.file == STANDARD_OUTPUT else output.show_json
    tell(file=wish.file, format=wish.form.value, **told)
