"""From a calendar's wall-clock windows to labelled pieces of real time; all local time ends here."""

import re
from bisect import bisect_right
from calendar import isleap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from supporttui.domain.faults import BadInput
from supporttui.domain.sla.calendars import Break, Calendar, Holiday, Piece, Season, Window
from supporttui.domain.sla.reasons import Reason
from supporttui.domain.spans import Instant, Span
from supporttui.domain.wall import resolve, to_wall, zone

_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class _Slot:
    """A window or break in seconds after the midnight of its date; past ``_DAY`` it is the next date's."""

    start: int
    end: int
    days: frozenset[int]
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Rule:
    """What holds on a date: how its closed time is called, and when it is open."""

    reason: Reason
    name: str
    slots: tuple[_Slot, ...]
    any_day: bool = False
    """The date itself was named, so the weekdays of the slots say nothing."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """A rule for a range of dates, both included; laid over those before it."""

    first: date
    last: date
    yearly: bool
    rule: _Rule


@dataclass(frozen=True, slots=True)
class Schedule:
    """A calendar that was found readable, with its times as numbers."""

    zone: str
    weekly: _Rule
    layers: tuple[_Layer, ...]
    breaks: tuple[_Slot, ...]
    always: bool
    """Open day and night without exception."""


def read(calendar: Calendar) -> Schedule:
    """Check a calendar and read its times.

    Raises:
        BadInput: ``zone.unknown``, ``hours.time``, ``hours.day`` or ``hours.range``, each with
            ``calendar`` and ``where`` (such as ``holidays[2].windows[0].end``).
    """
    _check_zone(calendar)
    weekly = _Rule(Reason.closed, "", _slots(calendar, calendar.weekly, where="weekly"))
    breaks = _slots(calendar, calendar.breaks, where="breaks")
    layers = (*_seasons(calendar), *_special(calendar), *_holidays(calendar))
    whole = {day for slot in weekly.slots if (slot.start, slot.end) == (0, _DAY) for day in slot.days}
    always = len(whole) == 7 and not layers and not breaks
    return Schedule(calendar.zone, weekly, layers, breaks, always)


def pieces(schedule: Schedule, span: Span, *, version: int = 0) -> tuple[Piece, ...]:
    """The span, tiled by what is open and what is closed and why; neighbours of one label are one piece.

    Each bears ``version``, that of the calendar.
    """
    if schedule.always:
        return (Piece(span, open=True, reason=Reason.open, version=version),) if span.seconds else ()
    where = schedule.zone
    # A window may last until the end of the date after the one on which it opens.
    first = to_wall(span.start, where).date() - timedelta(days=2)
    last = to_wall(span.end, where).date() + timedelta(days=1)
    days = _days(schedule, first, last)
    opened = _disjoint(_open(days, where))
    broken = _common(_disjoint(_breaks(days, schedule.breaks, where)), opened)
    return _clipped(_over(_over(_closed(days), opened), broken), span, version)


def holidays(schedule: Schedule, span: Span) -> tuple[Span, ...]:
    """The parts of a span that lie on holidays, with hours of their own or without."""
    layers = tuple(
        replace(layer, rule=replace(layer.rule, slots=()))
        for layer in schedule.layers
        if layer.rule.reason is Reason.holiday
    )
    if not layers:
        return ()
    weekly = replace(schedule.weekly, slots=())
    ruled = replace(schedule, weekly=weekly, layers=layers, breaks=(), always=False)
    return tuple(piece.span for piece in pieces(ruled, span) if piece.reason is Reason.holiday)


def opens_on(schedule: Schedule, day: date) -> bool:
    """Whether a window opens on a date, by the rule that holds on it; so that it is a working day."""
    return bool(windows_on(schedule, day))


def windows_on(schedule: Schedule, day: date) -> tuple[tuple[int, int], ...]:
    """What opens on a date, breaks apart, in seconds after its midnight; past a day it is the next date's."""
    rule = _rules(schedule, day, day)[day]
    return tuple((slot.start, slot.end) for slot in rule.slots if rule.any_day or day.isoweekday() in slot.days)


def workdays(schedule: Schedule, first: date, last: date, reign: Span) -> Iterator[tuple[date, Instant]]:
    """The dates from first to last on which there is open time within a reign, and their last closing in it."""
    if first > last:
        return
    # A break of the night before the first date reaches into it.
    days = _days(schedule, first - timedelta(days=1), last + timedelta(days=2))
    broken = _disjoint(_breaks(days, schedule.breaks, schedule.zone))
    for day in days[1:-2]:
        opened = _disjoint(_open((day,), schedule.zone))
        left = _over(opened, _common(broken, opened)) if broken else opened
        within = [(max(raw[0], reign.start), min(raw[1], reign.end)) for raw in left if raw[2]]
        closings = [end for start, end in within if start < end]
        if closings:
            yield day.day, max(closings)


# --- reading -----------------------------------------------------------------------------------------


def _check_zone(calendar: Calendar) -> None:
    try:
        zone(calendar.zone)
    except BadInput as fault:
        raise BadInput(fault.code, **{**fault.params, "calendar": calendar.id, "where": "zone"}) from None


def _seasons(calendar: Calendar) -> Iterator[_Layer]:
    for i, season in reversed(tuple(enumerate(calendar.seasons))):
        slots = _slots(calendar, season.windows, where=f"seasons[{i}].windows")
        rule = _Rule(Reason.season, season.name, slots)
        yield _layer(calendar, season, season.last, rule=rule, where=f"seasons[{i}].last")


def _special(calendar: Calendar) -> Iterator[_Layer]:
    for i, special in reversed(tuple(enumerate(calendar.special))):
        slots = _slots(calendar, special.windows, where=f"special[{i}].windows")
        rule = _Rule(Reason.special, special.name, slots, any_day=True)
        yield _Layer(special.day, special.day, yearly=False, rule=rule)


def _holidays(calendar: Calendar) -> Iterator[_Layer]:
    """Those with hours of their own come last: they count even where a plain holiday names the date."""
    listed = tuple(enumerate(calendar.holidays))
    for i, holiday in sorted(listed, key=lambda pair: (bool(pair[1].windows), -pair[0])):
        last = holiday.last or holiday.first
        slots = _slots(calendar, holiday.windows, where=f"holidays[{i}].windows")
        rule = _Rule(Reason.holiday, holiday.name, slots, any_day=last == holiday.first)
        yield _layer(calendar, holiday, last, rule=rule, where=f"holidays[{i}].last")


def _layer(calendar: Calendar, entry: Season | Holiday, last: date, *, rule: _Rule, where: str) -> _Layer:
    days = (last - entry.first).days
    # A yearly range may run over the year's end, but not once around.
    if (days < 0 and not entry.yearly) or (days >= 366 and entry.yearly):
        raise BadInput("hours.range", calendar=calendar.id, where=where, first=str(entry.first), last=str(last))
    return _Layer(entry.first, last, entry.yearly, rule)


def _slots(calendar: Calendar, windows: Sequence[Window | Break], *, where: str) -> tuple[_Slot, ...]:
    result = []
    for i, window in enumerate(windows):
        place = f"{where}[{i}]"
        start = _seconds(calendar, window.start, where=f"{place}.start")
        end = _seconds(calendar, window.end, where=f"{place}.end")
        for day in window.days:
            if day not in range(1, 8):
                raise BadInput("hours.day", calendar=calendar.id, where=f"{place}.days", found=day)
        if start != end:
            name = window.name if isinstance(window, Break) else ""
            result.append(_Slot(start, end if start < end else end + _DAY, frozenset(window.days), name))
    return tuple(result)


def _seconds(calendar: Calendar, text: str, *, where: str) -> int:
    match = _TIME.fullmatch(text)
    hour, minute, second = (int(part or 0) for part in match.groups()) if match else (99, 0, 0)
    value = hour * 3600 + minute * 60 + second
    if minute > 59 or second > 59 or value > _DAY:
        raise BadInput("hours.time", calendar=calendar.id, where=where, found=text[:60])
    return value


# --- which rule holds on a date --------------------------------------------------------------------------


def _rules(schedule: Schedule, first: date, last: date) -> dict[date, _Rule]:
    """Every date from first to last with the rule that holds on it."""
    rules = dict.fromkeys(_dates(first, last), schedule.weekly)
    for layer in schedule.layers:
        for start, end in _ranges(layer, first, last):
            rules.update(dict.fromkeys(_dates(max(start, first), min(end, last)), layer.rule))
    return rules


def _dates(first: date, last: date) -> Iterator[date]:
    """Every date from first to last, both included; none if the last comes first."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _ranges(layer: _Layer, first: date, last: date) -> Iterator[tuple[date, date]]:
    """When the layer holds, in all years that touch the dates from first to last."""
    if not layer.yearly:
        yield layer.first, layer.last
        return
    yield from (year_range(layer.first, layer.last, year) for year in range(first.year - 1, last.year + 1))


def year_range(first: date, last: date, year: int) -> tuple[date, date]:
    """The range of a yearly entry that begins in a year; it may run over the year's end."""
    # Without a 29 February a range that begins there begins a day later, and one that ends there a day earlier;
    # that one day alone is then empty.
    end_year = year + ((last.month, last.day) < (first.month, first.day))
    start = _in_year(first, year, instead=date(year, 3, 1))
    return start, _in_year(last, end_year, instead=date(end_year, 2, 28))


def _in_year(day: date, year: int, *, instead: date) -> date:
    return instead if (day.month, day.day) == (2, 29) and not isleap(year) else day.replace(year=year)


# --- from dates to instants ----------------------------------------------------------------------------

# Within this module a piece is (start, end, open, reason, name): a year has a thousand of them.
_Raw = tuple[Instant, Instant, bool, Reason, str]


class _Day(NamedTuple):
    """A date with its rule; it begins and ends where the clocks of the zone say."""

    day: date
    rule: _Rule
    weekday: int
    begins: Instant
    ends: Instant
    even: bool
    """Neither this date nor the next has a change of clocks, so that its times are a plain sum."""

    def at(self, seconds: int, where: str) -> Instant:
        """The instant so many seconds of wall time after midnight."""
        if self.even:
            return Instant(self.begins + seconds)
        return _instant(self.day, seconds, where)


def _instant(day: date, seconds: int, where: str) -> Instant:
    return resolve(datetime.combine(day, time()) + timedelta(seconds=seconds), where)


def _days(schedule: Schedule, first: date, last: date) -> list[_Day]:
    rules = _rules(schedule, first, last)
    edges = [_instant(day, 0, schedule.zone) for day in _dates(first, last + timedelta(days=2))]
    return [
        _Day(day, rule, day.isoweekday(), begins, ends, even=ends - begins == after - ends == _DAY)
        for (day, rule), begins, ends, after in zip(rules.items(), edges[:-2], edges[1:-1], edges[2:], strict=True)
    ]


def _closed(days: Sequence[_Day]) -> list[_Raw]:
    """The dates themselves, closed; a date that a zone skips is empty and left out."""
    return [(day.begins, day.ends, False, day.rule.reason, day.rule.name) for day in days if day.begins < day.ends]


def _open(days: Sequence[_Day], where: str) -> Iterator[_Raw]:
    for day in days:
        for slot in day.rule.slots:
            if day.rule.any_day or day.weekday in slot.days:
                yield day.at(slot.start, where), day.at(slot.end, where), True, Reason.open, day.rule.name


def _breaks(days: Sequence[_Day], breaks: Sequence[_Slot], where: str) -> Iterator[_Raw]:
    for day in days:
        for slot in breaks:
            if day.weekday in slot.days:
                yield day.at(slot.start, where), day.at(slot.end, where), False, Reason.break_, slot.name


# --- arithmetic of pieces -------------------------------------------------------------------------------


def _disjoint(raws: Iterable[_Raw]) -> list[_Raw]:
    """Sorted; where pieces overlap, the one that began first keeps the time."""
    result: list[_Raw] = []
    covered: Instant | None = None
    for start, end, *label in sorted(raws):
        begin = start if covered is None else max(start, covered)
        if begin < end:
            result.append((begin, end, *label))  # type: ignore[arg-type]
            covered = end
    return result


def _common(top: Sequence[_Raw], base: Sequence[_Raw]) -> list[_Raw]:
    """The parts of ``top`` that lie on ``base``; both sorted and disjoint."""
    result: list[_Raw] = []
    i = 0
    for start, end, is_open, reason, name in top:
        while i < len(base) and base[i][1] <= start:
            i += 1
        k = i
        while k < len(base) and base[k][0] < end:
            result.append((max(start, base[k][0]), min(end, base[k][1]), is_open, reason, name))
            k += 1
    return result


def _over(base: Sequence[_Raw], top: Sequence[_Raw]) -> list[_Raw]:
    """``base`` with ``top`` laid over it; both sorted and disjoint, and ``top`` within ``base``."""
    result: list[_Raw] = []
    starts = [raw[0] for raw in top]
    for start, end, is_open, reason, name in base:
        at = start
        i = max(0, bisect_right(starts, start) - 1)
        while i < len(top) and top[i][0] < end:
            if top[i][1] > at:
                if at < top[i][0]:
                    result.append((at, top[i][0], is_open, reason, name))
                result.append((max(at, top[i][0]), min(end, top[i][1]), *top[i][2:]))
                at = min(end, top[i][1])
            i += 1
        if at < end:
            result.append((at, end, is_open, reason, name))
    return result


def _clipped(raws: Iterable[_Raw], span: Span, version: int) -> tuple[Piece, ...]:
    merged: list[_Raw] = []
    for raw in raws:
        start, end = max(raw[0], span.start), min(raw[1], span.end)
        if start >= end:
            continue
        if merged and merged[-1][1] == start and merged[-1][2:] == raw[2:]:
            start = merged.pop()[0]
        merged.append((start, end, *raw[2:]))
    return tuple(
        Piece(Span(start, end), open=is_open, reason=reason, name=name, version=version)
        for start, end, is_open, reason, name in merged
    )
