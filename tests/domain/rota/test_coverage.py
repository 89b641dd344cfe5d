"""What the plan lacks, and what an edit would change."""

from dataclasses import replace
from datetime import time
from itertools import pairwise

import pytest

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.absences import Absence, AbsenceKind
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.coverage import Lack, coverage, gaps, shortfalls
from supporttui.domain.rota.requirements import Asked
from supporttui.domain.rota.schedule import Requirement, Restriction
from supporttui.domain.rota.snapshot import Snapshot, Version
from supporttui.domain.rota.whatif import changes
from supporttui.domain.spans import Instant, Span
from tests.domain.rota.rotas import at, layer, override, rota

pytestmark = pytest.mark.core
WEEK = (at("2026-01-05 09:00"), at("2026-01-12 09:00"))


def test_gaps_come_by_level_and_time_with_their_cause():
    which = rota(layer("ana", hours=("09:00", "09:00"), days=[1, 2, 3, 4, 5, 6]), layer(name="second", level=2))
    assert [(gap.level, gap.cause, gap.span.seconds) for gap in gaps(which, *WEEK)] == [
        (1, Cause.restriction, 86400),
        (2, Cause.nobody, 7 * 86400),
    ]


def test_too_few_is_less_than_required():
    which = rota(layer("ana+ben", "cem"), required_count=2)
    found = shortfalls(which, WEEK[0], Instant(WEEK[1] + 7 * 86400), speaks={})
    assert [(short.lack, short.duty.people) for short in found] == [(Lack.too_few, ("cem",))]


def test_a_language_that_nobody_on_duty_speaks_is_a_shortfall():
    which = rota(layer("ana", "ben"), required_languages=("en", "pt"))
    speaks = {PersonId("ana"): ("en", "pt"), PersonId("ben"): ("en",)}
    found = shortfalls(which, WEEK[0], Instant(WEEK[1] + 7 * 86400), speaks=speaks)
    assert [(short.lack, short.language, short.duty.people) for short in found] == [(Lack.no_speaker, "pt", ("ben",))]


def test_nobody_is_the_worst_shortfall_unless_it_was_decided():
    assert [short.lack for short in shortfalls(rota(layer()), *WEEK, speaks={})] == [Lack.nobody]
    assert shortfalls(rota(layer("")), *WEEK, speaks={}) == ()


class TestRequirements:
    """More people and languages in some hours than always."""

    EVENINGS = Requirement((Restriction(time(18), time(22), (1, 2, 3)),), count=2, languages=("pt",))

    def test_what_is_asked_for_in_some_hours_is_missing_in_those_alone(self):
        which = rota(layer("ana"), requirements=(self.EVENINGS,))
        found = shortfalls(which, *WEEK, speaks={})
        assert [(short.lack, short.duty.span.seconds // 3600) for short in found] == [
            (Lack.too_few, 4), (Lack.no_speaker, 4),
        ] * 3  # fmt: skip
        assert found[0].duty.span.start == at("2026-01-05 18:00")

    def test_it_may_go_by_other_clocks_and_concern_some_levels(self):
        evening = replace(self.EVENINGS, zone="Asia/Tokyo", levels=(2,), languages=())
        which = rota(layer("ana"), layer("ben", name="second", level=2), requirements=(evening,))
        assert shortfalls(which, *WEEK, speaks={}) == ()
        (first, *_) = shortfalls(which, *WEEK, speaks={}, at_levels=(1, 2))
        assert (first.duty.level, first.duty.span.start) == (2, at("2026-01-05 10:00"))

    def test_the_whole_plan_is_graded_and_tiles_the_window(self):
        which = rota(layer("ana", ""), layer("ben", name="second", level=2), requirements=(self.EVENINGS,))
        found = coverage(which, WEEK[0], Instant(WEEK[1] + 7 * 86400), speaks={})
        for level in (1, 2):
            spans = [piece.duty.span for piece in found if piece.duty.level == level]
            assert all(one.end == two.start for one, two in pairwise(spans))
            assert (spans[0].start, spans[-1].end) == (WEEK[0], WEEK[1] + 7 * 86400)
        assert {piece.duty.cause for piece in found if piece.intended} == {Cause.buffer}
        assert coverage(which, WEEK[1], WEEK[0], speaks={}) == ()

    def test_who_is_away_is_not_counted(self):
        away = Absence("A1", PersonId("ana"), at("2026-01-06 00:00"), at("2026-01-07 00:00"), AbsenceKind.sick)
        found = shortfalls(rota(layer("ana+ben"), required_count=2), *WEEK, speaks={}, absences=[away])
        assert [(short.lack, short.duty.people) for short in found] == [(Lack.too_few, ("ben",))]
        assert [gap.cause for gap in gaps(rota(), *WEEK, absences=[away])] == [Cause.absent]

    def test_before_a_rota_begins_nothing_but_somebody_is_missing(self):
        which = Snapshot((Version(rota(required_languages=("pt",)), at("2026-01-06 00:00")),))
        found = shortfalls(which, *WEEK, speaks={PersonId("ana"): ["PT"]})
        assert [(short.lack, short.duty.cause) for short in found] == [(Lack.nobody, Cause.not_begun)]


def test_a_change_names_who_would_be_on_duty_before_and_after():
    which = rota()
    covered = replace(
        which, overrides=(override("replace", "2026-01-12 00:00", "2026-01-13 00:00", "cem", instead="ben"),)
    )
    (change,) = changes(which, covered, *WEEK[:1], Instant(WEEK[1] + 7 * 86400))
    assert (change.before.people, change.after.people) == (("ben",), ("cem",))
    assert (change.before.span, change.before.span.start) == (change.after.span, at("2026-01-12 09:00"))


def test_an_override_of_somebody_who_is_not_on_duty_has_no_effect():
    which = rota()
    idle = replace(which, overrides=(override("remove", "2026-01-06 00:00", "2026-01-07 00:00", "ben"),))
    assert changes(which, idle, *WEEK) == ()
    assert changes(which, idle, WEEK[1], WEEK[0]) == ()


class TestAskedForOnce:
    """More people and languages while something lasts, such as a special period."""

    SALE = Asked(Span(at("2026-01-06 12:00"), at("2026-01-07 12:00")), 2, ("pt",), by="Sale")

    def test_what_is_missing_is_told_with_the_name_of_what_asks_for_it(self):
        found = shortfalls(rota(layer("ana")), *WEEK, speaks={}, asked=(self.SALE,))
        assert [(short.lack, short.language, short.by, short.duty.span) for short in found] == [
            (Lack.too_few, "", "Sale", self.SALE.span),
            (Lack.no_speaker, "pt", "Sale", self.SALE.span),
        ]

    def test_what_the_rota_asks_for_itself_is_not_laid_at_its_door(self):
        which = rota(layer("ana"), required_count=2, required_languages=("pt",))
        found = shortfalls(which, *WEEK, speaks={}, asked=(self.SALE,))
        assert {short.by for short in found} == {""}

    def test_only_the_line_that_is_called_first_is_held_against_it(self):
        which = rota(layer("ana+ben"), layer("cem", name="second", level=2))
        speaks = {PersonId("ana"): ("pt",)}
        assert shortfalls(which, *WEEK, speaks=speaks, at_levels=(1, 2), asked=(self.SALE,)) == ()

    def test_the_graded_pieces_still_tile_the_time(self):
        pieces = coverage(rota(layer("ana")), *WEEK, speaks={}, asked=(self.SALE,))
        assert all(a.duty.span.end == b.duty.span.start for a, b in pairwise(pieces))
        assert (pieces[0].duty.span.start, pieces[-1].duty.span.end) == WEEK
