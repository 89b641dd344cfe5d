"""Escalations, outbox and lease: nobody is paged twice by a step, a notice goes to one, one watch leads."""

import threading
from dataclasses import replace

from supporttui.domain.events import StepFired
from supporttui.domain.faults import Refused
from supporttui.domain.ids import OperationId, TicketId
from supporttui.domain.paging.codes import AckCode
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.storage import SqlStore
from supporttui.usecases.ports import EscalationState, NoticeState, Trouble
from tests.builders import opened, refuses
from tests.storage import making
from tests.storage.conftest import Database
from tests.storage.making import BEN, NOW, escalation, fact, notice, opened_in

FIRED = {"step": 1, "round": 1, "firing": 1, "due": NOW + 300}


def test_an_escalation_is_replaced_and_read_back(store: SqlStore):
    ticket = opened_in(store)
    with store.write() as tx:
        assert tx.escalations.get(ticket.id) is None
        tx.escalations.save(escalation(ticket.id))
        tx.escalations.save(escalation(ticket.id, **FIRED))
    with store.read() as tx:
        assert tx.escalations.get(ticket.id) == escalation(ticket.id, **FIRED)
        assert tx.tickets.rows([ticket.id])[0].escalated
    with store.write() as tx:
        tx.escalations.save(escalation(ticket.id, **{**FIRED, "state": EscalationState.done, "due": None}))
    with store.read() as tx:
        assert not tx.tickets.rows([ticket.id])[0].escalated
        assert tx.escalations.running() == ()


def test_a_firing_is_stored_once(store: SqlStore, other: SqlStore):
    """Both read before either fired, as two watches might."""
    ticket = opened_in(store)
    with store.write() as tx:
        tx.escalations.save(escalation(ticket.id))
    with store.write() as tx:
        tx.escalations.get(ticket.id)
        tx.escalations.save(escalation(ticket.id, **FIRED))
        tx.journal.append([fact(ticket.id, StepFired(1, 1, 1, 1))])
    with refuses("escalation.fired", Refused), other.write() as tx:
        tx.journal.append([fact(ticket.id, StepFired(1, 1, 1, 1))])
    with other.write() as tx:
        tx.escalations.get(ticket.id)
        tx.escalations.save(escalation(ticket.id, **{**FIRED, "state": EscalationState.acknowledged}))
        tx.escalations.save(escalation(ticket.id, generation=2, **FIRED))
    with store.read() as tx:
        assert len(tx.journal.of_ticket(ticket.id)) == 2


def test_a_firing_of_a_race_is_refused_to_the_second(store: SqlStore, other: SqlStore):
    if store.dialect == "sqlite":
        first, second = store, store  # a second writer waits for the first, then reads what it wrote
    else:
        first, second = store, other
    ticket = opened_in(store)
    with first.write() as tx:
        tx.escalations.save(escalation(ticket.id))
    refused: list[str] = []
    waiting = threading.Event()

    def late() -> None:
        try:
            with second.write() as tx:
                tx.escalations._read[ticket.id, EscalationKind.functional] = escalation(ticket.id)
                waiting.set()
                tx.escalations.save(escalation(ticket.id, **FIRED))
        except Refused as refusal:
            refused.append(refusal.code)

    thread = threading.Thread(target=late)
    with first.write() as tx:
        tx.escalations.save(escalation(ticket.id, **FIRED))
        thread.start()
        if first is not second:
            assert waiting.wait(10)
    thread.join(20)
    assert refused == ["escalation.fired"]


def test_due_escalations_of_one_priority_come_oldest_first_and_running_ones_with_the_next_due_first(store: SqlStore):
    dues = [NOW + 5, None, NOW - 5, NOW]
    tickets = [opened_in(store).id for _ in dues]
    with store.write() as tx:
        for ticket, due in zip(tickets, dues, strict=True):
            tx.escalations.save(escalation(ticket, due=due))
    with store.read() as tx:
        assert [known.ticket for known in tx.escalations.due(NOW, 9)] == [tickets[2], tickets[3]]
        assert [known.ticket for known in tx.escalations.due(NOW, 1)] == [tickets[2]]
        assert [known.ticket for known in tx.escalations.running()] == [tickets[n] for n in (2, 3, 0, 1)]
        assert tx.escalations.next_due() == NOW - 5


def test_a_notice_is_queued_once_under_its_key(store: SqlStore):
    first = notice("k1", ticket=TicketId(3), operation=OperationId("o"))
    with store.write() as tx:
        tx.outbox.add([first, notice("k2", priority=1)])
        tx.outbox.add([replace(first, person=BEN)])
        tx.outbox.add([])
    with store.read() as tx:
        assert tx.outbox.of_ticket(TicketId(3)) == (first,)
        assert tx.outbox.counts() == {NoticeState.pending: 2}


def test_notices_of_an_operation_are_rewritten_until_somebody_sends_them(store: SqlStore):
    one, two = (notice(key, operation=OperationId("o")) for key in ("k1", "k2"))
    with store.write() as tx:
        tx.outbox.add([two, one, notice("k3")])
        assert tx.outbox.of_operation(OperationId("o")) == (one, two)
    with store.write() as tx:
        told = replace(one, params={"also": "T-2 Disk"})
        tx.outbox.rewrite([told, replace(two, state=NoticeState.suppressed, error="notice.joined")])
        tx.outbox.rewrite([])
        assert [known.key for known in tx.outbox.claim(NOW, 1, limit=1, seconds=60)] == ["k1"]
    with store.write() as tx:
        tx.outbox.rewrite([replace(one, state=NoticeState.withdrawn)])
        found = {known.key: known for known in tx.outbox.of_operation(OperationId("o"))}
    assert (found["k1"].state, found["k1"].params) == (NoticeState.sending, {"also": "T-2 Disk"})
    assert (found["k2"].state, found["k2"].error) == (NoticeState.suppressed, "notice.joined")


def claim(store: SqlStore, now: int = NOW, *, token: int = 1, limit: int = 10):
    with store.write() as tx:
        return tx.outbox.claim(now, token, limit=limit, seconds=60)


def test_a_claim_takes_what_is_due_most_pressing_first(store: SqlStore):
    with store.write() as tx:
        tx.outbox.add(
            [notice("late", not_before=NOW - 9), notice("top", priority=1), notice("soon", not_before=NOW + 1)]
        )
        assert tx.outbox.next_due() == NOW - 9
    first = claim(store, limit=1)
    assert [known.key for known in first] == ["top"]
    assert (first[0].state, first[0].attempts, first[0].token) == (NoticeState.sending, 1, 1)
    assert [known.key for known in claim(store)] == ["late"]
    assert claim(store) == ()


def test_a_claim_that_ran_out_is_taken_by_another_and_lost_to_the_first(store: SqlStore, database: Database):
    with store.write() as tx:
        tx.outbox.add([notice("k")])
    (mine,) = claim(store, token=1)
    assert claim(store, token=2) == ()
    database.forward(61)
    (theirs,) = claim(store, token=2)
    assert theirs.attempts == 2
    with store.write() as tx:
        assert not tx.outbox.mark(mine, NoticeState.sent, token=1)
        assert tx.outbox.mark(theirs, NoticeState.failed, token=2, not_before=NOW + 900, error="smtp 451")
        assert not tx.outbox.mark(theirs, NoticeState.sent, token=2)
        assert tx.outbox.next_due() == NOW + 900
    (again,) = claim(store, NOW + 900, token=2)
    assert (again.error, again.attempts) == ("smtp 451", 3)


def test_two_who_claim_at_once_never_get_the_same_row(store: SqlStore, other: SqlStore):
    """The second neither waits for the first nor takes what it holds; on SQLite it comes afterwards."""
    with store.write() as tx:
        tx.outbox.add([notice(f"k{n}") for n in range(4)])
    if store.dialect == "sqlite":
        first, second = claim(store, token=1, limit=2), claim(other, token=2, limit=2)
    else:
        with store.write() as tx:
            first = tx.outbox.claim(NOW, 1, limit=2, seconds=60)
            second = claim(other, token=2, limit=2)
    assert {known.key for known in (*first, *second)} == {"k0", "k1", "k2", "k3"}


def test_only_what_has_not_left_is_withdrawn(store: SqlStore):
    op = OperationId("o")
    with store.write() as tx:
        tx.outbox.add([notice("gone", operation=op)])
    claim(store)
    with store.write() as tx:
        tx.outbox.add([notice("a", operation=op, not_before=NOW + 8), notice("b", not_before=NOW + 8)])
        assert tx.outbox.withdraw(op) == 1
        assert tx.outbox.withdraw(op) == 0
        assert tx.outbox.counts() == {NoticeState.sending: 1, NoticeState.withdrawn: 1, NoticeState.pending: 1}
    assert [known.key for known in claim(store, NOW + 8)] == ["b"]


def take(store: SqlStore, holder: str, seconds: int = 15) -> int | None:
    with store.write() as tx:
        return tx.lease.take(holder, seconds)


def test_a_lease_is_renewed_by_its_holder_and_taken_over_when_it_ran_out(store: SqlStore, database: Database):
    with store.read() as tx:
        assert tx.lease.pulse() is None
    token = take(store, "a:1")
    assert token is not None
    assert take(store, "b:1") is None
    database.forward(10)
    assert take(store, "a:1") == token
    database.forward(16)
    assert take(store, "b:1") == token + 1
    with store.write() as tx:
        tx.lease.check(token + 1)
        with refuses("lease.lost", Refused):
            tx.lease.check(token)
        pulse = tx.lease.pulse()
    assert pulse is not None
    assert (pulse.holder, pulse.token, pulse.until - pulse.seen) == ("b:1", token + 1, 15)


def test_a_holder_that_slept_past_the_end_gets_a_new_token(store: SqlStore, database: Database):
    token = take(store, "a:1")
    database.forward(16)
    assert take(store, "a:1") == token + 1


def test_a_released_lease_is_free_and_its_token_void(store: SqlStore):
    token = take(store, "a:1")
    with store.write() as tx:
        tx.lease.release(token)
        with refuses("lease.lost", Refused):
            tx.lease.check(token)
        tx.lease.release(token)
    assert take(store, "b:1") == token + 2


def test_a_lease_cannot_be_taken_while_a_write_of_its_holder_runs(store: SqlStore, other: SqlStore, database: Database):
    """The check is a fence: whoever takes over sees everything the old holder committed."""
    if store.dialect == "sqlite":
        return  # one writer at a time is the same promise
    token = take(store, "a:1")
    database.forward(16)
    taken = threading.Event()
    thread = threading.Thread(target=lambda: (take(other, "b:1"), taken.set()))
    with store.write() as tx:
        tx.lease.check(token)
        thread.start()
        assert not taken.wait(0.2)
    thread.join(10)
    assert taken.is_set()


def test_an_escalation_that_somebody_went_on_with_is_not_moved_back(store: SqlStore, other: SqlStore):
    ticket = opened_in(store).id
    with store.write() as tx:
        tx.escalations.save(escalation(ticket, due=NOW))
    with store.read() as tx:
        known = tx.escalations.get(ticket)
    with other.write() as tx:
        tx.escalations.save(replace(known, step=2, firing=2, due=NOW + 60))
    with store.write() as tx:
        assert not tx.escalations.move(known, EscalationState.done, due=None)
        current = tx.escalations.get(ticket)
        assert current.due == NOW + 60
        assert tx.escalations.move(current, EscalationState.acknowledged, due=None)
        assert tx.escalations.move(
            replace(current, state=EscalationState.acknowledged, due=None), current.state, due=NOW
        )
        assert tx.escalations.get(ticket) == replace(current, due=NOW)


def test_a_code_is_given_once_and_found_by_its_page(store: SqlStore):
    code = AckCode("7K3Q9X", TicketId(7), BEN, 1, 2, NOW)
    with store.write() as tx:
        assert tx.ack_codes.add(code)
        assert not tx.ack_codes.add(replace(code, person="mia"))
    with store.read() as tx:
        assert tx.ack_codes.get("7K3Q9X") == code
        assert tx.ack_codes.get("AAAAAA") is None
        assert tx.ack_codes.of_page(TicketId(7), BEN, generation=1, firing=2) == code
        assert tx.ack_codes.of_page(TicketId(7), BEN, generation=2, firing=2) is None


# --- paced ------------------------------------------------------------------------------------------------


def states(store: SqlStore) -> dict[str, tuple[str, str]]:
    """Key → state and key of the notice as part of which it leaves."""
    with store.read() as tx:
        found = tx.outbox.in_states(tuple(NoticeState), limit=99)
    return {one.key: (one.state.value, one.bundle) for one in found}


def test_what_was_claimed_too_early_waits_as_if_it_had_not_been(store: SqlStore):
    with store.write() as tx:
        tx.outbox.add([notice("k1")])
    (claimed,) = claim(store)
    with store.write() as tx:
        assert not tx.outbox.put_back(claimed, token=2, not_before=NOW + 60, error="later")
        assert tx.outbox.put_back(claimed, token=1, not_before=NOW + 60, error="later")
        found = tx.outbox.get("k1")
    assert (found.state, found.not_before, found.attempts, found.error) == (NoticeState.pending, NOW + 60, 0, "later")
    assert claim(store) == ()


def test_only_what_is_due_to_the_contact_point_and_no_more_pressing_is_postponed(store: SqlStore):
    with store.write() as tx:
        now = tx.now()
        others = [
            notice("same", not_before=now), notice("more pressing", not_before=now, priority=1),
            notice("elsewhere", not_before=now, address="ben@example.org"), notice("later", not_before=now + 9_030),
            notice("letter", not_before=now, person="", code="reply"),
        ]  # fmt: skip
        tx.outbox.add(others)
        tx.outbox.postpone(notice("k1", priority=3), Instant(now + 9_060), error="enough")
        moved = {one.key: tx.outbox.get(one.key).not_before - one.not_before for one in others}
        tx.outbox.hasten(["same", "later"], Instant(now + 10))
        tx.outbox.hasten([], now)
        times = [tx.outbox.get(key).not_before - now for key in ("same", "later", "elsewhere")]
    assert times == [10, 10, 0]
    assert moved == {"same": 9_060, "more pressing": 0, "elsewhere": 0, "later": 0, "letter": 0}


def test_a_bundle_takes_what_others_had_bundled_along(store: SqlStore):
    keys = ["a", "b", "c", "d"]
    with store.write() as tx:
        tx.outbox.add([notice(key) for key in keys])
        tx.outbox.bundle("c", ["d"], error="joined")
        assert [one.key for one in tx.outbox.beside(notice("a"), NOW, waiting_for="enough", limit=9)] == ["a", "b", "c"]
        tx.outbox.bundle("a", ["b", "c"], error="joined")
        assert [one.key for one in tx.outbox.bundled("a")] == ["b", "c", "d"]
    assert states(store) == {"a": ("pending", ""), **dict.fromkeys("bcd", ("bundled", "a"))}


def test_what_becomes_of_a_notice_becomes_of_its_parts_and_they_are_one_message(database: Database):
    store = database.open()
    with store.write() as tx:
        tx.outbox.add([notice("a"), notice("b"), notice("c", priority=1)])
        tx.outbox.bundle("a", ["b"], error="joined")
    first, second = claim(store)
    database.forward(7)
    with store.write() as tx:
        tx.outbox.mark(first, NoticeState.sent, token=1)
        tx.outbox.mark(second, NoticeState.sent, token=1)
        at = tx.now()
        assert tx.outbox.sent_to(notice("x", priority=3), since=at - 10) == (at, at)
        assert tx.outbox.sent_to(notice("x", priority=1), since=at - 10) == (at,)
        assert tx.outbox.sent_to(notice("x"), since=at) == ()
        assert {key: tx.outbox.get(key).sent_at for key in "abc"} == dict.fromkeys("abc", at)
    with store.read() as tx:
        assert [one.key for one in tx.outbox.parts_of("a")] == ["b"]
    assert states(store) == {"a": ("sent", ""), "b": ("sent", "a"), "c": ("sent", "")}


def test_what_a_drill_sent_takes_no_room_from_what_is_real_and_puts_off_nothing_real(store: SqlStore):
    real, drill = (opened_in(store, making.opened(drill=drill)).id for drill in (False, True))
    with store.write() as tx:
        now = tx.now()
        sent = {"state": NoticeState.sent, "sent_at": now}
        tx.outbox.add([notice("sent real", ticket=real, **sent), notice("sent drill", ticket=drill, **sent)])
        tx.outbox.add([notice("real", ticket=real), notice("drill", ticket=drill)])
        room = [
            len(tx.outbox.sent_to(notice("x", ticket=ticket), since=Instant(now - 10)))
            for ticket in (real, drill, None)
        ]
        tx.outbox.postpone(notice("x", ticket=drill), Instant(now + 60), error="enough")
        after_drill = {one.key for one in tx.outbox.in_states([NoticeState.pending], limit=9) if one.error}
        tx.outbox.postpone(notice("x", ticket=real), Instant(now + 60), error="enough")
        after_real = {one.key for one in tx.outbox.in_states([NoticeState.pending], limit=9) if one.error}
    assert room == [1, 2, 1]
    assert (after_drill, after_real) == ({"drill"}, {"drill", "real"})


def test_beside_a_notice_is_what_was_put_off_for_its_contact_point_whatever_it_says(store: SqlStore):
    put_off = {"error": "enough", "not_before": Instant(NOW + 900), "ticket": TicketId(3)}
    others = [
        notice("other", code="warning", priority=7, **put_off), notice("not due", priority=7),
        notice("more pressing", priority=1, **put_off), notice("letter", code="reply", **put_off),
        notice("of no ticket", **{**put_off, "ticket": None}), notice("not put off", code="warning"),
        notice("elsewhere", address="+50", **put_off), notice("shared", person=BEN, priority=8, **put_off),
    ]  # fmt: skip
    others[1] = replace(others[1], not_before=Instant(NOW + 900))
    with store.write() as tx:
        tx.outbox.add(others)
        found = tx.outbox.beside(notice("a", priority=3), NOW, waiting_for="enough", limit=9)
    assert [one.key for one in found] == ["other", "shared"]


def test_what_leaves_just_now_is_not_taken_back_nor_are_its_parts(store: SqlStore):
    mine = {"operation": OperationId("o")}
    with store.write() as tx:
        tx.outbox.add([notice("a"), notice("b", **mine), notice("c", **mine), notice("d", **mine), notice("e", **mine)])
        tx.outbox.bundle("a", ["b"], error="joined")
        tx.outbox.bundle("c", ["d"], error="joined")
        (_,) = tx.outbox.claim(NOW, 1, limit=1, seconds=60)
        assert tx.outbox.withdraw(OperationId("o")) == 2
    assert {key: state for key, (state, _) in states(store).items()} == {
        "a": "sending", "b": "bundled", "c": "withdrawn", "d": "withdrawn", "e": "withdrawn",
    }  # fmt: skip


def test_what_was_to_leave_as_part_of_what_never_leaves_waits_by_itself(store: SqlStore):
    made_by = OperationId("o")
    with store.write() as tx:
        tx.outbox.add([notice("a", operation=made_by), notice("b"), notice("c", operation=made_by)])
        tx.outbox.add([notice("held", state=NoticeState.held), notice("d")])
        tx.outbox.bundle("a", ["b", "c"], error="joined")
        tx.outbox.bundle("held", ["d"], error="joined")
        assert tx.outbox.withdraw(made_by) == 1
        assert tx.outbox.decide(tx.outbox.get("held"), NoticeState.suppressed, not_before=Instant(NOW))
        assert (tx.outbox.get("b").error, tx.outbox.get("d").error) == ("", "")
    assert states(store) == {
        "a": ("withdrawn", ""), "b": ("pending", ""), "c": ("withdrawn", "a"), "held": ("suppressed", ""),
        "d": ("pending", ""),
    }  # fmt: skip


def test_what_is_held_is_decided_once(store: SqlStore):
    with store.write() as tx:
        tx.outbox.add([notice("a", state=NoticeState.held, attempts=3)])
        found = tx.outbox.get("a")
        assert tx.outbox.decide(found, NoticeState.pending, not_before=NOW + 1)
        assert not tx.outbox.decide(found, NoticeState.suppressed, not_before=NOW)
        assert (tx.outbox.get("a").not_before, tx.outbox.get("a").attempts) == (NOW + 1, 0)


def test_what_does_not_move_is_found(database: Database):
    store = database.open()
    with store.write() as tx:
        tx.outbox.add([notice(key) for key in ("claimed", "lead", "part", "waits")])
        now = tx.now()
        tx.outbox.add([notice("later", not_before=now + 999)])
        tx.outbox.bundle("lead", ["part"], error="joined")
        (claimed,) = tx.outbox.claim(NOW, 1, limit=1, seconds=60)
        assert claimed.key == "claimed"
        assert tx.outbox.stuck(Instant(NOW), limit=9) == ()
        found = tx.outbox.stuck(Instant(max(now, NOW) + 61), limit=9)
        assert [one.key for one in found] == ["claimed", "lead", "waits"]
        tx.outbox.rewrite([replace(notice("lead"), state=NoticeState.suppressed)])
        assert [one.key for one in tx.outbox.stuck(Instant(NOW), limit=9)] == ["part"]


def test_an_unknown_key_is_not_found(store: SqlStore):
    with refuses("notice.unknown"), store.read() as tx:
        tx.outbox.get("nothing")


def test_what_the_watch_found_is_kept_under_the_current_token_only(database: Database):
    store = database.open()
    found = (Trouble("audit.step_overdue", NOW, TicketId(7)), Trouble("audit.message_stuck", NOW, None, "k"))
    with store.write() as tx:
        token = tx.lease.take("a", 60)
        tx.lease.audited(token, found)
        now = tx.now()
        tx.lease.audited(token + 1, ())
        pulse = tx.lease.pulse()
    assert (pulse.audited_at, pulse.troubles) == (now, found)


def test_the_most_pressing_of_what_is_due_comes_first(store: SqlStore):
    late = opened_in(store, opened(priority=3)).id
    urgent = opened_in(store, opened(priority=1)).id
    with store.write() as tx:
        tx.escalations.save(escalation(late, due=NOW - 500))
        tx.escalations.save(escalation(urgent, due=NOW))
    with store.read() as tx:
        assert [known.ticket for known in tx.escalations.due(NOW, 9)] == [urgent, late]
