"""An iCalendar file as its components, each with its place; what is not one is refused before it is read further."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from supporttui.domain.faults import BadInput
from supporttui.intake.opening import opened, text_lines

MOST_LINES = 500_000
MAX_LINE = 1 << 16
MAX_PROPERTY = 1 << 20
"""Characters, once the pieces of a folded line are joined."""
_DEEPEST = 4
_CONTENT = re.compile(r"([A-Za-z0-9-]+)[;:]")


@dataclass(frozen=True, slots=True)
class Line:
    """A property, unfolded, and the line of the file on which it begins."""

    number: int
    text: str

    @property
    def name(self) -> str:
        """Of the property, in capitals."""
        return re.split("[;:]", self.text, maxsplit=1)[0].upper()

    @property
    def value(self) -> str:
        """What stands behind the first colon; only for properties whose parameters have none."""
        return self.text.partition(":")[2].strip()


@dataclass(frozen=True, slots=True)
class Component:
    """An event, a zone …: everything from its BEGIN to its END, and what is nested in it."""

    name: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """As a file has it, without folds."""
        return "".join(f"{line.text}\r\n" for line in self.lines)

    @property
    def line(self) -> int:
        """Where it begins."""
        return self.lines[0].number

    def place(self, name: str) -> int:
        """The line of its first property of this name, or where it begins."""
        return next((line.number for line in self.lines if line.name == name.upper()), self.line)

    def first(self, name: str) -> str:
        """The value of its first property of this name; empty without one."""
        return next((line.value for line in self.lines if line.name == name), "")


def components(path: Path) -> tuple[Component, ...]:
    """What stands in the calendars of a file, in its order.

    Raises:
        BadInput: ``import.empty``, ``import.not_calendar``, ``import.calendar_line``, ``import.calendar_nesting``,
            ``import.calendar_cut_off``, ``import.calendar_large``; as ``opening.next_line``.
    """
    found: list[Component] = []
    open_ones: list[str] = []
    parts: list[Line] = []
    line = None
    for line in _unfolded(path):
        name = _name(path, line)
        if not open_ones and (name, line.value.upper()) != ("BEGIN", "VCALENDAR"):
            raise BadInput("import.not_calendar", file=str(path), line=line.number)
        if len(open_ones) + (name == "BEGIN") > 1:
            parts.append(line)
        _step(path, line, name, open_ones)
        if name == "END" and len(open_ones) == 1:
            found.append(Component(line.value.upper(), tuple(parts)))
        if len(open_ones) < 2:
            parts.clear()
    if line is None:
        raise BadInput("import.empty", file=str(path))
    if open_ones:
        raise BadInput("import.calendar_cut_off", file=str(path), line=line.number, missing=f"END:{open_ones[-1]}")
    return tuple(found)


def _name(path: Path, line: Line) -> str:
    if _CONTENT.match(line.text) is None or ":" not in line.text:
        code = "import.calendar_line" if line.number > 1 else "import.not_calendar"
        raise BadInput(code, file=str(path), line=line.number)
    return line.name


def _step(path: Path, line: Line, name: str, open_ones: list[str]) -> None:
    """Into a component, or out of the one that was begun last."""
    if name == "BEGIN":
        open_ones.append(line.value.upper())
        if len(open_ones) > _DEEPEST:
            raise BadInput("import.calendar_nesting", file=str(path), line=line.number, expected="END")
    elif name == "END" and line.value.upper() != open_ones.pop():
        raise BadInput("import.calendar_nesting", file=str(path), line=line.number, expected="END")


def _unfolded(path: Path) -> Iterator[Line]:
    """Lines with those joined to them that begin with a blank."""
    with opened(path, "utf-8") as (_, text):
        first, pieces = 0, list[str]()
        for count, (number, line) in enumerate(text_lines(text, path, most=MAX_LINE)):
            if count >= MOST_LINES:
                raise BadInput("import.calendar_large", file=str(path), most=MOST_LINES)
            if pieces and line[0] in " \t":
                pieces.append(line[1:])
                continue
            if pieces:
                yield _joined(path, first, pieces)
            first, pieces = number, [line]
        if pieces:
            yield _joined(path, first, pieces)


def _joined(path: Path, number: int, pieces: Sequence[str]) -> Line:
    text = "".join(pieces)
    if len(text) > MAX_PROPERTY:
        raise BadInput("import.line_too_long", file=str(path), line=number, most=MAX_PROPERTY)
    return Line(number, text)
