"""What is kept of other calendars, as use cases need it: a port like those of ``ports.py``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # as in ``ports.py``: no first frame waits for the rules behind these types
    from supporttui.domain.exchange.published import Calendar, Published
    from supporttui.domain.exchange.review import Entry, Receiver, Verdict


class Exchange(Protocol):
    """Events that were given away, and entries that wait for somebody's word."""

    def published(self, calendar: Calendar) -> tuple[Published, ...]:
        """The events of a calendar that touch its window, as they were given away last."""

    def publish(self, events: Sequence[Published]) -> None:
        """Keep events as they are given away now, over what they were before."""

    def entries(self, *verdicts: Verdict, receiver: Receiver | None = None, key: str = "") -> tuple[Entry, ...]:
        """The review list by time: of these verdicts, or all; for everything, or for one calendar or person."""

    def count(self, verdict: Verdict) -> int:
        """How many entries of the review list have this verdict; none of them is read."""

    def put_entries(self, entries: Sequence[Entry]) -> None:
        """Store entries, or those of the same id anew."""
