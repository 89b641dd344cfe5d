"""Swaps: who may ask and take, that the first who takes has it, and that both sides move together or not at all."""

from dataclasses import replace

import pytest

from supporttui.domain.faults import BadInput, Forbidden, NotFound, Refused
from supporttui.domain.rota.pinned import PinnedFallback, PinnedPeriod, PinnedShift
from supporttui.domain.rota.schedule import OverrideKind
from supporttui.domain.rota.swaps import SwapPiece, SwapState
from supporttui.domain.spans import Instant, Span
from supporttui.usecases import rota
from tests.builders import NOW, Desk, person, refuses

pytestmark = pytest.mark.core

DAY = 86_400
HANDOFF = Instant(NOW + 16_800)
"""08:00 in Berlin: Ben's night ends, and Ana's day begins."""


def piece(day: int, *, level: int = 1) -> SwapPiece:
    """The whole turn of a day: Ana has 0, 2, 4 …, Ben 1, 3 …"""
    return SwapPiece(Span(Instant(HANDOFF + day * DAY), Instant(HANDOFF + (day + 1) * DAY)), level)


def asked(desk: Desk, *days: int, by: str = "ana", **options):
    return desk.do(rota.ask, "night", [piece(day) for day in days], by=by, **options)


def on_duty(desk: Desk, day: int, level: int = 1) -> tuple[str, ...]:
    lines = desk.ask(rota.who, Instant(HANDOFF + day * DAY + 60))
    return next(line.people for line in lines if line.level == level)


def listed(desk: Desk) -> list[tuple[str, SwapState, bool]]:
    return [(one.swap.id, one.swap.state, one.fits) for one in desk.ask(rota.swaps, desk.clock())]


# --- asking -------------------------------------------------------------------------------------------


def test_asking_changes_no_duty_and_is_seen_by_everybody(desk: Desk) -> None:
    swap = asked(desk, 0, reason=" concert ")
    assert (swap.asked_by, swap.reason, swap.created_at) == ("ana", "concert", NOW)
    assert on_duty(desk, 0) == ("ana",)
    assert listed(desk) == [(swap.id, SwapState.asked, True)]


@pytest.mark.parametrize(
    ("by", "days", "options", "code", "kind"),
    [
        ("ana", (1,), {}, "swap.not_on_duty", Refused),
        ("ana", (-2,), {}, "rota.past", Refused),
        ("ana", (0,), {"deadline": NOW}, "rota.past", Refused),
        ("ana", (0,), {"to": "ana"}, "swap.own", BadInput),
        ("ana", (0,), {"to": "nobody"}, "person.unknown", NotFound),
        ("ana", (), {}, "swap.empty", BadInput),
        ("ben", (0,), {"person": "ana"}, "rota.not_yours", Forbidden),
        ("aud", (0,), {}, "access.denied", Forbidden),
        ("eve", (0,), {}, "access.unknown_person", Forbidden),
    ],
)
def test_what_cannot_be_asked_is_refused(desk: Desk, by, days, options, code, kind) -> None:
    with refuses(code, kind):
        asked(desk, *days, by=by, **options)
    assert listed(desk) == []


def test_a_lead_asks_for_somebody_else(desk: Desk) -> None:
    assert asked(desk, 0, by="lea", person="ana").asked_by == "ana"


def test_the_rest_of_a_shift_that_runs_can_be_asked_for(desk: Desk) -> None:
    running = SwapPiece(Span(Instant(NOW - 3600), HANDOFF))
    swap = desk.do(rota.ask, "night", [running], by="ben")
    assert swap.pieces[0].span == Span(NOW, HANDOFF)


# --- taking -------------------------------------------------------------------------------------------


def test_who_takes_it_is_on_duty_just_for_the_pieces(desk: Desk) -> None:
    swap = asked(desk, 0)
    done = desk.do(rota.take, swap.id, by="mia")
    assert (done.swap.state, done.swap.taken_by, done.swap.taken_at) == (SwapState.taken, "mia", NOW)
    assert [on_duty(desk, day) for day in (-1, 0, 1, 2)] == [("ben",), ("mia",), ("ben",), ("ana",)]
    assert on_duty(desk, 0, level=2) == ("mia",)
    (moved,) = desk.ask(lambda tx: tx.definitions.overrides("night"))
    assert (moved.kind, moved.swap_id, moved.level, moved.created_by) == (OverrideKind.replace, swap.id, 1, "mia")


def test_the_effect_is_told_before_and_is_what_happens(desk: Desk) -> None:
    """Who is on instead of whom, whose hours change, and that Mia stands in two lines at once."""
    swap = asked(desk, 0)
    before = desk.ask(rota.whatif_taken, swap.id, "mia", NOW)
    assert [(c.before.people, c.after.people) for c in before.changes] == [(("ana",), ("mia",))]
    assert {(one.person, one.after - one.before) for one in before.hours} == {("ana", -DAY), ("mia", DAY)}
    assert [(one.people, one.level) for one in before.doubled] == [(("mia",), 2)]
    assert before.gaps == ()
    assert on_duty(desk, 0) == ("ana",)
    assert desk.do(rota.take, swap.id, by="mia").effect == before


def test_an_exchange_moves_both_sides(desk: Desk) -> None:
    swap = asked(desk, 0, give_back=[piece(3)], to="ben")
    desk.do(rota.take, swap.id, by="ben")
    assert [on_duty(desk, day) for day in (0, 1, 2, 3, 4)] == [("ben",), ("ben",), ("ana",), ("ana",), ("ana",)]
    assert len({one.swap_id for one in desk.ask(lambda tx: tx.definitions.overrides("night"))}) == 1


def test_the_first_who_takes_it_has_it_and_the_second_hears_who_that_is(desk: Desk) -> None:
    swap = asked(desk, 0)
    desk.do(rota.take, swap.id, by="mia")
    with pytest.raises(Refused) as caught:
        desk.do(rota.take, swap.id, by="zoe")
    assert (caught.value.code, caught.value.params["person"]) == ("swap.taken", "mia")
    assert on_duty(desk, 0) == ("mia",)


def test_of_two_requests_that_overlap_the_first_taken_wins(desk: Desk) -> None:
    one, other = asked(desk, 0), asked(desk, 0, 2)
    desk.do(rota.take, one.id, by="mia")
    assert listed(desk) == [(one.id, SwapState.taken, True), (other.id, SwapState.asked, False)]
    with pytest.raises(Refused) as caught:
        desk.do(rota.take, other.id, by="zoe")
    assert (caught.value.code, caught.value.params["person"]) == ("swap.moved", "ana")
    assert [on_duty(desk, day) for day in (0, 2)] == [("mia",), ("ana",)]


@pytest.mark.parametrize(
    ("by", "options", "code", "kind"),
    [
        ("ana", {}, "swap.own", Refused),
        ("ben", {"person": "mia"}, "rota.not_yours", Forbidden),
        ("aud", {}, "access.denied", Forbidden),
        ("lea", {"person": "nobody"}, "person.unknown", NotFound),
    ],
)
def test_who_may_not_take_it_is_refused(desk: Desk, by, options, code, kind) -> None:
    swap = asked(desk, 0)
    with refuses(code, kind):
        desk.do(rota.take, swap.id, by=by, **options)
    assert on_duty(desk, 0) == ("ana",)


def test_one_that_is_for_somebody_is_for_nobody_else(desk: Desk) -> None:
    swap = asked(desk, 0, to="ben")
    with refuses("swap.not_for_you", Forbidden):
        desk.do(rota.take, swap.id, by="mia")
    desk.do(rota.take, swap.id, by="lea", person="ben")
    assert on_duty(desk, 0) == ("ben",)


def test_what_is_given_back_must_still_be_theirs(desk: Desk) -> None:
    swap = asked(desk, 0, give_back=[piece(3)])
    with refuses("swap.moved", Refused):
        desk.do(rota.take, swap.id, by="mia")


def test_after_an_edit_of_the_rota_it_must_be_asked_again(desk: Desk) -> None:
    swap = asked(desk, 0)
    desk.do(rota.override, "night", start=piece(0).span.start, end=piece(0).span.end, person="ben", by="ben")
    assert listed(desk) == [(swap.id, SwapState.asked, False)]
    with refuses("swap.moved", Refused):
        desk.do(rota.take, swap.id, by="mia")


def test_somebody_who_may_not_be_on_call_cannot_take_it(desk: Desk) -> None:
    desk.do(lambda call, tx: tx.definitions.put("mia", person("Mia", may_be_on_call=False)))
    swap = asked(desk, 0)
    with refuses("swap.cannot", Refused):
        desk.do(rota.take, swap.id, by="mia")


def test_nobody_takes_the_place_of_somebody_beside_whom_they_stand(desk: Desk) -> None:
    """One would be there where two were."""
    span = piece(0).span
    desk.do(rota.override, "night", kind=OverrideKind.add, start=span.start, end=span.end, person="mia", by="mia")
    swap = asked(desk, 0)
    with refuses("swap.already", Refused):
        desk.do(rota.take, swap.id, by="mia")


def test_what_is_planned_by_hand_is_not_swapped(desk: Desk) -> None:
    """Such a plan lies over swaps: one would be taken and change nothing."""
    swap = asked(desk, 0)
    span = piece(0).span
    shifts = (PinnedShift(span.start, span.end, ("ana",)),)
    desk.do(rota.pin, "night", PinnedPeriod("p", span.start, span.end, shifts, PinnedFallback.gap), by="lea")
    with refuses("swap.pinned", Refused):
        desk.do(rota.take, swap.id, by="mia")
    with refuses("swap.pinned", Refused):
        asked(desk, 0)


def test_time_runs_out(desk: Desk, clock) -> None:
    late, gone = asked(desk, 2, deadline=NOW + 60), asked(desk, 0)
    clock.now = piece(0).span.end
    assert listed(desk) == [(late.id, SwapState.expired, True)]
    for swap in (late, gone):
        with refuses("swap.expired", Refused):
            desk.do(rota.take, swap.id, by="mia")


def test_of_a_shift_that_runs_what_is_left_is_taken(desk: Desk, clock) -> None:
    swap = asked(desk, 0)
    clock.now = Instant(HANDOFF + 3600)
    done = desk.do(rota.take, swap.id, by="mia")
    assert done.effect is not None
    assert done.effect.span == Span(clock.now, piece(0).span.end)


# --- taking back --------------------------------------------------------------------------------------


def test_who_asked_may_take_it_back_until_it_is_taken(desk: Desk) -> None:
    swap = asked(desk, 0)
    with refuses("rota.not_yours", Forbidden):
        desk.do(rota.withdraw, swap.id, by="ben")
    assert desk.do(rota.withdraw, swap.id).swap.state is SwapState.withdrawn
    assert listed(desk) == []
    for use, by in ((rota.withdraw, "ana"), (rota.take, "mia")):
        with refuses("swap.withdrawn", Refused):
            desk.do(use, swap.id, by=by)
    taken = asked(desk, 2)
    desk.do(rota.take, taken.id, by="mia")
    with refuses("swap.taken", Refused):
        desk.do(rota.withdraw, taken.id)


def test_a_lead_takes_back_both_sides_of_a_taken_one_from_now_on(desk: Desk, clock) -> None:
    swap = asked(desk, 0, give_back=[piece(3)], to="ben")
    desk.do(rota.take, swap.id, by="ben")
    clock.now = Instant(HANDOFF + 3600)
    done = desk.do(rota.withdraw, swap.id, by="lea")
    assert done.effect is not None
    assert [(c.before.people, c.after.people) for c in done.effect.changes] == [
        (("ben",), ("ana",)), (("ana",), ("ben",)),
    ]  # fmt: skip
    assert desk.ask(rota.who, Instant(HANDOFF + 60))[0].people == ("ben",)
    assert [on_duty(desk, day) for day in (1, 2, 3)] == [("ben",), ("ana",), ("ben",)]


def test_a_piece_of_a_swap_is_not_ended_alone(desk: Desk) -> None:
    swap = asked(desk, 0)
    desk.do(rota.take, swap.id, by="mia")
    with refuses("override.of_swap", Refused):
        desk.do(rota.end_override, "night", f"{swap.id}:1", by="lea")


# --- a lead's yes ---------------------------------------------------------------------------------------


def test_one_that_needs_a_lead_acts_when_somebody_takes_it_and_a_lead_agrees(desk: Desk) -> None:
    swap = asked(desk, 0, approval=True)
    waiting = desk.do(rota.take, swap.id, by="mia")
    assert (waiting.swap.state, waiting.effect) == (SwapState.asked, None)
    assert on_duty(desk, 0) == ("ana",)
    assert [one.awaits_approval for one in desk.ask(rota.swaps, NOW)] == [True]
    with refuses("swap.taken", Refused):
        desk.do(rota.take, swap.id, by="zoe")
    with refuses("access.denied", Forbidden):
        desk.do(rota.approve, swap.id, by="ben")
    done = desk.do(rota.approve, swap.id, by="lea")
    assert (done.swap.state, done.swap.taken_by, done.swap.approved_by) == (SwapState.taken, "mia", "lea")
    assert on_duty(desk, 0) == ("mia",)


def test_the_yes_may_come_first(desk: Desk) -> None:
    swap = asked(desk, 0, approval=True)
    assert desk.do(rota.approve, swap.id, by="lea").swap.state is SwapState.asked
    with refuses("swap.approved", Refused):
        desk.do(rota.approve, swap.id, by="lea")
    assert desk.do(rota.take, swap.id, by="mia").swap.state is SwapState.taken


def test_a_lead_s_own_doing_is_their_yes_but_not_to_their_own_request(desk: Desk) -> None:
    swap = asked(desk, 0, approval=True)
    assert desk.do(rota.take, swap.id, by="lea", person="mia").swap.approved_by == "lea"
    other = asked(desk, 2, approval=True)
    desk.do(rota.take, other.id, by="mia")
    with desk.store.write() as tx:
        tx.definitions.put("ana", person("Ana", role="lead"))
    with refuses("swap.own_approval", Forbidden):
        desk.do(rota.approve, other.id, by="ana")


# --- once, and on record --------------------------------------------------------------------------------


def test_a_repeated_request_changes_nothing(desk: Desk) -> None:
    swap = asked(desk, 0)
    call = desk.call("mia")
    with desk.store.write() as tx:
        rota.take(call, tx, swap.id)
    head = desk.store.head()
    with refuses("operation.known", Refused), desk.store.write() as tx:
        rota.take(call, tx, swap.id)
    assert desk.store.head() == head


def test_each_step_is_a_fact_of_the_journal(desk: Desk) -> None:
    head = desk.store.head()
    swap = asked(desk, 0)
    desk.do(rota.take, swap.id, by="mia")
    desk.do(rota.withdraw, swap.id, by="lea")
    assert desk.store.head() == head + 3
    assert desk.store.changes(head).definitions


def test_a_piece_of_one_line_leaves_the_other_line_alone(desk: Desk) -> None:
    """Ana is in both lines at once; only what she asks for goes away from her."""
    desk.do(rota.override, "night", start=NOW, end=NOW + 9 * DAY, person="ana", in_place_of="mia", level=2, by="lea")
    swap = asked(desk, 0)
    desk.do(rota.take, swap.id, by="ben")
    assert (on_duty(desk, 0), on_duty(desk, 0, level=2)) == (("ben",), ("ana",))


# --- second thoughts ----------------------------------------------------------------------------------


def test_who_took_a_duty_gives_it_back_at_once_and_it_is_asked_anew(desk: Desk) -> None:
    swap = asked(desk, 0)
    desk.do(rota.take, swap.id, by="mia")
    again = desk.do(rota.give_back, swap.id, by="mia")
    assert on_duty(desk, 0) == ("ana",)
    assert listed(desk) == [(again.id, SwapState.asked, True)]
    desk.do(rota.take, again.id, by="mia")
    assert on_duty(desk, 0) == ("mia",)


def test_a_duty_that_others_count_on_is_not_given_back_by_oneself(desk: Desk) -> None:
    swap = asked(desk, 0)
    with refuses("swap.not_taken", Refused):
        desk.do(rota.give_back, swap.id, by="ana")
    desk.do(rota.take, swap.id, by="mia")
    with refuses("rota.not_yours", Forbidden):
        desk.do(rota.give_back, swap.id, by="ben")
    desk.clock.forward(seconds=601)
    with refuses("swap.settled", Refused):
        desk.do(rota.give_back, swap.id, by="mia")
    desk.clock.forward(seconds=2 * DAY)
    with refuses("rota.past", Refused):
        desk.do(rota.give_back, swap.id, by="lea")
    assert on_duty(desk, 0) == ("mia",)


def test_a_request_to_everybody_tells_before_who_could_take_it(desk: Desk) -> None:
    wanted = asked(desk, 0)
    (clash,) = desk.ask(rota.whatif_open, wanted, NOW)
    assert clash.conflict.person == "ana"
    assert "ana" not in {one.person for one in clash.conflict.proposals}
    with refuses("swap.not_on_duty", Refused):
        desk.ask(rota.whatif_open, replace(wanted, asked_by="mia"), NOW)
