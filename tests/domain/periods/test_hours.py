"""Service hours across the borders of periods: piece by piece with both, named, and right for every instant."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supporttui.domain.ids import ServiceId
from supporttui.domain.periods.hours import laid_over
from supporttui.domain.periods.period import Dates, Period, PeriodHours, PeriodKind
from supporttui.domain.sla.calendars import Break, Calendar, Holiday, Window
from supporttui.domain.sla.hours import compile_hours
from supporttui.domain.sla.reasons import Reason
from supporttui.domain.spans import Instant, Span
from tests.domain.periods.making import MAIL, always, period, plan_of, with_periods
from tests.domain.sla.calendars import DAY, EVERY_DAY, HOUR, NIGHT, QUARTER, at, calendar

pytestmark = pytest.mark.core

times = st.integers(0, 96).map(lambda n: f"{n // 4:02}:{n % 4 * 15:02}")
weekdays = st.sets(st.integers(1, 7), min_size=1).map(lambda days: tuple(sorted(days)))
windows = st.builds(Window, times, times, weekdays)
hours_of_periods = st.builds(
    PeriodHours, st.lists(windows, max_size=2).map(tuple), instead=st.booleans(), on_holidays=st.booleans()
)
days = st.integers(0, 20).map(lambda n: date.fromordinal(date(2026, 5, 10).toordinal() + n))
ranges = st.tuples(days, days).map(lambda pair: Dates(min(pair), max(pair)))


@st.composite
def periods(draw: st.DrawFn) -> tuple[Period, ...]:
    return tuple(
        period(
            id=f"p{n}", name=f"P{n}", zone=draw(st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kolkata"])),
            kind=draw(st.sampled_from(PeriodKind)), rank=draw(st.none() | st.integers(1, 2)),
            dates=(draw(ranges),), hours=draw(st.none() | hours_of_periods),
        )
        for n in range(draw(st.integers(1, 3)))
    )  # fmt: skip


usual_hours = st.builds(
    lambda weekly, days: calendar(*weekly, zone="Europe/Berlin", holidays=days),
    st.lists(windows, min_size=1, max_size=2),
    st.lists(days.map(lambda day: Holiday(str(day), day)), max_size=2).map(tuple),
)


def told(usual: Calendar, start: str, end: str, *periods: Period) -> list[tuple[str, str]]:
    """Length in hours and label of each piece."""
    return [
        (f"{piece.span.seconds / HOUR:g} h", f"{piece.reason} {piece.name}".strip())
        for piece in with_periods(usual, *periods).spans(at(start), at(end))
    ]


def test_the_explanation_lists_the_pieces_of_both_hours_with_the_period_s_name() -> None:
    """Thursday before the peak to the Saturday within it."""
    assert told(calendar(), "2026-11-19T09:00", "2026-11-22T00:00", period()) == [
        ("8 h", "open"), ("16 h", "closed"), ("8 h", "open Christmas peak"), ("15 h", "closed"),
        ("12 h", "open Christmas peak"), ("4 h", "closed"),
    ]  # fmt: skip


def test_due_over_the_border_of_a_period_is_counted_with_both() -> None:
    """Friday 15:00 to Monday at noon: Saturday counts only within the peak."""
    start, length = at("2026-11-13T15:00"), 5 * HOUR
    usual, peak = compile_hours([(None, calendar())]), with_periods(calendar(), period())
    assert usual.after(start, length) == peak.after(start, length) == at("2026-11-16T12:00")
    inside = at("2026-11-20T15:00")
    assert (usual.after(inside, length), peak.after(inside, length)) == (at("2026-11-23T12:00"), at("2026-11-21T11:00"))


def test_hours_in_place_of_the_usual_ones_close_what_they_do_not_name() -> None:
    short = period(hours=PeriodHours((Window("10:00", "12:00"),), instead=True))
    assert told(calendar(), "2026-11-23T00:00", "2026-11-24T00:00", short) == [
        ("10 h", "period Christmas peak"), ("2 h", "open Christmas peak"), ("12 h", "period Christmas peak"),
    ]  # fmt: skip
    closed = period(hours=PeriodHours(instead=True))
    assert told(calendar(), "2026-11-23T00:00", "2026-11-24T00:00", closed) == [("24 h", "period Christmas peak")]


def test_breaks_of_a_period_are_cut_out_of_its_own_windows_only() -> None:
    lunch = (Break("12:00", "13:00", name="Lunch"),)
    own = period(hours=PeriodHours((Window("10:00", "14:00"),), lunch, instead=True))
    assert ("1 h", "break Lunch") in told(calendar(), "2026-11-23T00:00", "2026-11-24T00:00", own)
    beside = period(hours=PeriodHours((Window("10:00", "14:00"),), lunch))
    assert ("8 h", "open Christmas peak") in told(calendar(), "2026-11-23T00:00", "2026-11-24T00:00", beside)


@pytest.mark.parametrize(("on_holidays", "expected"), [(False, "holiday Christmas"), (True, "open Christmas peak")])
def test_holidays_stay_as_they_are_unless_the_period_says_otherwise(on_holidays: bool, expected: str) -> None:
    festive = calendar(holidays=(Holiday("Christmas", date(2026, 12, 25)),))
    told_of = told(festive, "2026-12-25T00:00", "2026-12-26T00:00", period(hours=always(on_holidays=on_holidays)))
    assert told_of == [("24 h", expected)]


def test_a_holiday_s_own_hours_stay_within_a_period_too() -> None:
    half = calendar(holidays=(Holiday("Eve", date(2026, 12, 24), windows=(Window("09:00", "12:00"),)),))
    assert told(half, "2026-12-24T00:00", "2026-12-25T00:00", period(hours=always())) == [
        ("9 h", "holiday Eve"), ("3 h", "open Eve"), ("12 h", "holiday Eve"),
    ]  # fmt: skip


def test_night_shifts_go_on_over_the_border_of_a_period() -> None:
    nights = period(hours=PeriodHours((NIGHT,), instead=True))
    engine = with_periods(calendar(NIGHT), nights)
    borders = ("2026-11-20", "2027-01-03")
    assert [engine.between(Instant(at(border) - HOUR), Instant(at(border) + HOUR)) for border in borders] == [7200] * 2


def test_of_two_periods_the_one_of_the_higher_rank_decides_and_what_is_silent_leaves_it_to_the_next() -> None:
    """A period end within a season; the freeze says nothing of hours."""
    dates = (Dates(date(2026, 11, 30), date(2026, 11, 30)),)
    ending = period(id="end", name="Month end", kind=PeriodKind.period_end, dates=dates, hours=always(instead=True))
    freeze = period(id="still", name="Freeze", kind=PeriodKind.freeze, hours=None)
    engine = with_periods(calendar(), period(), ending, freeze)
    assert {piece.name for piece in engine.spans(at("2026-11-30"), at("2026-12-01"))} == {"Month end"}
    stated = with_periods(calendar(), period(rank=99), ending, freeze)
    assert stated.between(at("2026-11-30"), at("2026-12-01")) == 8 * HOUR


def test_the_hours_of_a_period_are_those_of_its_services_only() -> None:
    usual, plan = compile_hours([(None, calendar())]), plan_of(period())
    other = laid_over(usual, lambda _: (), plan, ServiceId("erp"))
    span = (at("2026-11-01"), at("2027-02-01"))
    assert other.spans(*span) == usual.spans(*span)
    assert (plan.shapes_hours(MAIL), plan.shapes_hours(ServiceId("erp"))) == (True, False)
    assert plan_of(period(services=())).shapes_hours(ServiceId("erp"))
    assert not plan_of(period(hours=None)).shapes_hours(MAIL)


def test_a_period_of_another_zone_begins_at_its_own_midnight() -> None:
    tokyo = period(zone="Asia/Tokyo", hours=always())
    (opening,) = (
        piece.span
        for piece in with_periods(calendar(), tokyo).spans(at("2026-11-19T14:00"), at("2026-11-19T16:00"))
        if piece.name
    )
    assert opening == Span(at("2026-11-19T15:00"), at("2026-11-19T16:00"))


def _walked(usual: Calendar, periods: tuple[Period, ...], moment: Instant) -> bool:
    """Whether it is open, told instant by instant from the words of the rules alone."""
    holding = [
        one for one in periods
        if one.hours is not None and compile_hours([(None, _only(one))]).is_open(moment)
    ]  # fmt: skip
    base = compile_hours([(None, usual)])
    here = base.spans(moment, Instant(moment + 1))[0]
    if not holding:
        return here.open
    best = min(holding, key=lambda one: (-one.precedence, -_start(one), one.id))
    assert best.hours is not None
    if not best.hours.on_holidays and here.reason is Reason.holiday:
        return here.open
    own = compile_hours([(None, Calendar("own", "", best.zone, best.hours.windows))]).is_open(moment)
    return own or (here.open and not best.hours.instead)


def _only(one: Period) -> Calendar:
    """A calendar that is open just while the period lasts."""
    held = tuple(
        Holiday("in", dates.first, dates.last, windows=(Window("00:00", "24:00", EVERY_DAY),)) for dates in one.dates
    )
    return Calendar("held", "", one.zone, (), holidays=held)


def _start(one: Period) -> int:
    return plan_of(one).touching(Span(at("2026-05-01"), at("2026-06-30")))[0].whole.start


@settings(max_examples=settings.default.max_examples // 2)  # each compiles a calendar for the years about it
@given(usual_hours, periods(), st.lists(st.integers(0, 30 * DAY // QUARTER), min_size=1, max_size=12))
def test_every_instant_is_judged_alone(usual: Calendar, found: tuple[Period, ...], quarters: list[int]) -> None:
    """But for windows that run from the eve of a holiday into it, which belong to the eve: none here do."""
    weekly = tuple(window for window in usual.weekly if window.start < window.end) or (Window("09:00", "17:00"),)
    usual = calendar(*weekly, zone="Europe/Berlin", holidays=usual.holidays)
    engine = with_periods(usual, *found)
    for quarter in quarters:
        moment = Instant(at("2026-05-08") + quarter * QUARTER)
        assert engine.is_open(moment) is _walked(usual, found, moment)


@given(usual_hours, periods(), st.lists(st.integers(0, 40 * DAY), min_size=3, max_size=3), st.integers(0, 10 * DAY))
def test_counting_with_periods_obeys_the_laws_of_hours(
    usual: Calendar, found: tuple[Period, ...], offsets: list[int], seconds: int
) -> None:
    engine = with_periods(usual, *found)
    a, b, c = sorted(Instant(at("2026-05-01") + offset) for offset in offsets)
    assert engine.between(a, b) + engine.between(b, c) == engine.between(a, c)
    assert sum(piece.seconds for piece in engine.spans(a, c)) == engine.between(a, c)
    due = engine.after(a, seconds)
    if due is not None:
        assert engine.between(a, due) == seconds


@given(usual_hours, periods(), st.integers(0, 40 * DAY), st.integers(1, 40 * DAY))
def test_pieces_tile_the_span_whatever_was_expanded_before(
    usual: Calendar, found: tuple[Period, ...], offset: int, length: int
) -> None:
    start = Instant(at("2026-05-01") + offset)
    pieces = with_periods(usual, *found).spans(start, Instant(start + length))
    assert [piece.span.start for piece in pieces] == [start, *(piece.span.end for piece in pieces[:-1])]
    assert pieces[-1].span.end == start + length


# --- working days ----------------------------------------------------------------------------------------


def test_a_target_in_days_counts_the_saturdays_of_the_peak() -> None:
    friday = at("2026-11-27T10:00")
    usual, peak = compile_hours([(None, calendar())]), with_periods(calendar(), period())
    assert (usual.after_days(friday, 1), peak.after_days(friday, 1)) == (at("2026-11-30T10:00"), at("2026-11-28T10:00"))
    assert peak.after_days(friday, 1, end_of_day=True) == at("2026-11-28T20:00")


def test_a_day_that_a_period_closes_is_no_working_day() -> None:
    closed = period(dates=(Dates(date(2026, 11, 30), date(2026, 12, 1)),), hours=PeriodHours(instead=True))
    assert with_periods(calendar(), closed).after_days(at("2026-11-27T10:00"), 1) == at("2026-12-02T10:00")


def test_a_night_shift_that_a_period_cuts_off_is_still_the_day_on_which_it_opened() -> None:
    closed = period(dates=(Dates(date(2026, 11, 28), date(2026, 11, 29)),), hours=PeriodHours(instead=True))
    engine = with_periods(calendar(Window("22:00", "06:00")), closed)
    assert engine.after_days(at("2026-11-26T23:00"), 1, end_of_day=True) == at("2026-11-28")
    assert engine.after_days(at("2026-11-26T23:00"), 2) == at("2026-11-30T23:00")


@given(usual_hours, periods())
def test_working_days_are_the_dates_with_open_time_where_no_window_goes_over_midnight(
    usual: Calendar, found: tuple[Period, ...]
) -> None:
    usual = calendar(Window("09:00", "17:00"), Window("19:00", "21:00", (6,)), holidays=usual.holidays)
    day_only = [
        period(id=one.id, name=one.name, kind=one.kind, rank=one.rank, dates=one.dates, hours=_by_day(one.hours))
        for one in found
    ]
    engine = with_periods(usual, *day_only)
    start = at("2026-05-01")
    expected = {}
    for piece in engine.spans(start, Instant(start + 40 * DAY)):
        if piece.open:
            expected[(piece.span.start - start) // DAY] = piece.span.end
    told_of = engine.workdays.in_year(2026)
    got = {(one.day - date(2026, 5, 1)).days: one.closes for one in told_of}
    assert {day: closes for day, closes in got.items() if 0 <= day < 40} == expected


def _by_day(hours: PeriodHours | None) -> PeriodHours | None:
    if hours is None:
        return None
    windows = tuple(window for window in hours.windows if window.start < window.end < "24:00")
    return PeriodHours(windows, instead=hours.instead, on_holidays=hours.on_holidays)
