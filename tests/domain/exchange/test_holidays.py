"""Entries of another calendar as holidays: whole dates are closed, hours are cut out, nothing is said twice."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from supporttui.domain.exchange.holidays import has, with_entries
from supporttui.domain.exchange.review import Entry, Receiver
from supporttui.domain.sla.calendars import Holiday, SpecialDate, Window
from supporttui.domain.sla.hours import compile_hours
from supporttui.domain.wall import resolve
from tests.builders import calendar

pytestmark = pytest.mark.core
BERLIN = "Europe/Berlin"
WEDNESDAY, THURSDAY, SATURDAY = date(2026, 12, 23), date(2026, 12, 24), date(2026, 12, 26)


def entry(start: tuple[int, ...], end: tuple[int, ...], name: str = "Closed") -> Entry:
    first, last = (resolve(datetime(2026, 12, *one), BERLIN) for one in (start, end))
    return Entry(name, Receiver.calendar, "office", name, first, last, BERLIN, "feed.ics")


def made(found: Entry, **deviations) -> tuple[Holiday, ...]:
    return with_entries(calendar(**deviations), [found])[1][0].made


def open_on(found, day: int, month: int = 12) -> int:
    hours = compile_hours([(None, found)])
    return hours.between(resolve(datetime(2026, month, day), BERLIN), resolve(datetime(2026, month, day + 1), BERLIN))


def test_whole_dates_are_one_holiday_with_its_range() -> None:
    assert made(entry((24,), (27,))) == (Holiday("Closed", THURSDAY, last=SATURDAY),)
    assert made(entry((24,), (25,))) == (Holiday("Closed", THURSDAY),)


def test_hours_are_cut_out_of_those_that_are_usual() -> None:
    assert made(entry((24, 13), (25,))) == (Holiday("Closed", THURSDAY, windows=(Window("09:00", "13:00"),)),)
    lunch = made(entry((24, 12), (24, 12, 30)))
    assert lunch == (Holiday("Closed", THURSDAY, windows=(Window("09:00", "12:00"), Window("12:30", "17:00"))),)
    after, _ = with_entries(calendar(), [entry((24, 13), (25,))])
    assert (open_on(after, 24), open_on(after, 23)) == (4 * 3600, 8 * 3600)


def test_an_entry_over_several_dates_is_cut_at_its_ends_only() -> None:
    found = made(entry((23, 15), (26, 10)))
    assert found == (
        Holiday("Closed", WEDNESDAY, windows=(Window("09:00", "15:00"),)), Holiday("Closed", THURSDAY, last=date(2026, 12, 25)),
    )  # fmt: skip


def test_an_entry_outside_of_the_hours_makes_nothing() -> None:
    assert made(entry((24, 18), (24, 20))) == ()
    assert made(entry((26, 9), (26, 12))) == ()


def test_a_night_window_ends_where_the_entry_begins() -> None:
    night = (Window("22:00", "06:00"),)
    assert made(entry((23, 23), (24,)), weekly=night) == (
        Holiday("Closed", WEDNESDAY, windows=(Window("22:00", "23:00"),)),
    )
    assert made(entry((24, 2), (24, 6)), weekly=night) == ()


def test_a_holiday_is_stronger_than_earlier_hours_of_that_date() -> None:
    """Hours of a holiday, which would win over a plain one, and those of a special date."""
    half = Holiday("Half", THURSDAY, windows=(Window("09:00", "12:00"),))
    after, _ = with_entries(calendar(holidays=(half,)), [entry((24,), (25,))])
    assert open_on(after, 24) == 0
    after, _ = with_entries(
        calendar(special=(SpecialDate(THURSDAY, (Window("08:00", "20:00"),)),)), [entry((24,), (25,))]
    )
    assert open_on(after, 24) == 0


def test_two_entries_of_one_date_are_both_cut_out() -> None:
    after, _ = with_entries(calendar(), [entry((24, 15), (24, 17), "Late"), entry((24, 9), (24, 10), "Early")])
    assert open_on(after, 24) == 5 * 3600


def test_a_changed_entry_takes_the_place_of_what_it_made() -> None:
    before = calendar(holidays=(Holiday("Other", date(2026, 5, 1)),))
    once, (told,) = with_entries(before, [entry((24,), (25,))])
    moved = replace(entry((23,), (24,)), made=told.made)
    assert with_entries(once, [moved])[0].holidays == (Holiday("Closed", WEDNESDAY), Holiday("Other", date(2026, 5, 1)))


def test_a_calendar_knows_what_it_has() -> None:
    yearly = calendar(holidays=(Holiday("Christmas Eve", date(2020, 12, 24), yearly=True),))
    assert has(yearly, entry((24,), (25,)))
    assert has(yearly, entry((24, 13), (25,)))
    assert not has(yearly, entry((23,), (25,)))
    assert not has(calendar(), entry((26,), (27,)))
    half = calendar(holidays=(Holiday("Half", THURSDAY, windows=(Window("09:00", "12:00"),)),))
    assert not has(half, entry((24,), (25,)))
