"""The rota in cells: a table of values in, lines of text out."""

from datetime import datetime

import pytest

from supporttui.domain.rota.oncall import Duty
from supporttui.domain.rota.schedule import Layer, Override, OverrideKind, Rota, Rotation
from supporttui.domain.spans import Instant, Span
from supporttui.domain.wall import resolve
from supporttui.i18n.catalogue import load
from supporttui.i18n.cells import cell_width
from supporttui.tui.rota import view
from supporttui.usecases.views import OnCall, RotaPlan
from tests.i18n import pseudo

BERLIN = "Europe/Berlin"
WORDS = load("en", BERLIN, {})
NAMES = {"ana": "Ana Sommer", "jo": "Jo Winter", "li": "李 偉"}


def at(*parts: int, zone: str = BERLIN) -> Instant:
    return resolve(datetime(*parts), zone)


WEEK = view.week_of(at(2026, 11, 25, 12), BERLIN)


def duty(person: str | None, start: Instant, end: Instant, *, level: int = 1, cause: str = "") -> Duty:
    return Duty(Span(start, end), (person,) if person else (), "day" if person else None, level, cause)


def plan(*duties: Duty, gaps: tuple[Duty, ...] = (), overrides: tuple[Override, ...] = (), now: tuple[OnCall, ...] = ()):
    layer = Layer("day", (Rotation(datetime(2026, 1, 5), (("ana",), ("jo",))),))
    rota = Rota("noc", "NOC-Berlin", BERLIN, (layer,), overrides=overrides)
    return RotaPlan(rota, WEEK, {"day": duties}, {1: duties}, gaps, now, NAMES)


def look(words=WORDS, width: int = 80, me: str = "") -> view.Look:
    return view.Look(words, BERLIN, width, at(2026, 11, 25, 12), me)


def text(lines) -> str:
    return "\n".join("".join(part for _, part in line) for line in lines)


def test_a_week_runs_from_monday_to_monday_on_the_clocks_of_its_zone():
    assert Span(at(2026, 11, 23), at(2026, 11, 30)) == WEEK
    assert view.week_of(at(2026, 11, 25), BERLIN, weeks=-1).end == WEEK.start


@pytest.mark.parametrize(("day", "hours"), [((2026, 3, 29), 23), ((2026, 10, 25), 25)])
def test_the_day_on_which_the_clocks_change_says_how_long_it_is(day, hours):
    week = view.week_of(at(*day, 12), BERLIN)
    assert [d.seconds // 3600 for d in view.days_of(week, BERLIN)] == [24] * 6 + [hours]
    shown = RotaPlan(plan().rota, week, {"day": ()}, {}, (), (), NAMES)
    assert f"{hours}h" in text(view.lines(view.Look(WORDS, BERLIN, 80, week.start), shown))


def test_a_handoff_within_a_day_is_shown_with_its_hour():
    handoff = at(2026, 11, 24, 8)
    shown = plan(duty("ana", WEEK.start, handoff), duty("jo", handoff, WEEK.end))
    tuesday = view.days_of(WEEK, BERLIN)[1]
    assert view.day_cell(look(), shown.levels[1], tuesday, shown, final=True) == ("Ana 08 Jo", False)


def test_a_gap_is_a_word_and_listed_with_its_cause():
    gap = duty(None, at(2026, 11, 28), at(2026, 11, 29), cause="gap.nobody")
    shown = text(view.lines(look(), plan(duty("ana", WEEK.start, gap.span.start), gap, gaps=(gap,))))
    assert "-GAP-" in shown
    assert "! Gap: " in shown
    assert "nobody is planned" in shown


def test_an_intended_gap_is_not_an_alarm():
    gap = duty(None, at(2026, 11, 28), at(2026, 11, 29), cause="gap.intended")
    saturday = view.days_of(WEEK, BERLIN)[5]
    assert view.day_cell(look(), (gap,), saturday, plan(gap), final=True) == ("(off)", False)


def test_a_day_that_an_override_changes_has_a_sign():
    override = Override("o1", OverrideKind.replace, at(2026, 11, 25), at(2026, 11, 26), person="jo")
    shown = plan(duty("jo", WEEK.start, WEEK.end), overrides=(override,))
    days = view.days_of(WEEK, BERLIN)
    assert view.day_cell(look(), shown.levels[1], days[2], shown, final=True)[0] == "Jo*"
    assert view.day_cell(look(), shown.levels[1], days[3], shown, final=True)[0] == "Jo"


def test_who_is_on_now_and_next_is_said_and_the_reader_is_you():
    line = OnCall("noc", "NOC", 1, ("ana",), at(2026, 11, 26, 8), "", ("jo",), at(2026, 11, 26, 8), NAMES, {"ana": "+49 1"})
    shown = text(view.lines(look(me="ana"), plan(now=(line,))))
    assert "L1 now: you until 08:00 CET, then Jo Winter from" in shown
    assert "+49 1" in shown


def test_nobody_on_duty_is_said_with_the_cause():
    line = OnCall("noc", "NOC", 1, (), None, "gap.nobody", (), None, NAMES)
    assert "L1 now: nobody (nobody is planned)" in text(view.lines(look(), plan(now=(line,))))


@pytest.mark.parametrize("width", [60, 80, 100, 160])
@pytest.mark.parametrize("language", ["en", "de", "ja", *pseudo.KINDS])
def test_the_week_strip_never_is_wider_than_the_screen(width, language):
    words = pseudo.words(language, BERLIN) if language in pseudo.KINDS else load(language, BERLIN, {})
    shown = plan(*(duty(p, d.start, d.end) for p, d in zip(["ana", "li"] * 4, view.days_of(WEEK, BERLIN), strict=False)))
    strip = view.lines(look(words, width), shown)[1:4]
    assert max(cell_width("".join(part for _, part in line)) for line in strip) <= width


def test_control_characters_in_names_do_not_reach_the_screen():
    shown = plan(duty("ana", WEEK.start, WEEK.end))
    hostile = RotaPlan(shown.rota, WEEK, shown.layers, shown.levels, (), (), {"ana": "A\x1b[31m\u202ena"})
    assert not {"\x1b", "\u202e"} & set(text(view.lines(look(), hostile)))
