"""Service hours to read: open or not, the windows of a week, holidays, what changes next, and which rule decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from supporttui.domain.clock_changes import clock_changes
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import CalendarId, ServiceId
from supporttui.domain.periods.plan import Occurrence
from supporttui.domain.sla.calendars import Calendar, Piece
from supporttui.domain.sla.hours import Hours, compile_hours
from supporttui.domain.sla.reasons import Reason
from supporttui.domain.spans import Instant, Span
from supporttui.domain.wall import resolve, to_wall
from supporttui.usecases.ports import Transaction, Versioned
from supporttui.usecases.rules import Rules, rules_of
from supporttui.usecases.views import Opening
from supporttui.usecases.why import reigning

AHEAD = 400 * 86_400
"""Holidays and changes are looked for so far ahead: a year and what comes round within it."""
_NAMED = frozenset({Reason.holiday, Reason.special, Reason.season})


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose hours: a service's, with its special periods, or a calendar's as it is."""

    id: str
    name: str
    key: CalendarId
    """Of the hours; of a service with special periods a key of its own."""
    calendar: CalendarId
    service: ServiceId | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """One date by the calendar's clocks, with its pieces; it may have 23 or 25 hours."""

    day: date
    span: Span
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Dates that are not as usual: a holiday, a special date, a season, a special period."""

    reason: Reason
    name: str
    first: date
    last: date


class ChangeKind(StrEnum):
    """What changes the hours, or the clocks."""

    clocks = "clocks"
    version = "version"
    period_begins = "period_begins"
    period_ends = "period_ends"


@dataclass(frozen=True, slots=True)
class Change:
    """Something to come."""

    at: Instant
    kind: ChangeKind
    name: str = ""
    """Of the special period."""
    number: int = 0
    """Of the version; of clocks the seconds that they are put forward."""


class Rule(StrEnum):
    """What may decide, from the weakest on; breaks cut last out of all but special periods."""

    weekly = "weekly"
    season = "season"
    special = "special"
    holiday = "holiday"
    break_ = "break"
    period = "period"


@dataclass(frozen=True, slots=True)
class Step:
    """What holds at an instant once a rule is asked too; only rules that say anything else are steps."""

    rule: Rule
    is_open: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether it is open at an instant, from when to when that holds, and by which rule."""

    at: Instant
    piece: Piece
    steps: tuple[Step, ...]
    """The last one decides."""
    version: Versioned[Calendar] | None


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """Everything about the hours of one subject."""

    subject: Subject
    zone: str
    calendar_name: str
    opening: Opening
    ruling: Ruling
    days: tuple[Day, ...]
    named: tuple[Named, ...]
    changes: tuple[Change, ...]
    now: Instant


@dataclass(frozen=True, slots=True)
class Open:
    """A service, and whether it is open."""

    subject: Subject
    zone: str
    opening: Opening


def every(tx: Transaction, now: Instant) -> tuple[Open, ...]:
    """Every service by name, and whether it is open."""
    rules = rules_of(tx)
    services = sorted(rules.services.values(), key=lambda service: (service.name.casefold(), service.id))
    subjects = (_of_service(rules, service.id) for service in services)
    return tuple(Open(one, _zone(rules, one), _opening(rules, one, now)) for one in subjects)


def of(tx: Transaction, text: str, now: Instant, *, week: Instant | None = None) -> ServiceHours:
    """The hours of the service or calendar of this id or name, with the week of an instant by its clocks.

    Raises:
        NotFound: ``hours.unknown``.
    """
    rules = rules_of(tx)
    subject = _subject(rules, text)
    zone, hours = _zone(rules, subject), rules.hours(subject.key)
    versions = rules.tx.definitions.calendars().get(subject.calendar, ())
    ahead = Span(now, Instant(now + AHEAD))
    return ServiceHours(
        subject, zone, versions[-1].value.name if versions else subject.calendar, _opening(rules, subject, now),
        _ruling(rules, subject, now), tuple(_days(hours, zone, now if week is None else week)),
        _named(rules, subject, zone, ahead), _changes(rules, subject, zone, ahead), now,
    )  # fmt: skip


def why(tx: Transaction, text: str, at: Instant) -> tuple[Subject, str, Ruling]:
    """Whose hours, their zone, and which rule decides at an instant. Raises as ``of`` does."""
    rules = rules_of(tx)
    subject = _subject(rules, text)
    return subject, _zone(rules, subject), _ruling(rules, subject, at)


# --- whose hours --------------------------------------------------------------------------------------


def _subject(rules: Rules, text: str) -> Subject:
    wanted = text.casefold()
    for service in rules.services.values():
        if wanted in (service.id.casefold(), service.name.casefold()):
            return _of_service(rules, service.id)
    for calendar, versions in rules.tx.definitions.calendars().items():
        if wanted in (calendar.casefold(), versions[-1].value.name.casefold()):
            return Subject(calendar, versions[-1].value.name, calendar, calendar)
    raise NotFound("hours.unknown", name=text[:60])


def _of_service(rules: Rules, key: ServiceId) -> Subject:
    service = rules.services[key]
    return Subject(service.id, service.name, rules.calendar_of(service), service.calendar, service.id)


def _zone(rules: Rules, subject: Subject) -> str:
    versions = rules.tx.definitions.calendars().get(subject.calendar, ())
    return versions[-1].value.zone if versions else "UTC"


def _opening(rules: Rules, subject: Subject, now: Instant) -> Opening:
    hours = rules.hours(subject.key)
    return Opening(hours.is_open(now), hours.next_change(now))


# --- a week, and what is not as usual -----------------------------------------------------------------


def _days(hours: Hours, zone: str, at: Instant) -> Iterator[Day]:
    today = to_wall(at, zone).date()
    monday = today - timedelta(days=today.weekday())
    dates = [monday + timedelta(days=number) for number in range(8)]
    for first, following in pairwise(dates):
        span = Span(_midnight(first, zone), _midnight(following, zone))
        yield Day(first, span, hours.spans(span.start, span.end))


def _midnight(day: date, zone: str) -> Instant:
    return resolve(datetime.combine(day, time()), zone)


def _named(rules: Rules, subject: Subject, zone: str, span: Span) -> tuple[Named, ...]:
    """Dates with a name, those that follow one another as one; special periods as they are defined."""
    found: list[Named] = []
    for piece in rules.hours(subject.key).spans(span.start, span.end):
        if piece.reason not in _NAMED:
            continue
        first, last = _dates(piece.span, zone)
        before = next((one for one in reversed(found) if _goes_on(one, piece, first)), None)
        if before is None:
            found.append(Named(piece.reason, piece.name, first, last))
        else:
            found[found.index(before)] = replace(before, last=max(before.last, last))
    periods = _periods(rules, subject, span)
    found += [Named(Reason.period, one.period.name, *_dates(one.span, zone)) for one in periods]
    return tuple(sorted(found, key=lambda one: (one.first, one.last)))


def _goes_on(known: Named, piece: Piece, first: date) -> bool:
    return (known.reason, known.name) == (piece.reason, piece.name) and first <= known.last + timedelta(days=1)


def _dates(span: Span, zone: str) -> tuple[date, date]:
    return to_wall(span.start, zone).date(), to_wall(Instant(span.end - 1), zone).date()


def _periods(rules: Rules, subject: Subject, span: Span) -> tuple[Occurrence, ...]:
    return () if subject.service is None else rules.tx.definitions.plan().touching(span, subject.service)


def _changes(rules: Rules, subject: Subject, zone: str, span: Span) -> tuple[Change, ...]:
    found = (*_of_clocks(zone, span), *_of_versions(rules, subject, span), *_of_periods(rules, subject, span))
    return tuple(sorted(found, key=lambda one: one.at))


def _of_clocks(zone: str, span: Span) -> Iterator[Change]:
    for moved in clock_changes(zone, span):
        yield Change(moved.at, ChangeKind.clocks, number=moved.seconds)


def _of_versions(rules: Rules, subject: Subject, span: Span) -> Iterator[Change]:
    for version in rules.tx.definitions.calendars().get(subject.calendar, ()):
        if version.valid_from is not None and version.valid_from > span.start:
            yield Change(version.valid_from, ChangeKind.version, number=version.version)


def _of_periods(rules: Rules, subject: Subject, span: Span) -> Iterator[Change]:
    for one in _periods(rules, subject, span):
        if one.span.start > span.start:
            yield Change(one.span.start, ChangeKind.period_begins, one.period.name)
        if one.span.end < span.end:
            yield Change(one.span.end, ChangeKind.period_ends, one.period.name)


# --- which rule decides -------------------------------------------------------------------------------


def _ruling(rules: Rules, subject: Subject, at: Instant) -> Ruling:
    """Each rule is asked by leaving out those that are stronger."""
    versions = rules.tx.definitions.calendars().get(subject.calendar, ())
    version = next(iter(reigning(versions, Span(at, at))[-1:]), None)
    whole = rules.hours(subject.key)
    ladder = [] if version is None else _ladder(version.value)
    answers = [(rule, _piece(hours, at)) for rule, hours in (*ladder, (Rule.period, whole))]
    steps = [
        Step(rule, piece.open, piece.name)
        for weaker, (rule, piece) in zip((None, *(piece for _, piece in answers)), answers, strict=False)
        if weaker is None or _says(piece) != _says(weaker)
    ]
    return Ruling(at, _around(whole, at), tuple(steps), version)


def _says(piece: Piece) -> tuple[object, ...]:
    return (piece.open, piece.reason, piece.name)


def _ladder(calendar: Calendar) -> list[tuple[Rule, Hours]]:
    """The calendar with one more kind of rule each time."""
    weekly = replace(calendar, seasons=(), special=(), holidays=(), breaks=())
    seasons = replace(weekly, seasons=calendar.seasons)
    special = replace(seasons, special=calendar.special)
    holidays = replace(special, holidays=calendar.holidays)
    kinds = {Rule.weekly: weekly, Rule.season: seasons, Rule.special: special, Rule.holiday: holidays}
    kinds[Rule.break_] = calendar
    return [(rule, compile_hours([(None, one)])) for rule, one in kinds.items()]


def _piece(hours: Hours, at: Instant) -> Piece:
    return hours.spans(at, Instant(at + 1))[0]


def _around(hours: Hours, at: Instant) -> Piece:
    """The piece of an instant, as far as it reaches within some weeks."""
    pieces: Sequence[Piece] = hours.spans(Instant(max(0, at - 40 * 86_400)), Instant(at + 40 * 86_400))
    return next((piece for piece in pieces if at in piece.span), _piece(hours, at))
