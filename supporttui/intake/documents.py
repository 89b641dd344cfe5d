"""JSON of other systems as rows of cells: an array somewhere in a document, or one object a line.

A column is a path: ``fields.status.name``; a number picks from a list (``owners.0.name``), a name goes through
all of its members (``components.name``), and several values are joined by ``, ``.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from supporttui.domain.faults import BadInput
from supporttui.intake.opening import next_line

MAX_DOCUMENT = 1 << 28
"""Characters of a document, which is read whole; objects a line are read one by one."""
_BLANKS = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Found:
    """An object of the file: the line on which it begins, its path, and its cells."""

    line: int
    path: str
    cells: tuple[str, ...]


def records(text: TextIO, path: Path, rows: str, columns: Sequence[str]) -> Iterator[Found]:
    """Every object, by these columns; what an object lacks is empty.

    ``rows`` is the path of the array; a document that is an array itself needs none.

    Raises:
        BadInput: ``import.empty``, ``import.not_json``, ``import.no_rows``, ``import.document_too_large``; as
            ``next_line``.
    """
    first, number = "", 0
    while not first.strip():
        number += 1
        if not (first := next_line(text, path, number - 1, most=MAX_DOCUMENT)):
            raise BadInput("import.empty", file=str(path))
    found = _object(first)
    if found is None or isinstance(value_at(found, rows), list):
        body = "\n" * (number - 1) + first + _rest(text, path, number, MAX_DOCUMENT - len(first))
        objects = _array(_Walk(path, body), [key for key in rows.split(".") if key], rows)
    else:
        objects = _lines(text, path, number, first)
    for line, place, value in objects:
        if not isinstance(value, dict):
            raise BadInput("import.not_json", file=str(path), line=line, reason="{ … }")
        yield Found(line, place, tuple(text_of(value_at(value, column)) for column in columns))


Objects = Iterator[tuple[int, str, object]]
"""Line, path and value."""


def _object(line: str) -> Mapping[str, object] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _rest(text: TextIO, path: Path, number: int, most: int) -> str:
    lines: list[str] = []
    length = 0
    while line := next_line(text, path, number + len(lines), most=MAX_DOCUMENT):
        length += len(line)
        if length >= most:
            raise BadInput("import.document_too_large", file=str(path), most=MAX_DOCUMENT >> 20)
        lines.append(line)
    return "".join(lines)


def _lines(text: TextIO, path: Path, number: int, first: str) -> Objects:
    line = first
    while line:
        if line.strip():
            try:
                yield number, "", json.loads(line)
            except (ValueError, RecursionError) as error:
                raise BadInput("import.not_json", file=str(path), line=number, reason=_short(error)) from None
        line = next_line(text, path, number, most=MAX_DOCUMENT)
        number += 1


def _array(walk: "_Walk", keys: Sequence[str], rows: str) -> Objects:
    if not walk.take("["):
        for key in keys:
            if not walk.enter(key):
                raise BadInput("import.no_rows", file=str(walk.file), rows=rows)
        if not keys or not walk.take("["):
            raise BadInput("import.no_rows", file=str(walk.file), rows=rows)
        rows = ".".join(keys)
    else:
        rows = ""
    count = 0
    while not walk.take("]"):
        if count and not walk.take(","):
            raise walk.wrong(", ]")
        walk.skip()
        yield walk.line, f"{rows}[{count}]", walk.value()
        count += 1


@dataclass(slots=True)
class _Walk:
    """A place in the text of a document, which moves on value by value."""

    file: Path
    text: str = field(repr=False)
    at: int = 0
    line: int = 1
    _counted: int = 0

    def skip(self) -> None:
        """Past blanks, counting lines."""
        while self.at < len(self.text) and self.text[self.at] in _BLANKS:
            self.at += 1
        self.line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at

    def take(self, sign: str) -> bool:
        """Past a sign, if it is the next."""
        self.skip()
        if not self.text.startswith(sign, self.at):
            return False
        self.at += 1
        return True

    def value(self) -> object:
        """The next value, whole."""
        self.skip()
        try:
            found, self.at = json.JSONDecoder().raw_decode(self.text, self.at)
        except (ValueError, RecursionError) as error:
            if isinstance(error, json.JSONDecodeError):
                self.line += self.text.count("\n", self._counted, error.pos)
            raise self.wrong(_short(error)) from None
        return found

    def enter(self, wanted: str) -> bool:
        """To the value under a key of the object that comes next."""
        if not self.take("{") or self.take("}"):
            return False
        while True:
            key = self.value()
            if not self.take(":"):
                raise self.wrong(":")
            if key == wanted:
                return True
            self.value()
            if not self.take(","):
                return False

    def wrong(self, reason: str) -> BadInput:
        """The fault of what stands here."""
        return BadInput("import.not_json", file=str(self.file), line=self.line, reason=reason)


def _short(error: Exception) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__


def value_at(value: object, path: str) -> object:
    """What stands at a path; ``None`` where nothing does.

    >>> value_at({"fields": {"labels": [{"name": "vpn"}, {"name": "mail"}]}}, "fields.labels.name")
    ['vpn', 'mail']
    """
    if isinstance(value, list):
        head, _, rest = path.partition(".")
        if head.isdigit():
            place = int(head)
            found = value[place] if place < len(value) else None
            return value_at(found, rest) if rest else found
        return [value_at(member, path) for member in value]
    if not isinstance(value, dict) or not path:
        return None
    if path in value:
        return value[path]
    head, _, rest = path.partition(".")
    return value_at(value.get(head), rest) if rest else None


def text_of(value: object) -> str:
    """A value as the text of a cell.

    >>> text_of(["vpn", None, "mail"]), text_of(True), text_of(3), text_of({"a": 1})
    ('vpn, mail', 'true', '3', '{"a": 1}')
    """
    match value:
        case None:
            return ""
        case str():
            return value
        case list():
            return ", ".join(text for member in value if (text := text_of(member)))
        case _:
            return json.dumps(value, ensure_ascii=False)
