"""``period``: what holds, what begins soon, what ended; and what becomes of it."""

from dataclasses import replace
from datetime import date

import pytest

from supporttui.domain.people import Team
from supporttui.domain.periods.period import Dates, Lift, PeriodKind
from supporttui.usecases import tickets
from supporttui.usecases.definitions.defining import define
from tests.builders import opened
from tests.domain.periods.making import always, period
from tests.domain.sla.calendars import at

TUESDAY = (Dates(date(2026, 3, 3), date(2026, 3, 3)),)
ZOE = ("--as", "zoe")


@pytest.fixture
def event(desk, clock):
    """All of Tuesday in Berlin; it is Monday night."""
    value = period(
        id="event", name="Takeover", kind=PeriodKind.event, zone="Europe/Berlin", dates=TUESDAY, hours=always(),
        lifts=(Lift(("invoice",)),),
    )  # fmt: skip
    desk.do(define, "event", value, by="zoe")
    return desk


def test_what_begins_soon_is_listed_with_what_changes(shell, event):
    assert shell("period", "list").out.splitlines() == [
        "event  Takeover (event), 2026-03-02 23:00 to 2026-03-03 23:00: Mail",
        "    open also Mon-Sun 00:00-24:00 (Europe/Berlin)",
        "    counts as more urgent: invoice",
    ]
    found = shell("period", "list", "--json").json
    (coming,) = found["coming"]
    assert (coming["id"], coming["running"], coming["start"], coming["lifts"]) == (
        "event", False, "2026-03-02T23:00:00Z", [{"categories": ["invoice"], "by": 1}],
    )  # fmt: skip
    assert found["review"] == []


def test_one_that_ended_lists_its_open_tickets_until_somebody_decides(shell, event, clock):
    clock.now = at("2026-03-03T12:00+01:00")
    number = event.do(tickets.open_ticket, opened()).id
    clock.now = at("2026-03-05")
    told = shell("period", "list").out
    assert "event  Takeover ended at 2026-03-03 23:00." in told
    assert f"still open: T-{number}" in told
    assert shell("period", "list", "--json").json["review"][0]["tickets"] == [number]
    assert shell("period", "keep", "event", *ZOE).out == "event: keep, version 2.\n"
    assert shell("period", "list").out == "No special period holds, begins soon, or waits for a decision.\n"
    assert shell("period", "drop", "event", *ZOE, "--json").fault["code"] == "period.nothing"


def test_what_a_decision_does_is_said_before_it_is_made(shell, event, clock):
    clock.now = at("2026-03-03T12:00+01:00")
    event.do(tickets.open_ticket, opened(priority=3))
    clock.now = at("2026-03-05")
    told = shell("period", "extend", "event", "--until", "2026-03-09", "--dry-run", *ZOE)
    assert "2026-03-09" in told.out
    assert "timer" in told.out
    moved = shell("period", "extend", "event", "--until", "2026-03-09", "--dry-run", *ZOE, "--json").json["timers"]
    assert moved["moved"] > 0
    assert shell("period", "list", "--json").json["review"][0]["id"] == "event", "nothing was changed"


def test_an_extended_one_holds_again(shell, event, clock):
    clock.now = at("2026-03-05")
    done = shell("period", "extend", "event", "--until", "2026-03-09", *ZOE, "--json")
    assert (done.json["decision"], done.json["version"]) == ("extend", 2)
    assert shell("period", "list", "--json").json["coming"][0]["running"]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("keep", "gone"), "period.unknown"), (("extend", "event", "--until", "soon"), "period.date"),
        (("extend", "event", "--until", "2026-03-03"), "period.until"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_refused_with_its_reason(shell, event, clock, args, code):
    clock.now = at("2026-03-05")
    found = shell("period", *args, *ZOE, "--json")
    assert (found.code != 0, found.fault["code"]) == (True, code)


def test_tickets_of_a_team_that_ends_with_it_are_listed_and_given_a_home_by_one_command(shell, event, clock):
    value = event.ask(lambda tx: tx.definitions.periods())["event"][-1].value
    event.do(define, "event", replace(value, team="desk"), by="zoe")
    event.do(define, "second", Team("second", "Second line"), by="zoe")
    ticket = event.do(tickets.open_ticket, opened(team="desk")).id
    clock.now = at("2026-03-03T12:00+01:00")
    told = shell("period", "list").out
    assert f"which ends with it, and needs a home: T-{ticket}\n    supporttui period rehome event TEAM\n" in told
    assert shell("period", "list", "--json").json["review"][0]["homeless"] == [ticket]
    assert shell("period", "rehome", "event", "second", *ZOE, "--json").json["tickets"] == [ticket]
    assert shell("period", "list", "--json").json["review"][0]["homeless"] == []
