"""What one shift gives to the next, as use cases need it: a port like those of ``ports.py``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from supporttui.usecases.passed import Versioned

if TYPE_CHECKING:  # as in ``ports.py``: no first frame waits for the rules behind these types
    from supporttui.domain.handover.handover import Handover
    from supporttui.domain.ids import RotaId
    from supporttui.domain.spans import Instant


class Handovers(Protocol):
    """Handovers, from the first word that was written for one on."""

    def get(self, handover: str) -> Versioned[Handover] | None:
        """One of them, and how often it was written; ``None``: nothing was written yet."""

    def put(self, handover: Handover, *, due: Instant | None, over: int | None) -> bool:
        """Store it over the version that was read (``None``: a new one); False if it is another one.

        At ``due`` the watch looks at it; every open one has such an instant, no other one has.
        """

    def open(self, *, rota: RotaId | None = None) -> tuple[Versioned[Handover], ...]:
        """Those that are neither accepted nor lapsed, of one rota or of all, by their end."""

    def due(self, now: Instant, limit: int) -> tuple[Versioned[Handover], ...]:
        """Those whose time to be looked at has come, oldest first."""

    def next_due(self) -> Instant | None:
        """When the next one is to be looked at."""

    def newest(self, *, rota: RotaId | None = None, before: Instant | None = None) -> Iterable[Versioned[Handover]]:
        """All of them, of one rota or of all, that end before an instant, the newest first; streamed."""
