"""iCalendar in and out, and public holidays: what is read, what is refused with its place, what others read of ours."""

import re
import zoneinfo
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import recurring_ical_events
from icalendar import Calendar

from supporttui.domain.exchange.review import Found
from supporttui.domain.faults import BadInput
from supporttui.domain.spans import Instant, Span
from supporttui.domain.wall import resolve
from supporttui.intake.calendars import reading
from supporttui.intake.calendars.public import public_holidays
from supporttui.intake.calendars.reading import MOST, read_feed
from supporttui.intake.calendars.writing import Entry, calendar_text, event_text
from tests.builders import NOW

BERLIN = "Europe/Berlin"
YEAR = Span(NOW, Instant(NOW + 366 * 86_400))


def at(*wall: int, zone: str = BERLIN) -> Instant:
    return resolve(datetime(*wall), zone)


def event(*lines: str, uid: str | None = "u1") -> str:
    return "\r\n".join(["BEGIN:VEVENT", *([f"UID:{uid}"] if uid else []), *lines, "SUMMARY:Day off", "END:VEVENT", ""])


def whole(*parts: str) -> str:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n{''.join(parts)}END:VCALENDAR\r\n"


def read(tmp_path: Path, text: str | bytes, window: Span = YEAR) -> tuple[Found, ...]:
    file = tmp_path / "feed.ics"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_feed(file, window, zone=BERLIN)


def spans(found: tuple[Found, ...]) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in found]


# --- what is read ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "start", "end"),
    [
        (["DTSTART;VALUE=DATE:20261224"], at(2026, 12, 24), at(2026, 12, 25)),
        (["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227"], at(2026, 12, 24), at(2026, 12, 27)),
        (["DTSTART:20261224T130000", "DTEND:20261225T000000"], at(2026, 12, 24, 13), at(2026, 12, 25)),
        (["DTSTART:20261224T130000Z", "DURATION:PT2H"], at(2026, 12, 24, 14), at(2026, 12, 24, 16)),
        (["DTSTART;TZID=Asia/Tokyo:20261224T130000", "DURATION:PT1H"], at(2026, 12, 24, 5), at(2026, 12, 24, 6)),
        (["DTSTART;TZID=W. Europe Standard Time:20261224T130000", "DURATION:PT1H"], at(2026, 12, 24, 13), at(2026, 12, 24, 14)),
    ],
)  # fmt: skip
def test_dates_and_times_are_read_by_their_zone_and_else_by_the_reader_s(tmp_path, lines, start, end):
    assert read(tmp_path, whole(event(*lines))) == (Found("u1", "Day off", start, end),)


def test_a_zone_that_the_file_defines_is_known(tmp_path):
    offsets = "TZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\n"
    rule = f"BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n{offsets}END:STANDARD\r\n"
    zone = f"BEGIN:VTIMEZONE\r\nTZID:Ours\r\n{rule}END:VTIMEZONE\r\n"
    found = read(tmp_path, whole(zone, event("DTSTART;TZID=Ours:20261224T053000", "DURATION:PT1H")))
    assert spans(found) == [(at(2026, 12, 24, zone="UTC"), at(2026, 12, 24, 1, zone="UTC"))]


def test_folded_lines_escapes_and_other_line_ends_are_read(tmp_path):
    text = whole(
        "BEGIN:VEVENT\nUID:u1\nDTSTART;VALUE=DATE:2026\n 1224\nSUMMARY:Christmas\\, \n\tEve\\nhere\nEND:VEVENT\n"
    )
    assert [one.name for one in read(tmp_path, text.replace("\r\n", "\n"))] == ["Christmas, Eve here"]
    assert [one.name for one in read(tmp_path, b"\xef\xbb\xbf" + text.encode())] == ["Christmas, Eve here"]


def test_repetitions_are_followed_with_their_exceptions(tmp_path):
    rule = event("DTSTART;VALUE=DATE:20260301", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE;VALUE=DATE:20260303")
    moved = event("RECURRENCE-ID;VALUE=DATE:20260304", "DTSTART;VALUE=DATE:20260310")
    found = read(tmp_path, whole(rule, moved))
    assert [(one.uid, one.start) for one in found] == [
        ("u1#2026-03-02", at(2026, 3, 2)), ("u1#2026-03-04", at(2026, 3, 10)),
    ]  # fmt: skip


def test_a_rule_without_an_end_is_followed_to_the_end_of_the_span(tmp_path):
    daily = whole(event("DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=DAILY"))
    assert len(read(tmp_path, daily)) == 367  # the first and the last day are begun
    never = whole(event("DTSTART;VALUE=DATE:19000101", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"))
    assert read(tmp_path, never) == ()


def test_what_is_cancelled_takes_no_time_or_lies_outside_is_left_out(tmp_path):
    parts = (
        event("DTSTART;VALUE=DATE:20261224", "STATUS:CANCELLED", uid="a"), event("DTSTART:20261224T130000Z", uid="b"),
        event("DTSTART;VALUE=DATE:20250101", uid="c"), event("DTSTART;VALUE=DATE:20290101", uid="d"),
    )  # fmt: skip
    assert read(tmp_path, whole(*parts)) == ()
    assert read(tmp_path, whole()) == ()


def test_an_event_without_an_id_is_known_by_what_it_says(tmp_path):
    one = event("DTSTART;VALUE=DATE:20261224", uid=None)
    assert read(tmp_path, whole(one)) == read(tmp_path, whole(one))
    assert len({found.uid for found in read(tmp_path, whole(one, event("DTSTART;VALUE=DATE:20261225", uid=None)))}) == 2


# --- what is refused --------------------------------------------------------------------------------------

PLAIN = "DTSTART;VALUE=DATE:20261224"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "import.empty", None),
        ("<html><body>Log in</body></html>\n", "import.not_calendar", 1),
        ("\nBEGIN:VCARD\nEND:VCARD\n", "import.not_calendar", 2),
        (whole(event(PLAIN, "nonsense")), "import.calendar_line", 7),
        (whole(event(PLAIN)).replace("END:VEVENT", "END:VTODO"), "import.calendar_nesting", 8),
        (whole("BEGIN:VEVENT\r\n" * 9), "import.calendar_nesting", 7),
        (whole(event(PLAIN))[:-16], "import.calendar_cut_off", 8),
        (whole(event(PLAIN))[:-29], "import.calendar_cut_off", 7),
        (whole(event("DTSTART:garbage")), "import.event", 6),
        (whole(event(PLAIN, "DTEND:garbage")), "import.event", 7),
        (whole(event(PLAIN, "RRULE:FREQ=SOMETIMES")), "import.event", 7),
        (whole(event(PLAIN, "RRULE:FREQ=DAILY;INTERVAL=0")), "import.event", 7),
        (whole(event("CLASS:PUBLIC")), "import.event_no_start", 4),
        (whole(event("DTSTART;TZID=Moon/Base:20261224T130000")), "import.event_zone", 6),
        (whole(event(PLAIN, "EXDATE;TZID=Moon/Base:20261224T130000")), "import.event_zone", 7),
        (whole(event(PLAIN, "RRULE:FREQ=SECONDLY")), "import.event_too_often", 7),
        (whole(event(PLAIN, "RRULE:FREQ=DAILY;BYHOUR=1,2")), "import.event_too_often", 7),
        (whole(*(event(PLAIN, uid=str(n)) for n in range(MOST + 1))), "import.event_too_many", 4 + MOST * 5),
        (whole(*(event("DTSTART;VALUE=DATE:00010101", "RRULE:FREQ=DAILY;COUNT=1", uid=str(n)) for n in range(3))),
         "import.event_too_long", 4 + 2 * 6),
        (b"BEGIN:VCALENDAR\nX:\xff\xfe\n", "import.not_text", 2),
    ],
)  # fmt: skip
def test_what_is_no_calendar_is_refused_with_its_place(tmp_path, text, code, line):
    with pytest.raises(BadInput) as caught:
        read(tmp_path, text)
    assert (caught.value.code, caught.value.params["file"]) == (code, str(tmp_path / "feed.ics"))
    if line is not None:
        assert caught.value.params["line"] == line


def test_rules_that_name_no_date_are_searched_for_only_so_long(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "_WORK", 130_000)
    never = [event(PLAIN, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", uid=str(n)) for n in range(5)]
    with pytest.raises(BadInput) as caught:
        read(tmp_path, whole(*never))
    assert (caught.value.code, caught.value.params["line"]) == ("import.event_too_long", 4 + 4 * 6)


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(BadInput) as caught:
        read_feed(tmp_path / "none.ics", YEAR, zone=BERLIN)
    assert caught.value.code == "import.file_missing"


# --- public holidays ------------------------------------------------------------------------------------


def test_holidays_of_a_region_come_in_the_reader_s_language_where_it_is_known():
    german = public_holidays("de", "by", [2026], language="de", zone=BERLIN)
    assert (german.place, german.language) == ("DE-BY", "de")
    names = {datetime.fromtimestamp(one.start, zoneinfo.ZoneInfo(BERLIN)).date(): one.name for one in german.found}
    assert (names[date(2026, 1, 6)], names[date(2026, 12, 25)]) == ("Heilige Drei Könige", "Erster Weihnachtstag")
    english = public_holidays("DE", None, [2026], language="en", zone=BERLIN)
    assert "Christmas Day" in [one.name for one in english.found]
    assert date(2026, 1, 6) not in [datetime.fromtimestamp(one.start, UTC).date() for one in english.found]
    other = public_holidays("DE", None, [2026], language="pt_BR", zone=BERLIN)
    assert "Erster Weihnachtstag" in [one.name for one in other.found]


def test_a_holiday_has_one_id_in_every_language():
    german, english = (public_holidays("DE", "BY", [2026, 2027], language=one, zone=BERLIN) for one in ("de", "en"))
    assert [one.uid for one in german.found] == [one.uid for one in english.found]
    assert len({one.uid for one in german.found}) == len(german.found) > 20


@pytest.mark.parametrize(
    ("country", "region", "years", "code"),
    [
        ("ZZ", None, [2026], "holidays.country"), ("DE", "TX", [2026], "holidays.region"),
        ("DE", None, [1], "holidays.years"), ("DE", None, [], "holidays.years"), ("DE", None, [2026, 9999], "holidays.years"),
    ],
)  # fmt: skip
def test_a_place_or_a_year_that_is_not_known_is_refused(country, region, years, code):
    with pytest.raises(BadInput) as caught:
        public_holidays(country, region, years, language="en", zone=BERLIN)
    assert caught.value.code == code


# --- what others read of ours -----------------------------------------------------------------------------


def entry(**deviations) -> Entry:
    values = {
        "uid": "1@x", "sequence": 2, "start": at(2026, 3, 3, 8), "end": at(2026, 3, 4, 8), "changed_at": NOW,
        "cancelled": False, "summary": "Night, line 1: Ana",
    }  # fmt: skip
    return Entry(**{**values, **deviations})


def test_another_reader_finds_what_was_written():
    told = [entry(), entry(uid="2@x", cancelled=True, start=at(2026, 3, 29), end=at(2026, 3, 30))]
    calendar = Calendar.from_ical(calendar_text("Night", told))
    first, second = calendar.walk("VEVENT")
    assert (str(first["SUMMARY"]), first["SEQUENCE"], str(first["STATUS"])) == ("Night, line 1: Ana", 2, "CONFIRMED")
    assert (first["DTSTART"].dt, first["DTSTAMP"].dt) == (
        datetime(2026, 3, 3, 7, tzinfo=UTC), datetime.fromtimestamp(NOW, UTC),
    )  # fmt: skip
    assert (str(second["STATUS"]), str(second["TRANSP"])) == ("CANCELLED", "TRANSPARENT")
    assert second["DTEND"].dt - second["DTSTART"].dt == datetime(2026, 3, 2) - datetime(2026, 3, 1, 1)
    assert len(recurring_ical_events.of(calendar).between(datetime(2026, 3, 1), datetime(2026, 4, 1))) == 2


def test_the_same_events_are_the_same_bytes_and_one_alone_has_no_method():
    assert calendar_text("Night", [entry()]) == calendar_text("Night", [entry()])
    assert b"METHOD:PUBLISH" in calendar_text("Night", [])
    assert b"METHOD" not in event_text(entry())


def test_lines_are_folded_and_text_is_cleaned():
    text = calendar_text("N\nX-EVIL:1", [entry(summary="当番\u202e; a, b\r\nATTACH:file:///etc\x1b[31m " + "語" * 90)])
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert not re.search(rb"(?m)^(X-EVIL|ATTACH)", text)
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]).endswith("語" * 90)
    assert "\x1b" not in str(event["SUMMARY"])
    assert "\u202e" not in str(event["SUMMARY"])
