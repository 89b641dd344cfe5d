"""Who is on duty: the edge cases of the rota rules, one by one."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from supporttui.domain.faults import BadInput
from supporttui.domain.ids import PersonId
from supporttui.domain.people import Person
from supporttui.domain.rota.coverage import gaps
from supporttui.domain.rota.layers import Cause
from supporttui.domain.rota.oncall import at_instant, duty, layer_duty, levels, next_on_call, on_call, until
from supporttui.domain.rota.rotation import slots
from supporttui.domain.rota.schedule import (
    Advance,
    IntendedGap,
    LayerMode,
    Restriction,
    Rotation,
    Unit,
    Validity,
    for_people,
)
from supporttui.domain.rota.speakers import next_duty_of
from supporttui.domain.spans import Instant, Span
from tests.domain.rota.rotas import AMSTERDAM, at, layer, minutes, override, people, plan, rota, rotation, shifts

pytestmark = pytest.mark.core
LORD_HOWE = "Australia/Lord_Howe"


class TestClockChanges:
    """Local times that are missing or occur twice."""

    def test_a_handoff_in_the_skipped_hour_happens_at_the_jump_once_and_next_day_as_ever(self):
        which = rota(layer("ana", "ben", unit=Unit.day, anchor=datetime(2026, 3, 27, 2, 30)))
        assert plan(which, "2026-03-28 02:30", "2026-03-31 02:30") == [
            ("03-28 02:30", "ben"), ("03-29 03:00", "ana"), ("03-30 02:30", "ben"),
        ]  # fmt: skip

    def test_a_handoff_in_the_doubled_hour_happens_the_first_time_and_its_slot_has_25_hours(self):
        which = rota(layer("ana", "ben", unit=Unit.day, anchor=datetime(2026, 10, 24, 2, 30)))
        found = duty(which, at("2026-10-24 02:30"), at("2026-10-27 02:30"))
        assert minutes(found) == [24 * 60, 25 * 60, 24 * 60]

    @pytest.mark.parametrize(
        ("zone", "day", "begins"),
        [
            ("America/Sao_Paulo", "2018-11-04", "2018-11-04 01:00"),
            ("Africa/Cairo", "2026-04-24", "2026-04-24 01:00"),
            ("Asia/Beirut", "2026-03-29", "2026-03-29 01:00"),
            ("America/Santiago", "2026-09-06", "2026-09-06 01:00"),
        ],
    )
    def test_a_handoff_at_a_midnight_that_is_skipped_happens_at_the_first_instant_of_the_day(self, zone, day, begins):
        which = rota(layer("ana", "ben", unit=Unit.day, anchor=datetime(2017, 1, 1)), zone=zone)
        moment = at(f"{day} 00:00", zone)
        assert moment == at(begins, zone)
        assert on_call(which, moment) != on_call(which, Instant(moment - 1))

    def test_a_day_that_is_missing_altogether_leaves_a_short_turn_at_the_jump(self):
        which = rota(layer("a", "b", "c", unit=Unit.day, anchor=datetime(2011, 12, 28, 10)), zone="Pacific/Apia")
        found = duty(which, at("2011-12-29 10:00", "Pacific/Apia"), at("2012-01-01 10:00", "Pacific/Apia"))
        assert [(d.people, d.span.seconds // 3600) for d in found] == [(("b",), 14), (("c",), 10), (("a",), 24)]

    def test_half_an_hour_of_change_needs_no_code_of_its_own(self):
        which = rota(layer("ana", "ben", unit=Unit.hour, anchor=datetime(2026, 1, 1)), zone=LORD_HOWE)
        spring = duty(which, at("2026-10-04 01:00", LORD_HOWE), at("2026-10-04 04:00", LORD_HOWE))
        autumn = duty(which, at("2026-04-05 00:00", LORD_HOWE), at("2026-04-05 03:00", LORD_HOWE))
        assert (minutes(spring), minutes(autumn)) == ([60, 30, 60], [60, 90, 60])

    def test_of_slots_of_an_hour_one_is_lost_and_one_is_double_and_both_are_listed(self):
        hourly = rotation("a", "b", "c", unit=Unit.hour, anchor=datetime(2026, 1, 1))
        spring = list(slots(hourly, AMSTERDAM, start=at("2026-03-29 01:00"), end=at("2026-03-29 05:00")))
        autumn = list(slots(hourly, AMSTERDAM, start=at("2026-10-25 01:00"), end=at("2026-10-25 05:00")))
        assert [slot.end - slot.start for slot in spring] == [3600, 0, 3600, 3600]
        assert [slot.end - slot.start for slot in autumn] == [3600, 7200, 3600, 3600]
        assert [slot.number - spring[0].number for slot in spring] == [0, 1, 2, 3]

    def test_a_lost_turn_makes_no_piece(self):
        which = rota(layer("a", "b", "c", unit=Unit.hour, anchor=datetime(2026, 3, 29)))
        assert plan(which, "2026-03-29 01:00", "2026-03-29 05:00") == [
            ("03-29 01:00", "b"), ("03-29 03:00", "a"), ("03-29 04:00", "b"),
        ]  # fmt: skip

    @pytest.mark.parametrize("every", [1, 2, 3, 4, 6, 8, 12, 24])
    def test_hours_that_divide_a_day_follow_the_wall_clock(self, every):
        which = rotation("a", "b", unit=Unit.hour, every=every, anchor=datetime(2026, 1, 1))
        july = next(slots(which, AMSTERDAM, start=at("2026-07-01 00:00"), end=at("2026-07-01 00:01")))
        assert july.start == at("2026-07-01 00:00")

    def test_other_lengths_are_elapsed_time(self):
        which = rota(layer("a", "b", unit=Unit.hour, every=36, anchor=datetime(2026, 3, 28, 12)))
        assert set(minutes(duty(which, at("2026-03-28 12:00"), Instant(at("2026-03-28 12:00") + 6 * 36 * 3600)))) == {
            36 * 60
        }

    @pytest.mark.parametrize(("evening", "hours"), [("2026-03-28", 7), ("2026-10-24", 9), ("2026-06-01", 8)])
    def test_s33_a_night_from_22_to_6_in_amsterdam_is_as_long_as_it_really_is(self, evening, hours):
        night, day = (
            layer("ana", "ben", name="night", hours=("22:00", "06:00"), unit=Unit.day),
            layer("cem", name="day", hours=("06:00", "22:00")),
        )
        which, start = rota(night, day), at(f"{evening} 12:00")
        found = duty(which, start, Instant(start + 86400))
        (during,) = [d for d in found if d.layer == "night"]
        assert during.span.seconds == hours * 3600
        assert gaps(which, start, Instant(start + 86400)) == ()
        assert [d.span.end for d in found[:-1]] == [d.span.start for d in found[1:]]

    def test_a_window_that_ends_at_a_doubled_time_ends_at_the_last(self):
        which = rota(layer("ana", hours=("20:00", "02:30")), layer("ben", name="rest"))
        found = duty(which, at("2026-10-24 20:00"), at("2026-10-25 06:00"))
        assert found[0].span.end == at("2026-10-25 02:30", last=True) == at("2026-10-25 02:30") + 3600
        assert [d.people for d in found] == [("ana",), ("ben",)]


class TestRotation:
    """Turns counted from the anchor."""

    def test_months_clamp_to_their_last_day_and_come_back(self):
        which = rota(layer("a", "b", "c", unit=Unit.month, anchor=datetime(2028, 1, 31, 9)))
        assert plan(which, "2028-01-31 09:00", "2028-05-01 00:00") == [
            ("01-31 09:00", "a"), ("02-29 09:00", "b"), ("03-31 09:00", "c"), ("04-30 09:00", "a"),
        ]  # fmt: skip

    def test_the_rhythm_runs_backwards_before_the_anchor(self):
        which = rota(layer("a", "b", "c"))
        assert plan(which, "2025-12-15 09:00", "2026-01-12 09:00") == [
            ("12-15 09:00", "a"), ("12-22 09:00", "b"), ("12-29 09:00", "c"), ("01-05 09:00", "a"),
        ]  # fmt: skip

    def test_duty_begins_at_valid_from_though_the_rhythm_began_before(self):
        which = rota(layer("a", "b", valid_from=at("2026-01-01 00:00")))
        assert plan(which, "2025-12-30 09:00", "2026-01-05 09:00") == [
            ("12-30 09:00", "gap.not_begun"), ("01-01 00:00", "b"),
        ]  # fmt: skip

    @pytest.mark.parametrize(("life", "cause"), [("valid_from", Cause.not_begun), ("valid_to", Cause.ended)])
    def test_outside_its_life_a_layer_says_so_also_outside_its_hours(self, life, cause):
        which = rota(layer("a", hours=("09:00", "17:00"), **{life: at("2026-01-10 00:00")}))
        noon, night = (at(f"2026-01-{'09' if life == 'valid_from' else '11'} {hour}") for hour in ("12:00", "20:00"))
        assert [at_instant(which, moment).cause for moment in (noon, night)] == [cause, cause]

    def test_a_turn_may_be_several_people(self):
        assert on_call(rota(layer("ana+ben", "cem")), at("2026-01-06 00:00")) == ("ana", "ben")

    def test_in_the_second_of_a_handoff_only_the_new_person_is_on_call(self):
        which, handoff = rota(), at("2026-01-12 09:00")
        assert (on_call(which, Instant(handoff - 1)), on_call(which, handoff)) == (("ana",), ("ben",))

    def test_an_empty_turn_is_a_deliberate_free_slot_and_no_alarm(self):
        which = rota(layer("ana", ""))
        week = (at("2026-01-12 09:00"), at("2026-01-19 09:00"))
        assert [d.cause for d in duty(which, *week)] == [Cause.buffer]
        assert gaps(which, *week) == ()

    def test_an_empty_turn_leaves_the_floor_to_the_lower_layer(self):
        found = at_instant(rota(layer("ana", ""), layer("cem", name="below")), at("2026-01-13 00:00"))
        assert (found.people, found.cause) == (("cem",), Cause.rotation)

    def test_an_empty_rotation_is_a_gap_and_says_so(self):
        assert [d.cause for d in duty(rota(layer()), at("2026-01-01 00:00"), at("2026-01-02 00:00"))] == [Cause.nobody]

    def test_a_version_from_an_instant_on_changes_nothing_before_it(self):
        old = rotation("ana", "ben")
        new = rotation("cem", "dia", valid_from=at("2026-01-14 12:00"), at_once=True)
        which = rota(layer(rotations=(new, old)))
        assert plan(which, "2026-01-05 09:00", "2026-01-26 09:00") == [
            ("01-05 09:00", "ana"), ("01-12 09:00", "ben"), ("01-14 12:00", "dia"), ("01-19 09:00", "cem"),
        ]  # fmt: skip

    def test_active_days_advance_only_on_days_that_count(self):
        which = rota(
            layer("a", "b", "c", unit=Unit.day, advance=Advance.active_days, hours=("09:00", "17:00"), days=range(1, 6))
        )
        assert shifts(which, "2026-01-05 09:00", "2026-01-14 00:00") == ["a", "b", "c", "a", "b", "c", "a"]

    def test_an_active_day_belongs_to_the_slot_in_which_its_window_begins(self):
        """Handoff at 17:00, window from 9 to 17 the next morning: Friday evening's slot does not count."""
        which = rota(
            layer(
                "a",
                "b",
                "c",
                unit=Unit.day,
                advance=Advance.active_days,
                anchor=datetime(2026, 1, 4, 17),
                hours=("09:00", "17:00"),
                days=range(1, 6),
            )
        )
        assert shifts(which, "2026-01-05 00:00", "2026-01-14 00:00") == ["a", "b", "c", "a", "b", "c", "a"]

    def test_turns_of_several_active_days(self):
        which = rota(
            layer(
                "a",
                "b",
                unit=Unit.day,
                every=3,
                advance=Advance.active_days,
                hours=("09:00", "17:00"),
                days=range(1, 6),
            )
        )
        assert shifts(which, "2026-01-05 09:00", "2026-01-17 00:00") == [
            "a",
            "a",
            "a",
            "b",
            "b",
            "b",
            "a",
            "a",
            "a",
            "b",
        ]

    def test_without_restrictions_every_day_is_active(self):
        which = rota(layer("a", "b", unit=Unit.day, every=2, advance=Advance.active_days))
        assert [text for _, text in plan(which, "2026-01-05 09:00", "2026-01-11 09:00")] == ["a", "b", "a"]

    def test_a_layer_without_any_rotation_is_a_gap(self):
        assert at_instant(rota(layer(rotations=())), at("2026-01-06 00:00")).cause is Cause.nobody

    def test_a_holiday_takes_the_pattern_of_its_weekday_and_moves_no_turn(self):
        which = rota(
            layer(
                "a",
                "b",
                "c",
                unit=Unit.day,
                advance=Advance.active_days,
                hours=("09:00", "17:00"),
                days=range(1, 6),
                holiday_as=7,
            ),
            holidays=(date(2026, 1, 7),),
        )
        shifts = [
            (when[:5], text) for when, text in plan(which, "2026-01-05 09:00", "2026-01-10 00:00") if text[:3] != "gap"
        ]
        assert shifts == [("01-05", "a"), ("01-06", "b"), ("01-08", "c"), ("01-09", "a")]


class TestLayers:
    """Highest with somebody wins; some stand beside."""

    def test_where_the_highest_layer_is_closed_the_next_lower_one_fills(self):
        which = rota(layer("ana", hours=("09:00", "17:00")), layer("ben", name="below", hours=("07:00", "20:00")))
        assert plan(which, "2026-01-06 00:00", "2026-01-07 00:00") == [
            ("01-06 00:00", "gap.restriction"), ("01-06 07:00", "ben"), ("01-06 09:00", "ana"),
            ("01-06 17:00", "ben"), ("01-06 20:00", "gap.restriction"),
        ]  # fmt: skip

    def test_a_layer_that_adds_stands_beside_the_winner(self):
        which = rota(layer("ana"), layer("shadow", name="learner", mode=LayerMode.adds, hours=("09:00", "17:00")))
        assert on_call(which, at("2026-01-06 10:00")) == ("ana", "shadow")
        assert on_call(which, at("2026-01-06 18:00")) == ("ana",)

    def test_a_layer_that_adds_is_there_when_no_other_is(self):
        which = rota(layer("ana", hours=("09:00", "17:00")), layer("cem", name="more", mode=LayerMode.adds))
        assert at_instant(which, at("2026-01-06 20:00")).people == ("cem",)

    def test_each_level_is_a_plan_of_its_own_and_tiles_the_window(self):
        which = rota(layer("ana"), layer("ben", name="second", level=2), layer("cem", name="boss", level=3))
        window = Span(at("2026-01-05 09:00"), at("2026-01-06 09:00"))
        assert [(d.level, d.people, d.span) for d in duty(which, window.start, window.end)] == [
            (1, ("ana",), window), (2, ("ben",), window), (3, ("cem",), window),
        ]  # fmt: skip
        assert levels(which) == (1, 2, 3)

    def test_a_layer_of_another_zone_keeps_its_own_wall_clock(self):
        which = rota(layer("kei", zone="Asia/Tokyo", hours=("09:00", "17:00")))
        assert plan(which, "2026-01-06 00:00", "2026-01-06 12:00") == [
            ("01-06 00:00", "gap.restriction"), ("01-06 01:00", "kei"), ("01-06 09:00", "gap.restriction"),
        ]  # fmt: skip

    def test_an_overnight_window_belongs_to_the_day_on_which_it_begins(self):
        which = rota(layer("ana", hours=("22:00", "06:00"), days=[5]))
        assert plan(which, "2026-01-09 00:00", "2026-01-11 00:00") == [
            ("01-09 00:00", "gap.restriction"), ("01-09 22:00", "ana"), ("01-10 06:00", "gap.restriction"),
        ]  # fmt: skip

    def test_equal_ends_are_a_whole_day(self):
        which = rota(layer("ana", hours=("09:00", "09:00"), days=[6]))
        assert plan(which, "2026-01-10 00:00", "2026-01-12 00:00") == [
            ("01-10 00:00", "gap.restriction"), ("01-10 09:00", "ana"), ("01-11 09:00", "gap.restriction"),
        ]  # fmt: skip

    def test_the_strip_shows_each_layer_by_itself(self):
        which = rota(
            layer("ana"),
            layer("ben", name="below"),
            overrides=(override("remove", "2026-01-05 00:00", "2026-01-07 00:00", "ana"),),
        )
        strip = layer_duty(which, at("2026-01-06 00:00"), at("2026-01-07 00:00"))
        assert {name: [d.people for d in row] for name, row in strip.items()} == {
            "primary": [("ana",)],
            "below": [("ben",)],
        }

    def test_a_rota_without_layers_is_one_gap(self):
        which = replace(rota(), layers=())
        assert [d.cause for d in duty(which, at("2026-01-06 00:00"), at("2026-01-07 00:00"))] == [Cause.no_layer]

    def test_an_empty_or_reversed_window_has_nothing(self):
        assert duty(rota(), Instant(5), Instant(5)) == duty(rota(), Instant(5), Instant(4)) == ()
        assert layer_duty(rota(), Instant(5), Instant(5)) == {"primary": ()}


class TestElasticEnd:
    """Two regions that change their clocks on different dates join without a seam."""

    def europe_and_america(self, *, elastic: bool):
        """Berlin until 17:00, New York from 11:00: the same instant, but for two weeks in March and one in autumn."""
        return rota(
            layer("ana", name="europe", zone="Europe/Berlin", hours=("09:00", "17:00"), elastic_end=elastic),
            layer("joe", name="america", zone="America/New_York", hours=("11:00", "19:00")),
        )

    @pytest.mark.parametrize("day", ["2026-02-10", "2026-03-10", "2026-10-27", "2026-12-10"])
    def test_the_first_ends_when_the_next_begins(self, day):
        which = self.europe_and_america(elastic=True)
        found = [d for d in duty(which, at(f"{day} 09:00"), at(f"{day} 21:00")) if d.people]
        assert [d.layer for d in found] == ["europe", "america"]
        assert found[0].span.end == found[1].span.start == at(f"{day} 11:00", "America/New_York")

    def test_without_it_the_winner_overlaps_where_the_clocks_differ(self):
        which = self.europe_and_america(elastic=False)
        found = [d for d in duty(which, at("2026-03-10 09:00"), at("2026-03-10 21:00")) if d.people]
        assert found[1].span.start == at("2026-03-10 17:00") > at("2026-03-10 11:00", "America/New_York")

    def test_it_fills_a_gap_too_but_not_a_day_on_which_the_next_does_not_begin(self):
        which = rota(
            layer("ana", name="europe", hours=("09:00", "16:00"), elastic_end=True),
            layer("joe", name="next", hours=("17:00", "23:00"), days=range(1, 6)),
        )
        friday = [text for _, text in plan(which, "2026-01-09 09:00", "2026-01-09 20:00")]
        saturday = plan(which, "2026-01-10 09:00", "2026-01-10 20:00")
        assert friday == ["ana", "joe"]
        assert saturday == [("01-10 09:00", "ana"), ("01-10 16:00", "gap.restriction")]

    def test_asked_at_any_second_it_has_not_ended_before_the_next_begins(self):
        evening = layer("ana", name="evening", hours=("15:00", "23:00"), elastic_end=True)
        saturday = layer("ana", name="saturday", hours=("22:00", "22:00"), days=[5], elastic_end=True)
        night = layer("joe", name="night", hours=("00:30", "08:00"))
        assert on_call(rota(evening, night), at("2026-01-05 23:30")) == ("ana",)
        assert on_call(
            rota(saturday, replace(night, restrictions=(Restriction(time(0, 30), time(8), (7,)),))),
            at("2026-01-11 00:10"),
        ) == ("ana",)

    def test_after_the_last_layer_comes_the_first(self):
        which = rota(
            layer("kei", name="asia", zone="Asia/Tokyo", hours=("08:00", "16:00"), elastic_end=True),
            layer("ana", name="europe", zone="Europe/Berlin", hours=("08:00", "16:00"), elastic_end=True),
            layer("joe", name="america", zone="America/Los_Angeles", hours=("07:00", "15:00"), elastic_end=True),
        )
        assert gaps(which, at("2026-01-01 00:00"), at("2026-12-31 00:00")) == ()


class TestOverrides:
    """The newest covers older ones for the same place."""

    NIGHT = ("2026-01-06 20:00", "2026-01-07 08:00")

    def test_a_replacement_takes_the_place_and_nothing_else(self):
        which = rota(layer("ana+ben"), overrides=(override("replace", *self.NIGHT, "cem", instead="ana"),))
        assert plan(which, "2026-01-06 12:00", "2026-01-07 12:00") == [
            ("01-06 12:00", "ana+ben"), ("01-06 20:00", "cem+ben"), ("01-07 08:00", "ana+ben"),
        ]  # fmt: skip
        assert at_instant(which, at("2026-01-06 21:00")).cause is Cause.override
        assert at_instant(which, at("2026-01-06 21:00")).layer == "primary"

    def test_a_replacement_acts_only_where_the_replaced_person_would_be(self):
        which = rota(overrides=(override("replace", "2026-01-11 00:00", "2026-01-14 00:00", "cem", instead="ana"),))
        assert plan(which, "2026-01-11 00:00", "2026-01-14 00:00") == [("01-11 00:00", "cem"), ("01-12 09:00", "ben")]

    def test_a_removal_leaves_a_gap_that_says_so(self):
        which = rota(overrides=(override("remove", *self.NIGHT, "ana"),))
        assert at_instant(which, at("2026-01-06 21:00")).cause is Cause.removed

    def test_an_addition_joins_the_level_that_is_called_first(self):
        which = rota(
            layer("ana"), layer("ben", name="second", level=2), overrides=(override("add", *self.NIGHT, "cem"),)
        )
        assert on_call(which, at("2026-01-06 21:00")) == ("ana", "cem")
        assert on_call(which, at("2026-01-06 21:00"), level=2) == ("ben",)

    @pytest.mark.parametrize("kind", ["add", "replace"])
    def test_to_put_somebody_where_they_are_on_duty_anyway_has_no_effect(self, kind):
        which = rota(layer("ana"), overrides=(override(kind, *self.NIGHT, "ana"),))
        assert plan(which, "2026-01-06 12:00", "2026-01-07 12:00") == [("01-06 12:00", "ana")]

    def test_an_override_of_a_layer_stays_in_its_layer(self):
        second = layer("ana", name="second", level=2)
        which = rota(
            layer("ana"), second, overrides=(override("replace", *self.NIGHT, "cem", instead="ana", layer="second"),)
        )
        assert on_call(which, at("2026-01-06 21:00")) == ("ana",)
        assert on_call(which, at("2026-01-06 21:00"), level=2) == ("cem",)

    def test_without_a_name_the_replacement_takes_whoever_is_on(self):
        which = rota(layer("ana+ben"), overrides=(override("replace", *self.NIGHT, "cem"),))
        assert on_call(which, at("2026-01-06 21:00")) == ("cem",)

    def test_the_newest_covers_older_ones_and_its_removal_uncovers_them(self):
        older = override("replace", *self.NIGHT, "cem", instead="ana", id="1", created_at=Instant(1))
        newer = override(
            "replace", "2026-01-06 22:00", "2026-01-07 02:00", "dia", instead="ana", id="2", created_at=Instant(2)
        )
        both = rota(overrides=(newer, older))
        assert [text for _, text in plan(both, *self.NIGHT)] == ["cem", "dia", "cem"]
        assert [text for _, text in plan(replace(both, overrides=(older,)), *self.NIGHT)] == ["cem"]

    def test_of_the_same_second_the_higher_id_is_newer_whatever_the_order_of_rows(self):
        one = override("replace", *self.NIGHT, "cem", instead="ana", id="1")
        two = override("replace", *self.NIGHT, "dia", instead="ana", id="2")
        assert {on_call(rota(overrides=o), at("2026-01-06 21:00")) for o in ((one, two), (two, one))} == {("dia",)}

    def test_a_newer_replacement_covers_a_removal_of_the_same_person(self):
        gone = override("remove", *self.NIGHT, "ana", id="1", created_at=Instant(1))
        cover = override("replace", *self.NIGHT, "cem", instead="ana", id="2", created_at=Instant(2))
        assert on_call(rota(overrides=(gone, cover)), at("2026-01-06 21:00")) == ("cem",)
        late = replace(gone, created_at=Instant(3))
        assert on_call(rota(overrides=(late, cover)), at("2026-01-06 21:00")) == ()

    def test_who_covers_can_be_replaced_in_turn(self):
        first = override("replace", *self.NIGHT, "cem", instead="ana", id="1", created_at=Instant(1))
        second = override("replace", *self.NIGHT, "dia", instead="cem", id="2", created_at=Instant(2))
        assert on_call(rota(overrides=(first, second)), at("2026-01-06 21:00")) == ("dia",)

    def test_what_is_added_later_stands_beside_who_covers(self):
        cover = override("replace", *self.NIGHT, "cem", instead="ana", id="1", created_at=Instant(1))
        added = override("add", *self.NIGHT, "dia", id="2", created_at=Instant(2))
        assert on_call(rota(overrides=(cover, added)), at("2026-01-06 21:00")) == ("cem", "dia")

    def test_who_was_added_can_be_removed_in_turn(self):
        added = override("add", *self.NIGHT, "cem", id="1", created_at=Instant(1))
        removed = override("remove", *self.NIGHT, "cem", id="2", created_at=Instant(2))
        assert on_call(rota(overrides=(added, removed)), at("2026-01-06 21:00")) == ("ana",)

    def test_nobody_stands_twice(self):
        which = rota(layer("ana+ben"), overrides=(override("replace", *self.NIGHT, "ben", instead="ana"),))
        assert on_call(which, at("2026-01-06 21:00")) == ("ben",)


class TestGapsAndValidity:
    """Nobody, on purpose or not."""

    def test_an_intended_gap_voids_the_turns_and_is_no_alarm(self):
        closed = IntendedGap(at("2026-01-06 00:00"), at("2026-01-07 00:00"), "moving house")
        which = rota(intended_gaps=(closed,))
        assert at_instant(which, at("2026-01-06 12:00")).cause is Cause.intended
        assert gaps(which, at("2026-01-05 00:00"), at("2026-01-09 00:00")) == ()

    def test_an_override_puts_somebody_into_an_intended_gap(self):
        closed = IntendedGap(at("2026-01-06 00:00"), at("2026-01-07 00:00"))
        which = rota(
            intended_gaps=(closed,), overrides=(override("add", "2026-01-06 08:00", "2026-01-06 09:00", "cem"),)
        )
        assert on_call(which, at("2026-01-06 08:30")) == ("cem",)

    def test_who_has_left_leaves_a_gap_and_the_layer_below_does_not_hide_it(self):
        left = Validity(PersonId("ana"), end=at("2026-01-07 00:00"))
        which = rota(layer("ana"), layer("ben", name="below"), validities=(left,))
        assert plan(which, "2026-01-06 00:00", "2026-01-08 00:00") == [
            ("01-06 00:00", "ana"), ("01-07 00:00", "gap.not_valid"),
        ]  # fmt: skip

    def test_who_comes_back_is_on_duty_again(self):
        stays = (
            Validity(PersonId("ana"), end=at("2026-01-06 00:00")),
            Validity(PersonId("ana"), start=at("2026-01-08 00:00")),
        )
        found = plan(rota(layer("ana"), validities=stays), "2026-01-05 00:00", "2026-01-09 00:00")
        assert [text for _, text in found] == ["ana", "gap.not_valid", "ana"]

    def test_who_may_not_be_on_call_never_is(self):
        which = for_people(rota(layer("ana+ben")), [Person(PersonId("ana"), "Ana", may_be_on_call=False)])
        assert on_call(which, at("2026-01-06 00:00")) == ("ben",)

    def test_nor_in_a_time_for_which_the_rota_has_them(self):
        stay = Validity(PersonId("ana"), start=at("2026-01-05 00:00"), end=at("2026-01-08 00:00"))
        ana = Person(PersonId("ana"), "Ana", may_be_on_call=False)
        which = for_people(rota(layer("ana+ben"), validities=(stay,)), [ana])
        assert on_call(which, at("2026-01-06 00:00")) == ("ben",)


class TestNowAndNext:
    """Until when, and who then."""

    def test_until_is_the_instant_at_which_other_people_are_on_call(self):
        which = rota(overrides=(override("replace", "2026-01-08 00:00", "2026-01-09 00:00", "cem", instead="ana"),))
        assert until(which, at("2026-01-06 00:00")) == at("2026-01-08 00:00")

    def test_until_does_not_end_where_only_the_reason_changes(self):
        which = rota(layer("ana", hours=("09:00", "17:00")), layer("ana", "ben", name="below"))
        assert until(which, at("2026-01-06 12:00")) == at("2026-01-12 17:00")

    def test_one_person_for_ever_has_no_until_and_no_next(self):
        assert until(rota(layer("ana")), at("2026-01-06 00:00")) is None
        assert next_on_call(rota(layer("ana")), at("2026-01-06 00:00")) is None

    def test_next_is_the_next_duty_of_other_people_with_its_whole_span(self):
        found = next_on_call(rota(), at("2026-01-06 00:00"))
        assert found is not None
        assert (found.people, found.span) == (("ben",), Span(at("2026-01-12 09:00"), at("2026-01-19 09:00")))

    def test_next_passes_over_gaps(self):
        which = rota(layer("ana", "", "", "", "", "", "", "ben"))
        found = next_on_call(which, at("2026-01-06 00:00"))
        assert found is not None
        assert found.span == Span(at("2026-02-23 09:00"), at("2026-03-02 09:00"))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: rotation("a", every=0), "rota.every"),
        (lambda: rotation("a", every=1201), "rota.every_most"),
        (lambda: rotation("a", unit=Unit.week, advance=Advance.active_days), "rota.active_days_unit"),
        (lambda: Rotation(datetime.fromisoformat("2026-01-01T00:00:00+00:00"), people("a")), "rota.anchor_zone"),
        (lambda: Restriction(days=(0,)), "rota.weekday"),
        (lambda: rota(layer("a"), layer("b")), "rota.layer_twice"),
        (lambda: override("add", "2026-01-02 00:00", "2026-01-01 00:00", "ana"), "override.span"),
        (lambda: override("replace", "2026-01-01 00:00", "2026-01-02 00:00"), "override.person_missing"),
    ],
)
def test_what_has_no_meaning_cannot_be_made(make, code):
    with pytest.raises(BadInput) as refused:
        make()
    assert refused.value.code == code


def test_the_next_duty_of_some_is_theirs_and_not_whosoever_comes_next():
    which = rota(layer("ana", "ben", "cem", unit=Unit.day))
    found = next_duty_of(which, {PersonId("cem"), PersonId("dia")}, at("2026-01-05 12:00"))
    assert found is not None
    assert (found.people, found.span.start) == (("cem",), at("2026-01-07 09:00"))
    assert next_duty_of(which, {PersonId("dia")}, at("2026-01-05 12:00")) is None
