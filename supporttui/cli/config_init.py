"""``supporttui config init``: the commented file, alone or from a team's preset.

A preset comes from somebody else. Programs that it would start, addresses that it would send to and secrets are shown
in full and asked about before anything is written.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from supporttui.bootstrap import reference
from supporttui.cli import asked, config_file, output
from supporttui.cli.exits import Exit
from supporttui.cli.session import Session
from supporttui.cli.verb import option, verb
from supporttui.domain.faults import BadInput, Refused
from supporttui.i18n.catalogue import Words
from supporttui.i18n.fault_labels import fault as sentence
from supporttui.settings import config_path
from supporttui.settings.loading import flat, text_of
from supporttui.settings.secrets import without_secrets

_TELLING = ("commands", "channels", "helpdesks", "database", "password_command", "editor", "pager", "allow_commands")
"""Keys by which a preset could start programs or send what is here to somewhere else."""


def command(words: Words) -> click.Command:
    """The command ``config init``."""
    return verb(
        words, "init", _run,
        help=words.t("Write a settings file: every key, what it means, its default. Keeps a file that is there."),
        params=[
            option("--force", is_flag=True, help=words.t("Replace the file that is there.")),
            option("--from", "preset", metavar=words.t("FILE"),
                   help=words.t("Take values from a team's file; what could start programs is shown first.")),
            option("--yes", is_flag=True, help=words.t("Take over what is shown without being asked.")),
        ],
    )  # fmt: skip


def _run(session: Session, *, force: bool, preset: str | None, yes: bool) -> None:
    words, path = session.words_or_plain(), _target(session)
    if path.exists() and not force:
        raise Refused("config.exists", file=str(path))
    values = {} if preset is None else _values(session, Path(preset))
    if values is None or not _agreed(session, values, yes=yes):
        return
    _write(path, config_file.commented(words, reference.entries(), values, source=preset or ""))
    if session.json:
        output.show_json(file=str(path), set=sorted(values))
    else:
        output.show(words.t("Written: {file}", file=str(path)))


def _target(session: Session) -> Path:
    named = session.given.get("config")
    return Path(named).expanduser() if named else config_path(session.env)


def _values(session: Session, preset: Path) -> Mapping[str, Any] | None:
    """What the preset sets; ``None`` when it has faults, which are told."""
    faults = reference.faults_in_file(preset)
    for fault in faults:
        output.say(sentence(session.words_or_plain(), fault))
    if faults:
        session.exit_code = Exit.usage
        return None
    return flat(tomllib.loads(text_of(preset)))


def _agreed(session: Session, values: Mapping[str, Any], *, yes: bool) -> bool:
    """Whether what the preset could do is wanted. Raises Refused ``config.preset_unseen`` where nobody can be asked."""
    telling = dict(_telling(values))
    if not telling:
        return True
    words = session.words_or_plain()
    output.say(words.t("This preset sets programs, addresses or secrets:"))
    for key, value in telling.items():
        output.say(f"  {key} = {value}")
    if yes:
        return True
    if not session.may_ask:
        raise Refused("config.preset_unseen")
    agreed = asked.confirm(words, words.t("Take them over?"), err=True)
    session.exit_code = Exit.done if agreed else Exit.refused
    return agreed


def _telling(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if key in _TELLING or without_secrets(value, key) != value:
            yield key, value


def _write(path: Path, text: str) -> None:
    """Whole or not at all; readable for its owner alone."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = path.with_name(f"{path.name}.{os.getpid()}")
        beside.touch(mode=0o600)
        beside.write_text(text, "utf-8")
        beside.replace(path)
    except OSError as error:
        raise BadInput("settings.unwritable", file=str(path), reason=error.strerror or "") from None
