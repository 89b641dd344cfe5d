"""What holds for every plan with all its parts: the invariants of the rota rules."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.coverage import coverage
from supporttui.domain.rota.explain import explain
from supporttui.domain.rota.lookout import gap_list
from supporttui.domain.rota.oncall import duty, layer_duty, level_drafts, level_duty, levels, on_call
from supporttui.domain.rota.overlays import joined
from supporttui.domain.rota.schedule import Advance, Override, OverrideKind, Rota, Unit
from supporttui.domain.rota.shadows import second_layers
from supporttui.domain.rota.snapshot import Snapshot, Version
from supporttui.domain.rota.stages import stages
from supporttui.domain.rota.whatif import changes
from supporttui.domain.spans import Instant, Span, union
from supporttui.domain.wall import resolve
from tests.domain.rota.plans import TWO_DAYS, nights, person, rotas, rotations, snapshots, turns
from tests.domain.rota.rotas import layer, rota, rotation

pytestmark = pytest.mark.core
seconds = st.integers(1, TWO_DAYS - 1)


def window(start: Instant) -> tuple[Instant, Instant]:
    return start, Instant(start + TWO_DAYS)


def same(one, two) -> bool:
    return (one.people, one.layer, one.cause) == (two.people, two.layer, two.cause)


@given(snapshots(), seconds)
def test_pieces_tile_the_window_two_windows_are_the_whole_and_each_second_is_as_the_plan_says(case, cut):
    plan, start = case
    middle, end = Instant(start + cut), Instant(start + TWO_DAYS)
    for level in levels(plan):
        found = level_duty(plan, start, end, level=level)
        assert (found[0].span.start, found[-1].span.end) == (start, end)
        assert all(piece.span.seconds > 0 for piece in found)
        assert all(one.span.end == two.span.start and not same(one, two) for one, two in pairwise(found))
        assert all(piece.cause.value.startswith("duty." if piece.people else "gap.") for piece in found)
        left, right = level_duty(plan, start, middle, level=level), level_duty(plan, middle, end, level=level)
        assert on_call(plan, middle, level=level) == right[0].people
        if same(left[-1], right[0]):
            left, right = (*left[:-1], left[-1]._replace(span=Span(left[-1].span.start, right[0].span.end))), right[1:]
        assert left + right == found


@given(snapshots(), seconds)
def test_lists_of_gaps_coverage_layers_and_reasons_tell_of_the_same_plan(case, after):
    plan, (start, end) = case[0], window(case[1])
    for level in levels(plan):
        later = second_layers(plan)
        nobody = union(
            Span(draft.start, draft.end)
            for draft in level_drafts(plan, start, end, level=level)
            if all(entry.layer in later for entry in draft.entries)
        )
        listed = union(gap.duty.span for gap in gap_list(plan, start, end) if gap.duty.level == level)
        assert listed == nobody
        graded = [piece.duty for piece in coverage(plan, start, end, speaks={}) if piece.duty.level == level]
        assert sum(piece.span.seconds for piece in graded if not piece.people) == sum(span.seconds for span in nobody)
        assert explain(plan, Instant(start + after), level)
    for row in layer_duty(plan, start, end).values():
        assert union(piece.span for piece in row) == (Span(start, end),)


@given(snapshots(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(case, random):
    plan, start = case

    def shuffled(rows):
        return tuple(random.sample(rows, len(rows)))

    other = Snapshot(
        shuffled(plan.versions), shuffled(plan.overrides), shuffled(plan.pinned), shuffled(plan.records),
        shuffled(plan.people),
    )  # fmt: skip
    assert duty(other, *window(start)) == duty(plan, *window(start))


@given(rotas(), seconds, turns)
def test_an_edit_valid_from_an_instant_changes_no_piece_before_it(case, after, new_turns):
    which, start = case
    moment = Instant(start + after)
    layers = tuple(
        replace(row, rotations=(*row.rotations, replace(row.rotations[0], turns=new_turns, valid_from=moment)))
        for row in which.layers
    )
    assert duty(replace(which, layers=layers), start, moment) == duty(which, start, moment)
    other = Snapshot((Version(which), Version(rota(layer("ana"), zone=which.zone), moment)))
    for level in levels(which):
        assert level_duty(other, start, moment, level=level) == level_duty(which, start, moment, level=level)


@given(snapshots())
def test_without_overrides_the_base_plan_is_back_and_nobody_is_on_duty_who_may_not_be(case):
    plan, start = case
    bare = Snapshot(tuple(replace(one, rota=replace(one.rota, overrides=(), validities=())) for one in plan.versions))
    for level in levels(bare):
        meant = stages(plan, Span(*window(start)), level).meant
        assert list(joined(stages(bare, Span(*window(start)), level).final)) == list(joined(meant))
    bounds = {one.id: one for one in plan.people}
    for piece in duty(replace(plan, records=()), *window(start)):
        for known in (bounds[who] for who in piece.people if who in bounds):
            assert known.may_be_on_call
            assert known.valid_from is None or known.valid_from <= piece.span.start


@given(rotas())
def test_overrides_change_the_plan_only_within_their_spans_and_bounds_keep_people_out(case):
    which, start = case
    touched = union(Span(one.start, one.end) for one in which.overrides)
    for change in changes(replace(which, overrides=()), which, *window(start)):
        assert any(one.start <= change.after.span.start and change.after.span.end <= one.end for one in touched)
    for entry in which.validities:
        for piece in duty(which, *window(start)):
            if entry.person in piece.people:
                assert entry.start <= piece.span.start
                assert piece.span.end <= entry.end


@given(rotas(), person, person, st.integers(0, TWO_DAYS - 3600))
def test_a_swap_keeps_the_covered_seconds_of_each_layer(case, who, other, after):
    which, start = replace(case[0], overrides=(), validities=()), case[1]
    begin = Instant(start + after)
    pieces = [("1", begin, who, other), ("2", Instant(begin + 86400), other, who)]
    swap = tuple(
        Override(key, OverrideKind.replace, at, Instant(at + 3600), person=to, in_place_of=of, swap_id="S1")
        for key, at, of, to in pieces
    )
    assert covered(replace(which, overrides=swap), start) == covered(which, start)


def covered(which: Rota, start: Instant) -> dict[str | None, int]:
    found: dict[str | None, int] = {}
    for piece in duty(which, *window(start)):
        if piece.people:
            found[piece.layer] = found.get(piece.layer, 0) + piece.span.seconds
    return found


@given(nights, st.data())
def test_one_layer_without_restriction_and_free_slots_has_no_gap(night, data):
    zone, day = night
    full = st.lists(person.map(lambda one: (one,)), min_size=1, max_size=4).map(tuple)
    turning = data.draw(rotations(day, st.none(), full))
    start = resolve(datetime.fromisoformat(day) - timedelta(days=20), zone)
    found = duty(rota(layer(rotations=(turning,)), zone=zone), start, Instant(start + 40 * 86400))
    assert all(piece.cause is Cause.rotation for piece in found)


@given(nights, st.integers(2, 5), st.sampled_from([Unit.day, Unit.week]))
def test_over_whole_rounds_turns_are_shared_alike(night, count, unit):
    zone, day = night
    names = [f"p{n}" for n in range(count)]
    anchor = datetime.fromisoformat(day) - timedelta(days=10)
    length = {Unit.day: 1, Unit.week: 7}[unit]
    which = rota(layer(rotations=(rotation(*names, anchor=anchor, unit=unit),)), zone=zone)
    found = duty(which, resolve(anchor, zone), resolve(anchor + timedelta(days=3 * count * length), zone))
    assert {name: sum(name in piece.people for piece in found) for name in names} == dict.fromkeys(names, 3)


@given(nights, st.integers(2, 5), st.sets(st.integers(1, 7), min_size=1), st.integers(1, 40))
def test_turns_that_advance_by_active_days_are_shared_alike_at_any_time(night, count, days, length):
    zone, day = night
    names = [f"p{n}" for n in range(count)]
    anchor = datetime.fromisoformat(day) - timedelta(days=20)
    turning = layer(
        *names, anchor=anchor, unit=Unit.day, advance=Advance.active_days, hours=("09:00", "17:00"), days=sorted(days)
    )
    found = duty(rota(turning, zone=zone), resolve(anchor, zone), resolve(anchor + timedelta(days=length), zone))
    counted = [sum(name in piece.people for piece in found) for name in names]
    assert max(counted) - min(counted) <= 1
