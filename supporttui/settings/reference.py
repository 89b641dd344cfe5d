"""What can be set, told of the dataclasses themselves: the commented file, the schema and README are made from it.

The meaning of a key is the docstring under its field; where the program came without its sources there is none.
"""

import ast
import inspect
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

from supporttui.domain.plain import to_plain
from supporttui.settings.bounds import bounds_of
from supporttui.settings.loading import PREFIX

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Choices = Mapping[str, Sequence[str]]
"""Dotted key → what else is allowed, where its type cannot say so."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One key."""

    key: str
    """Dotted; ``NAME`` stands for what a person chooses, ``[]`` for each of a list."""
    kind: Any
    default: object
    """As plain data; ``None`` where it must be given."""
    allowed: str
    meaning: str
    required: bool = False

    @property
    def variable(self) -> str:
        """The environment variable that sets it: two underscores for each dot."""
        return variable_of(self.key)


def variable_of(key: str) -> str:
    """``watch.lease`` is ``SUPPORTTUI_WATCH__LEASE``; a list has one variable for all of it."""
    return PREFIX + key.split("[", 1)[0].upper().replace(".", "__")


def entries(kind: type[Any], *, at: str = "", choices: Choices = types.MappingProxyType({})) -> tuple[Entry, ...]:
    """The keys of a part in their order; ``at`` is the dotted key of its table."""
    hints, told = get_type_hints(kind), meanings(kind)
    made = []
    for one in fields(kind):
        key = f"{at}.{one.name}" if at else one.name
        value, allowed = _default_of(one), _allowed(hints[one.name], one, choices.get(key, ()))
        default = None if value is MISSING else to_plain(value)
        made.append(
            Entry(key, hints[one.name], default, allowed, told.get(one.name, ""), required=value is MISSING)
        )  # fmt: skip
    return tuple(made)


def meanings(kind: type[Any]) -> Mapping[str, str]:
    """Field → the docstring under it, on one line; else that of its type, if that is one of ours."""
    try:
        (source,) = ast.parse(inspect.cleandoc("\n" + inspect.getsource(kind))).body
    except (OSError, SyntaxError, ValueError):
        return {}
    assert isinstance(source, ast.ClassDef)
    hints = get_type_hints(kind)
    found = {}
    for field, after in zip(source.body, [*source.body[1:], None], strict=True):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            name = field.target.id
            told = after.value if isinstance(after, ast.Expr) else None
            text = told.value if isinstance(told, ast.Constant) else _of_enum(hints.get(name))
            found[name] = " ".join(str(text).split()).replace("``", "`")
    return found


def _of_enum(kind: Any) -> str:
    return (kind.__doc__ or "") if isinstance(kind, type) and issubclass(kind, Enum) else ""


def _default_of(one: Field[Any]) -> object:
    if one.default is not MISSING:
        return one.default
    return one.default_factory() if one.default_factory is not MISSING else MISSING


def _allowed(kind: Any, one: Field[Any], choices: Sequence[str]) -> str:
    """What a value may be, in the words of the file itself."""
    if choices:
        return ", ".join(choices)
    if bounds := bounds_of(one):
        return f"{bounds[0]}–{bounds[1]}"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(str(member.value) for member in kind)
    if kind is bool:
        return "true, false"
    origin = get_origin(kind)
    names = {str: "text", int: "a whole number", float: "a number"}
    if isinstance(origin, type):
        return "table" if issubclass(origin, Mapping) else "list"
    return names.get(kind, "text")


# --- JSON Schema -----------------------------------------------------------------------------------------


def schema_of(kind: Any, *, at: str = "", choices: Choices = types.MappingProxyType({})) -> dict[str, Any]:
    """The JSON Schema of a type as ``from_plain`` reads it."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _schema_of_fields(kind, at, choices)
    origin, args = get_origin(kind), get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [schema_of(one) for one in args]}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema_of(args[1])}
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return {"type": "array", "items": schema_of(args[0])}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    return _scalar(kind)


def _scalar(kind: Any) -> dict[str, Any]:
    names = {bool: "boolean", int: "integer", float: "number", str: "string", type(None): "null"}
    return {"type": names[kind]} if kind in names else {}


def _schema_of_fields(kind: type[Any], at: str, choices: Choices) -> dict[str, Any]:
    hints = get_type_hints(kind)
    properties, needed = {}, []
    for one, entry in zip(fields(kind), entries(kind, at=at, choices=choices), strict=True):
        properties[one.name] = dict(_described(one, entry, schema_of(hints[one.name]), choices.get(entry.key, ())))
        needed += [one.name] if entry.required else []
    made: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**made, "required": needed} if needed else made


def _described(
    one: Field[Any], entry: Entry, schema: Mapping[str, Any], choices: Sequence[str]
) -> Iterator[tuple[str, Any]]:
    yield from schema.items()
    if choices:
        yield "enum", list(dict.fromkeys(("", *choices) if entry.default == "" else choices))
    if bounds := bounds_of(one):
        yield from (("minimum", bounds[0]), ("maximum", bounds[1]))
    if entry.meaning:
        yield "description", entry.meaning
    if not entry.required:
        yield "default", entry.default
