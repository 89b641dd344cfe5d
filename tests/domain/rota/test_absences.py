"""Duty of somebody who is away: told, never moved, with proposals and why."""

from dataclasses import replace
from datetime import datetime

import pytest

from supporttui.domain.faults import BadInput
from supporttui.domain.ids import PersonId
from supporttui.domain.people import Person
from supporttui.domain.rota.absences import Absence, AbsenceKind, conflicts
from supporttui.domain.rota.oncall import on_call
from supporttui.domain.rota.proposals import REACH, Merit
from supporttui.domain.rota.schedule import Unit
from supporttui.domain.rota.snapshot import Snapshot, Version
from supporttui.domain.spans import Span
from tests.domain.rota.rotas import AMSTERDAM, at, layer, override, rota

pytestmark = pytest.mark.core
WEEK = (at("2026-01-05 09:00"), at("2026-01-12 09:00"))
NAMES = ("ana", "ben", "cem", "dia", "eva")
TEAM = tuple(Person(PersonId(name), name.title(), zone=AMSTERDAM) for name in NAMES)


def away(who: str, start: str, end: str, kind: str = "leave", **kw) -> Absence:
    return Absence(kw.pop("id", f"A-{who}"), PersonId(who), at(start), at(end), AbsenceKind(kind), **kw)


def test_a_day_reserved_for_the_update_meets_duty_before_anything_is_saved():
    reserved = away("ana", "2026-01-06 00:00", "2026-01-07 00:00", "reserved")
    planned = replace(
        rota(layer("ben")), overrides=(override("replace", "2026-01-06 08:00", "2026-01-06 20:00", "ana"),)
    )
    assert conflicts(rota(layer("ben")), [reserved], *WEEK, people=TEAM) == ()
    (found,) = conflicts(planned, [reserved], *WEEK, people=TEAM)
    assert (found.person, found.span) == ("ana", Span(at("2026-01-06 08:00"), at("2026-01-06 20:00")))


def test_an_absence_moves_nobody():
    which = rota()
    assert conflicts(which, [away("ana", "2026-01-06 00:00", "2026-01-08 00:00")], *WEEK, people=TEAM)
    assert on_call(which, at("2026-01-06 12:00")) == ("ana",)


def test_each_stretch_and_level_is_a_conflict_of_its_own_by_time():
    which = rota(layer("ana", "ben", unit=Unit.day), layer("ana", name="second", level=2))
    found = conflicts(which, [away("ana", "2026-01-05 00:00", "2026-01-08 00:00")], *WEEK, people=TEAM)
    assert [(one.duty.level, one.span.seconds // 3600) for one in found] == [(1, 24), (2, 63), (1, 15)]


def test_proposed_is_who_is_there_free_and_allowed():
    which = rota(layer("ana"), layer("ben", name="second", level=2))
    people = (
        *TEAM[:3],
        replace(TEAM[3], may_be_on_call=False),
        replace(TEAM[4], valid_to=at("2026-01-06 12:00")),
        Person(PersonId("fay"), "Fay"),
    )
    absences = [
        away("ana", "2026-01-06 00:00", "2026-01-07 00:00"),
        away("cem", "2026-01-06 20:00", "2026-01-09 00:00"),
    ]
    (found,) = conflicts(which, absences, *WEEK, people=people)
    assert [proposal.person for proposal in found.proposals] == ["fay"]


def test_who_speaks_what_would_be_missing_comes_first():
    which = replace(rota(layer("ana")), required_languages=("pt",))
    people = (*TEAM[:2], replace(TEAM[2], speaks=("pt-BR",)))
    (found,) = conflicts(which, [away("ana", "2026-01-06 00:00", "2026-01-07 00:00")], *WEEK, people=people)
    assert [proposal.person for proposal in found.proposals] == ["cem", "ben"]
    assert Merit.speaks in found.proposals[0].reasons


def test_rest_comes_before_hard_hours_and_each_merit_is_said():
    """Ben ends an hour before, Cem three days before; Dia and Eva have nothing, but Dia a night later on."""
    which = rota(
        layer("ana", hours=("09:00", "17:00"), days=[5]),
        layer("ben", name="ben", hours=("00:00", "08:00"), days=[5], level=2),
        layer("cem", name="cem", hours=("08:00", "09:00"), days=[2], level=3),
        layer("dia", name="dia", hours=("22:00", "23:00"), days=[6], level=4),
    )
    (found,) = conflicts(which, [away("ana", "2026-01-09 00:00", "2026-01-10 00:00")], *WEEK, people=TEAM)
    assert [proposal.person for proposal in found.proposals] == ["eva", "cem", "dia", "ben"]
    best, *_, last = found.proposals
    assert (best.rest, best.hard) == (REACH, 0)
    assert best.reasons == (Merit.rested, Merit.longest_rest, Merit.fewest_hard, Merit.free_before, Merit.free_after)
    assert last.reasons == ()


def test_the_people_of_a_snapshot_bound_their_duty_too():
    bounded = replace(TEAM[0], valid_to=at("2026-01-06 12:00"))
    which = Snapshot((Version(rota()),), people=(bounded,))
    (found,) = conflicts(which, [away("ana", "2026-01-06 00:00", "2026-01-08 00:00")], *WEEK, people=TEAM)
    assert found.span.end == at("2026-01-06 12:00")


def test_an_absence_has_a_span():
    with pytest.raises(BadInput, match=r"absence\.span"):
        away("ana", "2026-01-06 00:00", "2026-01-06 00:00")


def test_whose_duty_ends_or_begins_with_what_is_to_be_covered_has_had_no_rest():
    """Ana is away on Tuesday; Ben has Monday, Cem Wednesday, Dia nothing."""
    which = rota(layer("ben", "ana", "cem", unit=Unit.day, anchor=datetime(2026, 1, 5, 9)))
    day = (at("2026-01-06 09:00"), at("2026-01-07 09:00"))
    (found,) = conflicts(which, [away("ana", "2026-01-06 09:00", "2026-01-07 09:00")], *day, people=TEAM[:4])
    rests = {one.person: one.rest for one in found.proposals}
    assert (rests["ben"], rests["cem"], rests["dia"]) == (0, 0, REACH)
    assert [one.person for one in found.proposals if Merit.rested in one.reasons] == ["dia"]
