"""Durations and days as a filter writes them: ``2h30m``, ``-30m``, ``today``, ``2026-11-23..2026-11-30``."""

import re
from datetime import date, datetime, time, timedelta

from supporttui.domain.faults import BadInput
from supporttui.domain.filter.tokens import Value
from supporttui.domain.queue import And, Node, Op, Term
from supporttui.domain.spans import Instant, Span
from supporttui.domain.text import fold
from supporttui.domain.wall import resolve, to_wall

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400}
_DURATION = re.compile(r"(-?)((?:\d{1,6}[smhdw])+|0)")
_PAST = {"<": Op.gt, "<=": Op.ge, ">": Op.lt, ">=": Op.le, "": Op.ge, "!": Op.ge}
"""``created:<2h`` speaks of the age: younger than two hours."""
_AHEAD = {"<": Op.lt, "<=": Op.le, ">": Op.gt, ">=": Op.ge, "": Op.le, "!": Op.le}
_RANGE = re.compile(r"(-?[0-9][0-9smhdw]*)\.\.(-?[0-9][0-9smhdw]*)")
_DAYS = {"<": (Op.lt, "start"), "<=": (Op.lt, "end"), ">": (Op.ge, "end"), ">=": (Op.ge, "start")}
"""A day is a span: before it, up to its end, after it, from its start."""


def duration(text: str) -> int | None:
    """Seconds of ``2h30m``, ``-30m`` or ``0``; ``None`` if it is none. A day is 24 hours.

    >>> duration("-1h30m")
    -5400
    """
    match = _DURATION.fullmatch(text.strip().casefold())
    if match is None:
        return None
    seconds = sum(int(n) * _UNITS[unit] for n, unit in re.findall(r"(\d+)([smhdw])", match[2]))
    return -seconds if match[1] else seconds


def left(field: str, op: str, value: Value) -> Node:
    """What is left of the deciding timer, against a duration ("at most", without ``<`` or ``>``) or a range.

    Raises:
        BadInput: ``filter.bad_duration``.
    """
    first, dots, last = value.text.partition("..")
    if dots and op in ("", "!"):
        return And(
            (
                Term(field, Op.ge, (_seconds(field, first, value),)),
                Term(field, Op.le, (_seconds(field, last, value),)),
            )
        )
    return Term(field, _AHEAD[op], (_seconds(field, value.text, value),))


def instants(field: str, op: str, value: Value, *, now: Instant, zone: str, shift: Span | None = None) -> Node:
    """An instant of the ticket against a duration from now, a day, a wall time, a range of them, or ``@shift``.

    Raises:
        BadInput: ``filter.bad_date``; ``filter.no_shift``.
    """
    between = _between(field, value.text, now) if op in ("", "!") else None
    if between is not None:
        return _within(field, between.start, Instant(between.end + 1))
    seconds = duration(value.text)
    if seconds is not None:
        if field == "due":
            return Term(field, _AHEAD[op], (now + seconds,))
        return Term(field, _PAST[op], (now - seconds,))
    span = of_shift(value, shift) if fold(value.text) == "@shift" else _span(field, value, now, zone)
    if op in _DAYS:
        compare, edge = _DAYS[op]
        return Term(field, compare, (getattr(span, edge),))
    return _within(field, span.start, span.end)


def touched(value: Value, shift: Span | None) -> Node:
    """Tickets that were there during the shift, and touched since it began.

    Raises:
        BadInput: ``filter.no_shift``.
    """
    span = of_shift(value, shift)
    return And((Term("updated", Op.ge, (span.start,)), Term("created", Op.lt, (span.end,))))


def of_shift(value: Value, shift: Span | None) -> Span:
    """The shift, if a rota says which. Raises BadInput ``filter.no_shift``."""
    if shift is None:
        raise BadInput("filter.no_shift", at=value.at, length=value.length)
    return shift


def _within(field: str, start: Instant, end: Instant) -> Node:
    return And((Term(field, Op.ge, (start,)), Term(field, Op.lt, (end,))))


def _between(field: str, text: str, now: Instant) -> Span | None:
    """``1h..4h``: the span that two durations leave, ahead for ``due``, back for the others."""
    match = _RANGE.fullmatch(text.strip().casefold())
    bounds = [duration(bound) for bound in match.groups()] if match else [None]
    ahead = 1 if field == "due" else -1
    found = sorted(now + ahead * seconds for seconds in bounds if seconds is not None)
    return Span(Instant(found[0]), Instant(found[1])) if len(found) == 2 else None


def _seconds(field: str, text: str, value: Value) -> int:
    seconds = duration(text)
    if seconds is None:
        raise BadInput("filter.bad_duration", field=field, value=value.text, at=value.at, length=value.length)
    return seconds


def _span(field: str, value: Value, now: Instant, zone: str) -> Span:
    first, dots, last = value.text.casefold().partition("..")
    try:
        start = _moment(first, now, zone)
        end = _moment(last, now, zone) if dots else start
    except (ValueError, OverflowError):
        raise BadInput("filter.bad_date", field=field, value=value.text, at=value.at, length=value.length) from None
    return Span(start.start, end.end)


def _moment(text: str, now: Instant, zone: str) -> Span:
    """The day, or the minute or second, that a text names on the wall clock of the zone."""
    day = _day(text, now, zone)
    if day is None:
        wall = datetime.fromisoformat(text)
        if wall.tzinfo is not None:
            at = Instant(int(wall.timestamp()))
            return Span(at, Instant(at + 1))
        step = timedelta(seconds=1 if wall.second else 60)
        return Span(resolve(wall, zone), resolve(wall + step, zone))
    midnight = datetime.combine(day, time())
    return Span(resolve(midnight, zone), resolve(midnight + timedelta(days=1), zone))


def _day(text: str, now: Instant, zone: str) -> date | None:
    days = {"yesterday": -1, "today": 0, "tomorrow": 1}
    if text in days:
        return to_wall(now, zone).date() + timedelta(days=days[text])
    return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
