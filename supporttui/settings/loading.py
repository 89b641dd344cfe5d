"""Reading the files and the environment, and laying them over each other."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

from supporttui.domain.faults import BadInput
from supporttui.settings.places import CONFIG_VARIABLE, config_path, site_config_path
from supporttui.settings.sources import Source, fill
from supporttui.settings.values import KEYS, Loaded, Settings, checked

PREFIX = "SUPPORTTUI_"
FINAL = ("allow_commands",)
"""What a site may switch off for good."""
Table = Mapping[str, Any]


def load(env: Mapping[str, str], *, config: Path | None = None) -> Loaded:
    """The settings of this person on this machine.

    ``config`` (of ``--config``) stands in for the person's file; a file that is named must exist.

    Raises:
        BadInput: ``settings.missing_file``, ``settings.unreadable``, ``settings.not_toml`` or one of
            those of ``fill``.
    """
    layers = [layer_of(path) for path in files_of(env, config=config)]
    return laid([*layers, *environment(env)], site=layers[0])


@dataclass(frozen=True, slots=True)
class Layer:
    """What one file or one variable sets."""

    source: Source
    table: Table


def files_of(env: Mapping[str, str], *, config: Path | None = None) -> tuple[Path, Path]:
    """The site's file and the person's.

    Raises:
        BadInput: ``settings.missing_file`` for a file that is named and is not there.
    """
    named = config or (config_path(env) if env.get(CONFIG_VARIABLE) else None)
    if named is not None and not named.exists():
        raise BadInput("settings.missing_file", file=str(named))
    return site_config_path(env), named or config_path(env)


def laid(layers: Sequence[Layer], *, site: Layer) -> Loaded:
    """Layers over each other, later ones on top, and what the site's own file says for good on top of all.

    Raises:
        BadInput: as ``fill`` does.
    """
    merged: dict[str, Any] = {}
    origins: dict[str, Source] = {}
    for layer in (*layers, Layer(site.source, final_of(site.table))):
        _lay_over(merged, layer.table, layer.source, origins=origins)
    return Loaded(checked(fill(Settings, merged, origins=origins), origins), origins)


def final_of(table: Table) -> Table:
    """What a site's file forbids, which no later source allows again."""
    return {key: False for key in FINAL if table.get(key) is False}


def environment_strangers(env: Mapping[str, str]) -> tuple[str, ...]:
    """Variables that look like settings and are none; ``doctor`` names them.

    They are not refused: a program that a channel starts finds the facts of its notice in such names.
    """
    known = {*KEYS, "config"}
    return tuple(sorted(name for name in env if name.startswith(PREFIX) and _path_of(name)[0] not in known))


def layer_of(path: Path) -> Layer:
    """What a file sets; nothing if it is not there. Raises as ``load`` does."""
    source = Source(str(path), text_of(path))
    try:
        return Layer(source, flat(tomllib.loads(source.text)))
    except tomllib.TOMLDecodeError as error:
        raise not_toml(source, str(error)) from None


def text_of(path: Path) -> str:
    """The text of a file, empty if it is not there. Raises BadInput ``settings.unreadable``."""
    try:
        return path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise BadInput("settings.unreadable", file=str(path), reason=error.strerror or "") from None
    except UnicodeDecodeError as error:
        raise BadInput("settings.unreadable", file=str(path), reason=f"UTF-8: {error.reason}") from None


def flat(table: Table) -> Table:
    """The table with ``[keys]`` flat: ``ticket.note = "n"`` and ``"ticket.note" = "n"`` mean the same."""
    keys = table.get("keys")
    return {**table, "keys": dict(_flat(keys))} if isinstance(keys, Mapping) else table


def _flat(table: Table, at: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{at}{key}.")
        else:
            yield f"{at}{key}", value


def not_toml(source: Source, message: str) -> BadInput:
    """What the parser complains about, at its place."""
    place = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(n) for n in place.groups()) if place else (source.text.count("\n") + 1, 1)
    reason = message.split(" (at ", 1)[0]
    return BadInput("settings.not_toml", file=source.name, line=line, column=column, reason=reason)


def _lay_over(below: dict[str, Any], table: Table, source: Source, *, origins: dict[str, Source], at: str = "") -> None:
    """Tables within merge; every other value replaces the one below."""
    for key, value in table.items():
        path = f"{at}{key}"
        origins[path] = source
        if isinstance(value, Mapping) and isinstance(below.setdefault(key, {}), dict):
            _lay_over(below[key], value, source, origins=origins, at=f"{path}.")
        else:
            below[key] = value


def environment(env: Mapping[str, str]) -> Iterator[Layer]:
    """What each variable sets; an empty one sets nothing."""
    hints = get_type_hints(Settings)
    for name in sorted(env):
        path = _path_of(name)
        if not name.startswith(PREFIX) or not env[name] or path[0] not in KEYS:
            continue
        kind = hints[path[0]]
        is_text = path[0] == "keys" if len(path) > 1 else isinstance(kind, type) and issubclass(kind, str)
        value: Any = env[name] if is_text else _toml_value(env[name])
        for key in reversed(path):
            value = {key: value}
        yield Layer(Source(name), flat(value))


def _path_of(variable: str) -> Sequence[str]:
    return variable.removeprefix(PREFIX).lower().split("__")


def _toml_value(text: str) -> object:
    """Numbers, truth, lists and tables as TOML writes them; everything else is text."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
