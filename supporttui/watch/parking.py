"""Tickets whose step fails: tried again after a while, and after three times set aside where everybody sees it."""

from dataclasses import dataclass, replace

from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant

STUCK_SECONDS = 60.0
"""After so long a step that failed is tried again."""
FAILURES = 3
"""So often a step may fail in a row, then its ticket is parked."""
PARKED_SECONDS = 3600.0
"""After so long it is tried again nevertheless: what it failed of may be mended."""


@dataclass(frozen=True, slots=True)
class _Stuck:
    since: Instant
    failures: int
    again: float
    """By a monotonic clock."""


class Parking:
    """What failed, in this process; what is due stays due, so monitoring sees it after a restart as well."""

    def __init__(self) -> None:
        self._stuck: dict[TicketId, _Stuck] = {}

    def failed(self, ticket: TicketId, now: float, at: Instant) -> None:
        """Once more."""
        known = self._stuck.get(ticket, _Stuck(at, 0, now))
        failures = known.failures + 1
        pause = PARKED_SECONDS if failures >= FAILURES else STUCK_SECONDS
        self._stuck[ticket] = replace(known, failures=failures, again=now + pause)

    def went_well(self, ticket: TicketId) -> None:
        """It is like any other again."""
        self._stuck.pop(ticket, None)

    def waiting(self, now: float) -> frozenset[TicketId]:
        """Those that are not tried now."""
        return frozenset(ticket for ticket, stuck in self._stuck.items() if stuck.again > now)

    def parked(self) -> tuple[tuple[TicketId, Instant], ...]:
        """Those that failed too often, and since when."""
        return tuple((ticket, one.since) for ticket, one in self._stuck.items() if one.failures >= FAILURES)
