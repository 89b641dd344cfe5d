"""The engine against an oracle that only watches a clock, over everything that a plan can hold."""

import pytest
from hypothesis import given

from supporttui.domain.rota.oncall import level_duty, levels
from supporttui.domain.spans import Instant
from tests.domain.rota.oracle import STEP, Watch
from tests.domain.rota.plans import TWO_DAYS, snapshots

pytestmark = pytest.mark.core
REACH = 2 * 86400
"""So far beyond the window the clock is watched: an edit may lie there."""


@given(snapshots())
def test_the_plan_agrees_with_whoever_watches_the_clock(case):
    plan, start = case
    watch = Watch(plan, start - REACH, start + TWO_DAYS + REACH)
    for level in levels(plan):
        for piece in level_duty(plan, start, Instant(start + TWO_DAYS), level=level):
            for at in (*range(piece.span.start, piece.span.end, 6 * STEP), piece.span.end - STEP):
                assert watch.people(at, level) == piece.people, (at, level, piece)
