"""The gaps of the coming year, each with what makes it."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from supporttui.domain.ids import PersonId
from supporttui.domain.people import Person
from supporttui.domain.rota.absences import Absence, AbsenceKind
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.lookout import gap_list
from supporttui.domain.rota.schedule import IntendedGap
from supporttui.domain.rota.seams import overlaps
from supporttui.domain.rota.snapshot import Snapshot, Version
from tests.domain.rota.rotas import at, layer, rota

pytestmark = pytest.mark.core
YEAR = (at("2026-01-05 09:00"), at("2027-01-04 09:00"))
WEEK = (at("2026-01-05 09:00"), at("2026-01-12 09:00"))


def found(plan, start, end, **kw):
    return [(gap.duty.cause, gap.people, gap.intended) for gap in gap_list(plan, start, end, **kw)]


def test_a_leaver_a_newcomer_and_one_who_may_not_are_told_apart_by_name():
    which = rota(layer("ana", "ben", "cem", "dia"))
    people = (
        Person(PersonId("ana"), "Ana", valid_to=at("2026-01-05 09:00")),
        Person(PersonId("ben"), "Ben", valid_from=at("2026-01-19 09:00")),
        Person(PersonId("cem"), "Cem", may_be_on_call=False),
        Person(PersonId("dia"), "Dia"),
    )
    plan = Snapshot((Version(which),), people=people)
    assert found(plan, WEEK[0], at("2026-02-02 09:00")) == [
        (Cause.left, ("ana",), False), (Cause.to_come, ("ben",), False), (Cause.barred, ("cem",), False),
    ]  # fmt: skip


def test_where_everybody_on_duty_is_away_it_is_a_gap_by_absence():
    away = Absence("A1", PersonId("ana"), at("2026-01-06 00:00"), at("2026-01-07 00:00"), AbsenceKind.leave)
    assert found(rota(), *WEEK, absences=[away]) == [(Cause.absent, ("ana",), False)]
    assert found(rota(layer("ana+ben")), *WEEK, absences=[away]) == []


def test_intended_gaps_are_listed_and_marked():
    closed = IntendedGap(at("2026-01-06 00:00"), at("2026-01-07 00:00"))
    assert found(rota(intended_gaps=(closed,)), *WEEK) == [(Cause.intended, (), True)]


def test_hours_that_meet_for_a_part_of_the_year_are_gaps_by_clock_change_in_the_other():
    """Tokyo, which never changes, ends as Berlin begins in summer alone, and begins as New York ends in winter alone."""
    which = rota(
        layer("ana", name="europe", zone="Europe/Berlin", hours=("09:00", "16:00")),
        layer("joe", name="america", zone="America/New_York", hours=("10:00", "18:00")),
        layer("kei", name="asia", zone="Asia/Tokyo", hours=("08:00", "16:00")),
    )
    by_cause = Counter(gap.duty.cause for gap in gap_list(which, *YEAR))
    assert by_cause.keys() == {Cause.clock_change}


def test_a_single_zone_has_no_gap_by_clock_change():
    which = rota(layer("ana", hours=("02:30", "01:30")))
    assert {gap.duty.cause for gap in gap_list(which, *YEAR)} == {Cause.restriction}


def test_the_hours_of_a_holiday_are_its_doing():
    which = rota(layer("ana", hours=("00:00", "00:00"), days=range(1, 6), holiday_as=7), holidays=(date(2026, 1, 7),))
    assert [cause for cause, _, _ in found(which, *WEEK)] == [Cause.holiday, Cause.restriction]


def test_a_layer_may_live_by_the_holidays_of_another_country():
    days = {"hours": ("00:00", "00:00"), "days": range(1, 6), "holiday_as": 7, "elastic_end": True}
    which = rota(
        layer("ana", **days),
        layer("ben", name="second", level=2, holidays=(date(2026, 1, 8),), **days),
        holidays=(date(2026, 1, 7),),
    )
    gaps = [gap.duty for gap in gap_list(which, *WEEK) if gap.duty.cause is Cause.holiday]
    assert [(gap.level, gap.span.start) for gap in gaps] == [
        (1, at("2026-01-07 00:00")), (2, at("2026-01-08 00:00")),
    ]  # fmt: skip


def test_an_overlap_that_the_clocks_make_is_told_and_one_by_design_is_not():
    europe = layer("ana", name="europe", zone="Europe/Berlin", hours=("09:00", "17:00"))
    joined = rota(europe, layer("joe", name="america", zone="America/New_York", hours=("11:00", "19:00")))
    assert len(overlaps(joined, *YEAR)) == 28
    assert {(one.span.seconds, one.layers) for one in overlaps(joined, *YEAR)} == {(3600, ("europe", "america"))}
    designed = rota(europe, layer("joe", name="america", zone="America/New_York", hours=("08:00", "19:00")))
    assert overlaps(designed, *YEAR) == ()


def test_versions_each_have_their_own_gaps():
    old = rota(layer("ana", hours=("09:00", "17:00")))
    new = replace(old, layers=(layer("ana"),))
    plan = Snapshot((Version(old), Version(new, at("2026-01-06 12:00"))))
    assert found(plan, *WEEK) == [(Cause.restriction, (), False)]


def test_an_empty_window_has_nothing():
    assert gap_list(rota(), WEEK[1], WEEK[0]) == ()
