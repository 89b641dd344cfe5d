"""The least and the most that numbers of the settings may be, as their fields say."""

from collections.abc import Iterator, Mapping
from dataclasses import Field, fields, is_dataclass
from typing import Any, NamedTuple


class Outside(NamedTuple):
    """A number beyond its bounds."""

    key: str
    """Dotted, such as ``intake.mailboxes.help.every``."""
    found: int
    allowed: str


def bounds_of(one: Field[Any]) -> tuple[int, int] | None:
    """The least and the most that a number may be."""
    return (one.metadata["least"], one.metadata["most"]) if "least" in one.metadata else None


def outside(value: object, at: str = "") -> Iterator[Outside]:
    """Every number of a value, or of what it holds, that is beyond its bounds; ``at`` is the value's own dotted key."""
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield from outside(one, f"{at}.{name}")
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            yield from outside(one, f"{at}[{place}]")
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _of_field(field, getattr(value, field.name), f"{at}.{field.name}" if at else field.name)


def _of_field(field: Field[Any], found: Any, key: str) -> Iterator[Outside]:
    bounds = bounds_of(field)
    if bounds is None:
        yield from outside(found, key)
    elif not bounds[0] <= found <= bounds[1]:
        yield Outside(key, found, f"{bounds[0]}–{bounds[1]}")
