"""A pack as TOML that people edit: what ``packs.parse`` reads back to equal definitions."""

import functools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any, get_args, get_type_hints

from supporttui.domain.plain import is_default
from supporttui.domain.spans import Instant
from supporttui.usecases.definitions.defining import Pack

_WIDTH = 116
"""Cells up to which a table stands in one line."""
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LAST_INSTANT = 253_402_300_799
"""The last second of the year 9999; TOML has no later date."""

Table = Mapping[str, Any]


def to_toml(pack: Pack) -> str:
    """The text of a pack; what is as it is by default is left out, instants are dates in UTC."""
    return "\n".join(_lines("", native(pack))).strip("\n") + "\n"


def one_line(value: object) -> str:
    """A part of a definition as TOML in one line.

    >>> one_line({"days": (1, 2), "first": date(2026, 12, 25)})
    '{ days = [1, 2], first = 2026-12-25 }'
    """
    return _inline(native(value))


def native(value: object, kind: Any = None) -> Any:  # noqa: PLR0911  one case a kind
    """Tables, lists, texts, numbers and dates as TOML has them; ``kind`` is the annotation of the field."""
    if is_dataclass(value) and not isinstance(value, type):
        hints = _hints(type(value))
        known = ((field, getattr(value, field.name)) for field in fields(value) if field.init)
        return {field.name: native(one, hints[field.name]) for field, one in known if not is_default(field, one)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(native(key)): native(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [native(one) for one in value]
    if isinstance(value, frozenset):
        return sorted(native(one) for one in value)
    if type(value) is int and _is_instant(kind) and 0 <= value <= _LAST_INSTANT:
        return datetime.fromtimestamp(value, UTC)
    return value


@functools.cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _is_instant(kind: Any) -> bool:
    return kind is Instant or Instant in get_args(kind)


# --- TOML ---------------------------------------------------------------------------------------------


def _lines(path: str, table: Table) -> Iterator[str]:
    """The values of a table, then the tables below it, each with its head."""
    below = {key: value for key, value in table.items() if _stands_apart(value, on_top=not path)}
    for key, value in table.items():
        if key not in below:
            yield from _assigned(_key(key), value)
    for key, value in below.items():
        inner = f"{path}.{_key(key)}" if path else _key(key)
        for one in value if isinstance(value, list) else (value,):
            if isinstance(value, list) or not (one and all(map(_stands_apart, one.values()))):
                yield ""
                yield f"[[{inner}]]" if isinstance(value, list) else f"[{inner}]"
            yield from _lines(inner, one)


def _stands_apart(value: Any, *, on_top: bool = False) -> bool:
    """Tables that are too wide for a line, or hold such ones; on top each that there is."""
    if on_top and (_is_tables(value) or isinstance(value, Mapping)):
        return bool(value)
    if isinstance(value, Mapping):
        return any(isinstance(one, Mapping) for one in value.values()) or len(_inline(value)) > _WIDTH // 2
    return _is_tables(value) and any(len(_inline(one)) > _WIDTH for one in value)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _assigned(key: str, value: Any) -> Iterator[str]:
    if _is_tables(value) and len(value) > 1:
        yield f"{key} = ["
        yield from (f"    {_inline(one)}," for one in value)
        yield "]"
    elif isinstance(value, str) and "\n" in value:
        yield f'{key} = """'
        yield _long(value)
    else:
        yield f"{key} = {_inline(value)}"


def _inline(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return _text(value)
        case date() | time():
            return value.isoformat().replace("+00:00", "Z")
        case Mapping():
            inner = ", ".join(f"{_key(key)} = {_inline(one)}" for key, one in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case Sequence():
            return f"[{', '.join(_inline(one) for one in value)}]"
        case _:
            return repr(value)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _long(value: str) -> str:
    """A text of several lines, with all but the line ends escaped as in one line."""
    inner = "\n".join(_text(line)[1:-1] for line in value.split("\n"))
    return f'{inner}"""'
