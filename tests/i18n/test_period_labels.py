"""Special periods in words: what is coming, and what changes, one line a thing."""

from dataclasses import replace

import pytest

from supporttui.domain.periods.period import Lift, PeriodHours, PeriodKind
from supporttui.domain.sla.calendars import Window
from supporttui.domain.sla.targets import Metric, Target
from supporttui.i18n import period_changes, period_labels
from supporttui.i18n.catalogue import load
from supporttui.i18n.period_banner import banner
from supporttui.usecases.periods import Coming, Decision, Frozen, PromiseChange
from tests.domain.sla.calendars import at

WORDS = load("en", "Europe/Berlin", {})
NAMES = {"partner": "Partner path"}
PEAK = Coming(
    id="peak", name="Christmas peak", kind=PeriodKind.season, about="", services=("mail",),
    start=at("2026-11-20T00:00+01:00"), end=at("2027-01-03T00:00+01:00"), running=False, zone="Europe/Berlin",
    hours=PeriodHours((Window("08:00", "20:00", (6,)),)),
    promises=(
        PromiseChange(("mail",), Target(Metric.first_response, 3600, priority=2), Target(Metric.first_response, 7200)),
        PromiseChange(("mail",), Target(Metric.update, days=1), None),
        PromiseChange(("mail",), Target(Metric.resolution), Target(Metric.resolution, days=3)),
    ),
    policy="partner", required_count=2, required_languages=("fr",), lifts=(Lift(("invoice", "payroll")),), freeze=True,
)  # fmt: skip


def test_what_changes_is_said_one_line_a_thing() -> None:
    assert period_changes.changes(WORDS, PEAK, NAMES) == (
        "open also Sat 08:00-20:00 (Europe/Berlin)",
        "P2 high, first response: 1h00m, not 2h00m",
        "update: 1 working day",
        "resolution: no promise, not 3 working days",
        "escalation: Partner path",
        "2 people on duty",
        "spoken on duty: French",
        "counts as more urgent: invoice and payroll",
        "changes are to wait",
    )


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (PeriodHours(instead=True), "closed"),
        (PeriodHours((Window("08:00", "12:00"),), instead=True), "open only Mon-Fri 08:00-12:00 (Europe/Berlin)"),
        (PeriodHours((Window("08:00", "12:00", (1, 3)),)), "open also Mon Wed 08:00-12:00 (Europe/Berlin)"),
        (
            PeriodHours((Window("08:00", "12:00", (6, 7)),), on_holidays=True),
            "open also Sat Sun 08:00-12:00 (Europe/Berlin), on holidays too",
        ),
    ],
)
def test_hours_of_a_period_are_said(hours: PeriodHours, expected: str) -> None:
    assert period_changes.changes(WORDS, replace(PEAK, hours=hours), NAMES)[0] == expected


def test_the_banner_says_from_when_on_and_until_when() -> None:
    soon, now = at("2026-11-15T12:00+01:00"), at("2026-12-30T12:00+01:00")
    assert banner(WORDS, PEAK, soon) == "Christmas peak from 11-20 00:00 on"
    assert banner(WORDS, replace(PEAK, running=True), now) == "Christmas peak until 01-03 00:00"


def test_names_that_would_break_the_screen_do_not() -> None:
    wild = replace(PEAK, name="Pe\x1b[31mak\n!")
    told = banner(WORDS, wild, at("2026-11-15"))
    assert "\x1b" not in told
    assert "\n" not in told


def test_whoever_works_on_a_change_is_told_until_when_it_waits() -> None:
    found = Frozen("still", "Annual accounts", at("2027-01-11T00:00+01:00"))
    told = period_labels.frozen(WORDS, found, at("2026-12-22"))
    assert told == "Annual accounts: changes wait until 01-11 00:00."


@pytest.mark.parametrize("language", ["en", "de", "ja"])
def test_kinds_and_decisions_have_words(language: str) -> None:
    words = load(language, "UTC", {})
    told = [
        *(period_labels.kind(words, one) for one in PeriodKind),
        *(period_labels.decision(words, one) for one in Decision),
    ]
    assert len(set(told)) == len(PeriodKind) + len(Decision)
