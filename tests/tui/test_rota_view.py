"""The rota in cells: a table of values in, lines of text out."""

from dataclasses import replace
from datetime import datetime

import pytest

from supporttui.domain.rota.oncall import Duty
from supporttui.domain.rota.schedule import IntendedGap, Layer, Override, OverrideKind, Rota, Rotation
from supporttui.domain.spans import Instant, Span
from supporttui.domain.wall import resolve
from supporttui.i18n.catalogue import load
from supporttui.i18n.cells import cell_width
from supporttui.tui.rota import periods, view
from supporttui.tui.rota import week as week_strip
from supporttui.tui.rota.look import Look
from supporttui.tui.rota.week import day_parts
from supporttui.usecases.views import OnCall, RotaPlan
from tests.i18n import pseudo

BERLIN = "Europe/Berlin"
WORDS = load("en", BERLIN, {})
NAMES = {"ana": "Ana Sommer", "jo": "Jo Winter", "li": "李 偉"}


def at(*parts: int, zone: str = BERLIN) -> Instant:
    return resolve(datetime(*parts), zone)


WEEK = periods.week_of(at(2026, 11, 25, 12), BERLIN)


def duty(person: str | None, start: Instant, end: Instant, *, level: int = 1, cause: str = "") -> Duty:
    return Duty(Span(start, end), (person,) if person else (), "day" if person else None, level, cause)


def plan(
    *duties: Duty, gaps: tuple[Duty, ...] = (), overrides: tuple[Override, ...] = (), now: tuple[OnCall, ...] = ()
):
    layer = Layer("day", (Rotation(datetime(2026, 1, 5), (("ana",), ("jo",))),))
    rota = Rota("noc", "NOC-Berlin", BERLIN, (layer,), overrides=overrides)
    return RotaPlan(rota, WEEK, {"day": duties}, {1: duties}, gaps, now, NAMES)


def look(words=WORDS, width: int = 80, me: str = "") -> Look:
    return Look(words, BERLIN, width, at(2026, 11, 25, 12), me)


def text(lines) -> str:
    return "\n".join("".join(part for _, part in line) for line in lines)


def test_a_week_runs_from_monday_to_monday_on_the_clocks_of_its_zone():
    assert Span(at(2026, 11, 23), at(2026, 11, 30)) == WEEK
    assert periods.week_of(at(2026, 11, 25), BERLIN, weeks=-1).end == WEEK.start


@pytest.mark.parametrize(("day", "hours"), [((2026, 3, 29), 23), ((2026, 10, 25), 25)])
def test_the_day_on_which_the_clocks_change_says_how_long_it_is(day, hours):
    week = periods.week_of(at(*day, 12), BERLIN)
    assert [d.seconds // 3600 for d in periods.days_of(week, BERLIN)] == [24] * 6 + [hours]
    shown = RotaPlan(plan().rota, week, {"day": ()}, {1: ()}, (), (), NAMES)
    assert "times in CE" in (told := text(view.lines(Look(WORDS, BERLIN, 80, week.start), shown)))
    assert ("CET/CEST" if hours == 23 else "CEST/CET") in told
    assert f"The clocks change on Sun {day[2]}: it has {hours} hours." in text(
        view.lines(Look(WORDS, BERLIN, 80, week.start), shown)
    )


def parts(look, shown, day: int, *, final=True) -> list[str]:
    return [
        part.text for part in day_parts(look, shown.levels[1], periods.days_of(WEEK, BERLIN)[day], shown, final=final)
    ]


def test_a_handoff_within_a_day_is_shown_with_its_hour():
    handoff = at(2026, 11, 24, 8)
    shown = plan(duty("ana", WEEK.start, handoff), duty("jo", handoff, WEEK.end))
    assert parts(look(), shown, 1) == ["Ana", "08 Jo"]
    assert "Ana 08 Jo" in text(view.lines(look(width=160), shown))


def test_several_hands_in_a_narrow_day_stand_below_each_other_and_none_is_cut():
    hours = [WEEK.start, *(at(2026, 11, 24, hour) for hour in (8, 16)), WEEK.end]
    shown = plan(*(duty(p, a, b) for p, a, b in zip(["ana", "jo", "ana"], hours, hours[1:], strict=False)))
    lines = text(view.lines(look(), shown)).split("\n")
    first = next(n for n, line in enumerate(lines) if "L1" in line)
    assert [line[17:26].strip() for line in lines[first : first + 3]] == ["Ana", "08 Jo", "16 Ana"]


def test_a_name_beside_a_long_hour_stands_below_it_and_is_not_cut():
    handoff = at(2026, 11, 24, 8, 30)
    shown = replace(
        plan(duty("ana", WEEK.start, handoff), duty("jo", handoff, WEEK.end)), names={**NAMES, "jo": "Johanna W."}
    )
    lines = text(view.lines(look(), shown)).split("\n")
    first = next(n for n, line in enumerate(lines) if "L1" in line)
    assert [line[17:27].strip() for line in lines[first : first + 3]] == ["Ana", "08:30", "Johanna"]


def test_several_people_of_one_hand_stand_below_each_other_where_they_would_be_cut():
    both = duty("ana", WEEK.start, WEEK.end)._replace(people=("ana", "jo"))
    shown = replace(plan(both), names={**NAMES, "ana": "Annelie", "jo": "Johanna"})
    lines = text(view.lines(look(), shown)).split("\n")
    first = next(n for n, line in enumerate(lines) if "L1" in line)
    assert [line.split()[-1] for line in lines[first : first + 2]] == ["Annelie+", "Johanna"]


@pytest.mark.parametrize("language", ["en", "de", "ja"])
def test_a_longer_day_says_so_in_a_narrow_column_of_every_language(language):
    week = periods.week_of(at(2026, 10, 25, 12), BERLIN)
    shown = RotaPlan(plan().rota, week, {"a layer of the day": ()}, {1: ()}, (), (), NAMES)
    grid = week_strip.strip(Look(load(language, BERLIN, {}), BERLIN, 80, week.start), shown)
    assert "+1" in text(grid.lines)


def test_two_people_of_one_first_name_are_told_apart():
    shown = plan(duty("ana", WEEK.start, WEEK.end))
    both = replace(shown, names={**NAMES, "ana": "Ana Sommer", "other": "Ana Winter"})
    assert parts(look(), both, 0) == ["Ana S"]


def test_who_is_on_now_has_a_sign_in_the_strip():
    assert ">Ana" in text(view.lines(look(), plan(duty("ana", WEEK.start, WEEK.end))))


def test_a_gap_is_a_word_and_listed_with_its_cause():
    gap = duty(None, at(2026, 11, 28), at(2026, 11, 29), cause="gap.nobody")
    shown = text(view.lines(look(), plan(duty("ana", WEEK.start, gap.span.start), gap, gaps=(gap,))))
    assert "-GAP-" in shown
    assert "! Gap: " in shown
    assert "nobody is planned" in shown


def test_an_intended_gap_is_not_an_alarm():
    gap = duty(None, at(2026, 11, 28), at(2026, 11, 29), cause="gap.intended")
    saturday = periods.days_of(WEEK, BERLIN)[5]
    (part,) = day_parts(look(), (gap,), saturday, plan(gap), final=True)
    assert (part.text, part.alarming) == ("(off)", False)


def test_whom_an_override_put_there_has_a_sign_and_the_change_is_told_with_its_reason():
    override = Override(
        "o1", OverrideKind.replace, at(2026, 11, 25), at(2026, 11, 26), person="jo", in_place_of="ana", reason="ill"
    )
    shown = plan(
        duty("ana", WEEK.start, override.start), duty("jo", override.start, override.end, cause="duty.override"),
        duty("ana", override.end, WEEK.end), overrides=(override,),
    )  # fmt: skip
    assert [parts(look(), shown, day) for day in (1, 2, 3)] == [["Ana"], ["Jo*"], ["Ana"]]
    assert "* Wed 25 00:00 - Thu 26 00:00 CET: Jo Winter for Ana Sommer (ill)" in text(view.lines(look(), shown))


@pytest.mark.parametrize(
    ("deviations", "words"),
    [
        ({"kind": OverrideKind.add, "person": "jo"}, "Jo Winter too"),
        ({"kind": OverrideKind.replace, "person": "jo"}, "Jo Winter instead"),
        ({"kind": OverrideKind.remove, "person": "ana"}, "without Ana Sommer"),
        ({"kind": OverrideKind.remove}, "nobody"),
    ],
)
def test_every_kind_of_change_is_told(deviations, words):
    override = Override("o1", start=at(2026, 11, 25), end=at(2026, 11, 26), **deviations)
    assert f": {words}" in text(view.lines(look(), plan(duty("ana", WEEK.start, WEEK.end), overrides=(override,))))


def test_a_gap_on_purpose_is_told_with_its_reason():
    shown = plan(duty("ana", WEEK.start, WEEK.end))
    gap = IntendedGap(at(2026, 11, 29), at(2026, 11, 29, 4), "Maintenance")
    meant = replace(shown, rota=replace(shown.rota, intended_gaps=(gap,)))
    assert "- Sun 29 00:00-04:00 CET: nobody on purpose (Maintenance)" in text(view.lines(look(), meant))


def on_call(**deviations) -> OnCall:
    defaults = {
        "rota": "noc", "rota_name": "NOC", "level": 1, "people": ("ana",), "until": at(2026, 11, 25, 20), "cause": "",
        "next": ("jo",), "next_at": at(2026, 11, 25, 20), "names": NAMES, "phones": {"ana": "+49 1"},
    }  # fmt: skip
    return OnCall(**{**defaults, **deviations})


@pytest.mark.parametrize(
    ("deviations", "sentence"),
    [
        ({}, "L1 now: you until 20:00 CET, then Jo Winter  +49 1"),
        (
            {"until": at(2026, 11, 26, 8), "next_at": at(2026, 11, 26, 8)},
            "L1 now: you until Thu 26 08:00 CET, then Jo Winter",
        ),
        ({"next_at": at(2026, 11, 26, 8)}, "L1 now: you until 20:00 CET, then Jo Winter from Thu 26 08:00 CET"),
        ({"next": (), "next_at": None}, "L1 now: you until 20:00 CET"),
        ({"until": None, "next": (), "next_at": None}, "L1 now: you"),
        ({"people": (), "cause": "gap.nobody"}, "L1 now: nobody (nobody is planned), then Jo Winter from 20:00 CET"),
        ({"people": (), "cause": "gap.nobody", "next": ()}, "L1 now: nobody (nobody is planned)"),
    ],
)
def test_who_is_on_now_and_next_is_one_sentence_with_the_day_where_it_is_not_today(deviations, sentence):
    assert sentence in text(view.on_call_lines(look(me="ana"), [on_call(**deviations)])).replace("\n    ", "")


@pytest.mark.parametrize("width", range(30, 90, 7))
def test_a_number_to_call_is_never_cut_in_two(width):
    shown = view.on_call_lines(look(width=width), [on_call(phones={"ana": "+49 151 5550 101"})])
    assert "+49 151 5550 101" in text(shown)
    assert max(cell_width("".join(part for _, part in line)) for line in shown) <= width


@pytest.mark.parametrize("width", [60, 80, 100, 160])
@pytest.mark.parametrize("language", ["en", "de", "ja", *pseudo.KINDS])
def test_the_week_strip_never_is_wider_than_the_screen(width, language):
    words = pseudo.words(language, BERLIN) if language in pseudo.KINDS else load(language, BERLIN, {})
    shown = plan(
        *(duty(p, d.start, d.end) for p, d in zip(["ana", "li"] * 4, periods.days_of(WEEK, BERLIN), strict=False))
    )
    shown = replace(shown, now=(on_call(),))
    assert max(cell_width("".join(part for _, part in line)) for line in view.lines(look(words, width), shown)) <= width


def test_control_characters_in_names_do_not_reach_the_screen():
    shown = plan(duty("ana", WEEK.start, WEEK.end))
    hostile = RotaPlan(shown.rota, WEEK, shown.layers, shown.levels, (), (), {"ana": "A\x1b[31m\u202ena"})
    assert not {"\x1b", "\u202e"} & set(text(view.lines(look(), hostile)))
