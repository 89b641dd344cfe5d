"""A foreign file as rows of cells: decompressed, decoded, bounded, and checked whole before any is used."""

import csv
import gzip
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from supporttui.domain.faults import BadInput
from supporttui.intake.mapping import Encoding, MappingFile

MAX_LINE = 1 << 20
"""Characters of one line; a longer one is not a table's."""
MAX_RECORD_LINES = 2_000
"""Lines of one record: a quote that never closes would swallow the rest of the file."""
MAX_COLUMNS = 2_000
_DELIMITERS = ";\t,|"
_GZIP = b"\x1f\x8b"

Progress = Callable[[int, int], None]
"""Called with bytes read and bytes in all, both of the file as it is stored."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the line on which it starts, and its cells."""

    line: int
    cells: tuple[str, ...]


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
            ``import.header_twice``, ``import.not_text``, ``import.damaged``, ``import.line_too_long`` or
            ``import.not_csv``.
    """
    with _opened(path, mapping) as (_, text):
        records = _records(text, path, mapping)
        header = next(records, Record(1, ())).cells
        _check_header(header, path, mapping, needed)
        index = header.index(mapping.columns.number)
        numbers: Counter[str] = Counter()
        rows = 0
        for record in records:
            rows += 1
            if index < len(record.cells):
                numbers[record.cells[index].strip()] += 1
    return Checked(path, header, rows, numbers, path.stat().st_size)


def records(checked: Checked, mapping: MappingFile, progress: Progress | None = None) -> Iterator[Record]:
    """The rows below the header, streamed.

    Raises:
        BadInput: as ``check``, if the file changed in between.
    """
    with _opened(checked.path, mapping) as (raw, text):
        found = _records(text, checked.path, mapping)
        if next(found, Record(1, ())).cells != checked.header:
            raise BadInput("import.file_changed", file=str(checked.path))
        for count, record in enumerate(found):
            if progress is not None and count % 500 == 0:
                progress(min(raw.tell(), checked.bytes), checked.bytes)
            yield record
        if progress is not None:
            progress(checked.bytes, checked.bytes)


@contextmanager
def _opened(path: Path, mapping: MappingFile) -> Iterator[tuple[BinaryIO, TextIO]]:
    """The file as it is stored, for its place, and its text."""
    encoding = "utf-8-sig" if mapping.encoding is Encoding.utf8 else mapping.encoding.value
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        raise BadInput("import.file_missing", file=str(path)) from None
    except OSError as fault:
        raise _unreadable(path, fault) from None
    with stream:
        packed = stream.read(2) == _GZIP
        if path.suffix == ".gz" and not packed:
            raise BadInput("import.not_gzip", file=str(path))
        stream.seek(0)
        data = cast("BinaryIO", gzip.GzipFile(fileobj=stream)) if packed else stream
        with TextIOWrapper(data, encoding=encoding, newline="") as text:
            yield stream, text


def _unreadable(path: Path, fault: OSError) -> BadInput:
    return BadInput("import.file_unreadable", file=str(path), problem=fault.strerror or type(fault).__name__)


def _records(text: TextIO, path: Path, mapping: MappingFile) -> Iterator[Record]:
    """Every record of the file, the header first; blank lines are left out."""
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
        line = self._read()
        if not line:
            raise StopIteration
        self.line += 1
        if len(line) >= MAX_LINE:
            raise BadInput("import.line_too_long", file=str(self.path), line=self.line, most=MAX_LINE)
        if self.line - self.first >= MAX_RECORD_LINES:
            raise BadInput("import.quote_open", file=str(self.path), line=self.first)
        return line.replace("\0", "\N{REPLACEMENT CHARACTER}")

    def _read(self) -> str:
        try:
            return self.text.readline(MAX_LINE)
        except UnicodeDecodeError as fault:
            # Text is decoded in blocks: lines of this one before the fault were not handed out yet.
            line = self.line + 1 + fault.object.count(b"\n", 0, fault.start)
            raise BadInput("import.not_text", file=str(self.path), line=line, encoding=fault.encoding) from None
        except (gzip.BadGzipFile, EOFError, zlib.error):
            raise BadInput("import.damaged", file=str(self.path), line=self.line + 1) from None
        except OSError as fault:
            raise _unreadable(self.path, fault) from None


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
