"""Everything that can be set, with the tables of the parts in it: reference, commented file, schema, every fault."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from supporttui import channels, helpdesks
from supporttui.bootstrap.outside import option_faults
from supporttui.bootstrap.places import Env
from supporttui.bootstrap.wishes import keys_of, wish_faults
from supporttui.channels import ChannelKind
from supporttui.domain.faults import BadInput
from supporttui.helpdesks import HelpdeskKind
from supporttui.i18n import catalogue
from supporttui.intake.serve.options import IntakeOptions, Mailbox
from supporttui.settings import Loaded, Settings, Source, checking, reference
from supporttui.settings.loading import Layer, environment, files_of, text_of
from supporttui.settings.reference import Choices, Entry
from supporttui.tui import key_choices, keymap, themes
from supporttui.tui.calling import NotifyOptions
from supporttui.tui.custom import CustomCommand
from supporttui.watch import WatchOptions

NAME = "NAME"
"""Stands for what a person calls a channel or a helpdesk; so does, in capitals, each kind but the usual one."""
_KINDS: Mapping[str, tuple[Mapping[str, ChannelKind] | Mapping[str, HelpdeskKind], str]] = {
    "channels": (channels.KINDS, channels.DEFAULT_KIND),
    "helpdesks": (helpdesks.KINDS, helpdesks.DEFAULT_KIND),
}


def choices() -> Choices:
    """What is allowed where a type cannot say so."""
    return {
        "theme": themes.names(),
        "language": catalogue.languages(),
        "keys.preset": tuple(key_choices.PRESETS),
        "keys.layout": tuple(key_choices.LAYOUTS),
    }


def entries() -> tuple[Entry, ...]:
    """Every key in its order, those of a table behind it."""
    return tuple(_entries())


def _entries() -> Iterator[Entry]:
    for entry in reference.entries(Settings, choices=choices()):
        yield entry
        if entry.key == "keys":
            yield from _keys()
        elif entry.key == "watch":
            yield from reference.entries(WatchOptions, at="watch")
        elif entry.key == "intake":
            yield from _intake()
        elif entry.key == "notify":
            yield from reference.entries(NotifyOptions, at="notify")
        elif entry.key == "commands":
            yield from reference.entries(CustomCommand, at="commands[]")
        elif entry.key in _KINDS:
            yield from _of_kinds(entry.key)


def _intake() -> Iterator[Entry]:
    mailboxes = "intake.mailboxes"
    yield from (entry for entry in reference.entries(IntakeOptions, at="intake") if entry.key != mailboxes)
    yield from reference.entries(Mailbox, at=f"{mailboxes}.{NAME}")


def _keys() -> Iterator[Entry]:
    known = choices()
    told = {
        "preset": ("default", "A ready-made key map."),
        "layout": ("", "A keyboard layout whose letters act like the Latin ones in their places."),
    }
    for name, (default, meaning) in told.items():
        yield Entry(f"keys.{name}", str, default, ", ".join(known[f"keys.{name}"]), meaning)
    for key in {key.id: key for scope in keymap.SCOPES.values() for key in scope}.values():
        yield Entry(f"keys.{key.id}", str, key.keys, "keys, separated by commas", keymap.label(key))


def _of_kinds(key: str) -> Iterator[Entry]:
    kinds, default = _KINDS[key]
    for one, kind in kinds.items():
        at = f"{key}.{NAME if one == default else one.upper()}"
        yield Entry(f"{at}.kind", str, one, ", ".join(kinds), "What is behind it.")
        yield from reference.entries(kind.options, at=at)


def key_map(loaded: Loaded) -> Mapping[str, str]:
    """Action id → keys, all of them, as they are in force."""
    changed = keys_of(loaded)
    return {key.id: changed.get(key.id, key.keys) for scope in keymap.SCOPES.values() for key in scope}


# --- JSON Schema -----------------------------------------------------------------------------------------


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the configuration file."""
    made = reference.schema_of(Settings, choices=choices())
    tables = made["properties"]
    tables["keys"] |= _keys_schema()
    tables["watch"] |= reference.schema_of(WatchOptions, at="watch")
    tables["intake"] |= reference.schema_of(IntakeOptions, at="intake")
    tables["notify"] |= reference.schema_of(NotifyOptions, at="notify")
    tables["commands"] |= {"items": reference.schema_of(CustomCommand, at="commands[]")}
    for key, (kinds, default) in _KINDS.items():
        tables[key] |= {"additionalProperties": _kinds_schema(kinds, default)}
    return {"$schema": reference.DRAFT, "title": "supporttui", **made}


def _keys_schema() -> dict[str, Any]:
    """Ids may be written with their dot in quotation marks, or as a table in a table."""
    known: dict[str, Any] = {}
    for entry in _keys():
        name = entry.key.removeprefix("keys.")
        scope, dot, rest = name.partition(".")
        one = {"type": "string", "default": entry.default}
        known[name] = one if dot else {**one, "enum": ["", *entry.allowed.split(", ")], "description": entry.meaning}
        if dot:
            table = known.setdefault(scope, {"type": "object", "properties": {}, "additionalProperties": False})
            table["properties"][rest] = one
    return {"properties": known, "additionalProperties": False}


def _kinds_schema(kinds: Mapping[str, ChannelKind] | Mapping[str, HelpdeskKind], default: str) -> dict[str, Any]:
    return {"oneOf": [_kind_schema(name, kind.options, named=name != default) for name, kind in kinds.items()]}


def _kind_schema(name: str, options: type[Any], *, named: bool) -> dict[str, Any]:
    made = reference.schema_of(options)
    properties = {"kind": {"const": name}, **made["properties"]}
    needed = [*(["kind"] if named else []), *made.get("required", ())]
    return {**made, "properties": properties, "required": needed}


# --- every fault -----------------------------------------------------------------------------------------


def faults(env: Env, *, config: Path | None = None) -> tuple[BadInput, ...]:
    """Everything that is wrong with what this person has set: in the files and in the environment.

    Raises:
        BadInput: ``settings.missing_file``, ``settings.unreadable``.
    """
    site, mine = files_of(env, config=config)
    return _faults([Source(str(site), text_of(site)), Source(str(mine), text_of(mine))], [*environment(env)])


def faults_in_file(path: Path) -> tuple[BadInput, ...]:
    """Everything that is wrong with one file by itself. Raises as ``faults`` does."""
    if not path.exists():
        raise BadInput("settings.missing_file", file=str(path))
    return _faults([Source(str(path), text_of(path))], [])


def _faults(files: list[Source], variables: list[Layer]) -> tuple[BadInput, ...]:
    read = [checking.read(source) for source in files]
    layers = [layer for layer, _ in read]
    loaded, found = checking.check([*layers, *variables], site=layers[0])
    syntax = [fault for _, faults in read for fault in faults]
    order = [source.name for source in files]
    return tuple(sorted((*syntax, *found, *_of_parts(loaded)), key=lambda fault: _place_in(fault, order)))


def _place_in(fault: BadInput, files: Sequence[str]) -> tuple[int, int]:
    """File by file, line by line; then the environment."""
    name = str(fault.params.get("file", ""))
    return files.index(name) if name in files else len(files), int(fault.params.get("line", 0))


def _of_parts(loaded: Loaded) -> Iterator[BadInput]:
    wanted = loaded.settings.language
    if wanted and wanted.replace("-", "_").split("_")[0].lower() not in catalogue.languages():
        yield loaded.not_allowed("language", found=wanted[:40], allowed=", ".join(catalogue.languages()))
    yield from wish_faults(loaded)
    yield from option_faults(loaded)
    yield from checking.faults_in(WatchOptions, loaded.settings.watch, at="watch", origins=loaded.origins)
    yield from checking.faults_in(NotifyOptions, loaded.settings.notify, at="notify", origins=loaded.origins)
    yield from checking.faults_in(IntakeOptions, loaded.settings.intake, at="intake", origins=loaded.origins)
