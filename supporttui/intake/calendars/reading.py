"""The events of an iCalendar file within a span of time, those that repeat included."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import recurring_ical_events
from icalendar import Calendar

from supporttui.domain.exchange.review import Found
from supporttui.domain.faults import BadInput
from supporttui.domain.spans import Instant, Span
from supporttui.domain.wall import resolve
from supporttui.intake.calendars.lines import Component, components

MOST = 1_000
"""Entries of one file: more than anybody looks through."""
_WORK = 2_000_000
"""Days that all repetitions of a file may be counted through, from their first to the end of the span."""
_SEARCH: Mapping[str, int] = {"DAILY": 1_500_000, "WEEKLY": 400_000, "MONTHLY": 120_000, "YEARLY": 30_000}
"""What it costs, in such days, to find out that a rule names no date at all (30 February) up to the year 9999."""
_NAMING = frozenset({"BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"})
"""Parts of a rule with which it may name no date."""
_LONGEST_NAME = 200
_Event = Mapping[str, Any]
"""As the library reads one: a property may be any of its types, and is looked at before it is used."""
_DATED = ("DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE")
_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What the libraries say to a text that is none of theirs."""


def read_feed(path: Path, window: Span, *, zone: str) -> tuple[Found, ...]:
    """Every event of a file that touches a span, by time; dates and times without a zone are those of ``zone``.

    Cancelled events, and those that take no time, are left out.

    Raises:
        BadInput: ``import.event``, ``import.event_zone``, ``import.event_too_often``, ``import.event_too_long``,
            ``import.event_too_many``, each with file and line; as ``lines.components``.
    """
    parts = components(path)
    zones = [part for part in parts if part.name == "VTIMEZONE"]
    found: list[Found] = []
    work = 0
    for uid, events in _series(parts).items():
        series = _Series(path, uid, zones, events)
        work += series.work(window)
        here = () if work > _WORK else tuple(series.found(window, zone))
        work += series.searched({one.start for one in here}, zone)
        if work > _WORK:
            raise BadInput("import.event_too_long", file=str(path), line=events[0].line)
        found += here
        if len(found) > MOST:
            raise BadInput("import.event_too_many", file=str(path), line=events[0].line, most=MOST)
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.uid)))


def _series(parts: Iterable[Component]) -> Mapping[str, list[Component]]:
    """Events with one id belong together: the changed ones of those that repeat."""
    found: dict[str, list[Component]] = {}
    for part in parts:
        if part.name == "VEVENT":
            found.setdefault(part.first("UID") or _without_id(part), []).append(part)
    return found


def _without_id(part: Component) -> str:
    return sha256(f"{part.first('DTSTART')}\n{part.first('SUMMARY')}".encode()).hexdigest()[:32]


class _Series:
    """Events with one id, read and looked through for what cannot be expanded."""

    def __init__(self, path: Path, uid: str, zones: Sequence[Component], events: Sequence[Component]) -> None:
        self._path, self._uid, self._parts = path, uid, events
        try:
            self._calendar = Calendar.from_ical(_calendar_text([*zones, *events]))
        except _BROKEN:
            raise self._fault("import.event", events[0].line) from None
        self._events: Sequence[_Event] = self._calendar.walk("VEVENT")
        for part, event in zip(events, self._events, strict=True):
            self._check(part, event)

    def work(self, window: Span) -> int:
        """Days to count through until the end of a span."""
        if not self._repeats:
            return 0
        starts = [event["DTSTART"].dt for event in self._events]
        days = (datetime.fromtimestamp(window.end, UTC).date() - min(_date(one) for one in starts)).days
        return max(0, days)

    def searched(self, starts: AbstractSet[Instant], zone: str) -> int:
        """The same for one that was found to name no date but that on which it begins."""
        if not starts <= {_instant(event["DTSTART"].dt, zone) for event in self._events}:
            return 0
        rules = [rule for event in self._events for rule in _listed(event.get("RRULE")) if _NAMING & set(rule)]
        return max((_SEARCH[str(rule["FREQ"][0]).upper()] for rule in rules), default=0)

    def found(self, window: Span, zone: str) -> Iterator[Found]:
        """What lies in a span."""
        margin = timedelta(days=2)
        first, last = (datetime.fromtimestamp(at, UTC) for at in (window.start, window.end))
        try:
            every = recurring_ical_events.of(self._calendar).between(first - margin, last + margin)
            read = [self._read(event, zone) for event in every if not _is_cancelled(event)]
        except _BROKEN:
            raise self._fault("import.event", self._parts[0].line) from None
        for one in read:
            if one.start < min(one.end, window.end) and window.start < one.end:
                yield one

    @property
    def _repeats(self) -> bool:
        return any("RRULE" in event or "RDATE" in event for event in self._events)

    def _read(self, event: _Event, zone: str) -> Found:
        start = event["DTSTART"].dt
        end = event["DTEND"].dt if "DTEND" in event else start
        which = event.get("RECURRENCE-ID", event["DTSTART"]).dt
        uid = f"{self._uid}#{which.isoformat()}" if self._repeats else self._uid
        name = " ".join(str(event.get("SUMMARY", "")).split())[:_LONGEST_NAME]
        return Found(uid, name, _instant(start, zone), _instant(end, zone))

    def _check(self, part: Component, event: _Event) -> None:
        for name, _ in getattr(event, "errors", ()):
            raise self._fault("import.event", part.place(str(name or "")))
        if not isinstance(getattr(event.get("DTSTART"), "dt", None), date):
            raise self._fault("import.event_no_start", part.place("DTSTART"))
        for name in _DATED:
            for unknown in _unknown_zones(event.get(name)):
                raise self._fault("import.event_zone", part.place(name), zone=unknown[:60])
        for rule in _listed(event.get("RRULE")):
            if _stands_still(rule):
                raise self._fault("import.event", part.place("RRULE"))
            if _too_often(rule):
                raise self._fault("import.event_too_often", part.place("RRULE"))

    def _fault(self, code: str, line: int, **params: str) -> BadInput:
        return BadInput(code, file=str(self._path), line=line, **params)


def _calendar_text(parts: Iterable[Component]) -> str:
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//supporttui//reading//EN\r\n"
    return f"{head}{''.join(part.text for part in parts)}END:VCALENDAR\r\n"


def _listed(value: Any) -> Sequence[Any]:
    """A property that may be there several times, or not at all."""
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


def _unknown_zones(value: Any) -> Iterator[str]:
    """The zones that are named, and that neither the file nor the machine knows."""
    for one in _listed(value):
        named = one.params.get("TZID")
        dates = [each.dt for each in one.dts] if hasattr(one, "dts") else [one.dt]
        if named and any(isinstance(each, datetime) and each.tzinfo is None for each in dates):
            yield str(named)


def _stands_still(rule: Mapping[str, Sequence[Any]]) -> bool:
    """With no step forward the library would count for ever."""
    return any(int(step) < 1 for step in rule.get("INTERVAL", ()))


def _too_often(rule: Mapping[str, Sequence[Any]]) -> bool:
    """More than once a day, which no holiday and no absence is."""
    often = {str(one).upper() for one in rule.get("FREQ", ())} & _TOO_OFTEN
    return bool(often) or any(len(rule.get(part, ())) > 1 for part in _WITHIN_A_DAY)


def _is_cancelled(event: _Event) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _date(at: date) -> date:
    return at.date() if isinstance(at, datetime) else at


def _instant(at: date, zone: str) -> Instant:
    if not isinstance(at, datetime):
        return resolve(datetime.combine(at, time()), zone)
    return resolve(at.replace(microsecond=0), zone) if at.tzinfo is None else Instant(int(at.timestamp()))
