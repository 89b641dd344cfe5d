"""Duty that is over is kept as it was: by handoff, once, and what the plan says otherwise later is told."""

from itertools import pairwise

import pytest

from supporttui.domain.faults import Forbidden, Refused
from supporttui.domain.rota.schedule import Override, OverrideKind
from supporttui.domain.spans import Instant, Span
from supporttui.usecases import rota
from supporttui.usecases.rota.recording import FIRST, unrecorded
from tests.builders import NOW, Desk, refuses
from tests.builders import rota as a_rota

pytestmark = pytest.mark.core

DAY = 86_400
HANDOFF = Instant(NOW + 16_800)
MIDNIGHT = Instant(NOW - NOW % DAY)


def record(desk: Desk) -> int:
    return desk.watch(rota.record_duty, desk.token)


def kept(desk: Desk, start: int = NOW - FIRST, end: int = NOW + 9 * DAY) -> list[tuple]:
    records = desk.ask(lambda tx: tx.rotas.records("night", start, end))
    return [(one.level, one.start, one.end, one.people) for one in records]


@pytest.fixture
def watched(desk: Desk) -> Desk:
    desk.lead()
    record(desk)
    return desk


def test_the_first_time_a_month_is_kept_and_tiles_it(watched: Desk) -> None:
    for level in (1, 2):
        mine = [one for one in kept(watched) if one[0] == level]
        assert (mine[0][1], mine[-1][2]) == (NOW - FIRST, MIDNIGHT)
        assert all(left[2] == right[1] for left, right in pairwise(mine))
    assert not watched.ask(unrecorded, NOW)


def test_what_a_handoff_ends_is_kept_then_and_nothing_twice(watched: Desk, clock) -> None:
    clock.now = HANDOFF
    assert watched.ask(unrecorded, HANDOFF)
    head = watched.store.head()
    assert record(watched) == 2
    assert kept(watched, MIDNIGHT) == [
        (1, MIDNIGHT, HANDOFF, ("ben",)), (2, MIDNIGHT, HANDOFF, ("mia",)),
    ]  # fmt: skip
    assert watched.store.head() == head + 1
    assert record(watched) == 0
    assert watched.store.head() == head + 1


def test_who_is_always_on_duty_is_kept_at_midnight(watched: Desk, clock) -> None:
    clock.now = Instant(MIDNIGHT + DAY + 5)
    record(watched)
    assert (2, MIDNIGHT, MIDNIGHT + DAY, ("mia",)) in kept(watched)


def test_what_was_recorded_holds_and_what_the_plan_says_today_is_told(watched: Desk, clock) -> None:
    """Somebody wrote an override into the past, past the program."""
    clock.now = HANDOFF
    record(watched)
    late = Override("late", OverrideKind.replace, MIDNIGHT, Instant(MIDNIGHT + 3600), person="zoe", created_at=HANDOFF)
    with watched.store.write() as tx:
        tx.definitions.put("night", late)
    (plan,) = watched.ask(rota.plan, MIDNIGHT, HANDOFF, now=HANDOFF)
    assert [piece.people for piece in plan.levels[1]] == [("ben",)]
    found = watched.ask(rota.mismatches, MIDNIGHT, HANDOFF)
    assert [(one.change.before.people, one.change.after.people, one.change.before.span) for one in found] == [
        (("zoe",), ("ben",), Span(MIDNIGHT, Instant(MIDNIGHT + 3600))),
        (("zoe",), ("mia",), Span(MIDNIGHT, Instant(MIDNIGHT + 3600))),
    ]


def test_no_edit_through_the_program_makes_a_mismatch(watched: Desk, clock) -> None:
    clock.now = HANDOFF
    record(watched)
    watched.do(rota.override, "night", start=NOW - DAY, end=HANDOFF + DAY, person="zoe", by="lea")
    watched.do(rota.edit, a_rota(zone="UTC"), by="lea")
    assert watched.ask(rota.mismatches, NOW - FIRST, HANDOFF + DAY) == ()


def test_a_record_says_by_what_it_was_decided(watched: Desk, clock) -> None:
    """The same hash where nothing changed, another one once an override lies over it."""
    watched.do(rota.override, "night", start=HANDOFF + 3600, end=HANDOFF + DAY, person="ana", by="lea")
    clock.now = Instant(HANDOFF + DAY)
    record(watched)
    mine = watched.ask(lambda tx: tx.rotas.records("night", NOW - 3 * DAY, NOW + 9 * DAY))
    by_start = {one.start: one.inputs for one in mine if one.level == 1}
    assert by_start[MIDNIGHT] == by_start[min(by_start)]
    assert by_start[HANDOFF] != by_start[MIDNIGHT]


def test_only_the_watch_that_leads_keeps_it(watched: Desk) -> None:
    with refuses("access.denied", Forbidden):
        watched.do(rota.record_duty, watched.token, by="lea")
    with refuses("lease.lost", Refused):
        watched.watch(rota.record_duty, watched.token + 1)
