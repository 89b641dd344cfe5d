"""Who speaks what, at which hour, for which priority."""

import pytest

from supporttui.domain.ids import PersonId, TeamId
from supporttui.domain.priorities import Priority
from supporttui.domain.rota.matrix import Outside, Staffed, language_matrix
from supporttui.domain.spans import Span
from tests.domain.rota.rotas import AMSTERDAM, at, layer, rota

pytestmark = pytest.mark.core
P1, P3 = Priority(1), Priority(3)
SPEAKS = {PersonId("ana"): ("en", "pt-BR"), PersonId("ben"): ("en",)}
WEEK = Span(at("2026-01-05 00:00"), at("2026-01-12 00:00"))


def cells(*sources, span=WEEK, languages=("pt",), zone=AMSTERDAM):
    found = language_matrix(sources, span, zone=zone, languages=languages, speaks=SPEAKS)
    return {(cell.language, cell.hour, cell.priority): cell for cell in found}


def test_an_hour_is_covered_where_somebody_on_duty_speaks():
    found = cells(Staffed(rota(layer("ana", hours=("09:00", "17:30"))), (P1,)))
    assert [found["pt", hour, P1].percent for hour in (8, 9, 16, 17, 18)] == [0, 100, 100, 50, 0]
    assert found["pt", 9, P1].by == ("ana",)
    assert sum(cell.seconds for cell in found.values()) == WEEK.seconds


def test_a_priority_has_those_who_answer_for_it():
    day = rota(layer("ana", hours=("09:00", "17:00")), layer("ben", name="second", level=2))
    found = cells(Staffed(day, (P1, P3), levels=(1,)), Staffed(day, (P1,), levels=(2,)), languages=("en",))
    assert [found["en", 3, priority].percent for priority in (P1, P3)] == [100, 0]


def test_an_authority_outside_counts_when_it_answers():
    vendor = Outside(TeamId("vendor"), ("pt",), (P1,), (Span(at("2026-01-05 03:00"), at("2026-01-05 04:00")),))
    always = Outside(TeamId("always"), ("de",), (P1,))
    found = cells(vendor, always, languages=("pt", "de"))
    assert (found["pt", 3, P1].covered, found["pt", 3, P1].by) == (3600, ("vendor",))
    assert found["de", 3, P1].percent == 100


def test_cover_by_several_counts_once():
    which = Staffed(rota(layer("ana"), layer("ana", name="second", level=2)), (P1,))
    assert {cell.percent for cell in cells(which).values()} == {100}


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", {2: 0, 3: 1}), ("2026-10-25", {2: 2, 3: 1})])
def test_an_hour_that_is_skipped_has_no_seconds_and_a_doubled_one_two_hours(day, hours):
    span = Span(at(f"{day} 00:00"), at(f"{day} 12:00"))
    found = cells(Staffed(rota(layer("ana")), (P1,)), span=span)
    assert {hour: found["pt", hour, P1].seconds // 3600 for hour in hours} == hours
    assert sum(cell.covered for cell in found.values()) == span.seconds


def test_half_an_hour_of_change_is_in_its_hour():
    zone = "Australia/Lord_Howe"
    span = Span(at("2026-04-05 00:00", zone), at("2026-04-05 06:00", zone))
    found = cells(Staffed(rota(layer("ana")), (P1,)), span=span, zone=zone)
    assert [found["pt", hour, P1].seconds // 60 for hour in range(4)] == [60, 90, 60, 60]
