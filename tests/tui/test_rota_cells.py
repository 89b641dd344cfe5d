"""The month, the chosen cell, and what people type about rotas: values in, lines of text out."""

from datetime import datetime, time

import pytest

from supporttui.domain.faults import BadInput, NotFound
from supporttui.domain.people import Person
from supporttui.domain.rota.absences import Absence, AbsenceKind
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.explain import Reason, Why
from supporttui.domain.rota.oncall import Duty, duty, layer_duty
from supporttui.domain.rota.schedule import (
    Advance,
    Layer,
    LayerMode,
    Override,
    OverrideKind,
    Restriction,
    Rota,
    Rotation,
    Unit,
)
from supporttui.domain.rota.swaps import SwapPiece, SwapRequest
from supporttui.domain.spans import Instant, Span
from supporttui.domain.wall import resolve
from supporttui.i18n.catalogue import load
from supporttui.i18n.cells import cell_width
from supporttui.tui.rota import cell as cells
from supporttui.tui.rota import hours_text, layer_fields, month, pinning, showing, turns, view
from supporttui.tui.rota.board import Board
from supporttui.tui.rota.cell import Cell
from supporttui.tui.rota.look import Look, Place
from supporttui.tui.rota.periods import Period, days_of, period_of, place_of, steps_to
from supporttui.tui.rota.rows import Row, rows_of
from supporttui.usecases.rota.looking import Explained
from supporttui.usecases.rota.swapping import SwapView
from supporttui.usecases.views import RotaPlan
from tests.builders import refuses
from tests.i18n import pseudo

BERLIN = "Europe/Berlin"
WORDS = load("en", BERLIN, {})
PEOPLE = tuple(Person(key, name) for key, name in (("ana", "Ana Sommer"), ("jo", "Jo Winter"), ("li", "李 偉")))
NAMES = {person.id: person.name for person in PEOPLE}


def at(*parts: int, zone: str = BERLIN) -> Instant:
    return resolve(datetime(*parts), zone)


NOW = at(2026, 11, 25, 12)
WEEKLY = Rotation(datetime(2026, 1, 5), (("ana",), ("jo",)))


def plan(span: Span, *, overrides: tuple[Override, ...] = ()) -> RotaPlan:
    """Weekly turns of Ana and Jo under a layer of nights, and a second line."""
    always_li = Rotation(datetime(2026, 1, 5), (("li",),))
    nights = Layer("nights", (always_li,), restrictions=(Restriction(time(22), time(6)),))
    layers = (nights, Layer("days", (WEEKLY,)), Layer("second", (WEEKLY,), level=2))
    rota = Rota("noc", "NOC", BERLIN, layers, overrides=overrides)
    final = duty(rota, span.start, span.end)
    levels = {level: tuple(piece for piece in final if piece.level == level) for level in (1, 2)}
    gaps = tuple(piece for piece in final if not piece.people)
    return RotaPlan(rota, span, layer_duty(rota, span.start, span.end), levels, gaps, (), NAMES)


def look(words=WORDS, width: int = 80, me: str = "", zone: str = BERLIN) -> Look:
    return Look(words, zone, width, NOW, me)


def text(lines) -> list[str]:
    return ["".join(part for _, part in line) for line in lines]


def second(lines) -> str:
    """The row of the second line of support."""
    (found,) = [line for line in text(lines) if "L2" in line]
    return found


WEEK = period_of(NOW, BERLIN)
NOVEMBER = period_of(NOW, BERLIN, Period.month)


def test_a_month_begins_and_ends_at_midnight_of_its_zone():
    assert Span(at(2026, 11, 1), at(2026, 12, 1)) == NOVEMBER
    assert period_of(NOW, BERLIN, Period.month, steps=2).start == at(2027, 1, 1)


@pytest.mark.parametrize(("month_of", "longer"), [((2026, 3, 1), -1), ((2026, 10, 1), 1)])
def test_a_month_says_which_of_its_days_is_shorter_or_longer(month_of, longer):
    span = period_of(at(*month_of), BERLIN, Period.month)
    assert sum(day.seconds != 86_400 for day in days_of(span, BERLIN)) == 1
    assert f"{longer:+}" in text(month.strip(look(), plan(span)).lines)[1]


def test_a_date_that_a_zone_skipped_is_no_day():
    span = period_of(at(2011, 12, 15, zone="Pacific/Apia"), "Pacific/Apia", Period.month)
    assert len(days_of(span, "Pacific/Apia")) == 30


@pytest.mark.parametrize("period", Period)
def test_steps_lead_to_the_period_of_an_instant(period):
    there = at(2027, 2, 17)
    assert there in period_of(NOW, BERLIN, period, steps=steps_to(there, NOW, BERLIN, period))


def test_one_name_runs_over_all_the_days_that_are_theirs():
    shown = second(month.strip(look(), plan(NOVEMBER)).lines)
    assert "Ana----" in shown
    assert "Jo-----" in shown


def test_own_days_are_in_capitals_so_that_no_colour_is_needed():
    assert "YOU====" in second(month.strip(look(me="jo"), plan(NOVEMBER)).lines)


def test_a_gap_an_override_and_a_request_have_a_sign_of_their_own():
    off = Override("o", OverrideKind.remove, at(2026, 11, 10), at(2026, 11, 11), level=2)
    other = Override("p", OverrideKind.replace, at(2026, 11, 12), at(2026, 11, 13), person="li", level=2)
    asked = [(2, Span(at(2026, 11, 14), at(2026, 11, 15)))]
    lines = month.strip(look(), plan(NOVEMBER, overrides=(off, other)), asked=asked).lines
    begin = text(lines)[0].index("1 2 3")
    assert second(lines)[begin + 18 : begin + 20] == "!!"
    assert second(lines).count("*") == second(lines).count("?") == 1


def test_two_letters_tell_people_apart_as_long_as_there_are_such():
    codes = month.codes_of({str(n): f"Anton {name}" for n, name in enumerate(("Meier", "Maier", "Nolte", "Abel"))})
    assert len(set(codes.values())) == 4
    assert max(map(cell_width, codes.values())) == 2


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (("佐藤 由紀", "森 健二"), ("佐", "森")),
        (("佐藤 由紀", "佐々木 蓮"), ("藤", "木")),
        (("佐藤 由紀", "佐藤 健二"), ("由", "健")),
        (("佐藤由紀", "Ana Petrović"), ("佐", "Ap")),
        (("森 蓮", "森 蓮"), ("森", "蓮")),
    ],
)
def test_a_name_in_wide_letters_is_told_by_the_first_that_no_other_has(names, codes):
    found = month.codes_of({str(n): name for n, name in enumerate(names)})
    assert tuple(found[str(n)] for n in range(len(names))) == codes


def test_whose_name_leaves_no_letters_gets_a_number():
    codes = month.codes_of({str(n): name for n, name in enumerate(["森", "森", "Bo", "Bo"])})
    assert sorted(codes.values()) == ["1", "2", "Bo", "森"]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
@pytest.mark.parametrize("language", ["en", "de", "ja", *pseudo.KINDS])
def test_the_month_is_never_wider_than_the_screen_and_the_cursor_moves_nothing(width, language):
    words = pseudo.words(language, BERLIN) if language in pseudo.KINDS else load(language, BERLIN, {})
    shown = plan(NOVEMBER)
    whole = text(month.strip(look(words, width), shown).lines)
    assert max(map(cell_width, whole)) <= width
    grid = month.strip(look(words, width), shown, Place(2, 13))
    assert text(grid.lines) == whole
    assert [style for style, _ in grid.lines[grid.first]].count("cursor") == 1


@pytest.mark.parametrize("width", [80, 160])
def test_whose_the_letters_of_a_day_are_stands_below_the_month_in_every_width(width):
    assert "As Ana Sommer   Jw Jo Winter" in "\n".join(text(month.strip(look(width=width), plan(NOVEMBER)).lines))


def chosen(shown: RotaPlan, row: int, day: int) -> Cell:
    return Cell(shown.rota, rows_of(look(), shown)[row], days_of(shown.span, BERLIN)[day])


def test_the_cell_tells_who_has_it_and_who_asks_and_who_is_away():
    shown, day = plan(WEEK), Span(at(2026, 11, 26), at(2026, 11, 27))
    asked = SwapRequest("s", "noc", "ana", (SwapPiece(day, 2),), reason="party")
    board = Board(
        WEEK,
        (shown,),
        (SwapView(asked, True, False),),
        {},
        (Absence("a", "ana", day.start, day.end, AbsenceKind.sick),),
    )
    told = "\n".join(text(cells.lines(look(width=160), board, chosen(shown, 3, 3), NAMES)))
    assert "? Ana Sommer asks to be covered: Thu, 26 Nov 00:00 - Fri, 27 Nov 00:00 CET, line 2 (party)" in told
    assert "Ana Sommer is sick" in told
    assert "L2 second  Mon 23 00:00 - Mon 30 00:00 CET: Ana Sommer (by rotation)" in told


def test_a_key_on_a_cell_is_for_my_own_duty_in_it_else_for_what_runs_else_for_the_longest():
    today = chosen(plan(WEEK), 2, 2)
    assert today.piece(NOW, "li").people == ("li",)
    assert today.piece(NOW).people == ("ana",)
    assert chosen(plan(WEEK), 2, 0).piece(NOW) is None


def test_a_key_on_a_layer_is_for_who_has_it_and_not_for_the_longer_time_in_which_it_rests():
    friday = chosen(plan(WEEK), 0, 4)
    assert friday.row.layer == "nights"
    assert friday.piece(NOW).people == ("li",)


def test_why_tells_all_times_in_the_zone_that_is_shown():
    night = Span(at(2026, 11, 26, 22), at(2026, 11, 27, 6))
    reason = Reason(Why.slot, ("li",), "nights", night, 46, 1)
    found = Explained("noc", "NOC", night.start, Duty(night, ("li",), "nights", 1, Cause.rotation), (reason,), NAMES)
    told = "\n".join(text for _, text in showing.why_lines(load("de", "Asia/Tokyo", {}), [found]))
    assert told.startswith("Fr., 27. Nov. 2026 06:00 JST")
    assert "von Fr., 27. Nov. 06:00 JST bis Fr., 27. Nov. 14:00 JST" in told


def test_a_cell_of_many_hands_counts_what_does_not_fit():
    day = days_of(WEEK, BERLIN)[2]
    spans = [Span(Instant(day.start + n * 3600), Instant(day.start + (n + 1) * 3600)) for n in range(24)]
    row = Row("L1", 1, None, tuple(Duty(span, ("ana",), "x", 1, Cause.rotation) for span in spans), final=True)
    told = text(cells.lines(look(), Board(WEEK), Cell(plan(WEEK).rota, row, day), NAMES))
    assert (len(told), told[-1]) == (5, " and 20 more")


def test_the_place_of_an_instant_outside_is_the_nearest_day():
    days = days_of(NOVEMBER, BERLIN)
    assert [place_of(days, one) for one in (Instant(0), NOW, at(2030, 1, 1))] == [0, 24, 29]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Mon-Fri 8:00-20:00", "Mon-Fri 08:00-20:00"), ("sat,sun 10:00-16:00", "Sat-Sun 10:00-16:00"),
        ("22:00-06:00", "22:00-06:00"), ("1-3 8:00-9:30; 5 0:00-24:00", "Mon-Wed 08:00-09:30; Fri 00:00-00:00"),
        ("Sat-Mon 8-12", "Mon,Sat-Sun 08:00-12:00"), ("", ""),
    ],
)  # fmt: skip
def test_hours_are_read_and_written(typed, shown):
    assert hours_text.text_of(WORDS, hours_text.hours_of(WORDS, typed)) == shown


def test_weekdays_are_read_in_the_readers_language_too():
    german = load("de", BERLIN, {})
    assert hours_text.hours_of(german, "Di-Do 8:00-9:00") == hours_text.hours_of(WORDS, "Tue-Thu 8:00-9:00")


@pytest.mark.parametrize("typed", ["Noday 8:00-9:00", "Mon 8:00", "Mon 25:00-26:00", "8:99-9:00"])
def test_hours_that_cannot_be_read_are_refused(typed):
    with refuses("rota.hours_text", BadInput):
        hours_text.hours_of(WORDS, typed)


def test_turns_are_read_by_a_part_of_a_name_and_written_whole():
    found = layer_fields.turns_of(PEOPLE, "ana, Jo + 李, -")
    assert found == (("ana",), ("jo", "li"), ())
    assert layer_fields.turns_text(NAMES, found) == "Ana Sommer, Jo Winter + 李 偉, -"
    with refuses("person.unknown", NotFound):
        layer_fields.turns_of(PEOPLE, "nobody I know")


def whom(rota: Rota, start: Instant, end: Instant) -> list[tuple[Span, tuple[str, ...]]]:
    return [(piece.span, piece.people) for piece in duty(rota, start, end)]


MOMENTS = {"fri 8:00": at(2026, 11, 27), "sat 8:00": at(2026, 11, 28)}


def test_shifts_of_a_plan_by_hand_are_read_line_by_line():
    found = pinning.shifts_of(PEOPLE, MOMENTS.__getitem__, "Ana + 李 偉\n\n jo: fri 8:00 .. sat 8:00 ")
    assert found == ((("ana", "li"), None), (("jo",), Span(at(2026, 11, 27), at(2026, 11, 28))))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Ana, Jo", "form.shift"), ("-", "form.shift"), ("Ana: fri 8:00", "form.shift"),
        ("Ana: sat 8:00 .. fri 8:00", "pinned.span"), ("Zed", "person.unknown"),
    ],
)  # fmt: skip
def test_a_shift_that_cannot_be_is_said(line, code):
    with refuses(code):
        pinning.shifts_of(PEOPLE, MOMENTS.__getitem__, line)


TYPED = {
    "name": "days", "turns": WEEKLY.turns, "every": 1, "unit": Unit.week, "anchor": WEEKLY.anchor, "advance": Advance.time, "hours": (),
    "elastic": False, "zone": None, "mode": LayerMode.wins, "ends": None, "above": "nights", "begin": layer_fields.AT_END,
    "reason": "",
}  # fmt: skip
"""What the form of the layer "days" gives where nothing was typed."""


def typed(**values: object) -> Rota:
    rota = plan(WEEK).rota
    return turns.wish_of(rota, rota.layers[1], WEEKLY, {**TYPED, **values}, now=NOW).rota


def test_a_layer_with_another_name_keeps_its_turns_and_its_place():
    renamed = typed(name="weekdays")
    assert [one.name for one in renamed.layers] == ["nights", "weekdays", "second"]
    assert renamed.layers[1].rotations == (WEEKLY,)


def test_a_layer_takes_what_was_typed_of_it_and_keeps_the_rest():
    hours = (Restriction(time(8), time(20)),)
    edited = typed(mode=LayerMode.adds, hours=hours, zone="Asia/Tokyo", ends=at(2027, 1, 1), elastic=True).layers[1]
    assert edited == Layer(
        "days", (WEEKLY,), LayerMode.adds, hours, "Asia/Tokyo", valid_to=at(2027, 1, 1), elastic_end=True
    )


@pytest.mark.parametrize(
    ("values", "made"),
    [
        ({"turns": (("jo",), ("ana",), ("li",))}, (Unit.week, (("jo",), ("ana",), ("li",)))),
        ({"unit": Unit.day, "advance": Advance.active_days}, (Unit.day, WEEKLY.turns)),
    ],
)
def test_other_turns_or_another_rhythm_are_another_version_of_the_rotation(values, made):
    before, after = typed(reason="fair", **values).layers[1].rotations
    assert before == WEEKLY
    assert (after.unit, sorted(after.turns)) == (made[0], sorted(made[1]))
    assert (after.valid_from, after.reason, after.at_once) == (NOW, "fair", False)


def test_a_layer_is_moved_within_its_line_and_a_new_one_is_the_highest_of_its_own():
    assert [one.name for one in typed(above=layer_fields.HIGHEST).layers] == ["days", "nights", "second"]
    rota, new = plan(WEEK).rota, {**TYPED, "name": "crisis", "line": 2}
    assert [one.name for one in turns.wish_of(rota, None, WEEKLY, new, now=NOW).rota.layers][2:] == ["crisis", "second"]


@pytest.mark.parametrize(
    ("values", "code"),
    [({}, "rota.nothing_changed"), ({"advance": Advance.active_days}, "rota.active_days_unit")],
)
def test_a_layer_as_it_was_and_one_that_cannot_be_are_refused(values, code):
    with refuses(code, BadInput):
        typed(**values)


def test_layers_go_back_to_what_they_were_from_an_instant_on():
    old = Rota("noc", "NOC", BERLIN, (Layer("days", (WEEKLY,)),))
    daily = Rotation(datetime(2026, 1, 5), (("li",),), Unit.day, valid_from=at(2026, 11, 1))
    back = turns.as_before(Rota("noc", "NOC", BERLIN, (Layer("days", (WEEKLY, daily)),)), old, NOW)
    assert whom(back, NOW, at(2027, 3, 1)) == whom(old, NOW, at(2027, 3, 1))
    assert {people for _, people in whom(back, at(2026, 11, 2), NOW)} == {("li",)}


def test_requests_are_counted_above_the_days_and_marked_in_them():
    asked = SwapRequest("s", "noc", "ana", (SwapPiece(Span(NOW, at(2026, 11, 26)), 2),))
    board = Board(WEEK, (plan(WEEK),), (SwapView(asked, True, False),))
    told = "\n".join(text(view.screen(look(), plan(WEEK), board=board).lines))
    assert "? 1 request to be covered" in told
    assert "Ana?" in told
