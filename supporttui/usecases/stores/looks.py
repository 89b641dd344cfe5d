"""When criteria of escalation are to be looked at, as the watch needs it: a port like those of ``ports.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # as in ``ports.py``: no first frame waits for the rules behind these types
    from supporttui.domain.ids import TicketId
    from supporttui.domain.spans import Instant


class Looks(Protocol):
    """One instant a ticket: when the first of its criteria will hold, if nothing else happens."""

    def at(self, ticket: TicketId) -> Instant | None:
        """When it is looked at; ``None``: never."""

    def put(self, ticket: TicketId, at: Instant | None) -> None:
        """Look then, whenever that was to be; ``None``: never."""

    def due(self, now: Instant, limit: int) -> tuple[TicketId, ...]:
        """Those whose time has come, the oldest first."""

    def next_due(self) -> Instant | None:
        """When the next one comes."""
