"""What came from another calendar waits here until somebody says that it counts."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.absence import Absence, AbsenceKind
from supporttui.domain.sla.calendars import Holiday
from supporttui.domain.spans import Instant, Span
from supporttui.domain.wall import to_wall


class Receiver(StrEnum):
    """What an entry is for."""

    calendar = "calendar"
    """Service hours, of which it becomes a holiday."""
    person = "person"
    """Somebody who is away then."""


class Verdict(StrEnum):
    """What became of an entry."""

    pending = "pending"
    accepted = "accepted"
    rejected = "rejected"
    gone = "gone"
    """The calendar that it came from did not have it any more, before anybody decided."""


@dataclass(frozen=True, slots=True)
class Found:
    """A span that another calendar calls something. ``uid`` knows it again, whenever and as whatever it comes."""

    uid: str
    name: str
    start: Instant
    end: Instant


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the review list."""

    id: str
    receiver: Receiver
    key: str
    """The calendar or the person."""
    name: str
    start: Instant
    end: Instant
    zone: str
    """By whose clocks its dates were read."""
    source: str
    """The file that it came from, or the public holidays of a place."""
    verdict: Verdict = Verdict.pending
    kind: AbsenceKind = AbsenceKind.leave
    found_at: Instant = Instant(0)
    decided_by: str = ""
    decided_at: Instant | None = None
    made: tuple[Holiday, ...] = ()
    """What an earlier acceptance put into the calendar; a later one replaces it."""

    @property
    def span(self) -> Span:
        """Half-open."""
        return Span(self.start, self.end)

    @property
    def walls(self) -> tuple[datetime, datetime]:
        """Its start and end on the clocks of its zone."""
        return to_wall(self.start, self.zone), to_wall(self.end, self.zone)

    @property
    def dates(self) -> tuple[date, date] | None:
        """The first and the last date, if it is of whole days."""
        start, end = self.walls
        if start.time() != time() or end.time() != time():
            return None
        return start.date(), end.date() - timedelta(days=1)

    @property
    def absence(self) -> Absence:
        """What it is for a person; the same one again when it comes again."""
        return Absence(self.id, PersonId(self.key), self.start, self.end, self.kind, source=self.source, note=self.name)
