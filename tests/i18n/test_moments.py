"""What a person types as a time is the time they mean."""

import contextlib
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.faults import BadInput
from supporttui.domain.spans import Instant
from supporttui.i18n import times
from supporttui.i18n.catalogue import Words, load
from supporttui.i18n.moments import chosen, example, parse, typed, week

NOW = Instant(1_795_500_000)  # Tuesday 2026-11-24 07:00 in Berlin
BERLIN = Words("en", "Europe/Berlin")


def read(text: str, words: Words = BERLIN, now: Instant = NOW, **how: object) -> str:
    return times.iso(parse(words, text, now, **how), "Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-03-02T09:00", "2026-03-02T09:00:00+01:00"),
        ("2026-03-02 9:00", "2026-03-02T09:00:00+01:00"),
        ("2026-03-02", "2026-03-02T00:00:00+01:00"),
        ("2016-03-02T09:00:00Z", "2016-03-02T10:00:00+01:00"),
        ("2026-03-02T09:00+09:00", "2026-03-02T01:00:00+01:00"),
        ("2026-W10-1", "2026-03-02T00:00:00+01:00"),
        ("now", "2026-11-24T07:00:00+01:00"),
        ("2h", "2026-11-24T09:00:00+01:00"),
        ("+1h30m", "2026-11-24T08:30:00+01:00"),
        ("in 2 hours", "2026-11-24T09:00:00+01:00"),
        ("-30m", "2026-11-24T06:30:00+01:00"),
        ("2h ago", "2026-11-24T05:00:00+01:00"),
        ("tomorrow 9:00", "2026-11-25T09:00:00+01:00"),
        ("Yesterday, 23:59", "2026-11-23T23:59:00+01:00"),
        ("today", "2026-11-24T00:00:00+01:00"),
        ("fri 17:00", "2026-11-27T17:00:00+01:00"),
        ("Tuesday 8:00", "2026-11-24T08:00:00+01:00"),
        ("tue 7:00", "2026-12-01T07:00:00+01:00"),
        ("17:00", "2026-11-24T17:00:00+01:00"),
        ("5:00", "2026-11-25T05:00:00+01:00"),
        ("24.11. 8:00", "2026-11-24T08:00:00+01:00"),
    ],
)
def test_english_and_digits(text: str, meant: str):
    assert read(text) == meant


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("de", "morgen 9 Uhr", "2026-11-25T09:00:00+01:00"),
        ("de", "Fr 17:00", "2026-11-27T17:00:00+01:00"),
        ("de", "freitag 17:00", "2026-11-27T17:00:00+01:00"),
        ("de", "tomorrow 9:00", "2026-11-25T09:00:00+01:00"),
        ("ja", "明日 9:00", "2026-11-25T09:00:00+01:00"),
        ("ja", "11月25日 17時30分", "2026-11-25T17:30:00+01:00"),
        ("ja", "2時間", "2026-11-24T09:00:00+01:00"),
        ("ja", "金曜日 １７:００", "2026-11-27T17:00:00+01:00"),
    ],
)
def test_the_readers_own_words(language: str, text: str, meant: str):
    assert read(text, load(language, "Europe/Berlin", {})) == meant


def test_looking_back_a_time_is_the_latest_such_one():
    assert read("fri 17:00", past=True) == "2026-11-20T17:00:00+01:00"
    assert read("8:00", past=True) == "2026-11-23T08:00:00+01:00"


def test_days_keep_the_clock_and_hours_are_elapsed_over_a_clock_change():
    eve = parse(BERLIN, "2026-03-28 12:00", NOW)
    assert read("1d", now=eve) == "2026-03-29T12:00:00+02:00"
    assert read("24h", now=eve) == "2026-03-29T13:00:00+02:00"


def test_a_skipped_time_is_the_first_after_and_a_double_one_its_first():
    assert read("2026-03-29 02:30") == "2026-03-29T03:00:00+02:00"
    assert read("2026-10-25 02:30") == "2026-10-25T02:30:00+02:00"


@pytest.mark.parametrize(
    ("now", "text", "past", "meant"),
    [
        ("2026-10-25 02:26+02:00", "02:30", False, "2026-10-25T02:30:00+02:00"),
        ("2026-10-25 02:31+02:00", "02:30", False, "2026-10-25T02:30:00+01:00"),
        ("2026-10-25 02:26+01:00", "02:30", False, "2026-10-25T02:30:00+01:00"),
        ("2026-10-25 02:26+01:00", "today 02:30", False, "2026-10-25T02:30:00+01:00"),
        ("2026-10-25 02:26+01:00", "2026-10-25 02:30", False, "2026-10-25T02:30:00+01:00"),
        ("2026-10-25 02:31+01:00", "02:30", False, "2026-10-26T02:30:00+01:00"),
        ("2026-10-25 02:26+01:00", "02:30", True, "2026-10-25T02:30:00+02:00"),
        ("2026-10-25 02:31+01:00", "02:30", True, "2026-10-25T02:30:00+01:00"),
    ],
)
def test_a_time_that_occurs_twice_is_the_nearest_one_when_it_is_read_in_that_very_hour(
    now: str, text: str, past: bool, meant: str
):
    assert read(text, now=Instant(int(datetime.fromisoformat(now).timestamp())), past=past) == meant


@pytest.mark.parametrize(
    "text", ["", "25:00", "soon", "2x", "2h foo", "9" * 30 + "d", "31.2. 9:00", "0001-01-01", "٢h"]
)
def test_what_is_no_time_is_refused(text: str):
    with pytest.raises(BadInput) as refusal:
        read(text)
    assert refusal.value.code == "moment.unreadable"


@pytest.mark.parametrize(
    ("text", "monday"),
    [("48", "2026-11-23"), ("week 1", "2025-12-29"), ("Week53", "2026-12-28"), ("2026-10-25", "2026-10-19")],
)
def test_a_week_is_meant_by_its_number_or_by_a_moment(text: str, monday: str):
    found = times.iso(week(BERLIN, text, NOW), "Europe/Berlin")
    first = date.fromisoformat(found[:10])
    assert str(first - timedelta(days=first.weekday())) == monday


@pytest.mark.parametrize("text", ["0", "54", "week", "week x"])
def test_what_is_no_week_is_refused(text: str):
    with pytest.raises(BadInput):
        week(BERLIN, text, NOW)


@given(st.text(max_size=20) | st.from_regex(r"[-+]?\d{1,12} ?[smhdw:.年]\d{0,4}", fullmatch=True))
def test_what_is_typed_is_read_or_refused_and_nothing_else(text: str):
    with contextlib.suppress(BadInput):
        assert read(text)


@pytest.mark.parametrize("language", ["en", "de", "ja"])
def test_the_example_that_is_given_is_read_in_every_language(language: str):
    words = load(language, "Europe/Berlin", {})
    assert read(example(words, NOW), words) == "2026-11-30T08:00:00+01:00"


def asked(text: str, now: str = "2026-10-20 12:00+02:00", **how: object) -> str:
    at = Instant(int(datetime.fromisoformat(now).timestamp()))
    return times.iso(chosen(BERLIN, text, at, **how), "Europe/Berlin")


@pytest.mark.parametrize(
    ("now", "text"),
    [
        ("2026-10-20 12:00+02:00", "2026-10-25 02:30"),
        ("2026-10-20 12:00+02:00", "2026-10-25T02:30"),
        ("2026-10-20 12:00+02:00", "sun 2:30"),
        ("2026-10-24 22:00+02:00", "02:30"),
        ("2026-10-24 22:00+02:00", "tomorrow 02:30"),
        ("2026-10-25 12:00+01:00", "25.10. 2:30"),
    ],
)
def test_a_time_to_be_stored_that_the_clocks_show_twice_is_asked_about_once(now: str, text: str):
    with pytest.raises(BadInput) as refused:
        asked(text, now)
    assert refused.value.code == "moment.twice"
    first, last = refused.value.params["first"], refused.value.params["last"]
    assert (first, last) == ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00")
    assert (asked(first, now), asked(last, now)) == (first, last)


def test_a_time_to_be_stored_that_no_clock_shows_is_asked_about_once():
    with pytest.raises(BadInput) as refused:
        asked("2026-03-29 02:30")
    assert refused.value.code == "moment.skipped"
    assert asked(refused.value.params["next"]) == "2026-03-29T03:00:00+02:00"


@pytest.mark.parametrize(
    ("now", "text", "meant"),
    [
        ("2026-10-25 02:31+02:00", "02:30", "2026-10-25T02:30:00+01:00"),
        ("2026-10-25 02:31+02:00", "today 02:30", "2026-10-25T02:30:00+01:00"),
        ("2026-10-24 22:00+02:00", "4h30m", "2026-10-25T02:30:00+02:00"),
        ("2026-10-24 02:30+02:00", "1d", "2026-10-25T02:30:00+02:00"),
        ("2026-10-20 12:00+02:00", "2026-10-25 03:00", "2026-10-25T03:00:00+01:00"),
    ],
)
def test_nothing_is_asked_where_only_one_is_ahead_or_a_length_is_typed(now: str, text: str, meant: str):
    assert asked(text, now) == meant


def test_a_day_without_a_time_is_never_asked_about():
    """In Cairo the day begins at 1:00 when the clocks go forward."""
    assert times.iso(chosen(BERLIN, "2026-04-24", NOW, zone="Africa/Cairo"), "UTC") == "2026-04-23T22:00:00Z"


@given(
    st.integers(0, 2_000_000_000).map(Instant), st.sampled_from(("Europe/Berlin", "America/St_Johns", "Africa/Cairo"))
)
def test_what_a_form_writes_is_taken_back_as_the_same_minute(at: Instant, zone: str):
    minute = Instant(at - at % 60)
    assert chosen(BERLIN, typed(minute, zone), NOW, zone=zone) == minute


@given(st.sampled_from((0, 1800, 3599)), st.sampled_from((0, 3600)))
def test_also_in_the_hour_that_is_there_twice(into: int, later: int):
    at = Instant(int(datetime.fromisoformat("2026-10-25 02:00+02:00").timestamp()) + into // 60 * 60 + later)
    assert chosen(BERLIN, typed(at, "Europe/Berlin"), NOW) == at
