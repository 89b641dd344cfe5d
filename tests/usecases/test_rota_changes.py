"""Changes of a rota: what is told before is what happens, never before now, by whom it may be made, and once."""

from dataclasses import replace
from datetime import datetime

import pytest

from supporttui.domain.faults import BadInput, Forbidden, NotFound, Refused
from supporttui.domain.rota.absences import Absence, AbsenceKind
from supporttui.domain.rota.oncall import duty
from supporttui.domain.rota.pinned import PinnedFallback, PinnedPeriod, PinnedShift
from supporttui.domain.rota.schedule import Layer, Override, OverrideKind, Rotation, Unit
from supporttui.domain.spans import Instant, Span
from supporttui.usecases import rota
from supporttui.usecases.rota.wishes import EditRota, EndOverride, Pin, PutOverride
from supporttui.usecases.rules import rules_of
from tests.builders import NOW, Desk, person, refuses
from tests.builders import rota as a_rota

pytestmark = pytest.mark.core

DAY = 86_400
HANDOFF = Instant(NOW + 16_800)
LATER = Instant(HANDOFF + 10 * DAY)
"""A handoff too."""


def put(desk: Desk, by: str = "lea", **options):
    values = {"start": NOW, "end": HANDOFF, "person": "mia", **options}
    return desk.do(rota.override, "night", by=by, **values)


def people_at(desk: Desk, at: int, level: int = 1) -> tuple[str, ...]:
    return next(line.people for line in desk.ask(rota.who, Instant(at)) if line.level == level)


def week(desk: Desk, *, until: int = NOW + 20 * DAY) -> tuple:
    with desk.store.read() as tx:
        plan = rota.snapshot(rules_of(tx), "night")
    assert plan is not None
    return duty(plan, Instant(NOW - 3 * DAY), Instant(until))


def turns(*people: str, name: str = "first", **options) -> Layer:
    return Layer(name, (Rotation(datetime(2026, 3, 2, 8), tuple((one,) for one in people), unit=Unit.day),), **options)


def edited(*people: str):
    return a_rota(layers=(turns(*people), a_rota().layers[1]))


# --- overrides ----------------------------------------------------------------------------------------


def test_what_is_told_before_is_what_happens(desk: Desk) -> None:
    wanted = Override("o", OverrideKind.replace, NOW, HANDOFF, person="mia", in_place_of="ben", created_at=NOW)
    told = desk.ask(rota.whatif, PutOverride("night", wanted), NOW)
    assert [(c.before.people, c.after.people) for c in told.changes] == [(("ben",), ("mia",))]
    assert (told.rota_name, told.span) == ("Night", Span(NOW, HANDOFF))
    assert {(one.person, one.before, one.after) for one in told.hours} == {("ben", 16_800, 0), ("mia", 16_800, 33_600)}
    assert told.names == {"ben": "Ben", "mia": "Mia"}
    assert people_at(desk, NOW) == ("ben",)
    assert desk.do(rota.change, PutOverride("night", wanted), by="lea") == told
    assert people_at(desk, NOW) == ("mia",)


def test_an_override_of_somebody_who_is_not_on_duty_stands_without_effect(desk: Desk) -> None:
    assert put(desk, in_place_of="ana").changes == ()
    assert len(desk.ask(lambda tx: tx.definitions.overrides("night"))) == 1


def test_a_gap_that_it_would_make_is_told(desk: Desk) -> None:
    found = put(desk, kind=OverrideKind.remove, person="ben")
    assert [(gap.span, gap.cause.value) for gap in found.gaps] == [(Span(NOW, HANDOFF), "gap.removed")]


def test_a_language_that_nobody_would_speak_any_more_is_told(desk: Desk) -> None:
    with desk.store.write() as tx:
        tx.definitions.put("ben", person("Ben", speaks=("pt", "nl")))
        tx.definitions.put("night", a_rota(required_languages=("pt-BR", "en")))
    found = put(desk, in_place_of="ben")
    assert [(one.language, one.lost) for one in found.languages] == [("pt-BR", True)]


def test_without_required_languages_all_that_change_are_told(desk: Desk) -> None:
    with desk.store.write() as tx:
        tx.definitions.put("ben", person("Ben", speaks=("pt",)))
        tx.definitions.put("mia", person("Mia", speaks=("ja",)))
    assert {(one.language, one.lost) for one in put(desk, in_place_of="ben").languages} == {("pt", True), ("ja", False)}


def test_whoever_would_be_on_duty_while_away_is_told(desk: Desk) -> None:
    away = desk.do(rota.add_absence, start=HANDOFF - 600, end=LATER, kind=AbsenceKind.reserved, person="zoe", by="lea")
    (found,) = put(desk, person="zoe").away
    assert (found.person, found.absence, found.span) == ("zoe", away, Span(Instant(HANDOFF - 600), HANDOFF))


def test_what_is_past_stays(desk: Desk, clock) -> None:
    put(desk, start=NOW - DAY)
    (kept,) = desk.ask(lambda tx: tx.definitions.overrides("night"))
    assert kept.start == NOW
    clock.now = LATER
    with refuses("rota.past", Refused):
        put(desk)


@pytest.mark.parametrize(
    ("options", "code", "kind"),
    [
        ({"person": "nobody"}, "person.unknown", NotFound),
        ({"in_place_of": "nobody"}, "person.unknown", NotFound),
        ({"layer": "third"}, "rota.layer_unknown", NotFound),
        ({"end": NOW}, "override.span", BadInput),
        ({"person": None}, "override.person_missing", BadInput),
    ],
)
def test_what_makes_no_sense_is_refused(desk: Desk, options, code, kind) -> None:
    with refuses(code, kind):
        put(desk, **options)
    assert desk.ask(lambda tx: tx.definitions.overrides("night")) == ()


def test_nobody_puts_an_override_over_another_one_or_in_somebody_s_name(desk: Desk) -> None:
    wanted = Override("o", OverrideKind.replace, NOW, HANDOFF, person="mia", created_by="zoe", swap_id="s")
    desk.do(rota.change, PutOverride("night", wanted), by="mia")
    (kept,) = desk.ask(lambda tx: tx.definitions.overrides("night"))
    assert (kept.created_by, kept.created_at, kept.swap_id) == ("mia", NOW, "")
    with refuses("operation.known", Refused):
        desk.do(rota.change, PutOverride("night", wanted), by="mia")


def test_an_unknown_rota_is_not_found(desk: Desk) -> None:
    with refuses("rota.unknown", NotFound):
        desk.do(rota.override, "day", start=NOW, end=HANDOFF, person="mia", by="lea")


def test_a_person_takes_duty_upon_themselves_and_puts_nobody_else_on_or_off(desk: Desk) -> None:
    put(desk, by="mia", reason="Ben sleeps")
    for options in ({"person": "zoe"}, {"kind": OverrideKind.remove, "person": "mia"}):
        with pytest.raises(Forbidden):
            put(desk, by="mia", **options)
    with refuses("access.denied", Forbidden):
        put(desk, by="aud", person="aud")
    assert people_at(desk, NOW) == ("mia",)


def test_an_override_is_ended_by_who_made_it_or_a_lead_and_uncovers_the_older_one(desk: Desk, clock) -> None:
    put(desk, person="zoe", by="lea")
    put(desk, person="mia", by="mia")
    newer = desk.last
    clock.now = Instant(NOW + 3600)
    with refuses("rota.not_yours", Forbidden):
        desk.do(rota.end_override, "night", newer, by="ben")
    told = desk.ask(rota.whatif, EndOverride("night", newer), clock.now)
    found = desk.do(rota.end_override, "night", newer, by="mia")
    assert found == told
    assert [(c.before.people, c.after.people) for c in found.changes] == [(("mia",), ("zoe",))]
    assert found.span == Span(clock.now, HANDOFF)
    assert [people_at(desk, at) for at in (NOW + 60, NOW + 3660)] == [("mia",), ("zoe",)]
    with refuses("rota.past", Refused):
        desk.do(rota.end_override, "night", newer, by="mia")


def test_without_overrides_the_base_plan_is_back(desk: Desk) -> None:
    before = week(desk)
    for options in ({"person": "mia"}, {"kind": OverrideKind.add, "person": "zoe", "end": LATER}):
        put(desk, **options)
        last = desk.last
        assert week(desk) != before
        desk.do(rota.end_override, "night", last, by="lea")
        assert week(desk) == before
    with refuses("override.unknown", NotFound):
        desk.do(rota.end_override, "night", last, by="lea")


# --- pinned periods -------------------------------------------------------------------------------------


def test_a_pinned_period_lies_over_everything_until_it_is_taken_back(desk: Desk, clock) -> None:
    shifts = (PinnedShift(NOW, HANDOFF, ("zoe",)),)
    period = PinnedPeriod("party", NOW, LATER, shifts, PinnedFallback.gap, reason="party")
    before = week(desk)
    told = desk.ask(rota.whatif, Pin("night", period), NOW)
    assert told.gaps
    assert desk.do(rota.pin, "night", period, by="lea") == told
    assert [people_at(desk, at) for at in (NOW, HANDOFF)] == [("zoe",), ()]
    with refuses("access.denied", Forbidden):
        desk.do(rota.unpin, "night", "party", by="ana")
    clock.now = HANDOFF
    desk.do(rota.unpin, "night", "party", by="lea")
    assert [people_at(desk, at) for at in (NOW, HANDOFF)] == [("zoe",), ("ana",)]
    assert [piece for piece in week(desk) if piece.span.start >= HANDOFF] == [
        piece for piece in before if piece.span.start >= HANDOFF
    ]
    with refuses("pinned.unknown", NotFound):
        desk.do(rota.unpin, "night", "feast", by="lea")


def test_a_pinned_period_begins_now_at_the_earliest_and_names_people_who_exist(desk: Desk, clock) -> None:
    shifts = (PinnedShift(NOW, HANDOFF, ("nobody",)),)
    with refuses("person.unknown", NotFound):
        desk.do(rota.pin, "night", PinnedPeriod("p", NOW, LATER, shifts, PinnedFallback.gap), by="lea")
    clock.now = HANDOFF
    desk.do(rota.pin, "night", PinnedPeriod("p", NOW, LATER, (), PinnedFallback.gap), by="lea")
    assert [people_at(desk, at) for at in (NOW, HANDOFF)] == [("ben",), ()]
    clock.now = LATER
    with refuses("rota.past", Refused):
        desk.do(rota.pin, "night", PinnedPeriod("q", NOW, LATER, (), PinnedFallback.gap), by="lea")


# --- layers and turns -----------------------------------------------------------------------------------


def test_an_edit_changes_no_piece_before_it_holds(desk: Desk) -> None:
    before = week(desk, until=LATER)
    told = desk.ask(rota.whatif, EditRota(edited("zoe"), LATER), NOW)
    assert desk.do(rota.edit, edited("zoe"), valid_from=LATER, by="lea") == told
    assert told.span.start == LATER
    assert {one.person: one.after for one in told.hours} == {"ana": 0, "ben": 0, "zoe": told.span.seconds}
    assert week(desk, until=LATER) == before
    assert [people_at(desk, LATER + n * DAY) for n in range(3)] == [("zoe",)] * 3


def test_an_edit_leaves_what_is_planned_for_later(desk: Desk) -> None:
    desk.do(rota.edit, edited("zoe"), valid_from=LATER, by="lea")
    told = desk.ask(rota.whatif, EditRota(edited("mia"), HANDOFF), NOW)
    assert told == desk.do(rota.edit, edited("mia"), valid_from=HANDOFF, by="lea")
    assert [people_at(desk, at) for at in (NOW, HANDOFF, LATER)] == [("ben",), ("mia",), ("zoe",)]


def test_whoever_is_on_turn_as_an_edit_begins_finishes_it_unless_it_says_otherwise(desk: Desk) -> None:
    desk.do(rota.edit, edited("zoe"), by="lea")
    assert [people_at(desk, at) for at in (NOW, HANDOFF - 1, HANDOFF)] == [("ben",), ("ben",), ("zoe",)]
    desk.do(rota.edit, edited("mia"), at_once=True, by="lea")
    assert [people_at(desk, at) for at in (NOW, HANDOFF)] == [("mia",), ("mia",)]


def test_what_is_planned_for_later_goes_on_from_what_is_edited_before_it(desk: Desk) -> None:
    """Only the second line is planned otherwise: the first one keeps the edit that comes between."""
    planned = replace(a_rota(), layers=(a_rota().layers[0], turns("zoe", name="second", level=2)))
    desk.do(rota.edit, planned, valid_from=LATER, by="lea")
    desk.do(rota.edit, edited("mia"), valid_from=HANDOFF, by="lea")
    assert [people_at(desk, at) for at in (HANDOFF, LATER, LATER + DAY)] == [("mia",)] * 3
    assert [people_at(desk, at, level=2) for at in (LATER, LATER + 4 * DAY)] == [("mia",), ("zoe",)]  # after her week


def test_other_turns_go_on_after_whoever_is_on_turn(desk: Desk) -> None:
    """Ben has the night; Zoe comes into the round before Ana."""
    found = desk.do(rota.set_turns, "night", "first", turns=[("ben",), ("zoe",), ("ana",), ()], reason="Zoe", by="lea")
    assert [people_at(desk, NOW + n * DAY) for n in range(6)] == [("ben",), ("zoe",), ("ana",), (), ("ben",), ("zoe",)]
    assert {one.person for one in found.hours} == {"ana", "ben", "zoe"}
    assert desk.ask(rota.why, Instant(NOW + DAY), "night").reasons[-1].people == ("zoe",)
    with refuses("rota.unknown_layer", BadInput):
        desk.do(rota.set_turns, "night", "third", turns=[("ben",)], by="lea")
    with refuses("definition.unknown", BadInput):
        desk.do(rota.set_turns, "night", "first", turns=[("nobody",)], by="lea")
    with refuses("access.denied", Forbidden):
        desk.do(rota.set_turns, "night", "first", turns=[("ana",)], by="ana")


def test_a_new_rota_has_no_beginning_and_an_edit_without_one_holds_from_now(desk: Desk) -> None:
    new = replace(edited("zoe"), id="day", name="Day")
    assert desk.do(rota.edit, new, by="lea").hours
    desk.do(rota.edit, edited("zoe"), at_once=True, by="lea")
    assert [people_at(desk, at) for at in (NOW - 1, NOW)] == [("zoe",), ("zoe",)]
    lines = desk.ask(rota.who, Instant(NOW - 1))
    assert [line.people for line in lines if line.rota == "night"] == [("ben",), ("mia",)]


@pytest.mark.parametrize(
    ("value", "options", "code", "kind"),
    [
        (edited("zoe"), {"by": "ana"}, "access.denied", Forbidden),
        (edited("zoe"), {"valid_from": NOW - 1}, "rota.past", Refused),
        (edited("nobody"), {}, "definition.unknown", BadInput),
        (edited(), {}, "definition.nobody", BadInput),
        (a_rota(zone="Mars/Base"), {}, "definition.zone", BadInput),
    ],
)
def test_an_edit_that_may_not_be_is_refused(desk: Desk, value, options, code, kind) -> None:
    before = week(desk)
    with refuses(code, kind):
        desk.do(rota.edit, value, **{"by": "lea", **options})
    assert week(desk) == before


# --- absences -------------------------------------------------------------------------------------------


def test_absences_move_no_duty_and_are_everybody_s_own(desk: Desk) -> None:
    before = week(desk)
    own = desk.do(rota.add_absence, start=NOW, end=LATER, note=" sea ", by="ben")
    assert (own.person, own.kind, own.note, own.source) == ("ben", AbsenceKind.leave, "sea", "")
    assert week(desk) == before
    for use, options in ((rota.add_absence, {"start": NOW, "end": LATER, "person": "ben"}), (rota.remove_absence, {})):
        args = (own.id,) if use is rota.remove_absence else ()
        with refuses("rota.not_yours", Forbidden):
            desk.do(use, *args, by="ana", **options)
    assert desk.ask(rota.absences, NOW, LATER) == (own,)
    assert desk.ask(rota.absences, NOW, LATER, "ana") == ()
    assert desk.do(rota.remove_absence, own.id, by="lea") == own
    assert desk.ask(rota.absences, NOW, LATER) == ()
    with refuses("absence.unknown", NotFound):
        desk.do(rota.remove_absence, own.id, by="lea")


# --- once -----------------------------------------------------------------------------------------------


def test_a_repeated_request_changes_nothing_and_every_change_is_a_fact(desk: Desk) -> None:
    call = desk.call("lea")
    head = desk.store.head()
    with desk.store.write() as tx:
        rota.edit(call, tx, edited("zoe"), valid_from=LATER)
    assert desk.store.head() == head + 1
    with refuses("operation.known", Refused), desk.store.write() as tx:
        rota.edit(call, tx, edited("ana"), valid_from=LATER)
    put(desk)
    desk.do(rota.end_override, "night", desk.last, by="lea")
    assert desk.store.head() == head + 3


def test_absences_of_a_calendar_come_once_and_anew_where_they_moved(desk: Desk) -> None:
    """By a lead for everybody, under the ids of the calendar."""
    found = [Absence(f"cal:{who}", who, NOW, LATER, AbsenceKind.leave, source="team.ics") for who in ("ana", "ben")]
    assert desk.do(rota.take_in_absences, found, by="lea") == 2
    moved = replace(found[0], end=HANDOFF)
    assert desk.do(rota.take_in_absences, [moved, found[1]], by="lea") == 1
    assert set(desk.ask(rota.absences, NOW, LATER)) == {moved, found[1]}
    with refuses("rota.not_yours", Forbidden):
        desk.do(rota.take_in_absences, found, by="ana")
