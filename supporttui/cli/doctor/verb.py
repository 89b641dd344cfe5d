"""``supporttui doctor``: this machine, its terminal, settings and database, and what would hurt tonight, worst first.

Exit codes: 0 nothing hurts tonight, 1 something does; what monitoring asks is ``watch status`` and
``status --format nagios``.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from textwrap import wrap
from typing import Any

import click

from supporttui.cli import output
from supporttui.cli.doctor import bundle as doctor_bundle
from supporttui.cli.doctor import database, machine
from supporttui.cli.doctor.lines import Grade, Line
from supporttui.cli.exits import Exit
from supporttui.cli.session import Session
from supporttui.cli.verb import option, verb
from supporttui.domain.lint import Pain
from supporttui.domain.marking import mark_in
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width

_WIDTH = 100
_LABEL_WIDTH = 16
_INDENT = "     "


def command(words: Words, name: str) -> click.Command:
    """The command ``doctor``."""
    return verb(
        words, name, _run,
        help=words.t(
            "Tell about this machine, your settings and the database, and what would hurt tonight. "
            "Exit code 1 if something would."
        ),
        params=[
            option("--bundle", metavar=words.t("FILE"),
                   help=words.t("Pack the report and the log for whoever helps you: no tickets, no secrets.")),
        ],
    )  # fmt: skip


def _run(session: Session, *, bundle: str | None) -> None:
    report = (
        *machine.program(),
        *machine.terminal(session),
        *machine.settings(session),
        *database.lines(session),
    )
    hurts = ailments(report)
    session.exit_code = _exit_of(hurts)
    words, told = session.words_or_plain(), _as_json(report, hurts)
    if bundle is not None:
        text = "\n".join(as_text(words, report, hurts))
        doctor_bundle.write(Path(bundle), text=text, report=told, session=session)
    if session.json:
        output.show_json(**told)
        return
    output.show("\n".join(as_text(words, report, hurts)))
    if bundle is not None:
        output.say(words.t("Packed: {file}. It holds no ticket, no name of a requester and no secret.", file=bundle))


def ailments(report: Sequence[Line]) -> tuple[Line, ...]:
    """What would hurt, worst first; among equals in the order of the report."""
    order = list(Pain)
    return tuple(sorted((x for x in report if x.pain is not None), key=lambda x: order.index(x.pain or Pain.some_day)))


def _exit_of(hurts: Sequence[Line]) -> Exit:
    return Exit.refused if any(line.grade is Grade.bad for line in hurts) else Exit.done


def _as_json(report: Sequence[Line], hurts: Sequence[Line]) -> dict[str, Any]:
    lines = [{"part": x.part, "key": x.key, "text": x.text, "grade": x.grade.value} for x in report]
    return {
        "ok": not any(x.grade is Grade.bad for x in report),
        "findings": [_finding(x) for x in hurts],
        "report": lines,
    }


def _finding(line: Line) -> dict[str, Any]:
    """One thing that hurts; ``code`` is frozen, what people are told is not."""
    return {
        "code": line.code, "pain": None if line.pain is None else line.pain.value, "text": line.text,
        "where": line.where, "todo": line.todo, "params": dict(line.params),
    }  # fmt: skip


# --- text ------------------------------------------------------------------------------------------------


def as_text(words: Words, report: Sequence[Line], hurts: Sequence[Line]) -> Iterator[str]:
    """Facts part by part; at the end, where a terminal still shows it, what would hurt."""
    titles = {
        "program": words.t("Program"),
        "terminal": words.t("Terminal"),
        "settings": words.t("Settings"),
        "database": words.t("Database"),
    }
    for part, title in titles.items():
        yield title
        for line in report:
            if line.part == part:
                yield f" {_MARKS[line.grade]} {_label(words, line.key)} {line.text}"
        yield ""
    yield from _hurts(words, hurts)
    count = sum(line.grade is Grade.bad for line in hurts)
    yield words.n("{n} thing is bad.", "{n} things are bad.", count) if count else words.t("Nothing is bad.")


# Translators: what a line of facts is about; at most 16 cells.
_LABELS: Mapping[str, tuple[str, str]] = {
    "terminal": mark_in("doctor", "a terminal"),
    "size": mark_in("doctor", "size"),
    "colours": mark_in("doctor", "colours"),
    "encoding": mark_in("doctor", "encoding"),
    "your file": mark_in("doctor", "your file"),
    "site file": mark_in("doctor", "site file"),
    "data": mark_in("doctor", "data"),
    "state": mark_in("doctor", "state"),
    "at default": mark_in("doctor", "at default"),
    "language": mark_in("doctor", "language"),
    "zone": mark_in("doctor", "zone"),
    "database": mark_in("doctor", "database"),
    "clock offset": mark_in("doctor", "clock offset"),
    "zone rules": mark_in("doctor", "zone rules"),
    "now": mark_in("doctor", "now"),
    "schema": mark_in("doctor", "schema"),
    "watch": mark_in("doctor", "watch"),
}
"""Keys that are words; the names of programs, variables and settings stay as they are."""


def _label(words: Words, key: str) -> str:
    label = words.p(*_LABELS[key]) if key in _LABELS else key
    return label + " " * (_LABEL_WIDTH - cell_width(label))


_MARKS = {Grade.ok: " ", Grade.warning: "~", Grade.bad: "!"}


def _hurts(words: Words, hurts: Sequence[Line]) -> Iterator[str]:
    """What, where, and what to do about it."""
    if not hurts:
        return
    titles = {
        Pain.tonight: words.t("This hurts tonight"),
        Pain.soon: words.t("This hurts soon"),
        Pain.some_day: words.t("This is worth a look"),
    }
    for pain, title in titles.items():
        found = [line for line in hurts if line.pain is pain]
        if found:
            yield title
        for todo, group in groupby(found, key=lambda line: line.todo):
            yield from _told(words, tuple(group), todo)
        yield from ("",) if found else ()


def _told(words: Words, same: Sequence[Line], todo: str) -> Iterator[str]:
    """Lines with one advice, which is given once."""
    yield from (f" {_MARKS[line.grade]} {line.text}" for line in same)
    advice = _advice(words, same[0]) if len(same) == 1 else todo
    yield from (_INDENT + text for text in wrap(advice, _WIDTH))


def _advice(words: Words, line: Line) -> str:
    if line.where and line.todo:
        return words.t("{where}: {todo}", where=line.where, todo=line.todo)
    return line.todo or line.where
