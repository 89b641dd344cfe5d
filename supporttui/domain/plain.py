"""Domain values as plain data (dicts, lists, text, numbers) and back: one form for files, rows and facts.

What a value looks like is said once, by its dataclass. Reading is strict: each fault names the path of
the field, what was expected and, for choices, what is allowed.
"""

import dataclasses
import functools
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from enum import Enum
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from supporttui.domain.faults import BadInput

T = TypeVar("T")


def to_plain(value: object) -> Any:
    """Plain data that JSON and TOML can hold; fields at their default are left out.

    A tuple becomes a list, an enum its value, dates and wall times ISO text.

    >>> to_plain({"holiday": date(2026, 12, 25), "days": (1, 2)})
    {'holiday': '2026-12-25', 'days': [1, 2]}
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: to_plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if not is_default(field, getattr(value, field.name))
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(to_plain(k)): to_plain(v) for k, v in value.items()}
    if isinstance(value, (tuple, list, frozenset)):
        items = [to_plain(item) for item in value]
        return sorted(items) if isinstance(value, frozenset) else items
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return value


def from_plain(kind: type[T], data: object, *, where: str = "", strict: bool = True) -> T:
    """Build a value of ``kind`` from plain data.

    ``where`` is the path shown in faults (``targets[2].seconds``). With ``strict=False`` unknown keys
    are ignored: the form for stored facts, to which later versions may add keys.

    Raises:
        BadInput: ``plain.unknown``, ``plain.missing``, ``plain.type`` or ``plain.choice``.

    >>> from_plain(dict[str, date], {"holiday": "2026-12-25"})
    {'holiday': datetime.date(2026, 12, 25)}
    """
    return typing.cast("T", _read(kind, data, where, strict=strict))


def faults_of(kind: Any, data: object, *, where: str = "") -> Iterator[BadInput]:
    """Every fault for which ``from_plain`` would end at the first, in the order of the data."""
    kind = _unwrap(kind)
    origin, args = get_origin(kind), get_args(kind)
    if dataclasses.is_dataclass(kind) and isinstance(data, Mapping):
        found = tuple(_faults_of_fields(typing.cast("type", kind), data, f"{where}." if where else ""))
        yield from found or _faults_of_all(kind, data, where)
    elif isinstance(origin, type) and issubclass(origin, Mapping) and isinstance(data, Mapping):
        for key, value in data.items():
            yield from faults_of(args[1], value, where=f"{where}.{key}")
    elif isinstance(origin, type) and issubclass(origin, Sequence) and len(args) <= 2 and isinstance(data, list):
        for i, value in enumerate(data):
            yield from faults_of(args[0], value, where=f"{where}[{i}]")
    else:
        yield from _faults_of_all(kind, data, where)


def _faults_of_all(kind: Any, data: object, where: str) -> Iterator[BadInput]:
    """What is wrong with the value as a whole, also what only its type itself refuses."""
    try:
        _read(kind, data, where, strict=True)
    except BadInput as fault:
        yield fault


def _faults_of_fields(kind: type, data: Mapping[str, object], prefix: str) -> Iterator[BadInput]:
    known = {f.name: f for f in dataclasses.fields(kind) if f.init}
    for name, value in data.items():
        if name in known:
            yield from faults_of(_hints(kind)[name], value, where=f"{prefix}{name}")
        else:
            yield BadInput("plain.unknown", where=f"{prefix}{name}", allowed=", ".join(known))
    for name, f in known.items():
        if name not in data and _is_required(f):
            yield BadInput("plain.missing", where=f"{prefix}{name}")


def is_default(field: "dataclasses.Field[Any]", value: object) -> bool:
    """Whether a field that is left out would read as this value."""
    if field.default is not dataclasses.MISSING:
        return bool(value == field.default)
    if field.default_factory is not dataclasses.MISSING:
        return bool(value == field.default_factory())
    return False


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _wrong(where: str, expected: str, data: object) -> BadInput:
    return BadInput("plain.type", where=where or "-", expected=expected, found=str(data)[:60])


def _read(kind: Any, data: object, where: str, *, strict: bool) -> object:
    kind = _unwrap(kind)
    origin = get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _read_union(kind, data, where, strict=strict)
    if origin is not None:
        return _read_container(kind, data, where, strict=strict)
    if dataclasses.is_dataclass(kind):
        return _read_dataclass(typing.cast("type", kind), data, where, strict=strict)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _read_choice(kind, data, where)
    return _read_scalar(kind, data, where)


def _unwrap(kind: Any) -> Any:
    while hasattr(kind, "__supertype__"):
        kind = kind.__supertype__
    return kind


def _read_union(kind: Any, data: object, where: str, *, strict: bool) -> object:
    options = get_args(kind)
    if data is None and type(None) in options:
        return None
    rest = [option for option in options if option is not type(None)]
    if len(rest) == 1:
        return _read(rest[0], data, where, strict=strict)
    for option in rest:
        try:
            return _read(option, data, where, strict=strict)
        except BadInput:
            continue
    raise _wrong(where, " | ".join(getattr(_unwrap(o), "__name__", str(o)) for o in rest), data)


def _read_container(kind: Any, data: object, where: str, *, strict: bool) -> object:
    origin, args = get_origin(kind), get_args(kind)
    if issubclass(origin, Mapping):
        if not isinstance(data, Mapping):
            raise _wrong(where, "table", data)
        return {
            _read(args[0], k, f"{where}.{k}", strict=strict): _read(args[1], v, f"{where}.{k}", strict=strict)
            for k, v in data.items()
        }
    if isinstance(data, (str, bytes)) or not isinstance(data, (Sequence, frozenset, set)):
        raise _wrong(where, "list", data)
    kinds = [args[0]] * len(data)
    if origin is tuple and args[1:] != (Ellipsis,):
        kinds = list(args)
        if len(data) != len(args):
            raise _wrong(where, f"{len(args)} values", data)
    paired = zip(kinds, data, strict=True)
    items = [_read(one, item, f"{where}[{i}]", strict=strict) for i, (one, item) in enumerate(paired)]
    return frozenset(items) if origin is frozenset else tuple(items)


def _read_dataclass(kind: type, data: object, where: str, *, strict: bool) -> object:
    if isinstance(data, kind):
        return data
    if not isinstance(data, Mapping):
        raise _wrong(where, "table", data)
    prefix = f"{where}." if where else ""
    fields = {f.name: f for f in dataclasses.fields(kind) if f.init}
    unknown = [key for key in data if key not in fields]
    if unknown and strict:
        raise BadInput("plain.unknown", where=f"{prefix}{unknown[0]}", allowed=", ".join(fields))
    missing = [name for name, f in fields.items() if name not in data and _is_required(f)]
    if missing:
        raise BadInput("plain.missing", where=f"{prefix}{missing[0]}")
    hints = _hints(kind)
    known = {k: v for k, v in data.items() if k in fields}
    values = {k: _read(hints[k], v, f"{prefix}{k}", strict=strict) for k, v in known.items()}
    try:
        return kind(**values)
    except BadInput as fault:  # of what it refuses itself it knows no place
        raise BadInput(fault.code, **{"where": where, **fault.params}) from None


def _is_required(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _read_choice(kind: type[Enum], data: object, where: str) -> object:
    try:
        return kind(data)
    except ValueError:
        allowed = ", ".join(str(member.value) for member in kind)
        raise BadInput("plain.choice", where=where or "-", found=str(data)[:60], allowed=allowed) from None


def _read_scalar(kind: Any, data: object, where: str) -> object:
    if kind in (datetime, date, time):
        return _read_time(kind, data, where)
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if kind is Any or kind is object:
        return data
    # True is an int to Python, and not to us.
    if (isinstance(data, bool) and kind is not bool) or not isinstance(data, kind):
        raise _wrong(where, kind.__name__, data)
    return data


def _read_time(kind: Any, data: object, where: str) -> object:
    expected = {datetime: "date and time", date: "date", time: "time"}[kind]
    value = data
    if isinstance(data, str):
        try:
            value = kind.fromisoformat(data)
        except ValueError:
            raise _wrong(where, expected, data) from None
    # A datetime is a date to Python, and not to us; and all our times are wall times: their zone stands
    # beside them.
    if type(value) is not kind or getattr(value, "tzinfo", None) is not None:
        raise _wrong(where, expected, data)
    return value
