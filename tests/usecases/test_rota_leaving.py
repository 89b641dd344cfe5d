"""A leaver: duty ends at the chosen handoff, what that leaves is told before, and it can be taken back."""

import pytest

from supporttui.domain.faults import Forbidden, NotFound, Refused
from supporttui.domain.spans import Instant
from supporttui.usecases import rota
from tests.builders import NOW, Desk, refuses

pytestmark = pytest.mark.core

DAY = 86_400
HANDOFF = Instant(NOW + 16_800)
"""08:00 in Berlin: Ben's night ends, and Ana's day begins."""


def on_duty(desk: Desk, at: int) -> tuple[str, ...]:
    return next(line.people for line in desk.ask(rota.who, Instant(at)) if line.level == 1)


def test_a_leaver_on_duty_finishes_the_turn_under_way_and_has_no_later_one(desk: Desk) -> None:
    told = desk.ask(rota.whatif_leaves, "ben", None, NOW)
    assert told.at == HANDOFF
    assert on_duty(desk, HANDOFF + DAY) == ("ben",), "nothing is written"
    assert desk.do(rota.leave, "ben", by="lea") == told
    assert on_duty(desk, HANDOFF - 1) == ("ben",)
    assert on_duty(desk, HANDOFF + DAY) == ()


def test_who_leaves_at_once_leaves_a_gap_with_those_who_could_fill_it(desk: Desk) -> None:
    told = desk.ask(rota.whatif_leaves, "ben", NOW, NOW)
    (effect,) = told.effects
    assert (effect.gaps[0].span.start, effect.gaps[0].span.end) == (NOW, HANDOFF)
    first = told.clashes[0].conflict
    assert (first.person, first.span.start) == ("ben", NOW)
    assert "ben" not in {one.person for one in first.proposals}
    desk.do(rota.leave, "ben", by="lea", at=NOW)
    assert on_duty(desk, NOW) == ()


def test_staying_gives_the_duty_back(desk: Desk) -> None:
    desk.do(rota.leave, "ben", by="lea")
    told = desk.ask(rota.whatif_stays, "ben", NOW)
    assert all(change.after.people == ("ben",) for change in told.effects[0].changes if change.after.level == 1)
    desk.do(rota.stay, "ben", by="lea")
    assert on_duty(desk, HANDOFF + DAY) == ("ben",)


def test_who_leaves_later_than_was_said_gets_back_the_duty_between(desk: Desk) -> None:
    desk.do(rota.leave, "ben", by="lea", at=NOW)
    told = desk.ask(rota.whatif_leaves, "ben", Instant(HANDOFF + 2 * DAY), NOW)
    assert told.before == NOW
    given_back = [change.after.span.start for change in told.effects[0].changes if change.after.people == ("ben",)]
    assert min(given_back) == NOW
    assert max(given_back) < HANDOFF + 2 * DAY


def test_what_makes_no_sense_is_refused(desk: Desk) -> None:
    with refuses("person.unknown", NotFound):
        desk.ask(rota.whatif_leaves, "nobody", None, NOW)
    with refuses("rota.past", Refused):
        desk.ask(rota.whatif_leaves, "ben", Instant(NOW - 1), NOW)
    with refuses("person.stays", Refused):
        desk.do(rota.stay, "ben", by="lea")
    with refuses("access.denied", Forbidden):
        desk.do(rota.leave, "ana", by="ben")
