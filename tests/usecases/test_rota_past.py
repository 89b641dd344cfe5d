"""The rota as it was known at an instant: what was decided later is not in it, all that was decided is."""

import pytest

from supporttui.domain.rota.pinned import PinnedFallback, PinnedPeriod, PinnedShift
from supporttui.domain.rota.swaps import SwapPiece, SwapState
from supporttui.domain.spans import Instant, Span
from supporttui.usecases import replay, rota
from tests.builders import NOW, Desk
from tests.quick import memory_store

pytestmark = pytest.mark.core

DAY = 86_400
HANDOFF = Instant(NOW + 16_800)


def past(desk: Desk, until: int) -> Desk:
    store = memory_store(desk.clock)
    with desk.store.read() as source, store.write() as target:
        replay.rebuild(source, target, Instant(until))
    return Desk(store, desk.clock)


def test_everything_that_lies_over_a_rota_comes_along(desk: Desk, clock) -> None:
    desk.lead()
    piece = SwapPiece(Span(HANDOFF, Instant(HANDOFF + DAY)))
    swap = desk.do(rota.ask, "night", [piece])
    desk.do(rota.take, swap.id, by="mia")
    shifts = (PinnedShift(Instant(NOW + 3 * DAY), Instant(NOW + 4 * DAY), ("zoe",)),)
    desk.do(rota.pin, "night", PinnedPeriod("p", NOW, Instant(NOW + 9 * DAY), shifts, PinnedFallback.layers), by="lea")
    desk.do(rota.add_absence, start=NOW, end=HANDOFF)
    clock.now = Instant(HANDOFF + DAY + 60)
    desk.watch(rota.record_duty, desk.token)
    then = past(desk, clock.now)
    for at in (NOW, HANDOFF, NOW + 3 * DAY + 60):
        assert then.ask(rota.who, Instant(at)) == desk.ask(rota.who, Instant(at))
    week = (Instant(NOW - DAY), Instant(NOW + 7 * DAY))
    assert then.ask(rota.plan, *week, now=clock.now) == desk.ask(rota.plan, *week, now=clock.now)
    assert then.ask(rota.absences, NOW, HANDOFF) == desk.ask(rota.absences, NOW, HANDOFF)
    assert then.ask(rota.swaps, NOW) == desk.ask(rota.swaps, NOW)


def test_what_was_decided_later_was_not_known_then(desk: Desk, clock) -> None:
    before = desk.ask(rota.who, NOW)
    clock.now = Instant(NOW + 60)
    desk.do(rota.override, "night", start=HANDOFF, end=HANDOFF + DAY, person="mia", by="lea")
    assert desk.ask(rota.who, NOW) != before
    swap = desk.do(rota.ask, "night", [SwapPiece(Span(Instant(HANDOFF + 2 * DAY), Instant(HANDOFF + 3 * DAY)))])
    clock.now = Instant(NOW + 120)
    desk.do(rota.take, swap.id, by="mia")
    assert past(desk, NOW).ask(rota.swaps, NOW) == ()
    (then,) = past(desk, NOW + 60).ask(rota.swaps, NOW)
    assert (then.swap.state, then.swap.taken_by) == (SwapState.asked, None)
    assert past(desk, NOW).ask(rota.who, NOW) == before
