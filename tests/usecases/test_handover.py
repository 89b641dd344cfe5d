"""A shift gives to the next: filled from what is so, signed by one, read and accepted by the other, never dropped."""

from dataclasses import replace

import pytest

from supporttui.domain.events import HandedOver, NextStepNoted
from supporttui.domain.faults import Conflict, Forbidden, NotFound, Refused
from supporttui.domain.handover.handover import HandoverState, ReasonKind
from supporttui.domain.ids import OperationId, TicketId
from supporttui.domain.notices import HandoverCode
from supporttui.domain.spans import Instant
from supporttui.i18n import handover_labels
from supporttui.i18n.catalogue import load
from supporttui.i18n.notices import subject_and_body
from supporttui.usecases import bonds, replay, tickets
from supporttui.usecases.handover import gathering, reading, sweeping, taking, unsigning, writing
from supporttui.usecases.handover.gathering import draft_item
from supporttui.usecases.handover.news import news
from supporttui.usecases.handover.reading import Side
from supporttui.usecases.passed import NoticeState, Trouble
from supporttui.usecases.queue import detail
from supporttui.usecases.views import Waiting
from tests.builders import NOW, Desk, opened, refuses
from tests.quick import memory_store
from tests.usecases.handing import HANDOFF, ID, SOON, burning, given, keys, seen, told

__all__ = ["burning"]

pytestmark = pytest.mark.core


# --- before it is signed ------------------------------------------------------------------------------


def test_it_is_filled_from_what_is_so_before_anybody_wrote_a_word(desk: Desk, burning: TicketId) -> None:
    view = seen(desk)
    assert (view.handover.id, view.version, view.side) == (ID, 0, Side.giving)
    joint = view.handover.joint
    assert (joint.giving, joint.taking, joint.span.end) == (("ben",), ("ana",), HANDOFF)
    assert keys(view) == [f"ticket:{burning}"]
    assert view.handover.lacking(view.handover.items) == (burning,)
    quiet = desk.do(tickets.create, title="A question", service="mail", by="ana").id
    assert keys(seen(desk)) == [f"ticket:{burning}", f"ticket:{quiet}"]  # it falls due in the next shift


def test_what_is_wrong_with_sending_and_watching_is_told_to_the_next_shift(desk: Desk) -> None:
    assert [item.key for item in seen(desk).handover.items] == ["fault:no_watch"]
    token = desk.lead(seconds=10**6)
    trouble = Trouble("audit.message_stuck", desk.clock(), key="k")
    with desk.store.write() as tx:
        tx.lease.audited(token, [trouble, trouble])
    (item,) = seen(desk).handover.items
    assert (item.key, item.reasons[0].count, item.is_work) == ("fault:trouble", 2, False)
    desk.clock.forward(minutes=1)
    assert [item.key for item in seen(desk).handover.items] == ["fault:trouble", "fault:watch_silent"]


def test_who_has_nothing_to_give_or_take_is_told_so(desk: Desk) -> None:
    with refuses("handover.none", NotFound):
        seen(desk, "zoe")
    with refuses("handover.no_shift", Refused):
        desk.do(writing.prepare, by="zoe")
    with refuses("handover.unknown", NotFound):
        seen(desk, handover="night-1-20250101T000000Z")


def test_a_next_step_stands_in_the_handover_and_in_the_history_of_its_ticket(desk: Desk, burning: TicketId) -> None:
    desk.do(writing.next_step, ticket=burning, text=" call the bridge ", by="ben")
    view = seen(desk)
    assert view.handover.step_of(burning).text == "call the bridge"
    last = desk.ask(detail, burning, desk.clock()).facts[0]
    assert (last.event, last.actor) == (NextStepNoted("call the bridge", ID), "ben")
    other = desk.do(tickets.create, title="Old", service="vpn", priority=3, by="zoe").id
    desk.do(tickets.resolve, other, None, by="zoe")
    with refuses("handover.no_item", NotFound):
        desk.do(writing.next_step, ticket=other, text="x", by="ben")


def test_only_who_is_on_the_shift_or_a_lead_writes_for_it(desk: Desk, burning: TicketId) -> None:
    with refuses("handover.not_yours", Forbidden):
        desk.do(writing.next_step, ID, ticket=burning, text="x", by="mia")
    with refuses("access.denied", Forbidden):
        desk.do(writing.write, ID, note="x", by="aud")
    desk.do(writing.write, ID, note="quiet night", risks="storm", by="lea")
    assert (seen(desk).handover.note, seen(desk).handover.risks) == ("quiet night", "storm")


def test_promises_are_listed_and_done_with(desk: Desk) -> None:
    found = desk.do(writing.promise, text="call Shop Ltd", until=HANDOFF, by="ben").value.promises[0]
    assert (found.text, found.by, found.at) == ("call Shop Ltd", "ben", HANDOFF)
    assert keys(seen(desk)) == [f"promise:{found.id}"]
    desk.do(writing.fulfil, promise=found.id, by="ben")
    assert keys(seen(desk)) == []


def test_what_stays_with_the_giver_is_not_given(desk: Desk, burning: TicketId) -> None:
    small = desk.do(tickets.create, title="Printer", service="mail", by="ben").id
    desk.do(tickets.take, small, None, by="ben")
    desk.do(writing.keep, item=f"ticket:{small}", by="ben")
    given(desk, burning)
    assert f"ticket:{small}" not in keys(seen(desk))
    with refuses("handover.signed", Conflict):
        desk.do(writing.keep, item=f"ticket:{small}", on=False, by="ben")


# --- signing and accepting ------------------------------------------------------------------------------


def test_without_a_next_step_for_each_top_priority_nothing_is_signed(desk: Desk, burning: TicketId) -> None:
    with refuses("handover.no_next_step", Refused):
        desk.do(writing.sign, by="ben")
    given(desk, burning)
    view = seen(desk, "ana")
    assert (view.handover.state, view.side, view.handover.responsible) == (
        HandoverState.signed, Side.taking, ("ben",),
    )  # fmt: skip


def test_who_takes_it_gets_the_whole_of_it_in_their_own_words_and_zone(desk: Desk, burning: TicketId) -> None:
    given(desk, burning)
    (notice,) = desk.ask(lambda tx: tx.outbox.of_operation(desk.last))
    assert (notice.person, notice.code) == ("ana", HandoverCode.signed)
    subject, body = subject_and_body(load("en", "Asia/Tokyo", {}), notice)
    assert subject == "Ben hands over to you: Night, 2026-03-02 16:00"
    assert "Handover Night: Ben -> Ana, 2026-03-02 16:00 JST" in body
    assert f"T-{burning} P1 Mail is down" in body
    assert "next: call the bridge" in body
    assert body.endswith(f"supporttui handover accept {ID}")


def test_it_is_accepted_once_every_item_was_read_and_then_its_tickets_change_hands(
    desk: Desk, burning: TicketId
) -> None:
    desk.clock.now = SOON
    given(desk, burning)
    with refuses("handover.unread", Refused):
        desk.do(taking.accept, by="ana")
    with refuses("handover.not_for_you", Forbidden):
        desk.do(taking.accept, ID, everything=True, by="mia")
    items = seen(desk, "ana").handover.items
    desk.do(taking.read, items=[item.key for item in items], by="ana")
    done = desk.do(taking.accept, by="ana")
    assert (done.value.state, done.value.responsible) == (HandoverState.accepted, ("ana",))
    assert told(desk) == {("ben", HandoverCode.accepted)}
    found = desk.ask(detail, burning, desk.clock())
    assert found.ticket.owner == "ana"
    assert found.ticket.worked_at < desk.clock()  # no work was done on it
    assert HandedOver("ben", "ana", ID) in [fact.event for fact in found.facts]


def test_long_before_the_end_of_the_shift_nobody_accepts(desk: Desk, burning: TicketId) -> None:
    given(desk, burning)
    with refuses("handover.early", Refused):
        desk.do(taking.accept, everything=True, by="ana")


def test_what_comes_after_it_was_signed_is_listed_read_and_taken_too(desk: Desk, burning: TicketId) -> None:
    given(desk, burning)
    desk.clock.now = SOON
    new = desk.do(tickets.create, title="Shop is down", service="mail", priority=1, by="mia").id
    view = seen(desk, "ana")
    assert view.handover.added == (f"ticket:{new}",)
    assert [item.ticket for item in view.handover.items[:2]] == [burning, new]
    desk.do(taking.read, items=[f"ticket:{burning}"], by="ana")
    with refuses("handover.unread", Refused):
        desk.do(taking.accept, by="ana")
    desk.do(writing.next_step, ID, ticket=new, text="restart it", by="ben")
    with refuses("handover.signed", Conflict):
        desk.do(writing.next_step, ID, ticket=burning, text="something else", by="ben")
    done = desk.do(taking.accept, everything=True, by="ana").value
    assert done.step_of(new).text == "restart it"
    assert HandedOver("ben", "ana", ID) in [fact.event for fact in desk.ask(detail, new, desk.clock()).facts]


def test_reminders_of_the_giver_go_along(desk: Desk, burning: TicketId) -> None:
    at = Instant(HANDOFF + 3600)
    desk.do(bonds.snooze, burning, None, until=at, text="look again", by="ben")
    desk.clock.now = SOON
    given(desk, burning)
    desk.do(taking.accept, everything=True, by="ana")
    found = desk.ask(detail, burning, desk.clock())
    assert [(one.person, one.until, one.text) for one in found.ticket.reminders] == [("ana", at, "look again")]
    assert ("ana", "reminder") in told(desk)


def test_two_who_sign_or_accept_at_once_hear_of_each_other(desk: Desk, burning: TicketId) -> None:
    before = seen(desk).version
    desk.clock.now = SOON
    given(desk, burning)
    with refuses("handover.signed", Conflict):
        desk.do(writing.sign, ID, by="lea")
    version = seen(desk, "ana").version
    assert version > before
    desk.do(taking.ask, item=f"ticket:{burning}", text="who?", by="ana")
    with refuses("handover.changed", Conflict):
        desk.do(taking.accept, everything=True, version=version, by="ana")
    desk.do(taking.accept, everything=True, by="ana")
    with refuses("handover.accepted", Conflict):
        desk.do(taking.accept, ID, everything=True, by="lea")


def test_what_was_seen_before_somebody_else_wrote_is_not_signed(desk: Desk, burning: TicketId) -> None:
    desk.do(writing.next_step, ticket=burning, text="call", by="ben")
    version = seen(desk).version
    desk.do(writing.write, ID, risks="storm", by="lea")
    with refuses("handover.changed", Conflict):
        desk.do(writing.sign, version=version, by="ben")


def test_questions_and_answers_reach_the_other_side(desk: Desk, burning: TicketId) -> None:
    given(desk, burning)
    desk.do(taking.ask, item=f"ticket:{burning}", text="which bridge?", by="ana")
    assert told(desk) == {("ben", HandoverCode.remark)}
    desk.do(taking.ask, ID, item=f"ticket:{burning}", text="the vendor's", by="ben")
    assert told(desk) == {("ana", HandoverCode.remark)}
    assert [one.text for one in seen(desk, "ana").handover.remarks] == ["which bridge?", "the vendor's"]


def test_who_signed_for_others_answers_to_everybody_who_asked(desk: Desk, burning: TicketId) -> None:
    desk.do(writing.next_step, ticket=burning, text="call the bridge", by="ben")
    desk.do(writing.sign, ID, by="lea")
    desk.do(taking.ask, ID, item=f"ticket:{burning}", text="which bridge?", by="zoe")
    assert told(desk) == {("lea", HandoverCode.remark)}
    desk.do(taking.ask, ID, item=f"ticket:{burning}", text="the vendor's", by="lea")
    assert told(desk) == {("ana", HandoverCode.remark), ("zoe", HandoverCode.remark)}


def test_a_question_and_its_answer_stand_on_the_first_line_of_who_is_to_react(desk: Desk, burning: TicketId) -> None:
    def asked(me: str) -> tuple[bool, str, int] | None:
        found = desk.ask(news, desk.clock(), me)
        return None if found is None else (found.giving, found.person, found.asked)

    given(desk, burning)
    item = f"ticket:{burning}"
    assert (asked("ben"), asked("ana")) == (None, (False, "ben", 0))
    desk.do(taking.read, items=[item], by="ana")
    desk.do(taking.ask, item=item, text="which bridge?", by="ana")
    assert item not in seen(desk).handover.understood
    assert (asked("ben"), asked("ana")) == ((True, "ana", 1), (False, "ben", 0))
    desk.do(taking.ask, ID, item=item, text="the vendor's", by="ben")
    assert (asked("ben"), asked("ana")) == (None, (False, "ben", 1))
    desk.do(taking.read, items=[item], by="ana")
    assert asked("ana") == (False, "ben", 0)


def test_what_changed_since_it_was_signed_is_marked(desk: Desk, burning: TicketId) -> None:
    given(desk, burning)
    assert seen(desk, "ana").sheet.changed == ()
    desk.clock.forward(minutes=5)
    desk.do(tickets.note, burning, None, text="still down", by="mia")
    assert seen(desk, "ana").sheet.changed == (f"ticket:{burning}",)


def test_drafts_of_the_givers_desk_are_signed_along(desk: Desk, burning: TicketId) -> None:
    draft = draft_item("reply", burning, desk.clock())
    desk.do(writing.next_step, ticket=burning, text="call", by="ben")
    assert [one.kind for one in seen(desk, drafts=[draft]).handover.items if one.key == draft.key] == [ReasonKind.draft]
    desk.do(writing.sign, drafts=[draft], by="ben")
    assert draft.key in keys(seen(desk, "ana"))


def test_a_drill_is_nobodys_to_answer_for(desk: Desk, burning: TicketId) -> None:
    desk.do(tickets.open_ticket, opened(title="Drill", priority=1, drill=True), by="ben")
    assert keys(seen(desk)) == [f"ticket:{burning}"]


def test_what_is_beyond_the_limit_is_told_with_the_filter_that_shows_it(desk: Desk, burning: TicketId, monkeypatch):
    monkeypatch.setattr(gathering, "MOST", 2)
    for _ in range(3):
        desk.do(tickets.create, title="A question", service="mail", by="ana")
    *_, last = (item for item in seen(desk).handover.items if item.is_work)
    (why,) = last.reasons
    assert (why.kind, why.count) == (ReasonKind.more, 2)
    words = load("en", "UTC", {})
    told = handover_labels.reasons(words, seen(desk).sheet, last)
    assert told == f"2 more tickets, not looked at: {why.detail}"
    assert why.detail == "is:open service:mail,vpn"


# --- a signature taken back -------------------------------------------------------------------------------


def test_a_signature_is_taken_back_by_who_gave_it_and_the_letter_does_not_leave(desk: Desk, burning: TicketId) -> None:
    given(desk, burning)
    signed = desk.last
    with refuses("handover.not_signer", Refused):
        desk.do(unsigning.unsign, ID, by="lea")
    again = desk.do(unsigning.unsign, by="ben").value
    assert (again.state, again.items, again.responsible) == (HandoverState.draft, (), ("ben",))
    assert [(one.by, one.at) for one in again.taken_back] == [("ben", desk.clock())]
    assert told(desk) == set()
    assert {one.state for one in desk.ask(lambda tx: tx.outbox.of_operation(signed))} == {NoticeState.withdrawn}
    assert (OperationId(desk.last), 0) in desk.ask(lambda tx: tx.journal.known_parts([OperationId(desk.last)]))
    assert desk.ask(news, desk.clock(), "ana") is None
    desk.do(writing.write, note="one more thing", by="ben")
    desk.do(writing.sign, by="ben")
    assert seen(desk, "ana").handover.step_of(burning) is not None
    assert told(desk) == {("ana", HandoverCode.signed)}


def test_who_got_the_letter_is_told_that_it_is_taken_back(desk: Desk, burning: TicketId) -> None:
    given(desk, burning)
    token = desk.lead(seconds=10**6)
    with desk.store.write() as tx:
        for one in tx.outbox.claim(desk.clock(), token, limit=9, seconds=60):
            tx.outbox.mark(one, NoticeState.sent, token=token)
    desk.do(tickets.undo, OperationId(seen(desk).handover.signed_operation), by="ben")
    assert seen(desk).handover.state is HandoverState.draft
    assert told(desk) == {("ana", HandoverCode.unsigned)}


def test_once_an_item_is_accepted_the_signature_stays(desk: Desk, burning: TicketId) -> None:
    given(desk, burning)
    signed = OperationId(desk.last)
    desk.do(taking.read, items=[f"ticket:{burning}"], by="ana")
    with refuses("handover.begun", Refused):
        desk.do(tickets.undo, signed, by="ben")
    desk.do(taking.read, items=[f"ticket:{burning}"], on=False, by="ana")
    desk.clock.now = SOON
    desk.do(taking.accept, everything=True, by="ana")
    with refuses("handover.accepted", Conflict):
        desk.do(unsigning.unsign, ID, by="ben")
    with refuses("operation.unknown", NotFound):
        desk.do(tickets.undo, signed, by="ben")


# --- news, and the past -----------------------------------------------------------------------------------


def test_the_first_line_offers_it_to_one_and_tells_the_other(desk: Desk, burning: TicketId) -> None:
    def ask(me: str) -> Waiting | None:
        return desk.ask(news, desk.clock(), me)

    assert ask("ben") is None
    desk.clock.now = Instant(HANDOFF - 1800)
    desk.watch(sweeping.sweep, desk.lead(seconds=10**6))
    assert ask("ben") == Waiting(giving=True, person="ana", at=HANDOFF)
    assert ask("ana") is None
    given(desk, burning)
    assert ask("ben") is None
    view = seen(desk, "ana")
    items = len(view.handover.items)
    assert ask("ana") == Waiting(giving=False, person="ben", at=HANDOFF, items=items, unread=items)
    assert ask("zoe") is None
    desk.do(taking.accept, everything=True, by="ana")
    assert ask("ana") is None


def test_at_an_earlier_instant_it_stands_as_it_stood_then(desk: Desk, burning: TicketId) -> None:
    desk.clock.now = SOON
    given(desk, burning)
    signed = desk.clock()
    desk.clock.forward(minutes=5)
    desk.do(taking.accept, everything=True, by="ana")
    past = memory_store(desk.clock)
    with desk.store.read() as here, past.write() as there:
        replay.rebuild(here, there, signed)
        then = there.handovers.get(ID)
        assert then is not None
        assert (then.value.state, then.value.accepted_by) == (HandoverState.signed, None)
        assert [one.value.id for one in there.handovers.open()] == [ID]
    past.close()


def test_the_past_is_found_by_its_words(desk: Desk, burning: TicketId) -> None:
    desk.do(writing.write, note="Der Drucker brennt", by="ben")
    given(desk, burning)
    for wanted in ("drucker", f"t-{burning}", "BRIDGE call", "ben", "mail down", ""):
        assert [one.handover.id for one in desk.ask(reading.listed, desk.clock(), text=wanted)] == [ID], wanted
    assert desk.ask(reading.listed, desk.clock(), text="router") == ()
    assert desk.ask(reading.listed, desk.clock(), rota="day") == ()
    assert replace(seen(desk).sheet, now=NOW).rota == "Night"
