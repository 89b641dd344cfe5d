"""Many tickets at once: one transaction, one operation; a refused ticket stays as it was and stops no other."""

import pytest

from supporttui.domain.events import Origin, StateChanged
from supporttui.domain.faults import Conflict, NotFound, Refused, StoreUnavailable
from supporttui.domain.states import State
from supporttui.usecases import bulk, escalation, notices, tickets
from supporttui.usecases.ports import NoticeState
from tests.builders import Desk, opened

pytestmark = pytest.mark.core


@pytest.fixture
def three(desk: Desk) -> list[int]:
    """Three open tickets of one service."""
    return [desk.do(tickets.open_ticket, opened(title=f"Ticket {n}", priority=3), by="ben").id for n in range(3)]


def seen(desk: Desk, numbers: list[int]) -> list[tuple[int, int]]:
    return [(number, stored(desk, number).version) for number in numbers]


def stored(desk: Desk, number: int):
    return desk.ask(lambda tx: tx.tickets.get(number))


def head(desk: Desk) -> int:
    return desk.ask(lambda tx: tx.journal.head())


def pages(desk: Desk, number: int):
    return desk.ask(lambda tx: tx.outbox.of_ticket(number))


def test_all_tickets_are_done_under_one_operation(desk: Desk, three: list[int]) -> None:
    found = desk.do(bulk.perform, tickets.take, seen(desk, three))
    assert [number for number, _ in found.done] == three
    assert found.refused == ()
    assert {stored(desk, number).last_operation for number in three} == {found.operation}


def test_a_refused_ticket_is_named_with_its_fault_and_the_others_are_done(desk: Desk, three: list[int]) -> None:
    desk.do(tickets.resolve, three[1], None)
    found = desk.do(bulk.perform, tickets.resolve, seen(desk, three), code="fixed")
    assert [number for number, _ in found.done] == [three[0], three[2]]
    ((number, fault),) = found.refused
    assert (number, fault.code) == (three[1], "ticket.not_open")
    assert all(stored(desk, number).state is State.resolved for number in three)


def test_what_is_refused_after_it_wrote_leaves_nothing_behind(desk: Desk, three: list[int]) -> None:
    def writes_then_refuses(call, tx, ticket, version):
        done = tickets.take(call, tx, ticket, version)
        if ticket == three[1]:
            raise Refused("ticket.not_open", ticket=ticket, state="closed")
        return done

    found = desk.do(bulk.perform, writes_then_refuses, seen(desk, three))
    assert [number for number, _ in found.refused] == [three[1]]
    assert [stored(desk, number).owner for number in three] == ["ana", None, "ana"]
    facts = desk.ask(lambda tx: tx.journal.operation(found.operation))
    assert {fact.ticket for fact in facts} == {three[0], three[2]}


def test_a_ticket_that_does_not_exist_stops_no_other(desk: Desk, three: list[int]) -> None:
    found = desk.do(bulk.perform, tickets.acknowledge, [(three[0], None), (999, None)])
    assert [type(fault) for _, fault in found.refused] == [NotFound]
    assert stored(desk, three[0]).acknowledged_by == "ana"


def test_a_database_that_fails_does_nothing_to_any_ticket(desk: Desk, three: list[int]) -> None:
    def breaks(call, tx, ticket, version):
        if ticket == three[2]:
            raise StoreUnavailable("store.locked")
        return tickets.take(call, tx, ticket, version)

    before = head(desk)
    with pytest.raises(StoreUnavailable):
        desk.do(bulk.perform, breaks, seen(desk, three))
    assert head(desk) == before
    assert stored(desk, three[0]).owner is None


def test_somebody_else_s_change_is_a_conflict_that_names_them(desk: Desk, three: list[int]) -> None:
    before = seen(desk, three)
    desk.do(tickets.note, three[0], None, text="mine", by="ben")
    found = desk.do(bulk.perform, tickets.take, before)
    ((number, fault),) = found.refused
    assert number == three[0]
    assert isinstance(fault, Conflict)
    assert fault.changed_by == "ben"


def test_what_only_the_watch_wrote_is_no_conflict(desk: Desk) -> None:
    number = desk.do(tickets.open_ticket, opened(priority=1)).id
    before = seen(desk, [number])
    desk.clock.forward(minutes=1)
    desk.watch(escalation.advance, desk.lead(), number)
    assert stored(desk, number).version > before[0][1]
    assert desk.do(bulk.perform, tickets.take, before).refused == ()


def test_a_person_behind_the_watch_is_still_a_conflict(desk: Desk) -> None:
    """The last fact is the watch's, but a colleague wrote since the ticket was seen."""
    number = desk.do(tickets.open_ticket, opened(priority=1)).id
    before = seen(desk, [number])
    desk.do(tickets.note, number, None, text="hers", by="ben")
    desk.clock.forward(minutes=1)
    desk.watch(escalation.advance, desk.lead(), number)
    facts = desk.ask(lambda tx: tx.journal.of_ticket(number))
    assert facts[-1].origin is Origin.watch
    assert [type(fault) for _, fault in desk.do(bulk.perform, tickets.take, before).refused] == [Conflict]


def test_the_preview_says_what_would_happen_and_writes_nothing(desk: Desk, three: list[int]) -> None:
    desk.do(tickets.resolve, three[1], None)
    before, targets = head(desk), seen(desk, three)
    told = desk.do(bulk.preview, tickets.resolve, targets, code="fixed")
    assert (told.written, head(desk)) == (False, before)
    assert seen(desk, three) == targets
    done = desk.do(bulk.perform, tickets.resolve, targets, code="fixed")
    assert [number for number, _ in told.done] == [number for number, _ in done.done]
    assert [(number, fault.code) for number, fault in told.refused] == [
        (number, fault.code) for number, fault in done.refused
    ]


def test_all_or_the_outcome_beforehand(desk: Desk, three: list[int]) -> None:
    desk.do(tickets.resolve, three[1], None)
    before = head(desk)
    found = desk.do(bulk.perform_if_none_is_refused, tickets.resolve, seen(desk, three))
    assert (found.written, len(found.done), len(found.refused), head(desk)) == (False, 2, 1, before)
    found = desk.do(bulk.perform_if_none_is_refused, tickets.resolve, seen(desk, [three[0], three[2]]))
    assert (found.written, len(found.done)) == (True, 2)
    assert stored(desk, three[2]).state is State.resolved


# --- one undo -----------------------------------------------------------------------------------------


def test_one_undo_takes_all_of_them_back(desk: Desk, three: list[int]) -> None:
    done = desk.do(bulk.perform, tickets.resolve, seen(desk, three)).operation
    back = desk.do(tickets.undo, done)
    assert [ticket.id for ticket in back] == three
    assert {stored(desk, number).state for number in three} == {State.new}


def test_one_ticket_that_was_touched_keeps_all_of_them_and_is_named(desk: Desk, three: list[int]) -> None:
    done = desk.do(bulk.perform, tickets.resolve, seen(desk, three)).operation
    desk.do(tickets.note, three[1], None, text="seen", by="ben")
    with pytest.raises(Refused) as fault:
        desk.do(tickets.undo, done)
    assert (fault.value.code, fault.value.params["ticket"]) == ("undo.touched", three[1])
    assert {stored(desk, number).state for number in three} == {State.resolved}


def test_one_redo_does_all_of_them_again(desk: Desk, three: list[int]) -> None:
    done = desk.do(bulk.perform, tickets.resolve, seen(desk, three)).operation
    desk.do(tickets.undo, done)
    desk.do(tickets.redo, desk.last)
    assert {stored(desk, number).state for number in three} == {State.resolved}
    facts = desk.ask(lambda tx: tx.journal.of_ticket(three[0]))
    assert sum(isinstance(fact.event, StateChanged) for fact in facts) == 1


# --- one message --------------------------------------------------------------------------------------


def test_escalating_several_tickets_pages_each_person_once(desk: Desk, three: list[int]) -> None:
    found = desk.do(bulk.perform, escalation.escalate, seen(desk, three), delay=8)
    assert len(found.done) == 3
    queued = desk.ask(lambda tx: tx.outbox.of_operation(found.operation))
    leaving = [notice for notice in queued if notice.state is NoticeState.pending]
    assert len({notice.person for notice in leaving}) == len(leaving)
    assert all(notice.params["more"] == 2 for notice in leaving)
    assert "Ticket 2" in str(leaving[0].params["also"])
    joined = [notice for notice in queued if notice not in leaving]
    assert {(notice.state, notice.error) for notice in joined} == {(NoticeState.bundled, "notice.joined")}


def test_acknowledging_the_named_ticket_in_time_still_pages_for_the_others(desk: Desk, three: list[int]) -> None:
    operation = desk.do(bulk.perform, escalation.escalate, seen(desk, three), delay=8).operation
    desk.do(tickets.acknowledge, three[0], None, by="mia")
    token = desk.lead()
    desk.clock.forward(seconds=9)
    assert desk.watch(notices.claim, token) == ()
    (left,) = desk.watch(notices.claim, token)
    assert (left.ticket, left.operation, left.params["more"]) == (three[1], operation, 1)


def test_withdrawing_takes_back_the_pages_of_all_tickets(desk: Desk, three: list[int]) -> None:
    operation = desk.do(bulk.perform, escalation.escalate, seen(desk, three), delay=8).operation
    assert desk.do(escalation.withdraw, operation) == 1
    assert desk.watch(notices.claim, desk.lead()) == ()
    with pytest.raises(Refused, match=r"escalation\.withdrawn"):
        desk.do(escalation.withdraw, operation)


def test_who_gets_several_tickets_is_told_of_each(desk: Desk, three: list[int]) -> None:
    desk.do(bulk.perform, tickets.assign, seen(desk, three), owner="ben")
    told = [notice for number in three for notice in pages(desk, number)]
    assert [(notice.ticket, notice.state) for notice in told] == [
        (three[0], NoticeState.pending), (three[1], NoticeState.bundled), (three[2], NoticeState.bundled),
    ]  # fmt: skip
    assert told[0].params["also"] == "T-2 Ticket 1\nT-3 Ticket 2"


def test_what_the_same_desk_wrote_a_moment_ago_is_no_conflict_and_what_somebody_else_wrote_is(
    desk: Desk, three: list[int]
) -> None:
    before = seen(desk, three[:2])
    desk.do(tickets.acknowledge, three[0], None)
    own = (desk.last,)
    desk.do(tickets.acknowledge, three[1], None, by="ben")
    found = desk.do(bulk.perform, tickets.note, before, own=own, text="Both")
    assert [ticket for ticket, _ in found.done] == [three[0]]
    assert [(ticket, type(fault)) for ticket, fault in found.refused] == [(three[1], Conflict)]
