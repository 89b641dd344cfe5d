"""What happens to a handover by itself: it is begun, follows the rota, calls the lead, lapses; nothing is dropped."""

from dataclasses import replace

import pytest

from supporttui.domain.faults import Refused
from supporttui.domain.handover.handover import HandoverState
from supporttui.domain.ids import TicketId
from supporttui.domain.notices import HandoverCode
from supporttui.domain.site import HANDOVER_MINUTES
from supporttui.domain.spans import Instant
from supporttui.usecases import rota
from supporttui.usecases.definitions.checks import site as site_faults
from supporttui.usecases.handover import reading, sweeping, taking, writing
from supporttui.usecases.handover.news import news
from supporttui.usecases.handover.reading import Side
from tests.builders import Desk, refuses
from tests.usecases.handing import HANDOFF, ID, SOON, burning, given, keys, seen, told

__all__ = ["burning"]

pytestmark = pytest.mark.core


def test_half_an_hour_before_the_end_the_watch_begins_it(desk: Desk, burning: TicketId) -> None:
    token = desk.lead(seconds=10**6)
    desk.clock.now = Instant(HANDOFF - 1801)
    assert not desk.ask(sweeping.is_due, desk.clock())
    desk.clock.forward(seconds=1)
    assert desk.ask(sweeping.is_due, desk.clock())
    assert desk.watch(sweeping.sweep, token) == 1
    assert desk.watch(sweeping.sweep, token) == 0
    found = desk.ask(lambda tx: tx.handovers.open())
    assert [(one.value.id, one.value.state) for one in found] == [(ID, HandoverState.draft)]
    assert desk.ask(lambda tx: tx.handovers.next_due()) == HANDOFF + 900


def test_a_shift_with_nothing_to_answer_for_is_not_asked_for_a_handover(desk: Desk) -> None:
    """There is something to know, as no watch runs, but that calls nobody."""
    token = desk.lead(seconds=10**6)
    desk.clock.now = SOON
    view = seen(desk)
    assert [item.is_work for item in view.handover.items] == [False]
    assert not desk.ask(sweeping.is_due, desk.clock())
    desk.do(writing.write, note="quiet", by="ben")
    desk.clock.now = Instant(HANDOFF + 900)
    assert desk.watch(sweeping.sweep, token) == 1
    assert told(desk) == set()


def test_after_a_quarter_of_an_hour_the_shift_lead_hears_that_nobody_accepted(desk: Desk, burning: TicketId) -> None:
    token = desk.lead(seconds=10**6)
    given(desk, burning)
    desk.clock.now = Instant(HANDOFF + 899)
    desk.watch(sweeping.sweep, token)
    assert told(desk) == set()
    desk.clock.forward(seconds=1)
    desk.watch(sweeping.sweep, token)
    assert told(desk) == {("lea", HandoverCode.late)}
    (notice,) = desk.ask(lambda tx: tx.outbox.of_operation(desk.last))
    assert notice.priority == 1
    desk.clock.forward(minutes=30)
    desk.watch(sweeping.sweep, token)
    assert told(desk) == set()
    assert seen(desk, "ana").handover.responsible == ("ben",)
    desk.do(taking.accept, everything=True, by="ana")


def test_the_site_says_how_long_is_waited(desk: Desk, burning: TicketId) -> None:
    with desk.store.write() as tx:
        tx.definitions.put_site({HANDOVER_MINUTES: "5"})
    given(desk, burning)
    assert desk.ask(lambda tx: tx.handovers.next_due()) == HANDOFF + 300
    with desk.store.write() as tx:
        tx.definitions.put_site({HANDOVER_MINUTES: "0"})
    assert [fault.code for fault in site_faults({HANDOVER_MINUTES: "soon"})] == ["plain.type"]
    desk.do(taking.read, items=[f"ticket:{burning}"], by="ana")
    assert desk.ask(lambda tx: tx.handovers.next_due()) == HANDOFF + 86_400


def test_who_comes_in_the_place_of_somebody_is_told_and_takes_it(desk: Desk, burning: TicketId) -> None:
    token = desk.lead(seconds=10**6)
    desk.clock.now = SOON
    given(desk, burning)
    assert not desk.ask(sweeping.is_due, desk.clock())
    desk.do(
        rota.override, "night", start=HANDOFF, end=Instant(HANDOFF + 86_400), person="mia", in_place_of="ana", by="lea"
    )
    assert desk.ask(sweeping.is_due, desk.clock())
    assert desk.watch(sweeping.sweep, token) == 1
    assert told(desk) == {("mia", HandoverCode.signed)}
    assert desk.ask(news, desk.clock(), "mia") is not None
    assert desk.ask(news, desk.clock(), "ana") is None
    assert desk.watch(sweeping.sweep, token) == 0
    desk.do(taking.accept, everything=True, by="mia")


def test_who_is_on_the_shift_in_the_place_of_somebody_gives_it(desk: Desk, burning: TicketId) -> None:
    token = desk.lead(seconds=10**6)
    desk.do(writing.write, note="quiet", by="ben")
    desk.clock.forward(minutes=1)
    desk.do(rota.override, "night", start=desk.clock(), end=HANDOFF, person="zoe", in_place_of="ben", by="lea")
    assert seen(desk, "zoe").side is Side.giving  # before the watch has looked at it
    desk.do(writing.write, ID, risks="storm", by="zoe")
    desk.watch(sweeping.sweep, token)
    view = seen(desk, "zoe")
    assert (view.side, view.handover.joint.giving, view.handover.note) == (Side.giving, ("zoe",), "quiet")
    desk.do(writing.next_step, ticket=burning, text="call", by="zoe")
    desk.do(writing.sign, by="zoe")
    assert desk.ask(sweeping.is_due, desk.clock()) is False


def test_one_that_nobody_signed_is_taken_as_it_is_after_the_end(desk: Desk, burning: TicketId) -> None:
    desk.do(writing.write, note="quiet", by="ben")
    with refuses("handover.not_signed", Refused):
        desk.do(taking.accept, ID, by="ana")
    desk.clock.now = Instant(HANDOFF + 60)
    done = desk.do(taking.accept, by="ana").value
    assert (done.accepted_by, done.signed_by, done.note) == ("ana", None, "quiet")
    assert [item.ticket for item in done.items if item.ticket] == [burning]


def test_what_nobody_took_lapses_and_its_promises_go_along(desk: Desk, burning: TicketId) -> None:
    token = desk.lead(seconds=10**7)
    desk.do(writing.promise, text="call Shop Ltd", until=HANDOFF, by="ben")
    given(desk, burning)
    desk.clock.now = Instant(HANDOFF + 86_400 - 1800)
    desk.watch(sweeping.sweep, token)
    old, new = (desk.ask(lambda tx, key=key: tx.handovers.get(key)).value for key in (ID, "night-1-20260303T070000Z"))
    assert (old.state, new.state) == (HandoverState.lapsed, HandoverState.draft)
    assert [one.text for one in new.promises] == ["call Shop Ltd"]
    assert f"promise:{new.promises[0].id}" in keys(seen(desk, handover=new.id))
    with refuses("handover.lapsed", Refused):
        desk.do(taking.accept, ID, everything=True, by="ana")


def test_of_one_that_nobody_signed_or_took_it_is_kept_what_it_would_have_given(desk: Desk, burning: TicketId) -> None:
    token = desk.lead(seconds=10**7)
    desk.do(writing.next_step, ticket=burning, text="call", by="ben")
    desk.clock.now = Instant(HANDOFF + 86_400)
    desk.watch(sweeping.sweep, token)
    (old,) = [one for one in desk.ask(reading.listed, desk.clock(), text="call") if one.handover.id == ID]
    assert old.handover.state is HandoverState.lapsed
    assert [item.ticket for item in old.handover.items if item.ticket] == [burning]


def test_one_of_a_rota_that_is_no_more_is_still_shown_and_lapses(desk: Desk, burning: TicketId) -> None:
    gone = replace(seen(desk).handover, id="gone-1", items=(), joint=replace(seen(desk).handover.joint, rota="gone"))
    with desk.store.write() as tx:
        tx.handovers.put(gone, due=HANDOFF, over=None)
    assert keys(seen(desk, handover="gone-1")) == [f"ticket:{burning}"]
    desk.clock.now = Instant(HANDOFF + 90_000)
    desk.watch(sweeping.sweep, desk.lead(seconds=10**6))
    assert not any(one.value.id == "gone-1" for one in desk.ask(lambda tx: tx.handovers.open()))


def test_who_went_home_unsigned_can_still_sign(desk: Desk, burning: TicketId) -> None:
    desk.clock.now = Instant(HANDOFF + 3600)
    assert seen(desk, "ben").handover.id == ID
    given(desk, burning)
    assert seen(desk, "ana").handover.signed_by == "ben"
