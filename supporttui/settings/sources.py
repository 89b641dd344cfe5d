"""Where a value was set, so that a fault can point at it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from supporttui.domain.faults import BadInput, Param
from supporttui.domain.plain import from_plain
from supporttui.settings.bounds import Outside, outside

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Source:
    """A file with its text, an environment variable, or an option."""

    name: str
    text: str = ""

    def line_of(self, key: str) -> int:
        """The line on which a dotted key is set, 0 if that cannot be told."""
        return _line_of(self.text, key.split("."))


Origins = Mapping[str, Source]
UNKNOWN = Source("-")


def fill(kind: type[T], table: Mapping[str, Any], *, at: str = "", origins: Origins | None = None) -> T:
    """The options of a part from its table; ``at`` is the table's own dotted key.

    Raises:
        BadInput: ``settings.unknown_key``, ``settings.missing_key``, ``settings.wrong_type`` or
            ``settings.not_allowed``; each with ``file``, ``key`` and ``line`` (0: unknown).
    """
    try:
        found = from_plain(kind, table, where=at)
    except BadInput as fault:
        raise pointed(fault, origins or {}) from None
    for beyond in outside(found, at):
        raise not_allowed(beyond, origins or {})
    return found


def not_allowed(beyond: Outside, origins: Origins) -> BadInput:
    """The fault of a number beyond its bounds."""
    return fault_at(beyond.key, origins, "settings.not_allowed", found=beyond.found, allowed=beyond.allowed)


def fault_at(key: str, origins: Origins, code: str, **params: Param) -> BadInput:
    """A fault that names the source, the key and its line beside its own parameters.

    ``place`` is what a person is told: ``config.toml:3``, or the variable or option alone.
    """
    source = _source_of(key, origins)
    line = source.line_of(key)
    return BadInput(code, place=_place(source, key), file=source.name, key=key, line=line, **params)


def place_of(key: str, origins: Origins) -> str | None:
    """``config.toml:3``, a variable or an option; ``None`` for a value that nobody set."""
    whole = key.split("[", 1)[0]  # a list is set as one
    return _place(_source_of(key, origins), key) if whole in origins else None


def _place(source: Source, key: str) -> str:
    line = source.line_of(key)
    return f"{source.name}:{line}" if line else source.name


def pointed(fault: BadInput, origins: Origins) -> BadInput:
    """A fault of ``from_plain``, told of the file or variable that it comes from."""
    params = dict(fault.params)
    key = str(params.pop("where", "-"))
    match fault.code:
        case "plain.unknown":
            return fault_at(key, origins, "settings.unknown_key", **params)
        case "plain.missing":
            return fault_at(key, origins, "settings.missing_key", **params)
        case "plain.choice":
            return fault_at(key, origins, "settings.not_allowed", **params)
        case code if not code.startswith("plain."):  # what the part itself refuses
            where = f"{_place(_source_of(key, origins), key)}: {key}"
            return fault_at(key, origins, code, where=where, **params)
        case _:
            return fault_at(key, origins, "settings.wrong_type", **params)


def _source_of(key: str, origins: Origins) -> Source:
    """The source of the key, or of the nearest table around it."""
    parts = re.split(r"[.\[]", key)
    for length in range(len(parts), 0, -1):
        if source := origins.get(".".join(parts[:length])):
            return source
    return UNKNOWN


def _line_of(text: str, path: Sequence[str]) -> int:
    """The line of ``[a.b]`` + ``c =`` for the key ``a.b.c``; else of its table, if that is written.

    ``[[a]]`` written the second time is ``a[1]``.
    """
    nearest, table = 0, tuple[str, ...]()
    seen: Counter[tuple[str, ...]] = Counter()
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*(\[\[?)\s*([^\]]+?)\s*\]", line):
            table = _parts(header[2])
            if header[1] == "[[":
                seen[table] += 1
                table = (*table[:-1], f"{table[-1]}[{seen[table] - 1}]")
            nearest = number if _is_start(table, path) else nearest
        elif (key := re.match(r"\s*([^=#]+?)\s*=", line)) and _is_start((*table, *_parts(key[1])), path):
            return number
    return nearest


def _parts(written: str) -> tuple[str, ...]:
    return tuple(part.strip(" \"'") for part in written.split("."))


def _is_start(written: Sequence[str], path: Sequence[str]) -> bool:
    """Whether a path begins so; a list that is written in one place has no numbers there."""
    return len(written) <= len(path) and all(
        mine in (theirs, theirs.split("[", 1)[0]) for mine, theirs in zip(written, path, strict=False)
    )
