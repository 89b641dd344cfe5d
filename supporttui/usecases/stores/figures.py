"""Counts over many tickets, as reports need them: a port like those of ``ports.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # as in ``ports.py``: no first frame waits for the rules behind these types
    from supporttui.domain.attainment import Grouping, Verdicts
    from supporttui.domain.hotspots import Cell
    from supporttui.domain.sla.order import Metric
    from supporttui.domain.spans import Instant


class Figures(Protocol):
    """What a walk over all tickets finds; drills, void and merged ones left out."""

    def verdicts(self, by: Grouping, metric: Metric, *, since: Instant, until: Instant) -> tuple[Verdicts, ...]:
        """Of every group how many promises were kept, and how many were late, by what was decided in a span.

        A promise is decided when it was met, and, unmet, when its time was used up. Of what was referred none counts.
        """

    def referred(self, *, since: Instant, until: Instant) -> int:
        """How many tickets were closed in a span because they belong elsewhere; their promises are in no figure."""

    def opened(self, *, since: Instant, until: Instant) -> tuple[Cell, ...]:
        """How many tickets were opened in a span, by service, category and how they were resolved."""
