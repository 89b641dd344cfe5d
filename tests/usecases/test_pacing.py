"""When a page leaves: rank by rank, after quiet hours, within caps, in a bundle, or by a person's word."""

import random

import pytest

from supporttui.domain.paging.caps import Caps
from supporttui.domain.people import ContactPoint
from supporttui.domain.sla.calendars import Window
from supporttui.storage import SqlStore
from supporttui.usecases import ack_codes, bulk, escalation, notices, tickets
from supporttui.usecases.pacing import HELD, QUIET_HOURS, THROTTLED, Pace
from supporttui.usecases.ports import Notice, NoticeState
from tests.builders import NOW, PEOPLE, Desk, MovableClock, opened, person, policy, site

pytestmark = pytest.mark.core

NIGHT = Window("22:00", "06:00", days=(1, 2, 3, 4, 5, 6, 7))
SMS = ContactPoint("sms", "0151")
PHONE = ContactPoint("phone", "0152", rank=2)
FREE = Caps(per_minute=0, per_quarter=0, per_hour=0)


def desk_of(store: SqlStore, clock: MovableClock, *contacts: ContactPoint) -> Desk:
    """Ben, who is on call, with these contact points."""
    people = [one for one in PEOPLE if one.id != "ben"]
    ben = person("Ben", contacts=contacts or (SMS,), zone="Europe/Berlin")
    site(store, people=(*people, ben), policy=policy(priorities=(1, 2)))
    desk = Desk(store, clock)
    desk.lead(seconds=10**6)
    return desk


@pytest.fixture
def desk(store: SqlStore, clock: MovableClock) -> Desk:
    return desk_of(store, clock)


def urgent(desk: Desk, priority: int = 1) -> int:
    return desk.do(tickets.open_ticket, opened(priority=priority)).id


def sweep(desk: Desk) -> None:
    desk.watch(escalation.sweep, desk.token, 50_000)


def deliver(desk: Desk, error: str = "", **pace) -> list[str]:
    """All that leaves now, one after the other, as ``channel of tickets``."""
    left, given = [], Pace(**pace)
    while (due := desk.ask(lambda tx: tx.outbox.next_due())) is not None and due <= desk.clock():
        for notice in desk.watch(notices.claim, desk.token, limit=1, pace=given):
            left.append(f"{notice.channel} of {1 + notice.params.get('more', 0)}")
            desk.watch(notices.settle, notice, token=desk.token, error=error)
    return left


def causes(desk: Desk, ticket: int) -> list[tuple[str, NoticeState, str]]:
    found = desk.ask(lambda tx: tx.outbox.of_ticket(ticket))
    return sorted((one.channel, one.state, one.error) for one in found if one.code == "page")


# --- contact points ---------------------------------------------------------------------------------------


def test_the_next_rank_is_tried_while_nobody_acknowledges(store: SqlStore, clock: MovableClock) -> None:
    desk = desk_of(store, clock, SMS, PHONE)
    ticket = urgent(desk)
    sweep(desk)
    assert deliver(desk) == ["sms of 1"]
    clock.forward(seconds=299)
    assert deliver(desk) == []
    clock.forward(seconds=1)
    assert deliver(desk) == ["phone of 1"]
    desk.do(tickets.resolve, ticket, None)


def test_who_has_acknowledged_is_not_tried_by_the_next_rank(store: SqlStore, clock: MovableClock) -> None:
    desk = desk_of(store, clock, SMS, PHONE)
    ticket = urgent(desk)
    sweep(desk)
    deliver(desk)
    desk.do(tickets.acknowledge, ticket, None, by="ben")
    clock.forward(seconds=300)
    assert deliver(desk) == []
    assert causes(desk, ticket)[0] == ("phone", NoticeState.suppressed, "notice.acknowledged")


def test_where_a_channel_fails_the_next_rank_is_tried_at_once(store: SqlStore, clock: MovableClock) -> None:
    mail = ContactPoint("mail", "ben@example.org", rank=3)
    desk = desk_of(store, clock, SMS, PHONE, mail)
    urgent(desk)
    sweep(desk)
    assert deliver(desk, error="channel.down") == ["sms of 1", "phone of 1", "mail of 1"]


def test_quiet_hours_are_kept_but_by_the_top_priority(store: SqlStore, clock: MovableClock) -> None:
    desk = desk_of(store, clock, ContactPoint("sms", "0151", quiet=(NIGHT,)))
    first, second = urgent(desk, priority=1), urgent(desk, priority=2)
    sweep(desk)
    assert deliver(desk) == ["sms of 1"]
    assert causes(desk, first) == [("sms", NoticeState.sent, "")]
    (page,) = desk.ask(lambda tx: tx.outbox.of_ticket(second))
    assert page.not_before - NOW == (2 * 60 + 40) * 60  # from 03:20 to 06:00 in Berlin
    desk.do(tickets.assign, second, None, owner="ben")
    assert deliver(desk) == []
    told = [one for one in desk.ask(lambda tx: tx.outbox.of_ticket(second)) if one.code == "assigned"]
    assert [(one.error, one.attempts) for one in told] == [(QUIET_HOURS, 0)]


# --- caps and bundles -------------------------------------------------------------------------------------


def test_in_a_storm_the_first_leaves_alone_and_the_rest_as_one(desk: Desk) -> None:
    known = [urgent(desk) for _ in range(60)]
    sweep(desk)
    assert deliver(desk) == ["sms of 1", "sms of 59"]
    assert {causes(desk, ticket)[0][1] for ticket in known} == {NoticeState.sent}


def test_everything_is_named_thousands_by_their_numbers(desk: Desk) -> None:
    for _ in range(60):
        urgent(desk)
    sweep(desk)
    desk.watch(notices.settle, desk.watch(notices.claim, desk.token, limit=1)[0], token=desk.token)
    (bundle,) = desk.watch(notices.claim, desk.token, limit=1)
    lines = str(bundle.params["also"]).splitlines()
    assert len(lines) == 21
    title, _, code = lines[0].rpartition(" ")
    assert title.endswith(" Mail is slow")
    assert desk.ask(ack_codes.ticket_of_code, code.strip("[]")) == int(title.removeprefix("T-").split()[0])
    assert "–" in lines[-1]


def test_a_few_leave_one_by_one(desk: Desk) -> None:
    for _ in range(4):
        urgent(desk)
    sweep(desk)
    assert deliver(desk) == ["sms of 1"] * 4


def test_what_has_had_enough_gets_the_rest_together_when_its_time_comes(desk: Desk, clock: MovableClock) -> None:
    caps = Caps(per_minute=2, per_quarter=0, per_hour=0)
    known = [urgent(desk) for _ in range(3)]
    sweep(desk)
    assert deliver(desk, caps=caps) == ["sms of 1", "sms of 2"]
    known += [urgent(desk) for _ in range(2)]
    sweep(desk)
    assert deliver(desk, caps=caps) == []
    assert causes(desk, known[-1]) == [("sms", NoticeState.pending, THROTTLED)]
    clock.forward(seconds=61)
    assert deliver(desk, caps=caps) == ["sms of 1", "sms of 1"]


def test_what_was_put_off_in_a_storm_does_not_leave_one_by_one(desk: Desk, clock: MovableClock) -> None:
    caps = Caps(per_minute=0, per_quarter=2, per_hour=0)
    for _ in range(12):
        urgent(desk)
    sweep(desk)
    assert deliver(desk, caps=caps) == ["sms of 1"]
    clock.forward(seconds=451)
    assert deliver(desk, caps=caps) == ["sms of 11"]


def test_what_can_wait_holds_up_no_page_and_leaves_with_it(desk: Desk) -> None:
    caps = Caps(per_minute=1, per_quarter=0, per_hour=0)
    quiet = [desk.do(tickets.open_ticket, opened(priority=4)).id for _ in range(2)]
    for ticket in quiet:
        desk.do(tickets.assign, ticket, None, owner="ben")
    assert len(deliver(desk, caps=caps)) == 1
    page = urgent(desk)
    sweep(desk)
    assert deliver(desk, caps=caps) == ["sms of 2"]
    told = desk.ask(lambda tx: tx.outbox.of_ticket(quiet[1]))
    assert [(one.state, one.bundle) for one in told] == [(NoticeState.sent, f"page:{page}:1:1:ben:sms:0151")]


def test_behind_pages_at_their_caps_nothing_waits_for_ever(desk: Desk, clock: MovableClock) -> None:
    caps = Caps(per_minute=1, per_quarter=0, per_hour=0)
    urgent(desk)
    sweep(desk)
    assert deliver(desk, caps=caps) == ["sms of 1"]
    owned = desk.do(tickets.open_ticket, opened(priority=4)).id
    desk.do(tickets.assign, owned, None, owner="ben")
    assert deliver(desk, caps=caps) == []
    clock.forward(seconds=61)
    urgent(desk)
    sweep(desk)
    (page,) = desk.watch(notices.claim, desk.token, limit=1, pace=Pace(caps))
    assert (page.code, page.params["more"], page.params["also.assigned"]) == ("page", 1, f"T-{owned}")
    assert "also" not in page.params


def test_however_it_comes_no_cap_is_passed_and_what_is_put_off_leaves_with_the_next_message(
    desk: Desk, clock: MovableClock
) -> None:
    chance, caps = random.Random(20261125), Caps(per_minute=1, per_quarter=2, per_hour=4)
    for _ in range(20):
        if chance.random() < 0.6:
            urgent(desk, priority=chance.choice((1, 1, 2)))
            sweep(desk)
        else:
            desk.do(tickets.assign, desk.do(tickets.open_ticket, opened(priority=4)).id, None, owner="ben")
        deliver(desk, caps=caps)
        put_off = [one for one in of_point(desk) if one.state is NoticeState.pending]
        clock.forward(seconds=chance.randint(20, 700))
        if "sms" in "".join(deliver(desk, caps=caps)):
            waiting = {one.key for one in of_point(desk) if one.state is NoticeState.pending}
            assert [one for one in put_off if one.key in waiting and one.priority > last(desk).priority] == []
    messages = sorted((one for one in of_point(desk) if one.sent_at and not one.bundle), key=lambda one: one.sent_at)
    for at, one in enumerate(messages):
        before = [other.sent_at for other in messages[:at] if other.priority <= one.priority]
        for most, seconds in ((1, 60), (2, 900), (4, 3600)):
            assert sum(when > one.sent_at - seconds for when in before) < most


def of_point(desk: Desk) -> list[Notice]:
    """All messages to Ben, whatever became of them."""
    every = desk.ask(lambda tx: tx.outbox.in_states(list(NoticeState), limit=10_000))
    return [one for one in every if one.address == "0151"]


def last(desk: Desk) -> Notice:
    """The message that left last."""
    return max((one for one in of_point(desk) if one.sent_at and not one.bundle), key=lambda one: one.sent_at or 0)


def test_what_was_acknowledged_since_leaves_in_no_bundle(desk: Desk) -> None:
    known = [urgent(desk) for _ in range(10)]
    sweep(desk)
    desk.do(tickets.acknowledge, known[5], None, by="ben")
    assert deliver(desk) == ["sms of 1", "sms of 8"]
    assert causes(desk, known[5]) == [("sms", NoticeState.suppressed, "notice.acknowledged")]


def test_what_becomes_of_a_bundle_becomes_of_its_parts(desk: Desk, clock: MovableClock) -> None:
    known = [urgent(desk) for _ in range(10)]
    sweep(desk)
    deliver(desk)
    again = [urgent(desk) for _ in range(10)]
    sweep(desk)
    for _ in range(notices.ATTEMPTS):
        deliver(desk, error="channel.down", caps=FREE)
        clock.forward(minutes=31)
    states = {causes(desk, ticket)[0][1] for ticket in again}
    assert states == {NoticeState.dead}
    assert {causes(desk, ticket)[0][1] for ticket in known} == {NoticeState.sent}


def test_what_is_withdrawn_leaves_a_bundle_that_did_not_leave(desk: Desk, clock: MovableClock) -> None:
    urgent(desk)
    sweep(desk)
    deliver(desk)
    for _ in range(8):
        urgent(desk)
    by_hand = desk.do(tickets.open_ticket, opened(priority=3)).id
    operation = desk.do(escalation.escalate, by_hand, None, delay=0).operation
    sweep(desk)
    assert deliver(desk, error="channel.down") == ["sms of 9"]
    assert desk.do(escalation.withdraw, operation) == 1
    clock.forward(minutes=1)
    assert deliver(desk) == ["sms of 8"]


def test_what_leaves_as_part_of_what_is_taken_back_leaves_without_it(desk: Desk, clock: MovableClock) -> None:
    urgent(desk)
    sweep(desk)
    deliver(desk)
    operation = desk.do(escalation.escalate, urgent(desk), None, delay=0).operation
    others = [urgent(desk, priority=2) for _ in range(8)]
    sweep(desk)
    assert deliver(desk, error="channel.down") == ["sms of 9"]
    desk.do(escalation.withdraw, operation)
    clock.forward(minutes=1)
    deliver(desk)
    assert {causes(desk, ticket)[0][1] for ticket in others} == {NoticeState.sent}


def test_a_drill_that_calls_uses_up_nothing_that_real_pages_need(desk: Desk) -> None:
    caps = Caps(per_minute=2, per_quarter=0, per_hour=0)
    for _ in range(3):
        desk.do(tickets.open_ticket, opened(priority=1, drill=True, drill_calls=True))
    sweep(desk)
    assert deliver(desk, caps=caps) == ["sms of 1", "sms of 2"]
    urgent(desk)
    sweep(desk)
    assert deliver(desk, caps=caps) == ["sms of 1"]


def test_what_left_as_part_of_another_is_taken_back_by_itself(desk: Desk) -> None:
    urgent(desk)
    sweep(desk)
    deliver(desk)
    for _ in range(8):
        urgent(desk)
    by_hand = desk.do(tickets.open_ticket, opened(priority=3)).id
    operation = desk.do(escalation.escalate, by_hand, None, delay=0).operation
    sweep(desk)
    deliver(desk)
    assert desk.do(escalation.withdraw, operation) == 0
    sorry = [one for one in desk.ask(lambda tx: tx.outbox.of_ticket(by_hand)) if one.code == "withdrawn"]
    assert [one.person for one in sorry] == ["ben"]


def test_one_sorry_tells_of_all_tickets_of_one_message(desk: Desk) -> None:
    three = [desk.do(tickets.open_ticket, opened()).id for _ in range(3)]
    done = desk.do(bulk.perform, escalation.escalate, [(ticket, None) for ticket in three], delay=0)
    assert deliver(desk) == ["sms of 3"]
    desk.do(escalation.withdraw, done.operation)
    found = [one for ticket in three for one in desk.ask(lambda tx, t=ticket: tx.outbox.of_ticket(t))]
    assert [one.params["more"] for one in found if one.code == "withdrawn"] == [2]


# --- too old ----------------------------------------------------------------------------------------------


def test_a_page_that_is_hours_late_waits_for_a_person(desk: Desk, clock: MovableClock) -> None:
    ticket = urgent(desk)
    sweep(desk)
    clock.forward(hours=5)
    assert deliver(desk) == []
    assert causes(desk, ticket) == [("sms", NoticeState.held, HELD)]


def test_what_calls_nobody_is_read_later_as_well(desk: Desk, clock: MovableClock) -> None:
    ticket = desk.do(tickets.open_ticket, opened()).id
    desk.do(tickets.assign, ticket, None, owner="ben")
    clock.forward(hours=5)
    assert deliver(desk) == ["sms of 1"]
