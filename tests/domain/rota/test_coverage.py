"""What the plan lacks, and what an edit would change."""

from dataclasses import replace

import pytest

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.coverage import Lack, gaps, shortfalls
from supporttui.domain.rota.layers import Cause
from supporttui.domain.rota.whatif import changes
from supporttui.domain.spans import Instant
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
