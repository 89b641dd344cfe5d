"""Service hours against a walk along the clock on the wall, and the laws that any calendar obeys."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supporttui.domain.sla.hours import (
    Break,
    Calendar,
    Holiday,
    Season,
    SpecialDate,
    Window,
    compile_hours,
)
from supporttui.domain.spans import Instant
from tests.domain.sla.calendars import DAY, calendar, disagreements, walked
from tests.domain.zones import transitions, zones

pytestmark = pytest.mark.core

QUARTER = 900
DAYS_OF_CHANGE = [
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Sao_Paulo", date(2018, 2, 18)),
    ("Africa/Cairo", date(2026, 4, 24)),
    ("Africa/Cairo", date(2026, 10, 30)),
    ("Asia/Kathmandu", date(1986, 1, 1)),
    ("America/Santiago", date(2026, 9, 6)),
    ("Africa/Casablanca", date(2026, 2, 15)),
    ("UTC", date(2028, 2, 29)),
    ("Asia/Tokyo", date(2026, 12, 31)),
]

times = st.integers(0, 96).map(lambda n: f"{n // 4:02}:{n % 4 * 15:02}")
weekdays = st.sets(st.integers(1, 7), min_size=1).map(lambda days: tuple(sorted(days)))
windows = st.builds(Window, times, times, weekdays)
some_windows = st.lists(windows, max_size=3).map(tuple)
breaks = st.lists(st.builds(Break, times, times, weekdays), max_size=2).map(tuple)


@st.composite
def exceptions(draw, near: date):
    """A range of dates around a date, often of one day."""
    first = near + timedelta(days=draw(st.integers(-4, 4)))
    return first, first + timedelta(days=draw(st.sampled_from([0, 0, 1, 3])))


@st.composite
def calendars(draw) -> tuple[Calendar, date]:
    """A calendar with anything in it, and a date around which its zone may change its clocks."""
    zone, day = draw(st.sampled_from(DAYS_OF_CHANGE))
    yearly = st.booleans()
    seasons = [
        Season("season", *draw(exceptions(day)), draw(some_windows), yearly=draw(yearly))
        for _ in range(draw(st.integers(0, 1)))
    ]
    special = [
        SpecialDate(draw(exceptions(day))[0], draw(some_windows), "special") for _ in range(draw(st.integers(0, 1)))
    ]
    holidays = [
        Holiday(f"holiday {n}", *draw(exceptions(day)), yearly=draw(yearly), windows=draw(some_windows))
        for n in range(draw(st.integers(0, 2)))
    ]
    weekly = draw(st.lists(windows, min_size=1, max_size=3))
    cal = calendar(
        *weekly, zone=zone, breaks=draw(breaks), seasons=tuple(seasons), special=tuple(special),
        holidays=tuple(holidays),
    )  # fmt: skip
    return cal, day


def around(day: date, days: int) -> tuple[Instant, Instant]:
    noon = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
    return Instant(noon - days * DAY), Instant(noon + days * DAY)


@given(calendars())
def test_the_compiled_hours_are_those_of_a_clock_that_is_watched(made):
    cal, day = made
    start, end = around(day, 2)
    engine = compile_hours([(None, cal)])
    open_at = dict(walked(cal, start, end, QUARTER))
    assert {at: engine.between(at, Instant(at + QUARTER)) for at in open_at} == {
        at: QUARTER * is_open for at, is_open in open_at.items()
    }


@given(calendars(), st.data())
def test_time_between_is_additive_and_never_shrinks(made, data):
    cal, day = made
    engine = compile_hours([(None, cal)])
    instants = st.integers(*around(day, 5)).map(Instant)
    a, b, c = sorted(data.draw(st.tuples(instants, instants, instants)))
    assert engine.between(a, b) + engine.between(b, c) == engine.between(a, c)
    assert 0 <= engine.between(a, b) <= b - a
    assert engine.between(b, a) == 0


@given(calendars(), st.data())
def test_due_and_time_between_are_inverse(made, data):
    cal, day = made
    engine = compile_hours([(None, cal)])
    start = Instant(data.draw(st.integers(*around(day, 3))))
    seconds = data.draw(st.integers(1, 60 * 3600))
    due = engine.after(start, seconds)
    if due is None:
        assert engine.between(start, Instant(start + 10 * 366 * DAY)) < seconds
        return
    assert engine.between(start, due) == seconds
    assert engine.between(start, Instant(due - 1)) == seconds - 1  # no earlier instant does


@settings(max_examples=settings.default.max_examples // 3)  # a calendar that hardly ever opens is dear
@given(calendars(), st.data())
def test_adding_twice_is_adding_the_sum(made, data):
    cal, day = made
    engine = compile_hours([(None, cal)])
    start = Instant(data.draw(st.integers(*around(day, 3))))
    first, second = data.draw(st.tuples(st.integers(0, 90_000), st.integers(0, 90_000)))
    middle = engine.after(start, first)
    assert (None if middle is None else engine.after(middle, second)) == engine.after(start, first + second)


@given(calendars(), st.data())
def test_pieces_tile_their_span_and_add_up(made, data):
    cal, day = made
    engine = compile_hours([(None, cal)])
    start, end = sorted(data.draw(st.tuples(*[st.integers(*around(day, 5)).map(Instant)] * 2)))
    pieces = engine.spans(start, end)
    edges = [start, *(piece.span.end for piece in pieces)]
    assert [piece.span.start for piece in pieces] == edges[:-1]
    assert edges[-1] == end
    assert all(piece.span.seconds for piece in pieces)
    assert sum(piece.span.seconds for piece in pieces if piece.open) == engine.between(start, end)
    assert sum(piece.seconds for piece in pieces) == engine.between(start, end)


@given(calendars(), st.data())
def test_changes_are_where_open_begins_or_ends(made, data):
    cal, day = made
    engine = compile_hours([(None, cal)])
    start = Instant(data.draw(st.integers(*around(day, 3))))
    change = engine.next_change(start)
    if change is None:
        assert engine.between(start, Instant(start + DAY)) in (0, DAY)
        return
    was_open = engine.is_open(start)
    assert engine.is_open(change) is not was_open
    assert engine.between(start, change) == (change - start) * was_open
    assert engine.next_open(start) == (start if was_open else change)


@settings(max_examples=settings.default.max_examples // 3)  # a calendar that hardly ever opens is dear
@given(calendars(), st.data())
def test_what_was_asked_before_changes_no_answer(made, data):
    """A table that grew in any order is the table that was expanded at once."""
    cal, day = made
    fresh, grown = compile_hours([(None, cal)]), compile_hours([(None, cal)])
    start = Instant(data.draw(st.integers(*around(day, 3))))
    for shift in data.draw(st.lists(st.integers(-400, 400), max_size=3)):
        grown.is_open(Instant(start + shift * DAY))
    seconds = data.draw(st.integers(0, 300_000))
    assert grown.after(start, seconds) == fresh.after(start, seconds)
    assert grown.next_change(start) == fresh.next_change(start)


@settings(max_examples=settings.default.max_examples // 2)  # two calendars and both of them again: dear
@given(calendars(), calendars(), st.data())
def test_a_version_takes_over_at_its_instant(made, other, data):
    (cal, day), (late, _) = made, other
    start, end = around(day, 3)
    border = Instant(data.draw(st.integers(start, end)))
    both = compile_hours([(None, cal), (border, late)])
    apart = compile_hours([(None, cal)]).between(start, border) + compile_hours([(None, late)]).between(border, end)
    assert both.between(start, end) == apart


def test_the_latest_changes_of_clocks_of_every_zone_agree_with_a_watched_clock():
    """Windows that begin, end and lie within the hours at which clocks change."""
    assert not [wrong for zone in zones() for wrong in disagreements(zone, [at for at, _, _ in transitions(zone)][-2:])]


def test_no_zone_changes_its_clocks_to_and_fro_within_a_date():
    """What ``windows`` takes for granted when it adds seconds to the midnight of an even day."""
    for zone in zones():
        changes = transitions(zone)
        for (at, before, _), (following, _, after) in pairwise(changes):
            same_date = (
                datetime.fromtimestamp(at, ZoneInfo(zone)).date()
                == datetime.fromtimestamp(following, ZoneInfo(zone)).date()
            )
            assert not (same_date and before == after), (zone, at)
