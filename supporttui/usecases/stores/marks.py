"""When timers are to be looked at, as the watch needs it: a port like those of ``ports.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # as in ``ports.py``: no first frame waits for the rules behind these types
    from collections.abc import Iterable

    from supporttui.domain.ids import TicketId
    from supporttui.domain.sla.timer import Timer
    from supporttui.domain.spans import Instant
    from supporttui.usecases.passed import Mark


class Marks(Protocol):
    """When the watch looks at the timers of open tickets, to tell of what passes (``domain/sla/marks.py``)."""

    def due(self, now: Instant, limit: int) -> tuple[Mark, ...]:
        """Those whose time has come, oldest first."""

    def next_due(self) -> Instant | None:
        """When the next one comes."""

    def move(self, known: Mark, timer: Timer, again: Instant | None) -> bool:
        """Look at ``again``; False, and nothing is changed, if timer or mark are not as they were read."""

    def look(self, ticket: TicketId, timers: Iterable[Timer], again: Instant | None) -> None:
        """Look at these timers at ``again``, whenever that was to be."""

    def skip(self, ticket: TicketId, found: Iterable[Timer], now: Instant) -> None:
        """Nobody is told of what has passed by ``now``."""
