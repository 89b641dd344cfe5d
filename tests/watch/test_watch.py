"""The watch: steps fire and notices leave while nobody presses a key, and one watch leads."""

import threading

import pytest

from supporttui.domain.escalation import history
from supporttui.domain.faults import StoreUnavailable
from supporttui.i18n import catalogue
from supporttui.usecases import escalation, needless, replies, tickets
from supporttui.usecases.escalation import sweeping
from supporttui.usecases.ports import NoticeState
from supporttui.watch import Turn, facts_of, next_due
from tests.builders import Desk, opened


def urgent(desk: Desk):
    """A ticket that its policy escalates by itself."""
    return desk.do(tickets.open_ticket, opened(priority=1))


def counts(desk: Desk) -> dict[NoticeState, int]:
    return desk.ask(lambda tx: tx.outbox.counts())


def test_what_is_due_fires_and_leaves_in_one_go(desk, clock, pager, watching):
    ticket = urgent(desk)
    clock.forward(minutes=30)
    turn = watching().once()
    assert turn.leading
    assert turn.fired >= 1
    assert turn.sent == len(pager.sent) >= 1
    assert {page["ticket"] for page in pager.sent} == {str(ticket.id)}
    assert set(counts(desk)) == {NoticeState.sent}


def test_a_reply_leaves_as_it_was_written_and_its_text_is_no_argument(desk, clock, pager, watching):
    with desk.store.write() as tx:
        tx.definitions.put_site({"reply_channel": "mail"})
    ticket = desk.do(tickets.open_ticket, opened(requester="mia@shop.example", priority=3)).id
    desk.do(replies.reply, ticket, None, text="It works again.\nAna", delay=8)
    assert watching().once().sent == 0
    clock.forward(seconds=8)
    assert watching().once().sent == 1
    (letter,) = pager.sent
    assert (letter["address"], letter["body"], letter["ticket"]) == (
        "mia@shop.example",
        "It works again.\nAna",
        str(ticket),
    )
    assert "letter" not in letter


def test_nothing_due_does_nothing(desk, pager, watching):
    assert watching().once() == Turn(leading=True)
    assert pager.sent == []


def test_a_second_watch_stands_by_until_the_lease_runs_out(desk, clock, pager, watching):
    first, second = watching("a"), watching("b")
    urgent(desk)
    clock.forward(minutes=30)
    assert first.turn().leading
    assert second.turn() == Turn(leading=False)
    clock.forward(seconds=16)
    assert second.turn().leading


def test_a_watch_that_froze_changes_nothing_when_it_comes_back(desk, clock, pager, watching):
    first, second = watching("a"), watching("b")
    urgent(desk)
    first.turn()
    clock.forward(minutes=30)
    second.once()
    before = len(pager.sent)
    urgent(desk)
    clock.forward(minutes=30)
    second.turn()
    assert first.turn() == Turn(leading=False)
    assert len(pager.sent) >= before


def test_it_gives_the_lease_back_so_that_the_next_need_not_wait(desk, watching):
    watching("a").once()
    assert watching("b").once().leading


def test_a_notice_that_fails_is_tried_again_under_the_same_key_and_later(desk, clock, pager, watching):
    urgent(desk)
    clock.forward(minutes=30)
    pager.failing = True
    failed = watching().once().failed
    assert failed >= 1
    assert watching().once().failed == 0
    pager.failing = False
    clock.forward(seconds=60)
    assert watching().once().sent >= failed
    keys = [page["key"] for page in pager.sent]
    assert len(keys) == len(set(keys))


def test_a_channel_that_nobody_set_up_is_a_failure_and_not_a_silence(desk, clock, watching, pager):
    urgent(desk)
    clock.forward(minutes=30)
    watch = watching()
    watch._channels = {}
    assert watch.once().failed >= 1
    (notice, *_) = desk.ask(lambda tx: tx.outbox.of_ticket(1))
    assert notice.error == "channel.unknown"


def test_a_defect_in_one_notice_does_not_hold_up_the_others(desk, clock, pager, watching, caplog):
    urgent(desk)
    urgent(desk)
    clock.forward(minutes=30)
    real, told = pager.send, []

    def send(*args, key, **kwargs):
        told.append(key)
        if len(told) == 1:
            raise ZeroDivisionError
        real(*args, key=key, **kwargs)

    pager.send = send
    turn = watching().once()
    assert turn.failed >= 1
    assert turn.sent >= 1
    assert "ZeroDivisionError" in caplog.text


def test_an_acknowledgement_before_sending_suppresses_the_page(desk, clock, pager, watching):
    ticket = urgent(desk)
    clock.forward(minutes=30)
    token = desk.lead()
    desk.watch(escalation.sweep, token, 50)
    with desk.store.write() as tx:
        tx.lease.release(token)
    desk.do(tickets.acknowledge, ticket.id, None)
    turn = watching().once()
    assert turn.dropped >= 1
    assert pager.sent == []
    assert set(counts(desk)) == {NoticeState.suppressed}


def test_words_are_the_recipients_own(desk, clock, pager, watching):
    urgent(desk)
    clock.forward(minutes=30)
    watch = watching()
    watch._words_for = lambda person: catalogue.load("de", "UTC", {})
    watch.once()
    assert "Priorität" in pager.sent[0]["body"]


def test_facts_are_ids_and_codes_as_text(desk, clock, watching):
    urgent(desk)
    clock.forward(minutes=30)
    watching().once()
    facts = facts_of(desk.ask(lambda tx: tx.outbox.of_ticket(1))[0])
    assert facts["ticket"] == "1"
    assert facts["code"] == "page"
    assert all(isinstance(value, str) for value in facts.values())


class Feed:
    """Wakes by hand."""

    def __init__(self):
        self.started = threading.Event()
        self.stopped = threading.Event()

    def start(self, after, heard):
        self.heard = heard
        self.started.set()

    def stop(self):
        self.stopped.set()


def test_running_it_works_until_it_is_stopped_and_gives_everything_back(desk, clock, pager, watching):
    feed, arrived = Feed(), threading.Event()
    pager.before = arrived.set
    watch = watching(feed=feed)
    urgent(desk)
    clock.forward(minutes=30)
    thread = threading.Thread(target=watch.run)
    thread.start()
    assert arrived.wait(20)
    watch.stop()
    thread.join(20)
    assert not thread.is_alive()
    assert feed.stopped.is_set()
    assert watching("b").once().leading


def test_what_the_feed_tells_wakes_it(desk, clock, pager, watching):
    feed, arrived = Feed(), threading.Event()
    pager.before = arrived.set
    watch = watching(feed=feed)
    watch._idle_seconds = lambda: 30.0
    thread = threading.Thread(target=watch.run)
    thread.start()
    assert feed.started.wait(20)
    urgent(desk)
    clock.forward(minutes=30)
    feed.heard(None)
    assert arrived.wait(20)
    watch.stop()
    thread.join(20)
    assert not thread.is_alive()


def test_a_database_that_is_away_ends_the_turn_but_not_the_watch(desk, clock, watching, caplog, monkeypatch):
    watch = watching()

    def away():
        raise StoreUnavailable("store.unreachable")

    monkeypatch.setattr(desk.store, "write", away)
    assert watch._guarded_turn() is None
    with pytest.raises(StoreUnavailable):
        watch.turn()
    assert "store.unreachable" in caplog.text


def test_each_renewal_tells_the_databases_clock(desk, clock, watching):
    seen = []
    watching(follow=seen.append).once()
    assert seen == [clock()]


def test_beside_a_desk_it_leads_before_the_desk_looks(desk, watching):
    watch = watching()
    watch.start()
    pulse = desk.ask(lambda tx: tx.lease.pulse())
    watch.stop()
    watch.join()
    assert pulse is not None
    assert pulse.holder == "a"


# --- one that is broken holds up nobody -------------------------------------------------------------------


@pytest.fixture
def broken(desk, monkeypatch):
    """A ticket whose history cannot be folded, such as by a fact of a newer program; the oldest due of all."""
    ticket = urgent(desk)
    real = history.history

    def fold(facts, *kind):
        known = list(facts)
        if any(fact.ticket == ticket.id for fact in known):
            raise ValueError("unknown kind of fact")
        return real(known, *kind)

    for module in (sweeping, needless):
        monkeypatch.setattr(module, "history", fold)
    return ticket


def test_a_ticket_that_cannot_be_escalated_does_not_hold_up_the_others(desk, clock, pager, watching, broken, caplog):
    other = urgent(desk)
    clock.forward(minutes=30)
    turn = watching().once()
    assert {page["ticket"] for page in pager.sent} == {str(other.id)}
    assert turn.leading
    assert f"ticket {broken.id} failed" in caplog.text
    assert desk.ask(next_due) <= clock()  # still due, so that monitoring says so


def test_a_page_that_cannot_be_judged_leaves_as_it_was_queued(desk, clock, pager, watching, monkeypatch, caplog):
    ticket = urgent(desk)
    clock.forward(minutes=30)
    token = desk.lead("a")
    desk.watch(escalation.sweep, token, 50)

    def fails(*_):
        raise ValueError("unknown kind of fact")

    monkeypatch.setattr(needless, "history", fails)
    watching().once()
    assert [page["ticket"] for page in pager.sent] == [str(ticket.id)]
    assert "leaves as it was queued" in caplog.text


def test_a_database_that_is_away_at_the_start_is_waited_for(desk, clock, pager, watching, monkeypatch):
    urgent(desk)
    clock.forward(minutes=30)
    real, tries = desk.store.head, []

    def head():
        tries.append(1)
        if len(tries) == 1:
            raise StoreUnavailable("store.locked")
        return real()

    monkeypatch.setattr(desk.store, "head", head)
    watch = watching(feed=desk.store.feed())
    monkeypatch.setattr(watch, "_sleep", lambda failures: None if failures else watch.stop())
    watch.run()
    assert len(pager.sent) == 1
    assert len(tries) >= 2
