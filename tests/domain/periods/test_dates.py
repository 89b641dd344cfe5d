"""When periods occur: ends of months, quarters and fiscal years by a rule, and dates that come round."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.ids import CalendarId
from supporttui.domain.periods.dates import months_of, on_weekdays, ranges_of
from supporttui.domain.periods.period import Dates, Fiscal, Rule, Unit, Weeks
from supporttui.domain.periods.plan import compile_plan, strongest
from supporttui.domain.sla.calendars import Holiday
from supporttui.domain.sla.hours import compile_days
from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span
from tests.domain.periods.making import period, plan_of
from tests.domain.sla.calendars import at, calendar

pytestmark = pytest.mark.core

MAY_2026 = Span(at("2026-05-01"), at("2026-06-01"))
fiscal_years = st.builds(
    Fiscal, st.integers(1, 12), st.none() | st.sampled_from(Weeks), st.integers(1, 7), st.booleans()
)
rules = st.builds(Rule, st.sampled_from(Unit), st.integers(0, 5), st.integers(0, 5), st.booleans(), fiscal=fiscal_years)


def spoken(rule: Rule, year: int, working=on_weekdays) -> list[str]:
    return [f"{first:%d %b}-{last:%d %b %Y}" for first, last in ranges_of(rule, year, working)]


@pytest.mark.parametrize(
    ("holidays", "expected"),
    [((), "27 May-29 May 2026"), ((Holiday("Closed", date(2026, 5, 29)),), "26 May-28 May 2026")],
)
def test_the_last_three_working_days_of_may(holidays, expected) -> None:
    days = compile_days([(None, calendar(holidays=holidays))])
    assert spoken(Rule(last=3), 2026, days.opens_on)[4] == expected


@pytest.mark.parametrize(
    ("rule", "year", "place", "expected"),
    [
        (Rule(Unit.quarter, last=2), 2026, 0, "30 Mar-31 Mar 2026"),
        (Rule(Unit.quarter, last=2, first=1), 2026, 0, "30 Mar-01 Apr 2026"),
        (Rule(Unit.month, first=2), 2026, 4, "01 Jun-02 Jun 2026"),
        (Rule(Unit.month, last=1, working=False), 2026, 4, "31 May-31 May 2026"),
        (Rule(Unit.month, last=3), 2026, 7, "27 Aug-31 Aug 2026"),
        (Rule(Unit.year, last=1), 2026, 0, "31 Dec-31 Dec 2026"),
        (Rule(Unit.year, last=2, fiscal=Fiscal(4)), 2026, 0, "30 Mar-31 Mar 2027"),
        (Rule(Unit.quarter, last=1, fiscal=Fiscal(2)), 2026, 1, "31 Jul-31 Jul 2026"),
        (Rule(Unit.year, last=1, working=False, fiscal=Fiscal(1, Weeks.w445)), 2026, 0, "26 Dec-26 Dec 2026"),
        (Rule(Unit.year, last=1, working=False, fiscal=Fiscal(1, Weeks.w445, nearest=True)), 2026, 0, "02 Jan-02 Jan 2027"),
        (Rule(Unit.month, last=1, fiscal=Fiscal(1, Weeks.w445)), 2026, 2, "27 Mar-27 Mar 2026"),
        (Rule(Unit.month, last=1, fiscal=Fiscal(1, Weeks.w544)), 2026, 0, "30 Jan-30 Jan 2026"),
    ],
)  # fmt: skip
def test_ends_of_units(rule: Rule, year: int, place: int, expected: str) -> None:
    assert spoken(rule, year)[place] == expected


@given(fiscal_years, st.integers(1971, 2097))
def test_months_of_a_fiscal_year_follow_one_another_and_years_do_too(fiscal: Fiscal, year: int) -> None:
    months = months_of(fiscal, year)
    assert len(months) == 13
    assert list(months) == sorted(set(months))
    assert months[-1] == months_of(fiscal, year + 1)[0]
    length = (months[-1] - months[0]).days
    assert length in ((365, 366) if fiscal.weeks is None else (364, 371))
    if fiscal.weeks is not None:
        assert (months[0] - timedelta(days=1)).isoweekday() == fiscal.week_ends


@given(rules, st.integers(1971, 2090))
def test_a_rule_gives_as_many_days_as_it_names_on_each_side_of_the_border(rule: Rule, year: int) -> None:
    months = months_of(rule.fiscal, year)
    step = {Unit.month: 1, Unit.quarter: 3, Unit.year: 12}[rule.unit]
    found = list(ranges_of(rule, year, on_weekdays))
    borders = months[step::step]
    assert len(found) == (len(borders) if rule.last + rule.first else 0)
    for (first, last), border in zip(found, borders, strict=False):
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        counted = [day for day in days if not rule.working or day.isoweekday() <= 5]
        assert sum(day < border for day in counted) == rule.last
        assert sum(day >= border for day in counted) == rule.first


def test_a_unit_without_working_days_has_no_end_to_speak_of() -> None:
    assert spoken(Rule(last=3), 2026, lambda day: day.month != 5).count("29 May-29 May 2026") == 0
    assert len(spoken(Rule(last=3), 2026, lambda day: day.month != 5)) == 11
    assert spoken(Rule(last=3, first=1), 2026, lambda day: day.day == 7)[4] == "07 May-07 Jun 2026"


def test_the_calendar_that_a_rule_names_says_which_days_are_working_days() -> None:
    closed = calendar(holidays=(Holiday("Closed", date(2026, 5, 29)),))
    ending = period(dates=(), rule=Rule(last=3, calendar=CalendarId("office")))
    (found,) = plan_of(ending, calendars={"office": closed}).touching(MAY_2026)
    assert found.whole == Span(at("2026-05-26"), at("2026-05-29"))


def test_yearly_dates_come_round_over_the_year_s_end_and_end_by_themselves() -> None:
    plan = plan_of(period(dates=(Dates(date(2020, 12, 20), date(2021, 1, 6), yearly=True),)))
    (found,) = plan.touching(Span(at("2031-01-02"), at("2031-01-03")))
    assert (found.whole.start, found.whole.end) == (at("2030-12-20"), at("2031-01-07"))
    assert plan.at(at("2031-01-07")) == ()


def test_no_occurrence_begins_after_the_last_date_that_the_period_names() -> None:
    plan = plan_of(period(dates=(), rule=Rule(last=3), until=date(2026, 4, 30)))
    assert len(plan.touching(Span(at("2026-04-01"), at("2026-12-31")))) == 1


def test_dates_may_begin_and_end_within_a_day_of_the_period_s_zone() -> None:
    weekend = Dates(date(2026, 5, 29), date(2026, 5, 31), start="18:00", end="23:30")
    (found,) = plan_of(period(dates=(weekend,), zone="Asia/Tokyo")).touching(MAY_2026)
    assert found.whole == Span(at("2026-05-29T09:00"), at("2026-05-31T14:30"))


def test_a_version_acts_until_the_next_and_a_dropped_one_not_at_all() -> None:
    began, extended, dropped = at("2026-11-25"), at("2026-12-01"), at("2027-01-04")
    longer = period(dates=(Dates(date(2026, 11, 20), date(2027, 1, 10)),))
    plan = compile_plan(
        {"peak": [(began, period()), (extended, longer), (dropped, period(active=False))]}, lambda _: on_weekdays
    )
    assert [found.span for found in plan.touching(Span(BEGINNING, FOREVER))] == [
        Span(began, extended),
        Span(extended, dropped),
    ]


@given(rules, st.integers(at("1990-01-01"), at("2080-01-01")), st.integers(1, 400 * 86_400))
def test_what_touches_a_span_does_not_depend_on_what_was_asked_before(rule: Rule, start: int, length: int) -> None:
    span = Span(Instant(start), Instant(start + length))
    asked, fresh = (plan_of(period(dates=(), rule=rule)) for _ in range(2))
    asked.touching(Span(Instant(start - 10**8), Instant(start - 10**7)))
    asked.at(Instant(start))
    assert asked.touching(span) == fresh.touching(span)


@given(st.lists(rules, min_size=1, max_size=3), st.integers(at("1990-01-01"), at("2080-01-01")))
def test_what_holds_at_an_instant_is_what_touches_it(found: list[Rule], moment: int) -> None:
    plan = plan_of(*(period(id=f"p{n}", dates=(), rule=rule) for n, rule in enumerate(found)))
    borders = [
        at
        for one in plan.touching(Span(Instant(moment), Instant(moment + 10**7)))
        for at in (one.span.start, one.span.end)
    ]
    for asked in (moment, *borders[:4], *(border - 1 for border in borders[:4])):
        touching = plan.touching(Span(Instant(asked), Instant(asked + 1)))
        assert plan.at(Instant(asked)) == strongest(touching)
