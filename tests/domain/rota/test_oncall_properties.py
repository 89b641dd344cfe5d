"""What holds for every rota: tiling, joining, order, and agreement with a clock watched every five minutes."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.layers import Cause
from supporttui.domain.rota.oncall import duty, level_duty, levels, on_call
from supporttui.domain.rota.schedule import (
    IntendedGap,
    Layer,
    LayerMode,
    Override,
    OverrideKind,
    Restriction,
    Rota,
    Rotation,
    Unit,
    Validity,
)
from supporttui.domain.rota.whatif import changes
from supporttui.domain.spans import Instant, Span, union
from supporttui.domain.wall import resolve
from tests.domain.rota.rotas import layer, rota, rotation

pytestmark = pytest.mark.core

NIGHTS = {
    "Europe/Amsterdam": ["2026-03-29", "2026-10-25"],
    "America/New_York": ["2026-03-08", "2026-11-01"],
    "Australia/Lord_Howe": ["2026-04-05", "2026-10-04"],
    "Africa/Cairo": ["2026-04-24", "2026-10-30"],
    "America/Santiago": ["2026-04-05", "2026-09-06"],
    "Pacific/Chatham": ["2026-04-05", "2026-09-27"],
    "Asia/Kolkata": ["2026-06-01"],
}
"""Nights on which the clocks change, in zones that do it differently; one that never does."""
STEP = 300
PEOPLE = [PersonId(name) for name in ("ana", "ben", "cem", "dia")]

nights = st.sampled_from([(zone, day) for zone, days in NIGHTS.items() for day in days])
times = st.integers(0, 287).map(lambda n: (datetime(2000, 1, 1) + timedelta(minutes=5 * n)).time())
turns = st.lists(st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True).map(tuple), min_size=1, max_size=4).map(
    tuple
)
restrictions = st.lists(
    st.builds(Restriction, times, times, st.lists(st.integers(1, 7), min_size=1, unique=True).map(tuple)), max_size=2
).map(tuple)


def rotations_around(day: str) -> st.SearchStrategy[Rotation]:
    lengths = st.sampled_from([(Unit.hour, 1), (Unit.hour, 8), (Unit.day, 1), (Unit.day, 2), (Unit.week, 1)])
    dates = st.integers(-20, 3).map(lambda n: datetime.fromisoformat(day).date() + timedelta(n))
    return st.builds(
        lambda date, time, turns, length: Rotation(datetime.combine(date, time), turns, unit=length[0], every=length[1]),
        dates, times, turns, lengths,
    )  # fmt: skip


@st.composite
def plain_rotas(draw: st.DrawFn) -> tuple[Rota, Instant]:
    """Up to three layers of one level, and the start of two days around a night."""
    zone, day = draw(nights)
    rows = [
        Layer(f"layer {n}", (draw(rotations_around(day)),), draw(st.sampled_from(LayerMode)), draw(restrictions))
        for n in range(draw(st.integers(1, 3)))
    ]
    return rota(*rows, zone=zone), resolve(datetime.fromisoformat(day) - timedelta(days=1), zone)


@st.composite
def full_rotas(draw: st.DrawFn) -> tuple[Rota, Instant]:
    """Everything at once: levels, versions, lives, overrides, intended gaps, validity."""
    which, start = draw(plain_rotas())
    moment = st.integers(0, 4 * 86400).map(lambda n: Instant(start - 86400 + n))
    maybe = st.none() | moment
    spans = st.tuples(moment, st.integers(1, 86400))
    person = st.sampled_from(PEOPLE)
    zone, day = which.zone, datetime.fromtimestamp(start + 86400, ZoneInfo(which.zone)).date().isoformat()
    assert zone in NIGHTS
    rows = [
        replace(
            row, level=draw(st.integers(1, 2)), valid_from=draw(maybe), valid_to=draw(maybe), elastic_end=draw(st.booleans()),
            rotations=(*row.rotations, replace(draw(rotations_around(day)), valid_from=draw(moment))),
        )
        for row in which.layers
    ]  # fmt: skip
    overrides = [
        Override(
            str(n), draw(st.sampled_from(OverrideKind)), begin, Instant(begin + length), person=draw(person),
            in_place_of=draw(st.none() | person), layer=draw(st.sampled_from([None, "layer 0"])),
            created_at=Instant(draw(st.integers(0, 3))),
        )
        for n, (begin, length) in enumerate(draw(st.lists(spans, max_size=4)))
    ]  # fmt: skip
    gaps = [IntendedGap(begin, Instant(begin + length)) for begin, length in draw(st.lists(spans, max_size=1))]
    stays = [Validity(PEOPLE[0], draw(maybe), draw(maybe))] if draw(st.booleans()) else []
    return (
        replace(
            which, layers=tuple(rows), overrides=tuple(overrides), intended_gaps=tuple(gaps), validities=tuple(stays)
        ),
        start,
    )


TWO_DAYS = 2 * 86400


def expanded(found, start: int) -> list[tuple[PersonId, ...]]:
    """Who is on duty at every fifth minute."""
    return [
        d.people for d in found for _ in range(-(-(d.span.start - start) // STEP), -(-(d.span.end - start) // STEP))
    ]


class WatchedClock:
    """The wall clock of a zone, looked at every five minutes; knows nothing of how we resolve it.

    A time has come once the clock has ever shown it or more; it is over for good once the clock will never
    again show less.
    """

    def __init__(self, zone: str, start: int) -> None:
        begin = start - 3 * 86400
        shown = [
            datetime.fromtimestamp(at, ZoneInfo(zone)).replace(tzinfo=None, fold=0)
            for at in range(begin, start + TWO_DAYS + 2 * 86400, STEP)
        ]
        skip = (start - begin) // STEP
        self.most = list(accumulate(shown, max))[skip : skip + TWO_DAYS // STEP]
        self.least = list(accumulate(reversed(shown), min))[::-1][skip : skip + TWO_DAYS // STEP]

    def people(self, row: Layer, i: int) -> tuple[PersonId, ...]:
        (turning,) = row.rotations
        length = {Unit.hour: timedelta(hours=1), Unit.day: timedelta(days=1), Unit.week: timedelta(weeks=1)}[
            turning.unit
        ]
        number = (self.most[i] - turning.anchor) // (length * turning.every)
        is_open = not row.restrictions or any(self.is_inside(window, i) for window in row.restrictions)
        return turning.turns[number % len(turning.turns)] if is_open else ()

    def is_inside(self, window: Restriction, i: int) -> bool:
        for back in range(3):
            day = self.most[i].date() - timedelta(days=back)
            until = day if window.end > window.start else day + timedelta(days=1)
            begun = self.most[i] >= datetime.combine(day, window.start)
            if begun and self.least[i] < datetime.combine(until, window.end) and day.isoweekday() in window.days:
                return True
        return False

    def on_duty(self, which: Rota, i: int) -> tuple[PersonId, ...]:
        winners = (self.people(row, i) for row in which.layers if row.mode is LayerMode.wins)
        joining = [p for row in which.layers if row.mode is LayerMode.adds for p in self.people(row, i)]
        return tuple(dict.fromkeys([*next((w for w in winners if w), ()), *joining]))


@given(plain_rotas())
def test_the_plan_agrees_with_a_clock_watched_every_five_minutes(case):
    which, start = case
    clock = WatchedClock(which.zone, start)
    found = expanded(duty(which, start, Instant(start + TWO_DAYS)), start)
    assert found == [clock.on_duty(which, i) for i in range(TWO_DAYS // STEP)]


@given(full_rotas())
def test_for_each_level_pieces_tile_the_window_and_neighbours_differ(case):
    which, start = case
    end = Instant(start + TWO_DAYS)
    for level in levels(which):
        found = level_duty(which, start, end, level=level)
        assert (found[0].span.start, found[-1].span.end) == (start, end)
        assert all(d.span.start < d.span.end for d in found)
        for one, two in pairwise(found):
            assert one.span.end == two.span.start
            assert (one.people, one.layer, one.cause) != (two.people, two.layer, two.cause)
        assert all(d.cause.value.startswith("duty." if d.people else "gap.") for d in found)


@given(full_rotas(), st.integers(1, TWO_DAYS - 1))
def test_two_windows_that_meet_are_the_whole_window(case, cut):
    which, start = case
    middle, end = Instant(start + cut), Instant(start + TWO_DAYS)
    for level in levels(which):
        left = level_duty(which, start, middle, level=level)
        right = level_duty(which, middle, end, level=level)
        if (left[-1].people, left[-1].layer, left[-1].cause) == (right[0].people, right[0].layer, right[0].cause):
            seam = replace(left[-1], span=replace(left[-1].span, end=right[0].span.end))
            left, right = (*left[:-1], seam), right[1:]
        assert left + right == level_duty(which, start, end, level=level)


@given(full_rotas(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(case, random):
    which, start = case
    window = (start, Instant(start + TWO_DAYS))
    shuffled = replace(
        which,
        overrides=tuple(random.sample(which.overrides, len(which.overrides))),
        layers=tuple(replace(row, rotations=row.rotations[::-1]) for row in which.layers),
    )
    assert duty(shuffled, *window) == duty(which, *window)


@given(full_rotas())
def test_overrides_change_the_plan_only_within_their_spans(case):
    which, start = case
    base = replace(which, overrides=())
    overridden = union(Span(o.start, o.end) for o in which.overrides)
    for change in changes(base, which, start, Instant(start + TWO_DAYS)):
        assert any(span.start <= change.after.span.start and change.after.span.end <= span.end for span in overridden)


@given(full_rotas(), st.integers(0, TWO_DAYS), turns)
def test_an_edit_valid_from_an_instant_changes_no_piece_before_it(case, after, new_turns):
    which, start = case
    moment = Instant(start + after)
    edited = replace(
        which,
        layers=tuple(
            replace(row, rotations=(*row.rotations, replace(row.rotations[0], turns=new_turns, valid_from=moment)))
            for row in which.layers
        ),
    )
    assert duty(edited, start, moment) == duty(which, start, moment)


@given(full_rotas())
def test_nobody_is_on_duty_outside_of_their_validity(case):
    which, start = case
    for entry in which.validities:
        for piece in duty(which, start, Instant(start + TWO_DAYS)):
            if entry.person in piece.people:
                assert entry.start is None or entry.start <= piece.span.start
                assert entry.end is None or piece.span.end <= entry.end


@given(nights, st.data())
def test_one_layer_without_restriction_and_free_slots_has_no_gap(night, data):
    zone, day = night
    turning = data.draw(rotations_around(day).filter(lambda r: all(r.turns)))
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
    assert {name: sum(name in d.people for d in found) for name in names} == dict.fromkeys(names, 3)


@given(full_rotas(), st.integers(0, TWO_DAYS - 1))
def test_who_is_on_call_is_what_the_plan_says_of_that_second(case, after):
    which, start = case
    at = Instant(start + after)
    for level in levels(which):
        (piece,) = [d for d in level_duty(which, start, Instant(start + TWO_DAYS), level=level) if at in d.span]
        assert on_call(which, at, level=level) == piece.people
