"""Everything of a database as JSON lines, written and read: a header, plain rows, and an end that proves them whole.

Each line is one object; its ``line`` says what it is. The header comes first, then ``site``, ``definition``,
``override``, ``swap``, ``absence``, ``pinned``, ``duty``, ``view``, ``fact`` (in the order of the journal, each with
its hash) and ``notice``, then ``end`` with counts and the SHA-256 of every line before it. Instants are seconds since
1970 in UTC.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supporttui.domain.events import KINDS
from supporttui.domain.faults import BadInput
from supporttui.intake.opening import opened, text_lines
from supporttui.intake.source import Progress
from supporttui.usecases import exporting
from supporttui.usecases.archive import Carried, Head, PlainRow
from supporttui.usecases.ports import Store

FORMAT = "supporttui-snapshot"
VERSION = 3
"""Of this form; it grows when a reader of the form before could not read it."""
MAX_LINE = 1 << 26
"""Characters of one line: a ticket's text is at most some megabytes."""
_DEFINED = "definition"
_HEADER, _END = "header", "end"


@dataclass(frozen=True, slots=True)
class Made:
    """What a snapshot holds."""

    counts: Mapping[str, int]
    head: Head
    created: str


# --- writing ------------------------------------------------------------------------------------------


def write(
    store: Store, put: Callable[[str], object], created: str, *, program: str, tell: Progress | None = None
) -> Made:
    """Hand every line to ``put``, without its line end; ``tell`` hears how many facts are written, and of how many."""
    with store.read() as tx:
        first = exporting.beginning(tx)
    written = _Written(put)
    written.line(
        _HEADER, format=FORMAT, version=VERSION, program=program, created=created,
        counts={kind.value: first.counts[kind] for kind in Carried},
        journal={"seq": first.head.seq, "hash": first.head.hash},
    )  # fmt: skip
    for kind, row in first.rows:
        written.row(kind, row)
    for row in exporting.facts(store.read, first.head):
        written.row(Carried.fact, row)
        if tell is not None and (row["seq"] % exporting.BATCH == 0 or row["seq"] == first.head.seq):
            tell(row["seq"], first.head.seq)
    for row in exporting.notices(store.read):
        written.row(Carried.notice, row)
    counts = {kind.value: written.counts[kind.value] for kind in Carried}
    written.line(_END, counts=counts, sha256=written.digest())
    return Made(counts, first.head, created)


class _Written:
    """The lines so far: how many of each kind, and their hash."""

    def __init__(self, put: Callable[[str], object]) -> None:
        self._put = put
        self._hash = hashlib.sha256()
        self.counts: Counter[str] = Counter()

    def row(self, kind: Carried, row: PlainRow) -> None:
        self.line(kind.value, **row)
        self.counts[kind.value] += 1

    def line(self, line: str, **values: Any) -> None:
        text = json.dumps({"line": line, **values}, separators=(",", ":"))  # ASCII: no terminal obeys it
        self._hash.update(text.encode() + b"\n")
        self._put(text)

    def digest(self) -> str:
        return self._hash.hexdigest()


# --- reading ------------------------------------------------------------------------------------------


def is_snapshot(path: Path) -> bool:
    """Whether a file begins as a snapshot does. Raises BadInput where it cannot be read."""
    with opened(path, "utf-8") as (_, text):
        try:
            return f'"{FORMAT}"' in text.readline(500)
        except UnicodeDecodeError:
            return False


def check(path: Path, tell: Progress | None = None) -> Made:
    """Read all of a snapshot, to make sure that it is one, whole, and of a form that is known here.

    Raises:
        BadInput: ``snapshot.not_one``, ``snapshot.newer``, ``snapshot.line`` with line and reason,
            ``snapshot.cut_off``, ``snapshot.changed``; ``import.…`` for a file that cannot be read.
    """
    found: Made | None = None
    counts: Counter[str] = Counter()
    for number, line, told in _lines(path, tell):
        if found is None:
            found = _header(path, told)
            continue
        if told["line"] == _END:
            return _proven(path, found, counts, told)
        _check_row(path, number, told)
        counts[told["line"]] += 1
        del line
    raise BadInput("snapshot.not_one" if found is None else "snapshot.cut_off", file=str(path))


def rows(path: Path, tell: Progress | None = None) -> Iterator[tuple[Carried, PlainRow]]:
    """The rows of a snapshot that was checked."""
    for _, _, told in _lines(path, tell):
        if told["line"] not in (_HEADER, _END):
            yield Carried(told.pop("line")), told


def _lines(path: Path, tell: Progress | None) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Number, text and object of each line; the hash of what is read is held against the end's."""
    digest = hashlib.sha256()
    size = path.stat().st_size if path.exists() else 0
    with opened(path, "utf-8") as (raw, text):
        for number, line in text_lines(text, path, most=MAX_LINE):
            told = _object(path, number, line)
            if told["line"] == _END and told.get("sha256") != digest.hexdigest():
                raise BadInput("snapshot.changed", file=str(path))
            digest.update(line.encode() + b"\n")
            if tell is not None and number % exporting.BATCH == 0:
                tell(min(raw.tell(), size), size)
            yield number, line, told
        if tell is not None:
            tell(size, size)


def _object(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _wrong(path, number, str(error)) from None
    if not isinstance(told, dict) or not isinstance(told.get("line"), str):
        raise _wrong(path, number, '"line"')
    return told


def _wrong(path: Path, number: int, reason: str) -> BadInput:
    if number == 1:
        return BadInput("snapshot.not_one", file=str(path))
    return BadInput("snapshot.line", file=str(path), line=number, reason=reason[:120])


def _header(path: Path, told: Mapping[str, Any]) -> Made:
    version, journal = told.get("version"), told.get("journal")
    if told["line"] != _HEADER or told.get("format") != FORMAT or not isinstance(version, int):
        raise BadInput("snapshot.not_one", file=str(path))
    if version > VERSION:
        raise BadInput("snapshot.newer", file=str(path), found=version, known=VERSION)
    if not isinstance(journal, dict) or not isinstance(journal.get("seq"), int):
        raise BadInput("snapshot.not_one", file=str(path))
    counts = told.get("counts")
    return Made(
        counts if isinstance(counts, dict) else {},
        Head(journal["seq"], str(journal.get("hash", ""))),
        str(told.get("created", "")),
    )


def _check_row(path: Path, number: int, told: Mapping[str, Any]) -> None:
    kind = told["line"]
    if kind not in tuple(Carried):
        raise _wrong(path, number, f'"line": {kind}')
    if kind == Carried.fact:
        payload = told.get("payload")
        word = payload.get("kind") if isinstance(payload, dict) else None
        if word != _DEFINED and word not in KINDS:
            raise BadInput("snapshot.fact", file=str(path), line=number, found=str(word)[:40])


def _proven(path: Path, found: Made, counts: Counter[str], end: Mapping[str, Any]) -> Made:
    """Nothing is missing, and the journal reaches its head."""
    told = end.get("counts")
    if not isinstance(told, dict) or +Counter(told) != +counts:  # an older form names fewer kinds
        raise BadInput("snapshot.changed", file=str(path))
    if counts[Carried.fact.value] != found.head.seq:
        raise BadInput("snapshot.changed", file=str(path))
    return Made(dict(counts), found.head, found.created)
