"""Dates and times as the reader writes them; clock times of 24 hours everywhere, with their zone."""

import pytest

from supporttui.domain.spans import Instant
from supporttui.i18n import formats, times
from supporttui.i18n.catalogue import Words, load

AT = Instant(1_795_500_000)  # 2026-11-24 06:00 UTC, a Tuesday
HOUR, DAY = 3600, 86_400


def words(locale: str, zone: str = "Europe/Berlin") -> Words:
    return Words(locale.split("_", maxsplit=1)[0], zone, locale)


@pytest.mark.parametrize(
    ("locale", "day", "short"),
    [
        ("en_001", "Tue, 24 Nov 2026", "Tue 24"),
        ("en_US", "Tue, Nov 24, 2026", "24 Tue"),
        ("de", "Di., 24. Nov. 2026", "Di., 24."),
        ("ja", "2026年11月24日(火)", "24日(火)"),
        ("xx_YY", "Tue, 24 Nov 2026", "Tue 24"),
    ],
)
def test_dates(locale: str, day: str, short: str):
    mine = words(locale)
    assert formats.day(mine, AT) == day
    assert formats.day_short(mine, AT) == short


def test_a_moment_names_its_zone_and_the_date_there():
    assert formats.moment(words("en_001", "Pacific/Auckland"), AT) == "Tue, 24 Nov 2026 19:00 NZDT"
    assert formats.moment(words("en_001"), AT, zone="America/Los_Angeles") == "Mon, 23 Nov 2026 22:00 PST"


def test_the_sites_time_stands_beside_the_readers_where_they_differ():
    assert formats.both(words("de"), AT, "Asia/Kolkata") == "07:00 CET (11:30 IST)"
    assert formats.both(words("de"), AT, "Europe/Paris") == "07:00 CET"


def test_a_span_tells_its_date_once_if_it_can():
    assert formats.span(words("de"), AT, Instant(AT + HOUR)) == "Di., 24. Nov. 2026 07:00-08:00 CET"
    assert formats.span(words("de"), AT, Instant(AT + DAY)) == "Di., 24. Nov. 2026 07:00 - Mi., 25. Nov. 2026 07:00 CET"


def test_a_span_over_a_clock_change_names_the_zone_at_both_ends():
    """The night when 02:30 comes twice, and the day before it."""
    summer, winter = Instant(1_792_888_200), Instant(1_792_891_800)
    assert formats.span_short(words("de"), summer, winter, zone="Europe/Berlin") == "So., 25. 02:30 CEST - 02:30 CET"
    whole = formats.span_short(words("de"), Instant(winter - DAY), winter, zone="Europe/Berlin")
    assert whole == "Sa., 24. 03:30 CEST - So., 25. 02:30 CET"


def test_numbers_and_lists():
    assert formats.number(words("de"), 12345.6) == "12.345,6"
    assert formats.number(words("ja"), 12345.6) == "12,345.6"
    assert formats.listing(words("de"), ["Ana", "Jo", "Li"]) == "Ana, Jo und Li"
    assert formats.listing(words("ja"), []) == ""


def test_a_week_begins_on_monday():
    assert formats.weekdays(words("de"))[0] == "Mo"


def test_digits_are_the_same_in_every_language():
    assert times.stamp(AT, "Europe/Berlin") == "2026-11-24 07:00"
    assert times.iso(AT) == "2026-11-24T06:00:00Z"
    assert times.iso(AT, "Asia/Kolkata") == "2026-11-24T11:30:00+05:30"
    assert times.near(Instant(AT + HOUR), AT, "Europe/Berlin") == "08:00"
    assert times.near(Instant(AT + DAY), AT, "Europe/Berlin") == "2026-11-25 07:00"


def test_a_zone_without_letters_is_told_by_its_offset():
    assert times.zone_label(AT, "America/Sao_Paulo") == "UTC-03:00"
    assert times.zone_label(AT, "Asia/Kathmandu") == "UTC+05:45"


def test_the_shipped_languages_have_dates_of_their_own():
    days = {formats.day(load(name, "UTC", {}), AT) for name in ("en", "de", "ja")}
    assert len(days) == 3


@pytest.mark.parametrize(
    ("language", "shown"),
    [("de", "Mo., 30. Nov. 09:00 - Mo., 7. Dez. 09:00 UTC"), ("ja", "11月30日(月) 09:00 - 12月7日(月) 09:00 UTC")],
)
def test_a_span_of_the_months_around_now_names_its_months(language, shown):
    start = Instant(1_796_029_200)  # 30 November 2026, 09:00
    assert formats.span_month(load(language, "UTC", {}), start, Instant(start + 7 * DAY)) == shown
