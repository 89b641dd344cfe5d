"""The engine against an oracle that only watches a clock, over everything that a plan can hold."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.ids import RotaId
from supporttui.domain.people import Person
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.oncall import level_duty, levels
from supporttui.domain.rota.pinned import PinnedFallback, PinnedPeriod, PinnedShift
from supporttui.domain.rota.records import DutyRecord
from supporttui.domain.rota.schedule import (
    Advance,
    IntendedGap,
    Layer,
    LayerMode,
    Override,
    OverrideKind,
    Rotation,
    Unit,
    Validity,
)  # fmt: skip
from supporttui.domain.rota.snapshot import Snapshot, Version
from supporttui.domain.spans import Instant
from supporttui.domain.wall import resolve
from tests.domain.rota.oracle import STEP, Watch
from tests.domain.rota.rotas import rota
from tests.domain.rota.test_oncall_properties import NIGHTS, PEOPLE, nights, restrictions, times, turns

pytestmark = pytest.mark.core
TWO_DAYS = 2 * 86400
REACH = 30 * 86400
"""So far back the clock is watched: the turn under way may have begun then."""
ZONES = st.sampled_from([None, *NIGHTS])
LENGTHS = st.sampled_from(
    [(Unit.hour, 1), (Unit.hour, 5), (Unit.hour, 12), (Unit.day, 1), (Unit.day, 3), (Unit.week, 1), (Unit.month, 1)]
)


@st.composite
def rotations(draw: st.DrawFn, day: str, moment: st.SearchStrategy[Instant | None]) -> Rotation:
    unit, every = draw(LENGTHS)
    back = st.integers(-3, 20).map(lambda n: datetime.fromisoformat(day).date() - timedelta(n))
    advance = draw(st.sampled_from(Advance)) if unit is Unit.day else Advance.time
    return Rotation(
        datetime.combine(draw(back), draw(times)), draw(st.just(()) | turns), unit, every, advance,
        valid_from=draw(moment), at_once=draw(st.booleans()),
    )  # fmt: skip


@st.composite
def snapshots(draw: st.DrawFn) -> tuple[Snapshot, Instant]:
    """A plan with all its parts, and the start of two days around a night on which clocks change."""
    zone, day = draw(nights)
    start = Instant(resolve(datetime.fromisoformat(day) - timedelta(days=1), zone) // STEP * STEP)
    moment = st.integers(-288, 864).map(lambda n: Instant(start + n * STEP))
    maybe = st.none() | moment
    person, level = st.sampled_from(PEOPLE), st.integers(1, 2)
    spans = st.tuples(moment, st.integers(1, 288)).map(lambda s: (s[0], Instant(s[0] + s[1] * STEP)))

    def made(count: int, make):
        return tuple(make(str(n), *draw(spans)) for n in range(draw(st.integers(0, count))))

    def layers():
        return tuple(
            Layer(
                f"layer {n}",
                (draw(rotations(day, st.none())), *draw(st.lists(rotations(day, moment), max_size=2))),
                draw(st.sampled_from(LayerMode)), draw(restrictions), draw(ZONES), draw(maybe), draw(maybe),
                level=draw(level), holiday_as=draw(st.sampled_from([None, 6, 7])),
            )
            for n in range(draw(st.integers(1, 3)))
        )  # fmt: skip

    def override(key: str, begin: Instant, end: Instant) -> Override:
        return Override(
            key, draw(st.sampled_from(OverrideKind)), begin, end, person=draw(person),
            in_place_of=draw(st.none() | person), layer=draw(st.sampled_from([None, "layer 0"])),
            level=draw(st.none() | level), created_at=Instant(draw(st.integers(0, 3))),
        )  # fmt: skip

    def period(key: str, begin: Instant, end: Instant) -> PinnedPeriod:
        shifts = made(2, lambda _, b, e: PinnedShift(b, e, (draw(person),), draw(level)))
        return PinnedPeriod(key, begin, end, shifts, draw(st.sampled_from(PinnedFallback)))

    def record(key: str, begin: Instant, end: Instant) -> DutyRecord:
        who = draw(st.just(()) | person.map(lambda p: (p,)))
        return DutyRecord(RotaId("desk"), draw(level), begin, end, who, None, Cause.rotation, "", Instant(int(key)))

    one = replace(
        rota(*layers(), zone=zone),
        holidays=(datetime.fromisoformat(day).date(),),
        intended_gaps=made(1, lambda _, b, e: IntendedGap(b, e)),
        validities=made(1, lambda _, b, e: Validity(PEOPLE[0], b, e)),
        overrides=made(2, override),
    )
    other = Version(replace(one, layers=layers(), overrides=()), draw(moment))
    people = (
        Person(PEOPLE[1], "Ben", valid_from=draw(maybe)),
        Person(PEOPLE[2], "Cem", may_be_on_call=draw(st.booleans())),
    )
    return (
        Snapshot(
            (Version(one), other) if draw(st.booleans()) else (Version(one, draw(maybe)),),
            overrides=made(3, override), pinned=made(2, period), records=made(1, record), people=people,
        ),
        start,
    )  # fmt: skip


@given(snapshots())
def test_the_plan_agrees_with_whoever_watches_the_clock(case):
    plan, start = case
    watch = Watch(plan, start - REACH, start + 3 * TWO_DAYS)
    for level in levels(plan):
        for piece in level_duty(plan, start, Instant(start + TWO_DAYS), level=level):
            for at in range(piece.span.start, piece.span.end, 3 * STEP):
                assert watch.people(at, level) == piece.people, (at, level, piece)
            assert watch.people(piece.span.end - STEP, level) == piece.people, (level, piece)
