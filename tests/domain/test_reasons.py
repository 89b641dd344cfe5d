"""A timer's time in few lines: gathered by day or week, never across now or due, and always the same sum."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.reasons import Grain, Phase, Rest, fitting, rest, told
from supporttui.domain.sla.calendars import Piece
from supporttui.domain.sla.hours import Break, Holiday
from supporttui.domain.sla.reasons import Reason
from supporttui.domain.spans import Instant, Span
from tests.domain.sla.calendars import HOUR, at, hours

pytestmark = pytest.mark.core

RICH = hours(
    breaks=(Break("12:00", "13:00", name="lunch"),), holidays=(Holiday("Cup day", date(2026, 3, 4)),), zone="UTC"
)
START = at("2026-03-02T10:00")
"""A Monday."""


def pieces(days: int):
    return RICH.spans(START, Instant(START + days * 24 * HOUR))


def test_a_day_is_one_line_with_what_counted_in_it_and_what_did_not() -> None:
    first, *_ = told(pieces(5), now=at("2026-04-01T00:00"), due=None, zone="UTC", grain=Grain.day)
    assert (first.span.start, first.span.end) == (START, at("2026-03-03T09:00"))
    assert first.seconds == 6 * HOUR
    assert [part.name or part.reason for part in first.skipped] == ["lunch", "closed"]


def test_weeks_are_the_coarsest() -> None:
    entries = told(pieces(14), now=at("2026-04-01T00:00"), due=None, zone="UTC", grain=Grain.week)
    assert [entry.seconds // HOUR for entry in entries] == [27, 35, 1]


def test_no_line_reaches_over_now_or_over_due() -> None:
    now, due = at("2026-03-03T10:30"), at("2026-03-03T16:00")
    parts = (*RICH.spans(START, due), *RICH.spans(due, Instant(due + HOUR)))
    for grain in Grain:
        entries = told(parts, now=now, due=due, zone="UTC", grain=grain)
        assert [e.phase for e in entries] == sorted((e.phase for e in entries), key=list(Phase).index)
        assert all(e.span.end <= now for e in entries if e.phase is Phase.counted)
        assert all(now <= e.span.start and e.span.end <= due for e in entries if e.phase is Phase.ahead)
        assert all(e.span.start >= due for e in entries if e.phase is Phase.late)


@given(
    st.integers(0, 40), st.sampled_from(Grain), st.integers(0, 60 * 24), st.none() | st.integers(0, 60 * 24),
    st.sampled_from(["UTC", "Asia/Tokyo", "America/Los_Angeles"]),
)  # fmt: skip
def test_however_it_is_told_it_is_the_same_time_without_a_gap(days, grain, now, due, zone) -> None:
    parts = pieces(days)
    due = None if due is None else Instant(START + due * HOUR)
    parts = tuple(p for p in parts if due is None or not p.span.start < due < p.span.end)
    entries = told(parts, now=Instant(START + now * HOUR), due=due, zone=zone, grain=grain)
    assert sum(entry.seconds for entry in entries) == sum(part.seconds for part in parts)
    assert sum(entry.span.seconds for entry in entries) >= sum(part.span.seconds for part in parts)


def test_the_finest_telling_that_fits_is_taken() -> None:
    options = {"now": START, "due": None, "zone": "UTC"}
    assert fitting(pieces(1), most=20, **options)[0] is Grain.piece
    assert fitting(pieces(10), most=11, **options)[0] is Grain.day
    assert fitting(pieces(60), most=5, **options)[0] is Grain.week


@pytest.mark.parametrize(
    ("start", "end", "called"),
    [
        ("2026-03-02T17:00", "2026-03-03T09:00", Rest.night),
        ("2026-03-03T00:00", "2026-03-03T09:00", Rest.night),
        ("2026-03-06T17:00", "2026-03-09T09:00", Rest.weekend),
        ("2026-03-05T17:00", "2026-03-09T09:00", Rest.days_off),
        ("2026-03-02T12:00", "2026-03-02T14:00", Rest.closed),
    ],
)
def test_closed_time_is_called_as_people_call_it(start, end, called) -> None:
    assert rest(Piece(Span(at(start), at(end)), open=False, reason=Reason.closed), "UTC") is called


def test_what_has_a_reason_of_its_own_keeps_it() -> None:
    assert all(rest(part, "UTC") is None for part in pieces(3) if part.reason is not Reason.closed)
