"""What ``doctor`` tells of the program, the terminal, the locale and the settings."""

import os
import platform
import shutil
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

from supporttui import __version__
from supporttui.bootstrap import outside, receiving, reference, wishes
from supporttui.cli import output
from supporttui.cli.doctor.lines import Line, hurts
from supporttui.cli.session import Session
from supporttui.domain.faults import BadInput, ChannelFailed
from supporttui.domain.lint import Pain
from supporttui.domain.plain import to_plain
from supporttui.i18n import catalogue
from supporttui.i18n.catalogue import Words
from supporttui.i18n.fault_labels import fault as sentence
from supporttui.settings import (
    KEYS,
    Loaded,
    config_path,
    default_database,
    environment_strangers,
    site_config_path,
    state_folder,
)
from supporttui.settings.secrets import without_secrets
from supporttui.tui import terminal as terminals

_LIBRARIES = ("textual", "sqlalchemy", "click", "arrow", "babel", "alembic", "pysqlite3", "psycopg", "tzdata")
_ENVIRONMENT = ("TERM", "COLORTERM", "NO_COLOR", "TMUX", "SSH_CONNECTION", "LC_ALL", "LC_MESSAGES", "LANG")
_SMALL = (80, 24)


def program() -> Iterator[Line]:
    """Versions."""
    yield Line("program", "supporttui", __version__)
    yield Line("program", "python", f"{platform.python_version()} ({platform.system()} {platform.machine()})")
    for name in _LIBRARIES:
        try:
            yield Line("program", name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Line("program", name, "-")


def terminal(session: Session) -> Iterator[Line]:
    """What the terminal can, as far as it says."""
    env, words = session.env, session.words_or_plain()
    size, is_one = shutil.get_terminal_size(), output.is_terminal()
    yield Line("terminal", "terminal", str(is_one).lower())
    yield Line("terminal", "size", f"{size.columns}x{size.lines}" if is_one else "-")
    for name in _ENVIRONMENT:
        yield Line("terminal", name, env.get(name, "") or "-")
    yield Line("terminal", "colours", _colours(env))
    encoding = output.encoding()
    if encoding.lower().replace("-", "").startswith("utf"):
        yield Line("terminal", "encoding", encoding)
    else:
        yield hurts(
            Pain.soon, "terminal", "encoding", words.t("The terminal writes {encoding}.", encoding=encoding),
            code="terminal.encoding", todo=words.t("Set a UTF-8 locale, such as LANG=C.UTF-8: names lose letters."),
        )  # fmt: skip
    if is_one and (size.columns < _SMALL[0] or size.lines < _SMALL[1]):
        yield hurts(
            Pain.some_day, "terminal", "size", words.t("The window has fewer than 80x24 cells."),
            code="terminal.small", todo=words.t("Make it larger: columns are left out."),
        )  # fmt: skip
    yield from _locale(session)


def _colours(env: Mapping[str, str]) -> str:
    if env.get("NO_COLOR"):
        return "0"
    return "16" if terminals.few_colours(env) else "16777216" if env.get("COLORTERM") else "256"


def _locale(session: Session) -> Iterator[Line]:
    """Whether we speak what the environment asks for."""
    env, words = session.env, session.words_or_plain()
    asked = next((env[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if env.get(name)), "")
    language = asked.split("_", maxsplit=1)[0].split(".", maxsplit=1)[0].lower()
    if language not in ("", "c", "posix", *(name.split("_")[0] for name in catalogue.languages())):
        yield hurts(
            Pain.some_day, "terminal", "language", words.t("The locale asks for {language}.", language=language),
            code="locale.unspoken", where=asked,
            todo=words.t("There are {allowed}; the setting language chooses one.",
                         allowed=", ".join(catalogue.languages())),
        )  # fmt: skip


# --- settings --------------------------------------------------------------------------------------------


def settings(session: Session) -> Iterator[Line]:
    """Where they are, what is set by what, and every fault of them."""
    env = session.env
    yield Line("settings", "your file", _existing(str(config_path(env))))
    yield Line("settings", "site file", _existing(str(site_config_path(env))))
    yield Line("settings", "data", str(default_database(env).parent))
    yield Line("settings", "state", str(state_folder(env)))
    yield from _faults(session)
    yield from _strangers(session)
    try:
        loaded, words = session.loaded, session.words
    except BadInput:
        return  # told among the faults
    yield from _in_force(loaded, words)
    yield from _keys(loaded, words)
    yield from _channels(loaded, words)
    yield from _intake(loaded, words)


def _faults(session: Session) -> Iterator[Line]:
    """What keeps the desk from beginning."""
    words, config = session.words_or_plain(), session.given.get("config")
    try:
        faults = reference.faults(session.env, config=Path(config) if config else None)
    except BadInput as fault:
        faults = (fault,)
    for found in faults:
        yield hurts(
            Pain.tonight, "settings", "fault", sentence(words, found), code=found.code,
            where=str(found.params.get("place", found.params.get("file", ""))),
            todo=words.t("Mend it: no desk begins with it. supporttui config validate looks again."),
        )  # fmt: skip


def _strangers(session: Session) -> Iterator[Line]:
    words = session.words_or_plain()
    for name in environment_strangers(session.env):
        yield hurts(
            Pain.soon, "settings", name, words.t("{name} looks like a setting and is none.", name=name),
            code="environment.stranger", where=name,
            todo=words.t("Correct its name, or take it away. supporttui config show lists what there is."),
        )  # fmt: skip


def _in_force(loaded: Loaded, words: Words) -> Iterator[Line]:
    for key in KEYS:
        place = loaded.place_of(key)
        if place is not None:
            value = without_secrets(to_plain(getattr(loaded.settings, key)), key)
            yield Line("settings", key, f"{value}  ({place})")
    yield Line("settings", "at default", ", ".join(key for key in KEYS if key not in loaded.origins) or "-")
    yield Line("settings", "language", words.language)
    yield Line("settings", "zone", words.zone)


def _keys(loaded: Loaded, words: Words) -> Iterator[Line]:
    try:
        clashes = wishes.clashes(words, loaded)
    except BadInput:
        return  # told among the faults
    for text in clashes:
        yield hurts(
            Pain.soon, "settings", "keys", text, code="keys.clash", where="[keys]",
            todo=words.t("Give one of them another key. supporttui config keys shows the whole map."),
        )  # fmt: skip


def _channels(loaded: Loaded, words: Words) -> Iterator[Line]:
    missing = outside.missing_extras(loaded)
    for name, kind in outside.kinds_of(loaded).items():
        if name not in missing:
            yield Line("settings", f"channel {name}", kind)
            continue
        fault = ChannelFailed("channel.not_installed", channel=name, extra=missing[name])
        yield hurts(
            Pain.tonight, "settings", f"channel {name}", sentence(words, fault), code=fault.code,
            where=f"[channels.{name}]",
            todo=words.t("Install it; supporttui channel test {channel} --to ADDRESS tries it.", channel=name),
        )  # fmt: skip
    if not loaded.settings.channels:
        yield hurts(
            Pain.soon, "settings", "channels", words.t("There is no channel: nobody is told of anything."),
            code="channels.none", where="[channels]",
            todo=words.t("Set one up; supporttui config init writes an example."),
        )  # fmt: skip


def _intake(loaded: Loaded, words: Words) -> Iterator[Line]:
    """What keeps the intake from beginning, where one is set up."""
    if not loaded.settings.intake:
        return
    for fault in receiving.faults(loaded):
        yield hurts(
            Pain.tonight, "settings", "intake", sentence(words, fault), code=fault.code, where="[intake]",
            todo=words.t("Mend it: supporttui intake serve does not begin with it."),
        )  # fmt: skip


def _existing(path: str) -> str:
    return path if os.path.exists(path) else f"{path}  (-)"  # noqa: PTH110
