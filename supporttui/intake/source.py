"""A foreign file as rows of cells: decompressed, decoded, bounded, and checked whole before any is used."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from supporttui.domain.faults import BadInput
from supporttui.intake import documents
from supporttui.intake.cells import columns_of
from supporttui.intake.mapping import Format, MappingFile
from supporttui.intake.opening import next_line, opened

MAX_LINE = 1 << 20
"""Characters of one line; a longer one is not a table's."""
MAX_RECORD_LINES = 2_000
"""Lines of one record: a quote that never closes would swallow the rest of the file."""
MAX_COLUMNS = 2_000
_DELIMITERS = ";\t,|"

Progress = Callable[[int, int], None]
"""Called with bytes read and bytes in all, both of the file as it is stored."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the line on which it starts, its cells, and in a document its path."""

    line: int
    cells: tuple[str, ...]
    path: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that is what it claims: its header, and how often each number occurs in it."""

    path: Path
    header: tuple[str, ...]
    rows: int
    per_number: Counter[str]
    bytes: int


def check(path: Path, mapping: MappingFile, *, needed: Sequence[str]) -> Checked:
    """Read the whole file once and keep its shape; whatever is wrong with it as a file is found here.

    Raises:
        BadInput: ``import.file_missing``, ``import.file_unreadable``, ``import.empty``, ``import.not_gzip``,
            ``import.delimiter``, ``import.not_that_file`` (with the columns that are missing),
            ``import.header_twice``, ``import.not_text``, ``import.damaged``, ``import.line_too_long``,
            ``import.not_csv``, or as ``documents.records``.
    """
    with opened(path, mapping.encoding.value) as (_, text):
        records = _records(text, path, mapping)
        header = next(records, Record(1, ())).cells
        _check_header(header, path, mapping, needed)
        index = header.index(mapping.columns.number)
        numbers: Counter[str] = Counter()
        rows, told = 0, [False] * len(header)
        for record in records:
            rows += 1
            if index < len(record.cells):
                numbers[record.cells[index].strip()] += 1
            if mapping.format is Format.json:
                told = [before or bool(cell) for before, cell in zip(told, record.cells, strict=True)]
    if mapping.format is Format.json:
        _check_told([column for column, some in zip(header, told, strict=True) if some], path, mapping, needed)
    return Checked(path, header, rows, numbers, path.stat().st_size)


def records(checked: Checked, mapping: MappingFile, progress: Progress | None = None) -> Iterator[Record]:
    """The rows below the header, streamed.

    Raises:
        BadInput: as ``check``, if the file changed in between.
    """
    with opened(checked.path, mapping.encoding.value) as (raw, text):
        found = _records(text, checked.path, mapping)
        if next(found, Record(1, ())).cells != checked.header:
            raise BadInput("import.file_changed", file=str(checked.path))
        for count, record in enumerate(found):
            if progress is not None and count % 500 == 0:
                progress(min(raw.tell(), checked.bytes), checked.bytes)
            yield record
        if progress is not None:
            progress(checked.bytes, checked.bytes)


def _records(text: TextIO, path: Path, mapping: MappingFile) -> Iterator[Record]:
    """Every record of the file, the header first; blank lines are left out."""
    if mapping.format is Format.json:
        columns = columns_of(mapping)
        yield Record(1, columns)
        for found in documents.records(text, path, mapping.rows, columns):
            yield Record(found.line, found.cells, found.path)
        return
    lines = _Lines(text, path)
    reader = csv.reader(lines, delimiter=mapping.delimiter, strict=True)
    while True:
        lines.start()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise BadInput("import.not_csv", file=str(path), line=lines.first, problem=str(fault)[:120]) from None
        if cells:
            yield Record(lines.first, tuple(cells))


class _Lines:
    """Lines of text with their number, each bounded, U+0000 replaced."""

    def __init__(self, text: TextIO, path: Path) -> None:
        self.text, self.path = text, path
        self.line = 0
        self.first = 1

    def start(self) -> None:
        """The next line begins a record."""
        self.first = self.line + 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next_line(self.text, self.path, self.line, most=MAX_LINE)
        if not line:
            raise StopIteration
        self.line += 1
        if self.line - self.first >= MAX_RECORD_LINES:
            raise BadInput("import.quote_open", file=str(self.path), line=self.first)
        return line.replace("\0", "\N{REPLACEMENT CHARACTER}")


def _check_header(header: Sequence[str], path: Path, mapping: MappingFile, needed: Sequence[str]) -> None:
    if not header:
        raise BadInput("import.empty", file=str(path))
    found = next((sign for sign in _DELIMITERS if sign in header[0]), "") if len(header) == 1 else ""
    if found and needed:
        raise BadInput("import.delimiter", file=str(path), found=repr(found), expected=repr(mapping.delimiter), line=1)
    missing = [column for column in needed if column not in header]
    if missing or len(header) > MAX_COLUMNS:
        raise BadInput("import.not_that_file", file=str(path), preset=mapping.file, missing=", ".join(missing), line=1)
    twice = [column for column, count in Counter(header).items() if count > 1 and column in needed]
    if twice:
        raise BadInput("import.header_twice", file=str(path), column=twice[0], line=1)


def _check_told(told: Sequence[str], path: Path, mapping: MappingFile, needed: Sequence[str]) -> None:
    """Objects bring their own names: what not one of them has, this file does not have."""
    missing = [column for column in needed if column not in told]
    if missing:
        raise BadInput("import.not_that_file", file=str(path), preset=mapping.file, missing=", ".join(missing), line=1)
