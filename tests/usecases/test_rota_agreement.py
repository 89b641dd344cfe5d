"""Whatever is laid over a rota, every question about one instant has one answer."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supporttui.domain.escalation.policy import StepTarget, TargetKind
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.oncall import on_call
from supporttui.domain.rota.pinned import PinnedFallback, PinnedPeriod, PinnedShift
from supporttui.domain.rota.schedule import OverrideKind
from supporttui.domain.rota.swaps import SwapPiece
from supporttui.domain.spans import Instant, Span
from supporttui.usecases import naming, rota
from supporttui.usecases.lint import site_of
from supporttui.usecases.paging import people_behind
from supporttui.usecases.rules import rules_of
from tests.builders import NOW, Desk, MovableClock, site, ticket
from tests.quick import memory_store

pytestmark = pytest.mark.core

HOUR = 3600
DAYS = 6
people = st.sampled_from(["ana", "ben", "mia", "zoe"])
spans = st.tuples(st.integers(0, DAYS * 24 - 1), st.integers(1, 48)).map(
    lambda pair: (Instant(NOW + pair[0] * HOUR), Instant(NOW + sum(pair) * HOUR))
)
overrides = st.tuples(st.just("override"), st.sampled_from(OverrideKind), spans, people, st.sampled_from([1, 2, None]))
pins = st.tuples(st.just("pin"), st.sampled_from(PinnedFallback), spans, people, st.sampled_from([1, 2]))
swaps = st.tuples(st.just("swap"), st.just(None), spans, people, st.sampled_from([1, 2]))
SETTINGS = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=settings.default.max_examples // 2
)


def desk_with(changes) -> Desk:
    clock = MovableClock()
    store = memory_store(clock)
    site(store)
    desk = Desk(store, clock)
    for number, (what, kind, (start, end), who, level) in enumerate(changes):
        if what == "override":
            desk.do(rota.override, "night", kind=kind, start=start, end=end, person=who, level=level, by="lea")
        elif what == "pin":
            shifts = (PinnedShift(start, Instant(start + HOUR), (who,), level),)
            desk.do(rota.pin, "night", PinnedPeriod(f"p{number}", start, end, shifts, kind), by="lea")
        else:
            swap(desk, Span(start, end), who, level)
    return desk


def swap(desk: Desk, span: Span, who: str, level: int) -> None:
    """Whoever has the duty as the span begins gives it away, as far as it goes."""
    (plan,) = desk.ask(rota.plan, span.start, span.end, now=NOW)
    first = plan.levels[level][0]
    if first.people and who not in first.people and first.cause is not Cause.pinned:
        asked = desk.do(rota.ask, "night", [SwapPiece(first.span, level)], person=first.people[0], by="lea")
        desk.do(rota.take, asked.id, person=who, by="lea")


@SETTINGS
@given(st.lists(st.one_of(overrides, pins, swaps), max_size=5), st.integers(0, DAYS * 24 * HOUR))
def test_screen_page_filter_why_and_lint_agree(changes, later) -> None:
    desk, at = desk_with(changes), Instant(NOW + later)
    told = {line.level: line.people for line in desk.ask(rota.who, at)}
    (plan,) = desk.ask(rota.plan, NOW, Instant(NOW + (DAYS + 3) * 24 * HOUR), now=NOW)
    shown = {level: next(p.people for p in pieces if at in p.span) for level, pieces in plan.levels.items()}
    assert shown == told
    for level in (1, 2):
        target = StepTarget(TargetKind.on_call, level=level)
        with desk.store.read() as tx:
            assert tuple(people_behind(rules_of(tx), ticket(), target, at)) == told[level]
        assert desk.ask(rota.why, at, "night", level).duty.people == told[level]
        assert on_call(desk.ask(site_of, at).plans["night"], at, level=level) == told[level]
    everybody = {person for line in told.values() for person in line}
    assert set(desk.ask(naming.names, at, me=None).on_call) == everybody


@SETTINGS
@given(st.lists(st.one_of(overrides, pins), max_size=3), spans, people, st.sampled_from([1, 2]))
def test_a_swap_covers_just_the_seconds_that_were_covered(changes, span, who, level) -> None:
    desk = desk_with(changes)
    window = (NOW, Instant(NOW + (DAYS + 3) * 24 * HOUR))

    def covered() -> list[int]:
        (plan,) = desk.ask(rota.plan, *window, now=NOW)
        return [sum(p.span.seconds for p in plan.levels[one] if p.people) for one in (1, 2)]

    before = covered()
    swap(desk, Span(*span), who, level)
    assert covered() == before
