"""What is kept of a rota beside its definition, as use cases need it: a port like those of ``ports.py``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.spans import Instant
from supporttui.usecases.passed import Versioned

if TYPE_CHECKING:  # as in ``ports.py``: no first frame waits for the rules behind these types
    from supporttui.domain.rota.absence import Absence
    from supporttui.domain.rota.pinned import PinnedPeriod
    from supporttui.domain.rota.records import DutyRecord
    from supporttui.domain.rota.schedule import Override
    from supporttui.domain.rota.swaps import SwapRequest


class Rotas(Protocol):
    """Swaps, absences, pinned periods and recorded duty; what lies over a rota ends here too."""

    def hold(self) -> None:
        """Let no other transaction change a rota until this one ends; from here on its last change is seen."""

    def pinned(self, rota: RotaId) -> tuple[PinnedPeriod, ...]:
        """The pinned periods of a rota as far as they hold, in the order in which they were made."""

    def pin(self, rota: RotaId, period: PinnedPeriod, *, created_at: Instant) -> None:
        """A new pinned period."""

    def end(self, rota: RotaId, change: Override | PinnedPeriod, at: Instant) -> bool:
        """Let a change hold no longer than up to an instant; False if it was ended before, or is not known."""

    def swap(self, swap: str) -> Versioned[SwapRequest]:
        """A request as it stands, and how often it was written. Raises NotFound (``swap.unknown``)."""

    def swaps(self, *, since: Instant, rota: RotaId | None = None) -> tuple[SwapRequest, ...]:
        """Requests with a piece that ends after an instant, by their first piece."""

    def put_swap(self, swap: SwapRequest, *, over: int | None) -> bool:
        """Store a request over the version that was read (``None``: a new one); False if it is another one."""

    def absence(self, absence: str) -> Absence:
        """One that was not removed. Raises NotFound (``absence.unknown``)."""

    def absences(self, start: Instant, end: Instant, *, person: PersonId | None = None) -> tuple[Absence, ...]:
        """Absences that touch a span, by their beginning; removed ones are left out."""

    def put_absence(self, absence: Absence) -> bool:
        """Store one, or the same id anew; whether anything changed."""

    def remove_absence(self, absence: str, at: Instant) -> bool:
        """Take one back; False if that was done before, or there is none."""

    def records(self, rota: RotaId, start: Instant, end: Instant) -> tuple[DutyRecord, ...]:
        """Recorded duty that touches a span, by level and time."""

    def recorded_until(self, rota: RotaId) -> Instant | None:
        """The end of what is recorded of a rota; ``None``: nothing is."""

    def add_records(self, records: Sequence[DutyRecord]) -> None:
        """Append what became past."""

    def paged(self, start: Instant, end: Instant) -> tuple[tuple[PersonId, Instant], ...]:
        """Who was paged when, between two instants."""
