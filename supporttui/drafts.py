"""What was typed and not yet sent, on disk: one file for each ticket and kind, so that a lost line loses nothing.

Mode 0600, in a folder that belongs to one person and one database. Each file is replaced whole: a crash leaves the
text of a moment ago, never half a file.
"""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from supporttui.domain.faults import Unavailable
from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text

VERSION = 1
MOST = 10_000_000
"""Characters of one text: far beyond what anybody types, so that nothing is cut."""
_END = ".json"


@dataclass(frozen=True, slots=True)
class Draft:
    """A text, or the fields of a form, that somebody has not sent yet."""

    kind: str
    """What it will be: ``note``, ``reply``, ``edit``, ``new`` …, the last word of the action's id."""
    ticket: TicketId | None
    """``None``: for a ticket that is not there yet."""
    saved: Instant
    texts: Mapping[str, str] = field(default_factory=dict)
    """Field → what was typed, cleaned."""


class Drafts:
    """The drafts in one folder; without a folder none is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get(self, kind: str, ticket: TicketId | None) -> Draft | None:
        """What was typed; a file that cannot be read is no draft, and stays."""
        path = self._path(kind, ticket)
        return _read(path) if path is not None else None

    def all(self) -> tuple[Draft, ...]:
        """Every draft, the newest first."""
        return tuple(sorted(self._found("*"), key=lambda draft: -draft.saved))

    def of_ticket(self, ticket: TicketId) -> tuple[Draft, ...]:
        """The drafts of one ticket, the newest first."""
        return tuple(sorted(self._found(f"{ticket}-*"), key=lambda draft: -draft.saved))

    def put(self, draft: Draft) -> bool:
        """Keep it instead of the one before; False where there is no folder to keep it in.

        Raises:
            Unavailable: ``draft.unwritten``; what was kept before is still there.
        """
        path = self._path(draft.kind, draft.ticket)
        if path is None:
            return False
        texts = {name: safe_text(text, one_line=False, limit=MOST) for name, text in draft.texts.items()}
        stored = {"v": VERSION, "kind": draft.kind, "ticket": draft.ticket, "saved": draft.saved, "texts": texts}
        try:
            _replace(path, json.dumps(stored, ensure_ascii=False, indent=1))
        except OSError as error:
            raise Unavailable("draft.unwritten", reason=error.strerror or type(error).__name__) from None
        return True

    def drop(self, kind: str, ticket: TicketId | None) -> None:
        """Forget it: it was sent, or is not wanted."""
        path = self._path(kind, ticket)
        if path is not None:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def _path(self, kind: str, ticket: TicketId | None) -> Path | None:
        if self.folder is None:
            return None
        return self.folder / f"{kind if ticket is None else f'{ticket}-{kind}'}{_END}"

    def _found(self, pattern: str) -> Iterator[Draft]:
        if self.folder is not None:
            for path in self.folder.glob(f"{pattern}{_END}"):
                if (draft := _read(path)) is not None:
                    yield draft


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)  # 0600 from the first byte
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:  # also Ctrl+C: no half-written file stays behind
        Path(name).unlink(missing_ok=True)
        raise


def _read(path: Path) -> Draft | None:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        ticket = stored["ticket"]
        texts = {str(n): safe_text(str(text), one_line=False, limit=MOST) for n, text in stored["texts"].items()}
        return Draft(
            str(stored["kind"]), None if ticket is None else TicketId(int(ticket)), Instant(int(stored["saved"])), texts
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
