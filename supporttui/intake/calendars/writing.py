"""Events as iCalendar text: folded and escaped by the library, cleaned before.

Instants are written in UTC. They are exact to whoever reads them, whichever table of zones he has and however old it
is; a VTIMEZONE of ours would compete with his.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text

PRODUCT = "-//supporttui//rota//EN"
_REFRESH = timedelta(hours=1)
"""How often who follows the file should look again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as others see it."""

    uid: str
    sequence: int
    start: Instant
    end: Instant
    changed_at: Instant
    cancelled: bool
    summary: str
    description: str = ""


def calendar_text(name: str, entries: Iterable[Entry]) -> bytes:
    """A whole calendar, as a web server gives it to those who follow it; the same for the same events."""
    calendar = _calendar()
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", safe_text(name, one_line=True))
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def event_text(entry: Entry) -> bytes:
    """One event alone, as a CalDAV server keeps it: there a calendar has no method."""
    calendar = _calendar()
    calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", _utc(entry.changed_at))
    event.add("last-modified", _utc(entry.changed_at))
    event.add("dtstart", _utc(entry.start))
    event.add("dtend", _utc(entry.end))
    event.add("summary", safe_text(entry.summary, one_line=True))
    if entry.description:
        event.add("description", safe_text(entry.description, one_line=False))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    return event


def _utc(at: Instant) -> datetime:
    return datetime.fromtimestamp(at, UTC)
