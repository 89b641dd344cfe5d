"""What the watch was to do and has not done is found, kept, and seen."""

from dataclasses import replace

import pytest

from supporttui.usecases import auditing, escalation, notices, queue, tickets
from supporttui.usecases.ports import NoticeState
from tests.builders import Desk, opened, refuses

pytestmark = pytest.mark.core


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.lead(seconds=10**6)
    return desk


def urgent(desk: Desk) -> int:
    return desk.do(tickets.open_ticket, opened(priority=1)).id


def found(desk: Desk) -> list[tuple[str, int | None]]:
    return [(one.code, one.ticket) for one in desk.ask(auditing.troubles, desk.clock())]


def audit(desk: Desk, **more) -> list[str]:
    return [one.code for one in desk.watch(auditing.audit, desk.token, **more)]


def test_while_all_is_done_in_time_nothing_is_found(desk: Desk) -> None:
    urgent(desk)
    desk.clock.forward(seconds=auditing.OVERDUE)
    assert found(desk) == []
    assert audit(desk) == []


def test_a_step_that_is_overdue_is_found(desk: Desk) -> None:
    ticket = urgent(desk)
    desk.clock.forward(seconds=auditing.OVERDUE + 1)
    assert found(desk) == [("audit.step_overdue", ticket)]


def test_an_escalation_that_runs_without_a_next_step_is_found(desk: Desk) -> None:
    ticket = urgent(desk)
    with desk.store.write() as tx:
        tx.escalations.save(replace(tx.escalations.get(ticket), due=None))
    assert found(desk) == [("audit.no_next_step", ticket)]


def test_a_message_that_does_not_move_is_found_unless_it_waits_for_its_time(desk: Desk) -> None:
    ticket = urgent(desk)
    desk.watch(escalation.sweep, desk.token)
    desk.clock.forward(seconds=auditing.OVERDUE + 1)
    assert ("audit.message_stuck", ticket) in found(desk)
    (page,) = desk.watch(notices.claim, desk.token)
    assert ("audit.message_stuck", ticket) not in found(desk)
    desk.clock.forward(seconds=60 + auditing.OVERDUE + 1)
    assert ("audit.message_stuck", ticket) in found(desk)
    desk.watch(notices.settle, page, token=desk.token)
    assert ("audit.message_stuck", ticket) not in found(desk)


def fail(desk: Desk) -> None:
    """Nothing that is due can be handed over."""
    while claimed := desk.watch(notices.claim, desk.token, limit=1):
        desk.watch(notices.settle, claimed[0], token=desk.token, error="channel.down")


def test_a_page_that_fails_again_and_again_is_found_until_somebody_gets_it(desk: Desk) -> None:
    ticket = urgent(desk)
    desk.watch(escalation.sweep, desk.token)
    seen = []
    for _ in range(auditing.FAILURES):
        fail(desk)
        seen.append(("audit.page_failing", ticket) in found(desk))
        desk.clock.now = desk.ask(lambda tx: tx.outbox.next_due()) or desk.clock()
    assert seen == [False] * (auditing.FAILURES - 1) + [True]
    (page,) = desk.ask(lambda tx: tx.outbox.of_ticket(ticket))
    with desk.store.write() as tx:
        tx.outbox.add([replace(page, key="by mail", channel="mail", state=NoticeState.sent)])
    assert ("audit.page_failing", ticket) not in found(desk)


def test_an_escalation_that_is_used_up_and_whose_calls_were_all_given_up_is_found(desk: Desk) -> None:
    ticket = urgent(desk)
    for _ in range(40):
        desk.watch(escalation.sweep, desk.token)
        fail(desk)
        desk.clock.forward(minutes=30)
    assert desk.ask(lambda tx: tx.outbox.counts()).keys() & {NoticeState.dead, NoticeState.failed} == {NoticeState.dead}
    assert ("audit.page_failing", ticket) in found(desk)
    desk.do(tickets.acknowledge, ticket, None)
    assert ("audit.page_failing", ticket) not in found(desk)


def test_what_is_part_of_a_message_that_is_done_with_is_found(desk: Desk) -> None:
    for _ in range(2):
        urgent(desk)
    desk.watch(escalation.sweep, desk.token)
    with desk.store.write() as tx:
        first, second = tx.outbox.in_states([NoticeState.pending], limit=9)
        tx.outbox.bundle(first.key, [second.key], error="notice.joined")
        tx.outbox.rewrite([replace(first, state=NoticeState.suppressed)])
    assert found(desk) == [("audit.message_stuck", second.ticket)]


def test_a_warning_that_nobody_looked_at_is_found(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=4)).id
    due = desk.ask(lambda tx: tx.marks.next_due())
    assert due is not None
    desk.clock.now = due + auditing.OVERDUE + 1
    assert ("audit.warning_overdue", ticket) in found(desk)


def test_what_the_watch_found_is_kept_and_seen_in_the_first_line(desk: Desk) -> None:
    urgent(desk)
    desk.clock.forward(seconds=auditing.OVERDUE + 1)
    audit(desk)
    pulse = desk.ask(queue.status, desk.clock()).watch
    assert pulse.audited_at == desk.clock()
    assert [one.code for one in pulse.troubles] == ["audit.step_overdue"]
    desk.watch(escalation.sweep, desk.token)
    assert audit(desk) == []
    assert desk.ask(queue.status, desk.clock()).watch.troubles == ()


def test_a_ticket_that_is_parked_is_told_as_that_and_not_as_overdue(desk: Desk) -> None:
    ticket = urgent(desk)
    since = desk.clock()
    desk.clock.forward(seconds=auditing.OVERDUE + 1)
    assert audit(desk, parked=[(ticket, since)]) == ["audit.parked"]
    assert [(one.code, one.since) for one in desk.ask(auditing.known, desk.clock())] == [("audit.parked", since)]


def test_a_watch_that_does_not_look_at_its_work_is_found(desk: Desk) -> None:
    audit(desk)
    desk.clock.forward(seconds=auditing.SILENT)
    assert desk.ask(auditing.known, desk.clock()) == ()
    desk.clock.forward(seconds=1)
    assert [one.code for one in desk.ask(auditing.known, desk.clock())] == ["audit.not_audited"]


def test_where_no_watch_ever_ran_nothing_is_known(desk: Desk, store) -> None:
    with store.read() as tx:
        assert auditing.known(tx, tx.now()) == ()


def test_only_the_watch_that_leads_keeps_what_it_found(desk: Desk) -> None:
    with refuses("lease.lost"):
        desk.watch(auditing.audit, desk.token + 1)
    with refuses("access.denied"):
        desk.do(auditing.audit, desk.token)


def test_held_pages_are_counted_in_the_first_line(desk: Desk) -> None:
    urgent(desk)
    desk.watch(escalation.sweep, desk.token)
    desk.clock.forward(hours=5)
    desk.watch(notices.claim, desk.token)
    assert desk.ask(queue.status, desk.clock()).outbox_held == 1


def test_a_criterion_that_nobody_looked_at_is_found(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=4)).id
    with desk.store.write() as tx:
        tx.looks.put(ticket, desk.clock())
    desk.clock.forward(seconds=auditing.OVERDUE)
    assert ("audit.look_overdue", ticket) not in found(desk)
    desk.clock.forward(seconds=1)
    assert ("audit.look_overdue", ticket) in found(desk)
