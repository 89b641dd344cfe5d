"""Promised updates: kept by a reply, missed by time alone; and major incidents, which promise the next by themselves."""

import pytest

from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases import major, promises, queue, replies, tickets
from supporttui.usecases.drills import starting
from supporttui.usecases.views import Ask
from tests.builders import NOW, Desk, opened, refuses

pytestmark = pytest.mark.core
SOON, LATER = Instant(NOW + 1800), Instant(NOW + 7200)


@pytest.fixture
def number(desk: Desk) -> int:
    return desk.do(tickets.open_ticket, opened()).id


def stored(desk: Desk, number: int) -> Ticket:
    return desk.ask(lambda tx: tx.tickets.get(number))


def test_a_reply_keeps_a_promise_and_may_make_the_next(desk: Desk, number: int) -> None:
    found = desk.do(promises.promise, number, None, until=SOON, text="we call back", by="lea")
    assert (found.promised.until, found.promised.by, found.promised.text) == (SOON, "lea", "we call back")
    assert desk.do(tickets.note, number, None, text="still looking").promised == found.promised
    assert desk.do(replies.reply, number, None, text="we are on it").ticket.promised is None
    assert desk.do(replies.reply, number, None, text="more at noon", promise=LATER).ticket.promised.until == LATER


def test_it_is_missed_once_its_time_is_over_and_nothing_is_written_for_that(desk: Desk, number: int) -> None:
    found = desk.do(promises.promise, number, None, until=SOON)
    assert not found.missed_at(SOON)
    assert found.missed_at(Instant(SOON + 1))
    desk.clock.now = Instant(desk.clock.now + 3600)
    assert stored(desk, number) == found
    assert not desk.do(tickets.resolve, number, None).missed_at(LATER)


def test_taking_back_a_reply_puts_the_promise_back(desk: Desk, number: int) -> None:
    promised = desk.do(promises.promise, number, None, until=SOON).promised
    desk.do(replies.reply, number, None, text="soon")
    desk.do(tickets.undo, desk.last)
    assert stored(desk, number).promised == promised


def test_what_cannot_be_promised_is_refused_with_its_reason(desk: Desk, number: int) -> None:
    with refuses("promise.past"):
        desk.do(promises.promise, number, None, until=NOW)
    with refuses("promise.until_missing"):
        desk.do(promises.promise, number, None)
    with refuses("promise.none"):
        desk.do(promises.release, number, None)
    desk.do(promises.promise, number, None, until=SOON)
    with refuses("promise.same"):
        desk.do(promises.promise, number, None, until=SOON)
    assert desk.do(promises.release, number, None, reason="no need").promised is None


def test_a_major_incident_promises_the_next_communication_after_each(desk: Desk, number: int) -> None:
    found = desk.do(major.start, number, None, every=20, communication="ben")
    assert (found.is_major, found.promised.until, found.promised.by) == (True, NOW + 1200, "ben")
    desk.clock.now = Instant(desk.clock.now + 600)
    at = desk.clock()
    assert desk.do(major.say, number, None, text="told the plant").promised.until == at + 1200
    assert desk.do(replies.reply, number, None, text="still down").ticket.major.said_at >= at
    over = desk.do(major.end, number, None, text="network is back")
    assert (over.is_major, over.promised, over.major.ended is None) == (False, None, False)


def test_its_log_says_who_did_what_from_its_beginning_to_its_end(desk: Desk, number: int) -> None:
    desk.do(tickets.note, number, None, text="before")
    desk.do(major.start, number, None, by="lea")
    desk.do(major.degrade, number, None, text="orders by phone", by="ben")
    desk.do(major.give, number, None, role="scribe", person="ana")
    desk.do(major.end, number, None)
    desk.do(tickets.note, number, None, text="after")
    found = desk.ask(major.log, number, desk.clock())
    kinds = [type(fact.event).__name__ for fact in found.facts]
    assert kinds == ["MajorStarted", "UpdatePromised", "MajorLogged", "MajorRoleGiven", "MajorEnded"]
    assert (found.ticket.major.degraded, found.ticket.major.scribe) == (("orders by phone",), "ana")


def test_of_a_drill_it_is_an_exercise_and_says_so_in_the_list(desk: Desk, number: int) -> None:
    drill = desk.do(starting.start, service="mail", priority=1, title="try").id
    desk.do(major.start, number, None)
    desk.do(major.start, drill, None)
    assert [(one.id, one.major.exercise) for one in desk.ask(major.listed, desk.clock()).tickets] == [
        (drill, True),
        (number, False),
    ]


def test_a_role_is_refused_to_a_stranger_and_a_second_start_is_one_too_many(desk: Desk, number: int) -> None:
    with refuses("major.none"):
        desk.do(major.say, number, None, text="x")
    with refuses("person.unknown"):
        desk.do(major.start, number, None, scribe="nobody")
    with refuses("major.every"):
        desk.do(major.start, number, None, every=0)
    desk.do(major.start, number, None, commander="lea")
    with refuses("major.running"):
        desk.do(major.start, number, None)
    with refuses("major.same_role"):
        desk.do(major.give, number, None, role="commander", person="lea")


def test_the_queue_tells_both_of_a_ticket(desk: Desk, number: int) -> None:
    desk.do(major.start, number, None)
    row = desk.ask(queue.page, Ask(), desk.clock()).items[0].row
    assert (row.promised, row.major, row.missed_at(LATER)) == (SOON, True, True)
