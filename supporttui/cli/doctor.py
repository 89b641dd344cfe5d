"""``supporttui doctor``: this machine, terminal, settings and database, and what would hurt tonight."""

import os
import platform
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata

import click

from supporttui import __version__, packs
from supporttui.bootstrap import wishes
from supporttui.bootstrap.outside import channels_of
from supporttui.bootstrap.schema import schema_differences
from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.cli.verb import verb
from supporttui.domain.faults import BadInput, SupportError
from supporttui.domain.lint import Pain
from supporttui.i18n import lint_labels, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.fault_labels import fault as sentence
from supporttui.settings import (
    KEYS,
    config_path,
    default_database,
    environment_strangers,
    site_config_path,
    state_folder,
)
from supporttui.usecases import lint

SKEW = 2
"""Seconds of clock offset from which on it is said."""
_LIBRARIES = ("textual", "sqlalchemy", "click", "arrow", "babel", "alembic", "pysqlite3", "psycopg", "tzdata")


class Grade(StrEnum):
    """How a line of the report stands."""

    ok = "ok"
    warning = "warning"
    bad = "bad"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report; ``key`` is frozen, ``text`` is for people."""

    part: str
    key: str
    text: str
    grade: Grade = Grade.ok


def command(words: Words, name: str) -> click.Command:
    """The command ``doctor``."""
    return verb(
        words, name, _run,
        help=words.t("Tell about this machine, your settings and the database; exit code 1 if something is bad."),
    )  # fmt: skip


def _run(session: Session) -> None:
    report = (*_program(), *_terminal(session), *_settings(session), *_database(session))
    bad = any(line.grade is Grade.bad for line in report)
    session.exit_code = int(bad)
    if session.json:
        lines = [{"part": x.part, "key": x.key, "text": x.text, "grade": x.grade.value} for x in report]
        output.show_json(ok=not bad, report=lines)
        return
    output.show("\n".join(_text(session.words_or_plain(), report)))


def _text(words: Words, report: tuple[Line, ...]) -> Iterator[str]:
    titles = {
        "program": words.t("Program"),
        "terminal": words.t("Terminal"),
        "settings": words.t("Settings"),
        "database": words.t("Database"),
        "tonight": words.t("What would hurt"),
    }
    marks = {Grade.ok: " ", Grade.warning: "~", Grade.bad: "!"}
    part = ""
    for line in report:
        if line.part != part:
            yield from (("",) if part else ())
            part = line.part
            yield titles[part]
        yield f" {marks[line.grade]} {line.key:<16} {line.text}"
    count = sum(line.grade is Grade.bad for line in report)
    yield ""
    yield words.n("{n} thing is bad.", "{n} things are bad.", count) if count else words.t("Nothing is bad.")


# --- the parts ----------------------------------------------------------------------------------------


def _program() -> Iterator[Line]:
    yield Line("program", "supporttui", __version__)
    yield Line("program", "python", f"{platform.python_version()} ({platform.system()} {platform.machine()})")
    for name in _LIBRARIES:
        try:
            yield Line("program", name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Line("program", name, "-")


def _terminal(session: Session) -> Iterator[Line]:
    env = session.env
    size = shutil.get_terminal_size()
    is_one = output.is_terminal()
    yield Line("terminal", "terminal", str(is_one).lower())
    yield Line("terminal", "size", f"{size.columns}x{size.lines}" if is_one else "-")
    for name in ("TERM", "COLORTERM", "NO_COLOR", "TMUX", "SSH_CONNECTION", "LC_ALL", "LC_MESSAGES", "LANG"):
        yield Line("terminal", name, env.get(name, "") or "-")
    encoding = output.encoding()
    narrow = not encoding.lower().replace("-", "").startswith("utf")
    yield Line("terminal", "encoding", encoding, Grade.warning if narrow else Grade.ok)


def _settings(session: Session) -> Iterator[Line]:
    env = session.env
    yield Line("settings", "your file", _existing(str(config_path(env))))
    yield Line("settings", "site file", _existing(str(site_config_path(env))))
    yield Line("settings", "data", str(default_database(env).parent))
    yield Line("settings", "state", str(state_folder(env)))
    try:
        loaded, words = session.loaded, session.words
    except BadInput as fault:
        yield Line("settings", "fault", sentence(session.words_or_plain(), fault), Grade.bad)
        return
    for key in KEYS:
        origin = loaded.origins.get(key)
        if origin is not None:
            yield Line("settings", key, f"{getattr(loaded.settings, key)}  ({origin.name})")
    yield Line("settings", "at default", ", ".join(key for key in KEYS if key not in loaded.origins) or "-")
    yield Line("settings", "language", words.language)
    yield Line("settings", "zone", words.zone)
    for name in environment_strangers(env):
        yield Line("settings", name, words.t("is no setting"), Grade.warning)
    yield from _wishes(session)
    yield from _channels(session)


def _wishes(session: Session) -> Iterator[Line]:
    try:
        wishes.check_wishes(session.loaded)
    except BadInput as fault:
        yield Line("settings", "desk", sentence(session.words, fault), Grade.bad)
    for text in wishes.clashes(session.words, session.loaded):
        yield Line("settings", "keys", text, Grade.warning)


def _existing(path: str) -> str:
    return path if os.path.exists(path) else f"{path}  (-)"  # noqa: PTH110


def _channels(session: Session) -> Iterator[Line]:
    try:
        channels = channels_of(session.loaded)
    except BadInput as fault:
        yield Line("settings", "channels", sentence(session.words, fault), Grade.bad)
        return
    if not channels:
        yield Line("settings", "channels", session.words.t("none: nobody is told of anything"), Grade.warning)
    for name in channels:
        yield Line("settings", f"channel {name}", "ok")


def _database(session: Session) -> Iterator[Line]:
    try:
        place = session.place
        yield Line("database", "database", place.store.url)
        for key, text in place.store.about().items():
            is_open = key == "file_mode" and not text.endswith(("0", "-"))
            yield Line("database", key, text, Grade.warning if is_open else Grade.ok)
        yield from _clock(session, place.skew)
        yield from _schema(session)
        yield from _watch(session)
        yield from _tonight(session)
    except SupportError as fault:
        words = session.words_or_plain()
        yield Line("database", "fault", sentence(words, fault), Grade.bad)


def _clock(session: Session, skew: int) -> Iterator[Line]:
    grade = Grade.warning if abs(skew) > SKEW else Grade.ok
    yield Line("database", "clock offset", f"{skew:+d} s", grade)
    now = session.now()
    yield Line("database", "now", f"{times.stamp(now, session.words.zone)} {times.zone_label(now, session.words.zone)}")


def _schema(session: Session) -> Iterator[Line]:
    differences = schema_differences(session.url, session.secret)
    for text in differences:
        yield Line("database", "schema", text, Grade.bad)
    if not differences:
        yield Line("database", "schema", "ok")
    damaged = session.place.store.verify()
    if damaged is not None:
        yield Line("database", "journal", session.words.t("changed from number {seq} on", seq=damaged), Grade.bad)


def _watch(session: Session) -> Iterator[Line]:
    pulse = session.ask(lambda tx: tx.lease.pulse())
    if pulse is None:
        yield Line("database", "watch", session.words.t("no watch ever ran"), Grade.warning)
        return
    age = session.now() - pulse.seen
    text = session.words.n("{holder}, {n} second ago", "{holder}, {n} seconds ago", age, holder=pulse.holder)
    yield Line("database", "watch", text, Grade.ok if age <= 30 else Grade.warning)


def _tonight(session: Session) -> Iterator[Line]:
    grades: Mapping[Pain, Grade] = {Pain.tonight: Grade.bad, Pain.soon: Grade.warning, Pain.some_day: Grade.ok}
    shipped = lint.site_in(packs.starter(zone=session.place.site.get("zone") or session.words.zone))
    for finding in session.ask(lint.findings, session.now(), shipped):
        yield Line("tonight", finding.pain.value, lint_labels.finding(session.words, finding), grades[finding.pain])
