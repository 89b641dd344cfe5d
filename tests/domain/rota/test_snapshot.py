"""Versions, pinned periods, people and records: what lies over the layers, and in which order."""

from dataclasses import replace

import pytest

from supporttui.domain.faults import BadInput
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.people import Person
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.coverage import gaps
from supporttui.domain.rota.oncall import at_instant, duty, layer_duty, levels, next_on_call, on_call, until
from supporttui.domain.rota.pinned import PinnedFallback, PinnedPeriod, PinnedShift
from supporttui.domain.rota.records import DutyRecord
from supporttui.domain.rota.schedule import Validity
from supporttui.domain.rota.snapshot import Snapshot, Version
from supporttui.domain.spans import Instant
from tests.domain.rota.rotas import at, layer, override, people, rota, said

pytestmark = pytest.mark.core
DAY = ("2026-01-06 00:00", "2026-01-07 00:00")


def snapshot(*layers, **kw) -> Snapshot:
    return Snapshot((Version(rota(*layers)),), **kw)


def plan(which: Snapshot, start: str, end: str) -> list[tuple[str, str]]:
    return said(duty(which, at(start), at(end)))


def period(*shifts, fallback=PinnedFallback.gap, key="P1", span=DAY):
    made = tuple(PinnedShift(at(start), at(end), people(who)[0], **kw) for who, start, end, kw in shifts)
    return PinnedPeriod(key, at(span[0]), at(span[1]), made, fallback)


def record(who: str, start: str, end: str, *, recorded: int = 1, cause=Cause.rotation, **kw) -> DutyRecord:
    found = people(who)[0]
    return DutyRecord(
        RotaId("desk"), 1, at(start), at(end), found, "primary" if found else None, cause, "", Instant(recorded), **kw
    )


class TestVersions:
    def test_each_holds_from_its_instant_until_the_next_ones_whatever_the_order_of_rows(self):
        old, new = Version(rota()), Version(rota(layer("cem", "dia")), at("2026-01-14 12:00"))
        for rows in ((old, new), (new, old)):
            assert plan(Snapshot(rows), "2026-01-12 09:00", "2026-01-19 09:00") == [
                ("01-12 09:00", "ben"), ("01-14 12:00", "dia"),
            ]  # fmt: skip

    def test_before_the_first_one_nothing_has_begun(self):
        which = Snapshot((Version(rota(), at("2026-01-06 00:00")),))
        assert plan(which, "2026-01-05 09:00", "2026-01-07 00:00") == [
            ("01-05 09:00", "gap.not_begun"), ("01-06 00:00", "ana"),
        ]  # fmt: skip

    def test_a_version_that_changes_nothing_leaves_no_seam(self):
        which = Snapshot((Version(rota()), Version(rota(), at("2026-01-07 00:00"))))
        assert plan(which, "2026-01-05 09:00", "2026-01-12 09:00") == [("01-05 09:00", "ana")]

    def test_a_level_that_a_version_does_not_have_is_no_alarm(self):
        more = rota(layer("ana"), layer("boss", name="second", level=2))
        which = Snapshot((Version(rota(layer("ana"))), Version(more, at("2026-01-06 12:00"))))
        assert (levels(which), levels(which, at(DAY[0]))) == ((1, 2), (1,))
        assert [piece.cause for piece in duty(which, at(DAY[0]), at(DAY[1])) if piece.level == 2] == [
            Cause.intended, Cause.rotation,
        ]  # fmt: skip
        assert gaps(which, at(DAY[0]), at(DAY[1])) == ()

    def test_overrides_of_the_snapshot_lie_over_every_version(self):
        old, new = Version(rota(layer("ana"))), Version(rota(layer("ben")), at("2026-01-06 12:00"))
        which = Snapshot((old, new), overrides=(override("replace", *DAY, "cem"),))
        assert plan(which, *DAY) == [("01-06 00:00", "cem")]

    def test_now_and_next_look_over_the_border_of_versions(self):
        which = Snapshot((Version(rota(layer("ana"))), Version(rota(layer("ben")), at("2026-02-01 00:00"))))
        assert until(which, at(DAY[0])) == at("2026-02-01 00:00")
        assert next_on_call(which, at(DAY[0])).people == ("ben",)
        assert list(layer_duty(which, at(DAY[0]), at(DAY[1]))) == ["primary"]

    def test_the_strip_shows_each_layer_over_the_border_of_versions(self):
        old = rota(layer("ana"), layer("cem", name="gone"))
        new = rota(layer("eva", name="new"), layer("ben"))
        found = layer_duty(
            Snapshot((Version(old, at("2026-01-06 06:00")), Version(new, at("2026-01-06 12:00")))), *map(at, DAY)
        )
        assert {name: [piece.people or piece.cause for piece in row] for name, row in found.items()} == {
            "new": [Cause.not_begun, Cause.intended, ("eva",)],
            "primary": [Cause.not_begun, ("ana",), ("ben",)],
            "gone": [Cause.not_begun, ("cem",), Cause.intended],
        }
        assert list(found) == ["new", "primary", "gone"]

    def test_a_snapshot_is_of_one_rota_and_has_a_version(self):
        with pytest.raises(BadInput, match=r"rota\.no_version"):
            Snapshot(())
        with pytest.raises(BadInput, match=r"rota\.mixed"):
            Snapshot((Version(rota()), Version(replace(rota(), id=RotaId("other")))))


class TestPinned:
    def test_shifts_hold_over_layers_and_overrides_and_the_rest_is_nobodys(self):
        which = snapshot(
            pinned=(period(("cem", "2026-01-06 08:00", "2026-01-06 12:00", {})),),
            overrides=(override("replace", *DAY, "dia"),),
        )
        assert plan(which, "2026-01-05 12:00", "2026-01-07 12:00") == [
            ("01-05 12:00", "ana"), ("01-06 00:00", "gap.unpinned"), ("01-06 08:00", "cem"),
            ("01-06 12:00", "gap.unpinned"), ("01-07 00:00", "ana"),
        ]  # fmt: skip
        assert len(gaps(which, at(DAY[0]), at(DAY[1]))) == 2

    def test_or_the_rest_is_the_plans_with_its_overrides(self):
        which = snapshot(
            pinned=(period(("cem", "2026-01-06 08:00", "2026-01-06 12:00", {}), fallback=PinnedFallback.layers),),
            overrides=(override("replace", "2026-01-06 10:00", "2026-01-06 14:00", "dia"),),
        )
        assert [text for _, text in plan(which, *DAY)] == ["ana", "cem", "dia", "ana"]

    def test_shifts_may_overlap_and_what_lies_outside_of_the_period_is_cut(self):
        which = snapshot(
            pinned=(
                period(
                    ("cem", "2026-01-05 20:00", "2026-01-06 12:00", {}),
                    ("dia", "2026-01-06 10:00", "2026-01-08 00:00", {}),
                ),
            )
        )
        assert plan(which, "2026-01-05 12:00", "2026-01-07 12:00") == [
            ("01-05 12:00", "ana"), ("01-06 00:00", "cem"), ("01-06 10:00", "cem+dia"), ("01-06 12:00", "dia"),
            ("01-07 00:00", "ana"),
        ]  # fmt: skip

    def test_it_concerns_the_levels_that_it_names(self):
        which = snapshot(
            layer("ana"), layer("ben", name="second", level=2),
            pinned=(period(("cem", *DAY, {"level": 2})),),
        )  # fmt: skip
        assert [on_call(which, at("2026-01-06 12:00"), level=level) for level in (1, 2)] == [("ana",), ("cem",)]

    def test_without_shifts_it_concerns_them_all(self):
        which = snapshot(layer("ana"), layer("ben", name="second", level=2), pinned=(period(),))
        assert {piece.cause for piece in duty(which, at(DAY[0]), at(DAY[1]))} == {Cause.unpinned}

    def test_of_two_the_one_that_begins_last_holds(self):
        whole = period(("cem", *DAY, {}))
        part = period(
            ("dia", "2026-01-06 06:00", "2026-01-06 08:00", {}), key="P0", span=("2026-01-06 06:00", "2026-01-06 10:00")
        )
        for rows in ((whole, part), (part, whole)):
            assert [text for _, text in plan(snapshot(pinned=rows), *DAY)] == ["cem", "dia", "gap.unpinned", "cem"]

    def test_a_level_that_only_a_period_has_is_asked_for(self):
        which = snapshot(pinned=(period(("boss", *DAY, {"level": 3})),))
        assert (levels(which), levels(which, at(DAY[0])), levels(which, at(DAY[1]))) == ((1, 3), (1, 3), (1,))
        assert gaps(which, at("2026-01-05 00:00"), at("2026-01-09 00:00")) == ()


class TestPeople:
    def test_nobody_is_on_duty_before_or_after_their_time_here(self):
        bounded = Person(PersonId("ana"), "Ana", valid_from=at("2026-01-06 06:00"), valid_to=at("2026-01-06 18:00"))
        assert [text for _, text in plan(snapshot(people=(bounded,)), *DAY)] == [
            "gap.not_valid",
            "ana",
            "gap.not_valid",
        ]

    @pytest.mark.parametrize("how", ["layer", "override", "pinned"])
    def test_nor_who_may_not_be_however_they_came_there(self, how):
        barred = Person(PersonId("zed"), "Zed", may_be_on_call=False)
        which = {
            "layer": snapshot(layer("zed"), people=(barred,)),
            "override": snapshot(overrides=(override("replace", *DAY, "zed"),), people=(barred,)),
            "pinned": snapshot(pinned=(period(("zed", *DAY, {})),), people=(barred,)),
        }[how]
        assert at_instant(which, at("2026-01-06 12:00")).cause is Cause.not_valid

    def test_the_rotas_own_bounds_hold_for_pinned_shifts_too(self):
        bounded = replace(rota(), validities=(Validity(PersonId("cem"), end=at("2026-01-06 12:00")),))
        which = Snapshot((Version(bounded),), pinned=(period(("cem", *DAY, {})),))
        assert [text for _, text in plan(which, *DAY)] == ["cem", "gap.not_valid"]

    def test_person_and_rota_must_both_allow_it(self):
        bounded = replace(rota(layer("ana")), validities=(Validity(PersonId("ana"), end=at("2026-01-06 18:00")),))
        person = Person(PersonId("ana"), "Ana", valid_from=at("2026-01-06 06:00"))
        which = Snapshot((Version(bounded),), people=(person,))
        assert [text for _, text in plan(which, *DAY)] == ["gap.not_valid", "ana", "gap.not_valid"]


class TestRecords:
    def test_what_was_recorded_holds_over_everything(self):
        which = snapshot(
            records=(record("dia", "2026-01-06 06:00", "2026-01-06 12:00"),),
            pinned=(period(("cem", *DAY, {})),),
            people=(Person(PersonId("dia"), "Dia", may_be_on_call=False),),
        )
        assert [text for _, text in plan(which, *DAY)] == ["cem", "dia", "cem"]

    def test_a_recorded_gap_is_one_with_its_cause(self):
        which = snapshot(records=(record("", "2026-01-06 06:00", "2026-01-06 12:00", cause=Cause.removed),))
        assert at_instant(which, at("2026-01-06 08:00")).cause is Cause.removed

    def test_of_two_records_the_later_recorded_one_holds(self):
        one = record("dia", *DAY, recorded=1)
        two = record("eva", "2026-01-06 06:00", "2026-01-06 12:00", recorded=2)
        for rows in ((one, two), (two, one)):
            assert [text for _, text in plan(snapshot(records=rows), *DAY)] == ["dia", "eva", "dia"]

    def test_records_of_another_rota_or_level_say_nothing(self):
        other = replace(record("dia", *DAY), rota=RotaId("other"))
        assert plan(snapshot(records=(other, replace(record("dia", *DAY), level=2))), *DAY) == [("01-06 00:00", "ana")]
