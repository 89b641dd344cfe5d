"""Reading the files and the environment, and laying them over each other."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_type_hints

from supporttui.domain.faults import BadInput
from supporttui.settings.places import CONFIG_VARIABLE, config_path, site_config_path
from supporttui.settings.sources import Source, fill
from supporttui.settings.values import KEYS, Loaded, Settings, checked

PREFIX = "SUPPORTTUI_"
Table = Mapping[str, Any]


def load(env: Mapping[str, str], *, config: Path | None = None) -> Loaded:
    """The settings of this person on this machine.

    ``config`` (of ``--config``) stands in for the person's file; a file that is named must exist.

    Raises:
        BadInput: ``settings.missing_file``, ``settings.unreadable``, ``settings.not_toml`` or one of
            those of ``fill``.
    """
    named = config or (config_path(env) if env.get(CONFIG_VARIABLE) else None)
    if named is not None and not named.exists():
        raise BadInput("settings.missing_file", file=str(named))
    merged: dict[str, Any] = {}
    origins: dict[str, Source] = {}
    files = [_read_file(path) for path in (site_config_path(env), named or config_path(env))]
    for source, table in (*files, *_environment(env)):
        _lay_over(merged, table, source, origins=origins)
    return Loaded(checked(fill(Settings, merged, origins=origins), origins), origins)


def environment_strangers(env: Mapping[str, str]) -> tuple[str, ...]:
    """Variables that look like settings and are none; ``doctor`` names them.

    They are not refused: a program that a channel starts finds the facts of its notice in such names.
    """
    known = {*KEYS, "config"}
    return tuple(sorted(name for name in env if name.startswith(PREFIX) and _path_of(name)[0] not in known))


def _read_file(path: Path) -> tuple[Source, Table]:
    try:
        text = path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return Source(str(path)), {}
    except OSError as error:
        raise BadInput("settings.unreadable", file=str(path), reason=error.strerror or "") from None
    except UnicodeDecodeError as error:
        raise BadInput("settings.unreadable", file=str(path), reason=f"UTF-8: {error.reason}") from None
    try:
        return Source(str(path), text), tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(path, text, str(error)) from None


def _not_toml(path: Path, text: str, message: str) -> BadInput:
    place = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(n) for n in place.groups()) if place else (text.count("\n") + 1, 1)
    reason = message.split(" (at ", 1)[0]
    return BadInput("settings.not_toml", file=str(path), line=line, column=column, reason=reason)


def _lay_over(below: dict[str, Any], table: Table, source: Source, *, origins: dict[str, Source], at: str = "") -> None:
    """Tables within merge; every other value replaces the one below."""
    for key, value in table.items():
        path = f"{at}{key}"
        origins[path] = source
        if isinstance(value, Mapping) and isinstance(below.setdefault(key, {}), dict):
            _lay_over(below[key], value, source, origins=origins, at=f"{path}.")
        else:
            below[key] = value


def _environment(env: Mapping[str, str]) -> Iterator[tuple[Source, Table]]:
    hints = get_type_hints(Settings)
    for name in sorted(env):
        path = _path_of(name)
        if not name.startswith(PREFIX) or not env[name] or path[0] not in KEYS:
            continue
        is_text = len(path) == 1 and isinstance(hints[path[0]], type) and issubclass(hints[path[0]], str)
        value: Any = env[name] if is_text else _toml_value(env[name])
        for key in reversed(path):
            value = {key: value}
        yield Source(name), value


def _path_of(variable: str) -> Sequence[str]:
    return variable.removeprefix(PREFIX).lower().split("__")


def _toml_value(text: str) -> object:
    """Numbers, truth, lists and tables as TOML writes them; everything else is text."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
