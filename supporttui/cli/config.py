"""``supporttui config``: make the settings file, show what is set and by what, check it, describe it, find it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from supporttui.bootstrap import places, reference, wishes
from supporttui.cli import config_file, config_init, output
from supporttui.cli.exits import Exit
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.domain.faults import BadInput
from supporttui.domain.plain import to_plain
from supporttui.i18n import files
from supporttui.i18n.catalogue import Words
from supporttui.i18n.fault_labels import fault as sentence
from supporttui.settings import Loaded, config_path, environment_strangers, site_config_path, state_folder
from supporttui.settings.secrets import without_secrets

DEFAULT = "default"
"""Where a value comes from that nobody set; in JSON, too."""


def command(words: Words, name: str) -> click.Group:
    """The group ``config``."""
    file = argument("file", required=False, metavar=words.t("[FILE]"))
    commands = [
        config_init.command(words),
        verb(words, "show", _show, help=words.t("Show every setting in force; passwords and tokens stay hidden."),
             params=[option("--origin", is_flag=True, help=words.t("Say which file, variable or option did."))]),
        verb(words, "validate", _validate, params=[file],
             help=words.t("Say all that is wrong with your settings, or with one file; exit code 2 if something is.")),
        verb(words, "schema", _schema, help=words.t("Print the JSON Schema of the file, for editors.")),
        verb(words, "path", _path, help=words.t("Say where every file of this program is kept.")),
        verb(words, "keys", _keys, help=words.t("Print the whole key map as it is in force, ready for the file.")),
    ]  # fmt: skip
    made = group(words, name, commands, help=words.t("Make, show and check your settings."))
    made.epilog = words.t(
        "Every key is an environment variable, too: SUPPORTTUI_ and the key in capitals, two underscores for each "
        "dot. watch.lease is SUPPORTTUI_WATCH__LEASE; supporttui config init lists them all."
    )
    return made


# --- show ------------------------------------------------------------------------------------------------


def _show(session: Session, *, origin: bool) -> None:
    loaded = session.loaded
    shown = dict(_in_force(session, loaded))
    places_of = {key: _origin(loaded, key) for key in shown}
    if session.json:
        told = [{"key": key, "value": value, "origin": places_of[key]} for key, value in shown.items()]
        output.show_json(settings=told)
        return
    words = session.words
    head = (words.t("Key"), words.t("Value"), words.p("origin of a setting", "From"))
    # Translators: where a setting's value comes from: nobody set it.
    default = words.p("origin", "default")
    rows = [
        (key, json.dumps(value, ensure_ascii=False), default if places_of[key] == DEFAULT else places_of[key])
        for key, value in shown.items()
    ]
    width = 3 if origin else 2
    output.show(output.table(head[:width], [row[:width] for row in rows]))


def _in_force(session: Session, loaded: Loaded) -> Iterator[tuple[str, Any]]:
    """Every key with its value; where nothing is set, what stands in its place on this machine."""
    env = session.env
    machine = {
        "database": places.database_of(loaded, env), "language": session.words.language, "zone": session.words.zone,
    }  # fmt: skip
    standing = {entry.key: entry.default for entry in reference.entries() if _stands(entry.key)}
    given = dict(_leaves(to_plain_settings(loaded)))
    for key, value in {**standing, **given}.items():
        if key in config_file.STANDING and not value:
            continue
        yield key, without_secrets(value or machine.get(key, value), key)


def _stands(key: str) -> bool:
    """Whether a key always has a value: examples and the key map (``config keys``) have none of their own."""
    if key in config_file.STANDING:
        return False
    return "NAME" not in key and "[]" not in key and (not key.startswith("keys.") or key.count(".") == 1)


def to_plain_settings(loaded: Loaded) -> Mapping[str, Any]:
    """What is set, key by key, as plain data."""
    return {key.split(".", 1)[0]: to_plain(getattr(loaded.settings, key.split(".", 1)[0])) for key in loaded.origins}


def _leaves(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted keys of everything in tables and in lists of tables."""
    if isinstance(value, Mapping) and (value or not at):
        for key, one in value.items():
            yield from _leaves(one, f"{at}.{key}" if at else str(key))
    elif isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        for place, one in enumerate(value):
            yield from _leaves(one, f"{at}[{place}]")
    else:
        yield at, value


def _origin(loaded: Loaded, key: str) -> str:
    """``config.toml:3``, a variable, an option, or ``default``."""
    found = loaded.place_of(key)
    return DEFAULT if found is None else found


# --- validate --------------------------------------------------------------------------------------------


def _validate(session: Session, *, file: str | None) -> None:
    words = session.words_or_plain()
    config = session.given.get("config")
    if file is None:
        found = reference.faults(session.env, config=Path(config) if config else None)
    else:
        found = reference.faults_in_file(Path(file))
    clashes = () if found or file is not None else wishes.clashes(words, session.loaded)
    strangers = () if file is not None else environment_strangers(session.env)
    session.exit_code = Exit.usage if found or clashes else Exit.done
    if session.json:
        told = [_as_json(words, fault) for fault in found]
        output.show_json(ok=not (found or clashes), faults=told, clashes=list(clashes), strangers=list(strangers))
        return
    for fault in found:
        output.show(sentence(words, fault))
    for text in clashes:
        output.show(text)
    for name in strangers:
        output.say(words.t("{name} looks like a setting and is none.", name=name))
    if not found and not clashes:
        output.show(words.t("Nothing is wrong with it."))


def _as_json(words: Words, fault: BadInput) -> dict[str, Any]:
    return {"code": fault.code, **dict(fault.params), "message": sentence(words, fault)}


# --- schema, path, keys ----------------------------------------------------------------------------------


def _schema(session: Session) -> None:
    del session
    output.show(json.dumps(reference.schema(), indent=2))


def _path(session: Session) -> None:
    found = dict(_places(session))
    if session.json:
        output.show_json(paths={key: {"path": path, "exists": Path(path).exists()} for key, path in found.items()})
        return
    missing = session.words_or_plain().t("(not there)")
    rows = [
        (key, f"{path}{'' if '://' in path or Path(path).exists() else f'  {missing}'}") for key, path in found.items()
    ]
    output.show(output.table(("", ""), rows).lstrip("\n"))


def _places(session: Session) -> Iterator[tuple[str, str]]:
    """Codes, the same in every language, and where each is."""
    env, state = session.env, state_folder(session.env)
    yield "config", str(session.given.get("config") or config_path(env))
    yield "site-config", str(site_config_path(env))
    try:
        yield "database", without_secrets(session.url)
    except BadInput as fault:
        output.say(sentence(session.words_or_plain(), fault))
    yield "state", str(state)
    yield "log", str(state / "supporttui.log")
    yield "drafts", str(state / "drafts")
    for number, root in enumerate(files.roots()):
        yield f"languages{number or ''}", str(root)


def _keys(session: Session) -> None:
    chosen = reference.key_map(session.loaded)
    if session.json:
        output.show_json(keys=dict(chosen))
        return
    output.show(config_file.keys_table(chosen))


__all__ = ["command"]
