"""The first line of every screen: who is on call, and what it says of the connection and of the clocks."""

from dataclasses import replace

import pytest
from rich.cells import cell_len

from supporttui.domain.filter.forecasts import Forecast
from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant, Span
from supporttui.i18n.catalogue import load
from supporttui.storage import memory_store
from supporttui.tui.link import Link, LinkState
from supporttui.tui.widgets.status_line import Standing, status_runs
from supporttui.usecases import queue
from supporttui.usecases.ports import Pulse, Trouble
from supporttui.usecases.views import Announced, Expected, Status, Waiting
from tests.builders import NOW, Desk, MovableClock, site

DAY = 86_400
LIVE = Link(LinkState.live, heard=NOW)


@pytest.fixture(scope="module")
def status() -> Status:
    """Of a site without tickets, on which Ben is on call until 08:00 in Berlin, and Mia behind him."""
    clock = MovableClock()
    store = memory_store(clock)
    site(store)
    found = Desk(store, clock).ask(queue.status, NOW, "ana")
    store.close()
    return found


def line(standing: Standing, *, width: int = 120, language: str = "en", zone: str = "UTC") -> str:
    return "".join(text for _, text in status_runs(load(language, zone, {}), standing, width))


def standing(status: Status, link: Link = LIVE, **deviations: Instant) -> Standing:
    return Standing(status, link, NOW, PersonId("ana"), **deviations)


@pytest.mark.parametrize(("skew", "shown"), [(0, False), (2, False), (-2, False), (3, True), (-75, True)])
def test_a_clock_more_than_two_seconds_off_the_database_s_is_shown(status: Status, skew: int, shown: bool) -> None:
    assert ("clock here" in line(standing(status, replace(LIVE, skew=skew)))) is shown


@pytest.mark.parametrize(
    ("here", "there", "shown"),
    [("2026a", "2025b", True), ("2026a", "2026a", False), ("", "2026a", False), ("2026a", "", False)],
)
def test_zone_rules_other_than_those_the_timers_were_counted_by_are_shown(
    status: Status, here: str, there: str, shown: bool
) -> None:
    found = Standing(replace(status, zone_data=there), LIVE, NOW, PersonId("ana"), zone_data=here)
    assert (f"zones {here}, database {there}" in line(found)) is shown


def test_a_release_that_another_program_named_leaves_cleaned(status: Status) -> None:
    found = Standing(
        replace(status, zone_data="2025a\x1b\u202e" + "x" * 99), LIVE, NOW, PersonId("ana"), zone_data="2026a"
    )
    text = line(found)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "xxxx" not in text


def test_a_database_that_does_not_answer_is_shown_with_when_it_last_did(status: Status) -> None:
    away = Link(LinkState.away, heard=NOW, away_since=NOW)
    assert line(standing(status, away)).rstrip().endswith("offline since 02:20")


@pytest.mark.parametrize("language", ["en", "de", "ja"])
@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
@pytest.mark.parametrize("past", [False, True])
def test_who_is_on_call_is_said_at_every_width(status: Status, language: str, width: int, past: bool) -> None:
    long = replace(status.on_call[0], names={"ben": "Maximilian Mustermann"}, until=Instant(NOW + 6 * DAY))
    crowded = replace(status, site="Operations Centre Berlin", open=422, breached=125, on_call=(long,))
    as_of = {"as_of": Instant(NOW - 30 * DAY)} if past else {}
    shown = line(standing(crowded, **as_of), width=width, language=language, zone="Europe/Berlin")
    assert cell_len(shown) == width
    assert "Maxi" in shown


def test_a_wide_line_tells_the_next_line_of_support_and_the_time_here_and_at_the_site(status: Status) -> None:
    shown = line(standing(status), width=160, zone="Asia/Kolkata")
    assert "on call: Ben (L1) till 12:30, L2 Mia" in shown
    assert "07:50 IST (03:20 CET)" in shown


def test_a_handover_that_waits_is_told_to_whom_it_waits_for(status: Status) -> None:
    giving = replace(status, handover=Waiting(giving=True, person=PersonId("mia"), at=Instant(NOW + 1200)))
    assert "| hand over to Mia by 02:40 |" in line(standing(giving))
    taking = replace(status, handover=Waiting(giving=False, person=PersonId("mia"), at=NOW, items=3, unread=1))
    assert "| Mia hands over 3 items - 1 to read |" in line(standing(taking), width=160)
    assert "| take over " in line(standing(taking), width=50)
    asked = replace(taking, handover=replace(taking.handover, asked=2))
    assert "| Mia hands over 3 items - 1 to read, 2 answers |" in line(standing(asked), width=160)
    to_answer = replace(giving, handover=replace(giving.handover, asked=1))
    assert "| Mia asks about 1 item |" in line(standing(to_answer))


def test_a_duty_that_ends_on_another_day_says_which(status: Status) -> None:
    days = replace(status.on_call[0], until=Instant(NOW + 6 * DAY))
    assert "(L1) till 03-08 02:20" in line(standing(replace(status, on_call=(days,))))


def test_an_instant_of_the_past_is_told_with_its_date(status: Status) -> None:
    assert line(standing(status, as_of=Instant(NOW))).endswith("as of 2026-03-02 02:20")


def test_a_special_period_that_holds_or_begins_soon_is_told_where_it_fits(status: Status) -> None:
    coming = replace(status, announced=Announced("Year end at all sites", Instant(NOW + 3600), NOW + 6 * DAY, False))
    assert "| Year end at all sites from 03:20 on |" in line(standing(coming), width=160)
    holding = replace(coming, announced=replace(coming.announced, running=True))
    assert "| Year end at all sites until 03-08 02:20 |" in line(standing(holding), width=160)
    narrow = line(standing(holding), width=80)
    assert "on call: Ben (L1)" in narrow
    assert cell_len(narrow) == 80


def expecting(status: Status, this_shift: int, unattended: int) -> Status:
    shift = Span(NOW, Instant(NOW + 6 * 3600))
    return replace(status, expected=Expected(Forecast(shift), this_shift, this_shift, unattended))


def test_what_falls_due_in_my_shift_and_what_nobody_will_be_there_for_is_told(status: Status) -> None:
    assert "| 3 due by 08:20, 1 unattended |" in line(standing(expecting(status, 3, 1)), width=160)
    assert "due by" not in line(standing(expecting(status, 0, 0)), width=160)


def test_what_nobody_will_be_there_for_stays_where_there_is_little_room(status: Status) -> None:
    shown = line(standing(expecting(status, 3, 1)), width=80)
    assert "1 unattended" in shown
    assert "due by" not in shown


# --- the watch --------------------------------------------------------------------------------------------


def watched(status: Status, seconds: int, *troubles: Trouble, held: int = 0, width: int = 80) -> str:
    """The line so many seconds after the last sign of life of the watch."""
    pulse = Pulse("host:1", 1, NOW, Instant(NOW - seconds), Instant(NOW - seconds), troubles)
    return line(standing(replace(status, watch=pulse, outbox_held=held)), width=width)


@pytest.mark.parametrize("width", [40, 80, 160])
def test_a_silent_watch_is_told_on_every_screen_long_before_45_seconds(status: Status, width: int) -> None:
    assert "watch" not in watched(status, 30, width=width)
    assert "watch silent 31s" in watched(status, 31, width=width)


def test_what_the_watch_has_not_done_is_told_although_it_lives(status: Status) -> None:
    trouble = Trouble("audit.step_overdue", NOW)
    assert "watch: 1 trouble" in watched(status, 1, trouble)
    assert "watch: 2 troubles" in watched(status, 1, trouble, trouble)
    assert "watch silent" in watched(status, 31, trouble)


def test_pages_that_wait_for_somebody_are_told(status: Status) -> None:
    assert "3 pages held" in watched(status, 1, held=3)
