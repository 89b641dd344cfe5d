"""As much of JSON Schema (draft 2020-12) as our own schema uses; an unknown word of it is an error of the test."""

from collections.abc import Iterator, Mapping
from typing import Any

_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list, tuple), "string": (str,), "integer": (int,), "number": (int, float),
    "boolean": (bool,), "null": (type(None),),
}  # fmt: skip
_TOLD = {"$schema", "title", "description", "default"}


def errors(schema: Mapping[str, Any], data: Any, at: str = "$") -> list[str]:
    """What is wrong with the data, by its path."""
    return [error for word, value in schema.items() for error in _of(word, value, schema, data, at)]


def _of(word: str, value: Any, schema: Mapping[str, Any], data: Any, at: str) -> Iterator[str]:
    if word == "type" and not _is(value, data):
        yield f"{at}: no {value}"
    elif word == "enum" and data not in value:
        yield f"{at}: none of {value}"
    elif word == "const" and data != value:
        yield f"{at}: not {value}"
    elif (
        word in ("minimum", "maximum")
        and _is("number", data)
        and not (data >= value if word == "minimum" else data <= value)
    ):
        yield f"{at}: {word} {value}"
    elif word in ("anyOf", "oneOf"):
        fitting = sum(not errors(one, data, at) for one in value)
        if fitting < 1 or (word == "oneOf" and fitting > 1):
            yield f"{at}: {word} fits {fitting}"
    elif word in ("properties", "additionalProperties", "required"):
        yield from _of_object(word, value, schema, data, at) if isinstance(data, dict) else ()
    elif word == "items":
        for place, one in enumerate(data if isinstance(data, (list, tuple)) else ()):
            yield from errors(value, one, f"{at}[{place}]")
    else:
        assert word in _TOLD or word in ("type", "enum", "const", "minimum", "maximum"), word


def _of_object(word: str, value: Any, schema: Mapping[str, Any], data: dict[str, Any], at: str) -> Iterator[str]:
    if word == "required":
        yield from (f"{at}: {name} is missing" for name in value if name not in data)
        return
    for name, one in data.items():
        if word == "properties" and name in value:
            yield from errors(value[name], one, f"{at}.{name}")
        elif word == "additionalProperties" and name not in schema.get("properties", {}):
            yield from [f"{at}: {name} is unknown"] if value is False else errors(value, one, f"{at}.{name}")


def _is(kind: str, data: Any) -> bool:
    return isinstance(data, _TYPES[kind]) and (kind == "boolean" or not isinstance(data, bool))
