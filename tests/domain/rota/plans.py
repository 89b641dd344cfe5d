"""Random plans around nights on which clocks change, with everything that a plan can hold."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.people import Person
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.pinned import PinnedFallback, PinnedPeriod, PinnedShift
from supporttui.domain.rota.records import DutyRecord
from supporttui.domain.rota.schedule import (
    Advance,
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
from supporttui.domain.rota.snapshot import Snapshot, Version
from supporttui.domain.spans import Instant
from supporttui.domain.wall import resolve
from tests.domain.rota.oracle import STEP
from tests.domain.rota.rotas import rota

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
PEOPLE = [PersonId(name) for name in ("ana", "ben", "cem", "dia")]
TWO_DAYS = 2 * 86400

nights = st.sampled_from([(zone, day) for zone, days in NIGHTS.items() for day in days])
zones = st.sampled_from([None, *NIGHTS])
person = st.sampled_from(PEOPLE)
level = st.integers(1, 2)
times = st.integers(0, 287).map(lambda n: (datetime(2000, 1, 1) + timedelta(minutes=5 * n)).time())
turns = st.lists(st.lists(person, max_size=2, unique=True).map(tuple), max_size=4).map(tuple)
lengths = st.sampled_from(
    [(Unit.hour, 1), (Unit.hour, 5), (Unit.hour, 12), (Unit.day, 1), (Unit.day, 3), (Unit.week, 1), (Unit.month, 1)]
)
restrictions = st.lists(
    st.builds(Restriction, times, times, st.lists(st.integers(1, 7), min_size=1, unique=True).map(tuple)), max_size=2
).map(tuple)


@st.composite
def rotations(draw: st.DrawFn, day: str, moment: st.SearchStrategy[Instant | None], teams=turns) -> Rotation:
    """A version of a rotation that is anchored up to three weeks before a day."""
    unit, every = draw(lengths)
    anchor = datetime.combine(datetime.fromisoformat(day).date() - timedelta(draw(st.integers(-3, 20))), draw(times))
    advance = draw(st.sampled_from(Advance)) if unit is Unit.day else Advance.time
    return Rotation(anchor, draw(teams), unit, every, advance, valid_from=draw(moment), at_once=draw(st.booleans()))


class Night:
    """Draws what a plan is made of, around the two days about one night; all of it on whole five minutes."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.zone, self.day = draw(nights)
        self.start = Instant(resolve(datetime.fromisoformat(self.day) - timedelta(days=1), self.zone) // STEP * STEP)
        self.moment = st.integers(-288, 864).map(lambda n: Instant(self.start + n * STEP))
        self.maybe = st.none() | self.moment

    def some(self, most: int, make) -> tuple:
        """Up to so many things with a key and a span."""
        lasts = st.integers(1, 288)
        begins = [self.draw(self.moment) for _ in range(self.draw(st.integers(0, most)))]
        return tuple(make(str(n), at, Instant(at + self.draw(lasts) * STEP)) for n, at in enumerate(begins))

    def layers(self) -> tuple[Layer, ...]:
        draw = self.draw
        later = st.lists(rotations(self.day, self.moment), max_size=2)
        return tuple(
            Layer(
                f"layer {n}",
                (draw(rotations(self.day, st.none())), *draw(later)),
                draw(st.sampled_from(LayerMode)),
                draw(restrictions),
                draw(zones),
                draw(self.maybe),
                draw(self.maybe),
                elastic_end=draw(st.booleans()),
                level=draw(level),
                holiday_as=draw(st.sampled_from([None, 6, 7])),
            )
            for n in range(draw(st.integers(1, 3)))
        )

    def override(self, key: str, begin: Instant, end: Instant) -> Override:
        draw = self.draw
        return Override(
            key,
            draw(st.sampled_from(OverrideKind)),
            begin,
            end,
            person=draw(person),
            in_place_of=draw(st.none() | person),
            layer=draw(st.sampled_from([None, "layer 0"])),
            level=draw(st.none() | level),
            created_at=Instant(draw(st.integers(0, 3))),
        )

    def period(self, key: str, begin: Instant, end: Instant) -> PinnedPeriod:
        shifts = self.some(2, lambda _, b, e: PinnedShift(b, e, (self.draw(person),), self.draw(level)))
        return PinnedPeriod(key, begin, end, shifts, self.draw(st.sampled_from(PinnedFallback)))

    def record(self, key: str, begin: Instant, end: Instant) -> DutyRecord:
        who = self.draw(st.just(()) | person.map(lambda p: (p,)))
        why = [Cause.rotation] if who else [Cause.removed, Cause.restriction, Cause.not_valid]
        cause, line = self.draw(st.sampled_from(why)), self.draw(level)
        return DutyRecord(RotaId("desk"), line, begin, end, who, None, cause, "", Instant(int(key)))

    def rota(self) -> Rota:
        return replace(
            rota(*self.layers(), zone=self.zone),
            holidays=(datetime.fromisoformat(self.day).date(),),
            intended_gaps=self.some(1, lambda _, b, e: IntendedGap(b, e)),
            validities=self.some(1, lambda _, b, e: Validity(PEOPLE[0], b, e)),
            overrides=self.some(2, self.override),
        )


@st.composite
def rotas(draw: st.DrawFn) -> tuple[Rota, Instant]:
    """A rota, and the start of two days around a night on which clocks change."""
    night = Night(draw)
    return night.rota(), night.start


@st.composite
def snapshots(draw: st.DrawFn) -> tuple[Snapshot, Instant]:
    """A plan with all its parts, and the start of two days around a night on which clocks change."""
    night = Night(draw)
    first = night.rota()
    second = replace(first, layers=night.layers(), overrides=())
    versions = (Version(first, draw(night.maybe)), Version(second, draw(night.moment)))
    people = (
        Person(PEOPLE[1], "Ben", valid_from=draw(night.maybe)),
        Person(PEOPLE[2], "Cem", may_be_on_call=draw(st.booleans())),
    )
    plan = Snapshot(
        versions[: draw(st.integers(1, 2))],
        overrides=night.some(3, night.override),
        pinned=night.some(2, night.period),
        records=night.some(1, night.record),
        people=people,
    )
    return plan, night.start
