"""Edits of turns: whoever is on duty finishes, and the order goes on."""

from dataclasses import replace
from datetime import datetime

import pytest

from supporttui.domain.faults import BadInput
from supporttui.domain.ids import PersonId
from supporttui.domain.rota.edits import coming, continuing, edited, leaves_at, staying
from supporttui.domain.rota.oncall import duty
from supporttui.domain.rota.schedule import Advance, Unit
from supporttui.domain.rota.snapshot import Snapshot, Version
from tests.domain.rota.rotas import at, layer, people, plan, rota, rotation, shifts

pytestmark = pytest.mark.core
WEDNESDAY = at("2026-01-14 12:00")


class TestHolderStays:
    def test_a_new_version_takes_over_when_the_turn_under_way_ends(self):
        which = rota(layer(rotations=(rotation("ana", "ben"), rotation("cem", "dia", valid_from=WEDNESDAY))))
        assert plan(which, "2026-01-12 09:00", "2026-01-26 09:00") == [("01-12 09:00", "ben"), ("01-19 09:00", "cem")]

    def test_unless_it_is_to_take_over_at_once(self):
        new = rotation("cem", "dia", valid_from=WEDNESDAY, at_once=True)
        which = rota(layer(rotations=(rotation("ana", "ben"), new)))
        assert [text for _, text in plan(which, "2026-01-12 09:00", "2026-01-26 09:00")] == ["ben", "dia", "cem"]

    def test_an_edit_valid_from_a_handoff_acts_there(self):
        new = rotation("cem", valid_from=at("2026-01-12 09:00"))
        assert shifts(rota(layer(rotations=(rotation("ana", "ben"), new))), "2026-01-05 09:00", "2026-01-26 09:00") == [
            "ana", "cem",
        ]  # fmt: skip

    def test_of_two_edits_in_one_turn_the_later_one_follows_it(self):
        versions = (
            rotation("ana", "ben"), rotation("cem", valid_from=WEDNESDAY),
            rotation("dia", valid_from=at("2026-01-15 12:00")),
        )  # fmt: skip
        which = rota(layer(rotations=versions))
        assert plan(which, "2026-01-12 09:00", "2026-01-26 09:00") == [("01-12 09:00", "ben"), ("01-19 09:00", "dia")]

    def test_by_active_days_the_whole_turn_is_left(self):
        """Three working days a turn: who began on Thursday is on duty until Monday evening."""
        days = {"unit": Unit.day, "every": 3, "advance": Advance.active_days}
        versions = (rotation("ana", "ben", **days), rotation("cem", valid_from=at("2026-01-09 12:00"), **days))
        which = rota(layer(rotations=versions, hours=("09:00", "17:00"), days=range(1, 6)))
        assert shifts(which, "2026-01-08 09:00", "2026-01-15 09:00") == ["ben", "ben", "ben", "cem", "cem"]

    def test_where_nobody_is_planned_an_edit_acts_at_once(self):
        which = rota(layer(rotations=(rotation(), rotation("cem", valid_from=WEDNESDAY))))
        assert plan(which, "2026-01-14 00:00", "2026-01-15 00:00") == [
            ("01-14 00:00", "gap.nobody"), ("01-14 12:00", "cem"),
        ]  # fmt: skip

    def test_a_new_version_of_the_whole_rota_can_leave_the_turns_under_way(self):
        old, new = rota(), rota(layer("cem", "dia"))
        versions = (Version(old), Version(staying(old, new, WEDNESDAY), WEDNESDAY))
        found = duty(Snapshot(versions), at("2026-01-12 09:00"), at("2026-01-26 09:00"))
        assert [(piece.people, piece.span.start) for piece in found] == [
            (("ben",), at("2026-01-12 09:00")), (("cem",), at("2026-01-19 09:00")),
        ]  # fmt: skip

    def test_and_what_did_not_change_or_is_new_stays_as_it_is(self):
        old = rota()
        new = replace(old, layers=(*old.layers, layer("eva", name="below")))
        assert staying(old, new, WEDNESDAY) == new


class TestOrder:
    @pytest.mark.parametrize("names", [("ana", "ben", "cem", "dia"), ("dia", "ana", "ben", "cem")])
    def test_a_newcomer_enters_at_the_next_handoff_and_the_order_goes_on(self, names):
        which = rota(layer("ana", "ben", "cem"))
        after = edited(which, "primary", continuing(which, "primary", people(*names), WEDNESDAY))
        follows = {("ana", "ben", "cem", "dia"): "dia", ("dia", "ana", "ben", "cem"): "dia"}[names]
        assert shifts(after, "2026-01-12 09:00", "2026-02-02 09:00") == ["ben", "cem", follows]

    def test_after_somebody_who_is_taken_out_the_next_of_the_old_order_follows(self):
        which = rota(layer("ana", "ben", "cem"))
        after = edited(which, "primary", continuing(which, "primary", people("ana", "cem"), WEDNESDAY))
        assert shifts(after, "2026-01-12 09:00", "2026-02-09 09:00") == ["ben", "cem", "ana", "cem"]

    def test_months_keep_their_last_day(self):
        which = rota(layer("ana", "ben", unit=Unit.month, anchor=datetime(2026, 1, 31, 9)))
        after = continuing(which, "primary", people("ana", "ben", "cem"), at("2026-03-01 00:00"))
        assert shifts(edited(which, "primary", after), "2026-02-28 09:00", "2026-06-01 00:00") == [
            "ben", "cem", "ana", "ben",
        ]  # fmt: skip

    def test_the_order_is_shown_with_the_turn_under_way_first(self):
        found = coming(rota(layer("ana", "", "cem")), "primary", WEDNESDAY, count=3)
        assert [(turn.people, turn.span.start) for turn in found] == [
            ((), at("2026-01-12 09:00")), (("cem",), at("2026-01-19 09:00")), (("ana",), at("2026-01-26 09:00")),
        ]  # fmt: skip

    def test_somebody_who_leaves_stays_until_the_turn_ends(self):
        which = rota(layer("ana", "ben"), layer("ben", name="second", level=2, unit=Unit.day))
        assert leaves_at(which, PersonId("ben"), WEDNESDAY) == at("2026-01-19 09:00")
        assert leaves_at(which, PersonId("cem"), WEDNESDAY) == WEDNESDAY

    def test_a_layer_that_is_not_there_is_named(self):
        with pytest.raises(BadInput) as refused:
            coming(rota(), "other", WEDNESDAY)
        assert (refused.value.code, refused.value.params["known"]) == ("rota.unknown_layer", "primary")


def test_the_order_goes_on_from_the_version_that_holds():
    two = edited(rota(), "primary", rotation("cem", "dia", valid_from=at("2026-02-02 09:00")))
    order = people("cem", "dia", "eva")
    after = edited(two, "primary", continuing(two, "primary", order, at("2026-02-18 12:00")))
    assert shifts(after, "2026-02-16 09:00", "2026-03-09 09:00") == ["cem", "dia", "eva"]
