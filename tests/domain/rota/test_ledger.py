"""What duty costs: nights by each person's own clocks, weekends, holidays, rests, swaps, shares."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.people import Person
from supporttui.domain.rota.hardship import Hardship, hardship, is_night
from supporttui.domain.rota.ledger import ledger
from supporttui.domain.rota.oddities import odd_turns
from supporttui.domain.rota.schedule import Advance, Unit
from supporttui.domain.rota.suggestions import suggestions
from supporttui.domain.rota.swaps import SwapPiece, SwapRequest, SwapState
from supporttui.domain.spans import Instant, Span
from tests.domain.rota.rotas import AMSTERDAM, at, layer, override, people, rota, rotation

pytestmark = pytest.mark.core
HOUR = 3600
WEEK = Span(at("2026-01-05 00:00"), at("2026-01-12 00:00"))
TEAM = tuple(Person(PersonId(name), name.title(), zone=AMSTERDAM) for name in ("ana", "ben", "cem"))


def lines(*plans, span=WEEK, team=TEAM, **kw):
    return {entry.person: entry for entry in ledger(plans, span, team, **kw)}


class TestHardship:
    def test_a_week_has_its_nights_and_its_weekend(self):
        assert hardship([WEEK], AMSTERDAM) == Hardship(
            168 * HOUR, nights=56 * HOUR, weekends=48 * HOUR, hard=(56 + 48 - 16) * HOUR
        )

    @pytest.mark.parametrize(("night", "hours"), [("2026-03-28", 7), ("2026-10-24", 9), ("2026-06-03", 8)])
    def test_a_night_is_as_long_as_it_really_is(self, night, hours):
        start = at(f"{night} 20:00")
        assert hardship([Span(start, Instant(start + 14 * HOUR))], AMSTERDAM).nights == hours * HOUR

    def test_short_duties_of_one_night_count_each(self):
        moments = (("2026-01-06 22:00", 1), ("2026-01-07 00:00", 1), ("2026-01-07 02:00", 2))
        spans = [Span(at(start), Instant(at(start) + length * HOUR)) for start, length in moments]
        assert hardship(spans, AMSTERDAM).nights == 4 * HOUR

    def test_nights_are_those_of_the_person(self):
        noon = Span(at("2026-01-06 12:00"), at("2026-01-06 16:00"))
        assert [hardship([noon], zone).nights // HOUR for zone in (AMSTERDAM, "Asia/Tokyo")] == [0, 2]

    def test_holidays_count_and_what_overlaps_counts_once(self):
        day = Span(at("2026-01-06 00:00"), at("2026-01-07 00:00"))
        found = hardship([day, day], AMSTERDAM, [date(2026, 1, 6)])
        assert (found.seconds, found.holidays, found.hard) == (24 * HOUR, 24 * HOUR, 24 * HOUR)

    def test_six_in_the_morning_is_no_longer_night_and_ten_in_the_evening_is(self):
        moments = ("05:59", "06:00", "21:59", "22:00")
        assert [is_night(at(f"2026-01-06 {moment}"), AMSTERDAM) for moment in moments] == [True, False, False, True]


class TestLedger:
    def test_duty_on_two_rotas_at_once_is_one_time(self):
        one, two = rota(layer("ana")), replace(rota(layer("ana", hours=("09:00", "12:00"))), id=RotaId("two"))
        entry = lines(one, two)["ana"]
        assert (entry.cost.seconds, entry.duties, entry.share) == (168 * HOUR, 1, 100)

    def test_who_does_most_hard_hours_comes_first(self):
        found = ledger([rota(layer("ana", "ben", "ben", unit=Unit.day))], WEEK, TEAM)
        assert [entry.person for entry in found] == ["ben", "ana", "cem"]
        assert found[2].cost == Hardship()

    def test_a_rest_under_eleven_hours_is_counted(self):
        which = rota(layer("ana", hours=("20:00", "10:00"), days=[1, 2, 4]))
        assert lines(which)["ana"].short_rests == 1

    def test_pages_count_at_night_alone_and_only_in_the_period(self):
        pages = [
            (PersonId("ana"), at(moment)) for moment in ("2026-01-06 03:00", "2026-01-06 12:00", "2026-02-01 03:00")
        ]
        assert lines(rota(), pages=pages)["ana"].pages_at_night == 1

    def test_holidays_are_the_persons_own_or_else_the_rotas(self):
        which = rota(layer("ana+ben"), holidays=(date(2026, 1, 6),))
        found = lines(which, holidays={PersonId("ben"): [date(2026, 1, 7), date(2026, 1, 8)]})
        assert [found[name].cost.holidays // HOUR for name in ("ana", "ben")] == [24, 48]

    def test_or_those_of_the_layer_in_whose_place_they_stand(self):
        which = rota(layer("ana", holidays=()), layer("ben", name="second", level=2), holidays=(date(2026, 1, 6),))
        assert [lines(which)[name].cost.holidays // HOUR for name in ("ana", "ben")] == [0, 24]

    def test_swaps_count_when_they_were_taken(self):
        piece = SwapPiece(Span(at("2026-01-06 00:00"), at("2026-01-07 00:00")))
        asked = SwapRequest("S1", RotaId("desk"), PersonId("ana"), (piece,))
        taken = replace(asked, id="S2", state=SwapState.taken, taken_by=PersonId("ben"))
        found = lines(rota(), swaps=[asked, taken])
        assert [(found[name].swaps_given, found[name].swaps_taken) for name in ("ana", "ben")] == [(1, 0), (0, 1)]

    def test_a_share_above_the_limit_is_marked(self):
        which = rota(layer("ana", "ben", "ben", "ben", unit=Unit.day, anchor=datetime(2026, 1, 5)))
        found = lines(which, span=Span(WEEK.start, at("2026-01-13 00:00")), limit=33)
        assert [(found[name].share, found[name].over_limit) for name in ("ana", "ben")] == [(25, False), (75, True)]

    def test_an_hour_that_the_clocks_skip_is_a_lost_turn(self):
        which = rota(layer("ana", "ben", "cem", unit=Unit.hour, anchor=datetime(2026, 3, 29)))
        found = lines(which, span=Span(at("2026-03-29 00:00"), at("2026-03-30 00:00")))
        assert {name: entry.lost_turns for name, entry in found.items()} == {"ana": 0, "ben": 0, "cem": 1}


class TestOddTurns:
    def test_of_hours_across_a_change_one_is_lost_and_one_is_double(self):
        which = rota(layer("a", "b", "c", unit=Unit.hour, anchor=datetime(2026, 1, 1)))
        found = odd_turns(which, at("2026-01-01 00:00"), at("2027-01-01 00:00"))
        assert [(turn.span.seconds, turn.usual, turn.is_lost) for turn in found] == [
            (0, 3600, True),
            (7200, 3600, False),
        ]
        assert found[0].span.start == at("2026-03-29 03:00")

    def test_a_lost_turn_at_the_very_beginning_is_listed(self):
        which = rota(layer("a", "b", unit=Unit.hour, anchor=datetime(2026, 1, 1)))
        (lost,) = odd_turns(which, at("2026-03-29 03:00"), at("2026-03-29 05:00"))
        assert lost.is_lost

    def test_a_day_that_is_missing_makes_two_odd_turns(self):
        which = rota(layer("a", "b", "c", unit=Unit.day, anchor=datetime(2011, 12, 28, 10)), zone="Pacific/Apia")
        zone = "Pacific/Apia"
        found = odd_turns(which, at("2011-12-28 10:00", zone), at("2012-01-03 10:00", zone))
        assert [(turn.people, turn.span.seconds // HOUR) for turn in found] == [(("b",), 14), (("c",), 10)]

    def test_months_have_the_length_they_have_and_elapsed_hours_none_of_their_own(self):
        monthly = layer("a", "b", unit=Unit.month, anchor=datetime(2026, 1, 31, 9))
        fives = layer("a", "b", name="fives", unit=Unit.hour, every=5)
        found = odd_turns(rota(monthly, fives), at("2026-01-01 00:00"), at("2027-01-01 00:00"))
        assert [turn.span.seconds - turn.usual for turn in found] == [-3600, 3600]

    def test_turns_outside_of_the_layers_life_are_none(self):
        which = rota(layer("a", "b", unit=Unit.hour, valid_to=at("2026-02-01 00:00")), layer(rotations=(), name="none"))
        assert odd_turns(which, at("2026-01-01 00:00"), at("2027-01-01 00:00")) == ()
        assert odd_turns(which, Instant(5), Instant(5)) == ()


class TestSuggestions:
    def test_the_move_that_narrows_the_spread_most_comes_first(self):
        which = rota(layer("ana", "ana", "ben", "cem", unit=Unit.day, hours=("20:00", "08:00")))
        start, end = at("2026-01-05 09:00"), at("2026-01-19 09:00")
        found = suggestions(which, start, end, people=TEAM, so_far={PersonId("ana"): 100 * HOUR})
        assert found
        assert all(one.person == "ana" and one.spread_after < one.spread for one in found)
        assert [one.spread for one in found[1:]] == [one.spread_after for one in found[:-1]]

    def test_a_newcomer_starts_at_the_median_and_gets_not_everything(self):
        which = rota(layer("ana", "ben", unit=Unit.day, hours=("22:00", "06:00")))
        so_far = {PersonId("ana"): 50 * HOUR, PersonId("ben"): 50 * HOUR}
        assert len(suggestions(which, WEEK.start, WEEK.end, people=TEAM, so_far=so_far, most=20)) < 7

    def test_nothing_is_suggested_where_all_is_even_or_nobody_is_rested(self):
        even = rota(layer("ana", "ben", "cem", unit=Unit.week))
        assert suggestions(even, WEEK.start, WEEK.end, people=(), so_far={}) == ()
        both = rota(layer("ana+ben+cem"))
        assert suggestions(both, WEEK.start, WEEK.end, people=TEAM, so_far={}) == ()


def test_over_a_round_of_active_days_counted_turns_are_shared_alike():
    """Whatever the handoff, the windows over midnight and the holidays: each active date is one turn."""
    for handoff in (0, 7, 12, 17, 22):
        turning = rotation(
            "ana", "ben", "cem", anchor=datetime(2026, 1, 5, handoff), unit=Unit.day, advance=Advance.active_days
        )
        row = layer(rotations=(turning,), hours=("22:00", "06:00"), days=range(1, 6), holiday_as=7)
        which = rota(row, holidays=(date(2026, 1, 14), date(2026, 1, 20)))
        span = Span(at(f"2026-01-05 {handoff:02}:00"), at(f"2026-03-30 {handoff:02}:00"))
        seconds = {name: entry.cost.seconds for name, entry in lines(which, span=span).items()}
        assert max(seconds.values()) - min(seconds.values()) <= 8 * HOUR, (handoff, seconds)


def test_who_covers_by_override_has_the_hours():
    which = rota(overrides=(override("replace", "2026-01-06 00:00", "2026-01-07 00:00", "cem", instead="ana"),))
    assert lines(which)["cem"].cost.seconds == 24 * HOUR
    assert people("a") == (("a",),)


def test_a_move_that_narrows_nothing_is_not_suggested():
    """One night between two people is somebody's, whoever has it."""
    plan = rota(layer("ana", hours=("22:00", "06:00"), days=[2]))
    start, end = at("2026-01-06 00:00"), at("2026-01-08 00:00")
    assert suggestions(plan, start, end, people=TEAM[:2], so_far={"ana": 0, "ben": 0}) == ()
    (move,) = suggestions(plan, start, end, people=TEAM[:2], so_far={"ana": HOUR, "ben": 0})
    assert (move.to, move.spread, move.spread_after) == ("ben", 9 * HOUR, 7 * HOUR)


def test_pages_at_night_are_those_who_was_paged_had_in_the_period():
    pages = [
        (PersonId(who), at(moment))
        for who, moment in (
            ("ana", "2026-01-06 23:00"), ("ana", "2026-01-06 12:00"), ("ana", "2026-01-20 23:00"),
            ("ben", "2026-01-07 02:00"), ("ben", "2026-01-08 02:00"),
        )
    ]  # fmt: skip
    assert {who: entry.pages_at_night for who, entry in lines(rota(), pages=pages).items()} == {
        "ana": 1, "ben": 2, "cem": 0,
    }  # fmt: skip
