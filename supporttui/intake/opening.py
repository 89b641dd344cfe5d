"""A foreign file as text: decompressed, decoded, its lines bounded; what cannot be read is told with its line."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from supporttui.domain.faults import BadInput

_GZIP = b"\x1f\x8b"


@contextmanager
def opened(path: Path, encoding: str) -> Iterator[tuple[BinaryIO, TextIO]]:
    """The file as it is stored, for its place, and its text.

    Raises:
        BadInput: ``import.file_missing``, ``import.file_unreadable``, ``import.not_gzip``.
    """
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        raise BadInput("import.file_missing", file=str(path)) from None
    except OSError as fault:
        raise unreadable(path, fault) from None
    with stream:
        packed = stream.read(2) == _GZIP
        if path.suffix == ".gz" and not packed:
            raise BadInput("import.not_gzip", file=str(path))
        stream.seek(0)
        data = cast("BinaryIO", gzip.GzipFile(fileobj=stream)) if packed else stream
        with TextIOWrapper(data, encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as text:
            yield stream, text


def next_line(text: TextIO, path: Path, line: int, *, most: int) -> str:
    """The line behind ``line``, with its end; empty at the end of the file.

    Raises:
        BadInput: ``import.not_text``, ``import.damaged``, ``import.file_unreadable``, ``import.line_too_long``.
    """
    try:
        found = text.readline(most)
    except UnicodeDecodeError as fault:
        # Text is decoded in blocks: lines of this one before the fault were not handed out yet.
        place = line + 1 + fault.object.count(b"\n", 0, fault.start)
        raise BadInput("import.not_text", file=str(path), line=place, encoding=fault.encoding) from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise BadInput("import.damaged", file=str(path), line=line + 1) from None
    except OSError as fault:
        raise unreadable(path, fault) from None
    if len(found) >= most:
        raise BadInput("import.line_too_long", file=str(path), line=line + 1, most=most)
    return found


def text_lines(text: TextIO, path: Path, *, most: int) -> Iterator[tuple[int, str]]:
    """Number and text of every line that is not blank, without its end. Raises as ``next_line``."""
    number = 0
    while line := next_line(text, path, number, most=most):
        number += 1
        if bare := line.rstrip("\r\n"):
            yield number, bare


def unreadable(path: Path, fault: OSError) -> BadInput:
    """The fault of a file that the system does not give."""
    return BadInput("import.file_unreadable", file=str(path), problem=fault.strerror or type(fault).__name__)
