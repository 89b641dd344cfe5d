"""What is being typed now, kept on disk as it is typed: at once at the first letter, then once a second.

Whatever ends the desk, the last second is all that can be lost; a signal, or a terminal that is gone, loses nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from supporttui.domain.faults import SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.drafts import Draft, Drafts

SECONDS_BETWEEN_WRITES = 1.0
Key = tuple[str, TicketId | None]
"""Kind and ticket."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that lies in another program, the person's editor, as the file that it works on."""

    key: Key
    name: str
    path: Path


class Drafting:
    """The drafts of this desk: those on disk, and what was typed since the last write."""

    def __init__(
        self,
        folder: str,
        *,
        clock: Callable[[], Instant],
        later: Callable[[float, Callable[[], None]], object],
        refused: Callable[[SupportError], None],
    ) -> None:
        """An empty ``folder`` keeps nothing on disk.

        ``later(seconds, call)`` calls once in the app's thread; ``refused`` hears that a draft was not written.
        """
        self._drafts = Drafts(Path(folder) if folder else None)
        self._clock = clock
        self._later = later
        self._refused = refused
        self._waiting: dict[Key, Mapping[str, str]] = {}
        """Typed since the last write."""
        self._unwritten: dict[Key, Draft] = {}
        """Kept here only: there is no folder, or it cannot be written to."""
        self._resting = False
        """A write was a moment ago."""
        self._complained = False
        self.outside: Typed | None = None
        """What lies in the person's editor now."""

    def at(self, kind: str, ticket: TicketId | None) -> "Slot":
        """The place of one draft."""
        return Slot(self, (kind, ticket))

    def of_action(self, action_id: str, ticket: TicketId | None) -> "Slot":
        """The place of the draft of an action (``ticket.note``) on a ticket."""
        return self.at(action_id.rpartition(".")[2], ticket)

    def of_ticket(self, ticket: TicketId) -> tuple[Draft, ...]:
        """The drafts of one ticket, the newest first."""
        return self._with_unwritten(self._drafts.of_ticket(ticket), ticket)

    def all(self) -> tuple[Draft, ...]:
        """Every draft, the newest first."""
        self.flush()
        return self._with_unwritten(self._drafts.all())

    def get(self, key: Key) -> Draft | None:
        """What was typed before."""
        self.flush()
        return self._unwritten.get(key) or self._drafts.get(*key)

    def typed(self, key: Key, texts: Mapping[str, str]) -> None:
        """Something was typed; it is on disk at once, or within the second."""
        self._waiting[key] = texts
        if not self._resting:
            self._write()

    def drop(self, key: Key) -> None:
        """Sent, or not wanted."""
        self._waiting.pop(key, None)
        self._unwritten.pop(key, None)
        self._drafts.drop(*key)

    def flush(self) -> None:
        """Write what waits."""
        for key in tuple(self._waiting):
            texts = self._waiting.pop(key, None)
            if texts is not None:
                self._put(key, texts)

    def end(self) -> None:
        """The desk ends, perhaps while its loop is stuck: called in whichever thread ends it, and tells nobody."""
        self._complained = True
        if self.outside is not None:
            self._take_in(self.outside)
        self.flush()

    def _take_in(self, typed: Typed) -> None:
        """The editor does not come back to us any more: what it has saved is the draft."""
        try:
            text = typed.path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return
        before = self._waiting.get(typed.key) or getattr(self.get(typed.key), "texts", {})
        self._waiting[typed.key] = {**before, typed.name: text.rstrip("\n")}

    def _with_unwritten(self, found: Sequence[Draft], ticket: TicketId | None = None) -> tuple[Draft, ...]:
        here = {key: draft for key, draft in self._unwritten.items() if ticket is None or key[1] == ticket}
        rest = [draft for draft in found if (draft.kind, draft.ticket) not in here]
        return tuple(sorted((*here.values(), *rest), key=lambda draft: -draft.saved))

    def _write(self) -> None:
        self._resting = True
        self.flush()
        self._later(SECONDS_BETWEEN_WRITES, self._rested)

    def _rested(self) -> None:
        self._resting = False
        if self._waiting:
            self._write()

    def _put(self, key: Key, texts: Mapping[str, str]) -> None:
        kind, ticket = key
        draft = self._unwritten[key] = Draft(kind, ticket, self._clock(), texts)
        try:
            if self._drafts.put(draft):
                del self._unwritten[key]
        except SupportError as fault:
            if not self._complained:  # once: each letter would say it again
                self._complained = True
                self._refused(fault)
        else:
            self._complained = False


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of one draft, as those see it who let somebody type."""

    drafting: Drafting
    key: Key

    @property
    def draft(self) -> Draft | None:
        """What was typed before, if it was not sent."""
        return self.drafting.get(self.key)

    def typed(self, texts: Mapping[str, str]) -> None:
        """Keep this; nothing but empty texts is no draft."""
        if any(text.strip() for text in texts.values()):
            self.drafting.typed(self.key, texts)
        else:
            self.drop()

    def drop(self) -> None:
        """Sent, or not wanted."""
        self.drafting.drop(self.key)
