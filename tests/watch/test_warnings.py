"""What passes on a timer is told once, to whom it concerns, while it is so; and nobody is woken for it."""

import contextlib
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supporttui.domain.faults import Refused
from supporttui.domain.sla.marks import passed
from supporttui.domain.sla.targets import Metric, Target
from supporttui.domain.states import State
from supporttui.i18n import catalogue
from supporttui.storage.store import memory_store
from supporttui.usecases import bonds, queue, tickets, timer_notices
from supporttui.usecases.warned import Warned
from tests.builders import NOW, Desk, MovableClock, opened, service, site, targets
from tests.watch.conftest import Pager

HOUR = 3600
SOLVE = Target(Metric.resolution, 4 * HOUR, calendar="always", warn_percent=(50, 75))
"""From 03:20 in Berlin: warned of at 05:20 and 06:20, due at 07:20."""


def promise(desk: Desk, *promised: Target) -> None:
    with desk.store.write() as tx:
        tx.definitions.put("standard", targets(targets=promised))


def late(pager: Pager) -> list[str]:
    return [one["late"] for one in pager.sent if one["code"] == "warning"]


@pytest.fixture
def ticket(desk) -> int:
    """Of priority 3, with nobody on its heels, as yet without an owner: it is the person's on call."""
    promise(desk, SOLVE)
    return desk.do(tickets.open_ticket, opened()).id


def test_each_mark_is_told_once_as_it_passes(desk, clock, pager, watching, ticket):
    watch = watching()
    for _ in range(5):
        clock.forward(hours=1)
        watch.once()
        watch.once()
    assert late(pager) == ["0", "0", "1"]
    assert len({one["key"] for one in pager.sent}) == 3
    assert [one["person"] for one in pager.sent] == ["ben", "ben", "ana"]  # the turn ends at 08:00


def test_of_what_passed_while_no_watch_ran_only_the_latest_is_told(desk, clock, pager, watching, ticket):
    clock.forward(hours=3, minutes=30)
    watching().once()
    assert late(pager) == ["0"]
    assert pager.sent[0]["mark"] == str(NOW + 3 * HOUR)
    clock.forward(hours=20)
    watching().once()
    assert late(pager) == ["0", "1"]


@pytest.mark.parametrize("end", ["resolved", "waiting", "void", "merged"])
def test_nobody_is_warned_of_what_is_over_or_stands_still(desk, clock, pager, watching, ticket, end):
    clock.forward(hours=1)
    if end == "resolved":
        desk.do(tickets.resolve, ticket, None, code="fixed")
    elif end == "waiting":
        desk.do(tickets.wait, ticket, None, state=State.waiting_requester, reason="")
    elif end == "void":
        desk.do(bonds.void, ticket, None, reason="by mistake", word="T-1")
    else:
        other = desk.do(tickets.open_ticket, opened(service="vpn")).id
        desk.do(bonds.merge, ticket, None, into=other)
        desk.do(tickets.resolve, other, None, code="fixed")
    clock.forward(hours=9)
    watching().once()
    assert pager.sent == []


def test_a_warning_not_yet_sent_is_withdrawn_by_a_pause_and_told_after_it(desk, clock, pager, watching, ticket):
    clock.forward(hours=2)
    token = desk.lead()
    desk.watch(timer_notices.warn, token)
    desk.do(tickets.wait, ticket, None, state=State.waiting_requester, reason="")
    with desk.store.write() as tx:
        tx.lease.release(token)
    assert watching().once().dropped == 1
    clock.forward(hours=9)
    watching().once()
    assert pager.sent == []
    desk.do(tickets.resume, ticket, None)
    watching().once()
    assert [one["mark"] for one in pager.sent] == [str(NOW + 2 * HOUR)]


def test_the_owner_hears_it_in_the_morning_unless_the_target_wakes(desk, clock, pager, watching, ticket):
    with desk.store.write() as tx:
        tx.definitions.put("mail", service(calendar="always"))
    desk.do(tickets.assign, ticket, None, owner="lea")  # not on any rota; her clocks are those of UTC
    clock.forward(hours=2)
    watching().once()
    assert pager.sent[1:] == []  # that it is hers now has been told
    clock.forward(hours=1, minutes=40)  # 06:00 there
    watching().once()
    assert [(one["person"], one["mark"]) for one in pager.sent[1:]] == [("lea", str(NOW + 3 * HOUR))]


def test_a_target_that_wakes_is_told_at_night(desk, clock, pager, watching):
    promise(desk, Target(Metric.resolution, 4 * HOUR, calendar="always", warn_percent=(50,), wake=True))
    ticket = desk.do(tickets.open_ticket, opened()).id
    desk.do(tickets.assign, ticket, None, owner="lea")
    clock.forward(hours=2)
    watching().once()
    assert [one["person"] for one in pager.sent if one["code"] == "warning"] == ["lea"]


def test_without_owner_and_rota_the_lead_of_the_team_hears_it(desk, clock, pager, watching):
    promise(desk, Target(Metric.resolution, 4 * HOUR, calendar="always", wake=True))
    with desk.store.write() as tx:
        tx.definitions.put("mail", service(rota=None))
    desk.do(tickets.open_ticket, opened())
    clock.forward(hours=3)
    watching().once()
    assert [one["person"] for one in pager.sent] == ["lea"]


def test_a_storm_to_one_person_is_one_notice_that_names_every_ticket(desk, clock, pager, watching):
    promise(desk, SOLVE)
    numbers = [desk.do(tickets.open_ticket, opened()).id for _ in range(timer_notices.STORM + 1)]
    clock.forward(hours=2)
    watching().once()
    (one,) = pager.sent
    assert all(f"T-{number} " in f"{one['subject']} {one['body']} " for number in numbers)
    clock.forward(minutes=30)
    watching().once()
    assert len(pager.sent) == 1


def storm(desk: Desk, clock: MovableClock) -> list[int]:
    """Tickets whose first warnings to Ben are queued as one notice, which has not left yet."""
    promise(desk, SOLVE)
    numbers = [desk.do(tickets.open_ticket, opened()).id for _ in range(timer_notices.STORM + 1)]
    clock.forward(hours=2)
    token = desk.lead()
    desk.watch(timer_notices.warn, token)
    with desk.store.write() as tx:
        tx.lease.release(token)
    return numbers


def causes(desk: Desk, ticket: int) -> list[tuple[str, str]]:
    """What became of what was queued about a ticket, oldest first."""
    told = desk.ask(lambda tx: tx.outbox.of_ticket(ticket))
    return [(one.state.value, one.error) for one in reversed(told) if one.code == "warning"]


@pytest.mark.parametrize("place", [0, 2, -1])
def test_of_a_storm_only_what_is_still_so_leaves(desk, clock, pager, watching, place):
    numbers = storm(desk, clock)
    desk.do(tickets.resolve, numbers[place], None, code="fixed")
    watching().once()
    (one,) = pager.sent
    told = f"{one['subject']} {one['body']} "
    assert [number for number in numbers if f"T-{number} " not in told] == [numbers[place]]
    assert f"(+{len(numbers) - 2})" in one["subject"]
    assert causes(desk, numbers[place]) == [("suppressed", timer_notices.NOT_SO)]
    queued = [row for n in numbers for row in desk.ask(lambda tx, n=n: tx.outbox.of_ticket(n)) if row.state == "sent"]
    queued = [row for row in queued if not row.bundle]
    assert [row.params["more"] for row in queued] == [len(numbers) - 2]


def test_of_a_storm_of_which_nothing_is_so_any_more_nothing_leaves(desk, clock, pager, watching):
    numbers = storm(desk, clock)
    for number in numbers:
        desk.do(tickets.resolve, number, None, code="fixed")
    watching().once()
    assert pager.sent == []
    assert {cause for number in numbers for cause in causes(desk, number)} == {("suppressed", timer_notices.NOT_SO)}


def test_what_left_a_storm_for_somebody_else_is_told_to_them(desk, clock, pager, watching):
    numbers = storm(desk, clock)
    desk.do(tickets.assign, numbers[2], None, owner="mia")  # who is on call in the second line
    watching().once()
    told = {one["person"]: f"{one['subject']} {one['body']} " for one in pager.sent if one["code"] == "warning"}
    assert [f"T-{numbers[2]} " in told[person] for person in ("ben", "mia")] == [False, True]


# --- the owner follows it too -------------------------------------------------------------------------


def told_late(pager: Pager) -> list[tuple[str, str]]:
    return [(one["person"], one["code"]) for one in pager.sent if one["code"] in ("warning", "breached")]


def test_who_follows_their_own_ticket_hears_of_its_breach_once(desk, clock, pager, watching):
    promise(desk, Target(Metric.resolution, 4 * HOUR, calendar="always", wake=True))
    ticket = desk.do(tickets.open_ticket, opened()).id
    for person in ("ben", "mia"):
        desk.do(bonds.follow, ticket, None, by=person)
    desk.do(tickets.assign, ticket, None, owner="ben", by="lea")
    clock.forward(hours=5)
    watch = watching()
    watch.once()
    watch.once()
    assert sorted(told_late(pager)) == [("ben", "warning"), ("mia", "breached")]


def test_who_heard_of_the_breach_by_following_is_not_told_again_in_the_morning(desk, clock, pager, watching):
    promise(desk, Target(Metric.resolution, 2 * HOUR, calendar="always"))
    with desk.store.write() as tx:
        tx.definitions.put("mail", service(calendar="always"))
    ticket = desk.do(tickets.open_ticket, opened()).id
    desk.do(bonds.follow, ticket, None, by="lea")
    desk.do(tickets.assign, ticket, None, owner="lea")
    clock.forward(hours=2, seconds=1)  # 04:20 for Lea, who is on no rota
    watching().once()
    clock.forward(hours=2)
    watching().once()
    assert told_late(pager) == [("lea", "breached")]


def test_a_follower_hears_of_a_breach_after_all_when_the_warning_of_it_went_to_somebody_else(
    desk, clock, pager, watching
):
    promise(desk, Target(Metric.resolution, 2 * HOUR, calendar="always", wake=True))
    ticket = desk.do(tickets.open_ticket, opened()).id
    desk.do(bonds.follow, ticket, None, by="ben")
    desk.do(tickets.assign, ticket, None, owner="ben", by="lea")
    clock.forward(hours=2, seconds=1)
    pager.failing = True
    watching().once()  # nothing leaves; what follows from the warning is decided
    pager.failing = False
    desk.do(tickets.assign, ticket, None, owner="mia", by="lea")
    clock.forward(minutes=1)
    watching().once()
    assert sorted(told_late(pager)) == [("ben", "breached"), ("mia", "warning")]


# --- what is remembered of it -------------------------------------------------------------------------


def test_the_history_has_a_line_for_each_mark_that_was_told_and_none_for_what_was_not(desk, clock, pager, watching):
    promise(desk, SOLVE)
    ticket = desk.do(tickets.open_ticket, opened()).id
    for person in ("mia", "ben"):
        desk.do(bonds.follow, ticket, None, by=person)
    for hours in (2, 1, 1):
        clock.forward(hours=hours)
        watching().once()
    clock.forward(seconds=1)
    pager.failing = True
    watching().once()
    assert [told[:5] for told in warned(desk, ticket)] == [
        (NOW + 3 * HOUR, Metric.resolution, 1, NOW + 4 * HOUR, False),
        (NOW + 2 * HOUR, Metric.resolution, 1, NOW + 4 * HOUR, False),
    ]
    pager.failing = False
    clock.forward(minutes=1)
    watching().once()
    newest, *_ = warned(desk, ticket)
    assert (newest.late, newest.people) == (True, ("ben", "mia"))
    assert len(warned(desk, ticket)) == 3


def test_every_ticket_of_a_storm_remembers_its_warning_once_the_storm_has_left(desk, clock, pager, watching):
    numbers = storm(desk, clock)
    assert [warned(desk, number) for number in numbers] == [()] * len(numbers)
    watching().once()
    assert [[told.people for told in warned(desk, number)] for number in numbers] == [[("ben",)]] * len(numbers)


def warned(desk: Desk, ticket: int) -> tuple[Warned, ...]:
    return desk.ask(queue.detail, ticket, desk.clock()).warned


# --- how it is told -----------------------------------------------------------------------------------


def test_a_few_are_told_one_by_one(desk, clock, pager, watching):
    promise(desk, SOLVE)
    for _ in range(timer_notices.STORM):
        desk.do(tickets.open_ticket, opened())
    clock.forward(hours=2)
    watching().once()
    assert len(pager.sent) == timer_notices.STORM


def test_it_is_worded_for_the_recipient(desk, clock, pager, watching, ticket):
    clock.forward(hours=2)
    watch = watching()
    watch._words_for = lambda _: catalogue.load("en", "Asia/Tokyo", {})
    watch.once()
    (one,) = pager.sent
    assert one["subject"] == "Due soon: P3 T-1 Mail is slow"
    assert "15:20" in one["body"]


def test_one_timer_that_cannot_be_told_of_holds_up_no_other(desk, clock, pager, watching, ticket, monkeypatch, caplog):
    other = desk.do(tickets.open_ticket, opened()).id
    clock.forward(hours=2)
    real = timer_notices.recipients

    def fails(rules, about, at):
        if about.id == ticket:
            raise ValueError("a rota that cannot be read")
        return real(rules, about, at)

    monkeypatch.setattr(timer_notices, "recipients", fails)
    watching().once()
    assert [one["ticket"] for one in pager.sent] == [str(other)]
    assert "a rota that cannot be read" in caplog.text
    monkeypatch.undo()
    clock.forward(minutes=1)
    watching().once()
    assert {one["ticket"] for one in pager.sent} == {str(ticket), str(other)}


# --- whatever happens ---------------------------------------------------------------------------------

DEEDS = st.lists(st.sampled_from(["wait", "resume", "urgent", "usual", "note", "look", "resolve"]), max_size=12)


def do(desk: Desk, ticket: int, deed: str) -> None:
    """What somebody does, if it may be done as the ticket stands."""
    with contextlib.suppress(Refused):
        match deed:
            case "wait":
                desk.do(tickets.wait, ticket, None, state=State.waiting_requester, reason="")
            case "resume":
                desk.do(tickets.resume, ticket, None)
            case "note":
                desk.do(tickets.note, ticket, None, text="still at it")
            case "resolve":
                desk.do(tickets.resolve, ticket, None, code="fixed")
            case "urgent" | "usual":
                priority = 2 if deed == "urgent" else 3
                desk.do(tickets.change_priority, ticket, None, priority=priority, reason="so it is")


def sweep(desk: Desk) -> Counter[tuple[object, ...]]:
    """Look as the watch does; how often each mark is in what was queued."""
    token = desk.lead()
    while desk.watch(timer_notices.warn, token):
        pass
    queued = [one for one in desk.ask(lambda tx: tx.outbox.of_ticket(1)) if one.code == "warning"]
    return Counter((one.params["metric"], one.params["cycle"], one.params["mark"]) for one in queued)


@settings(max_examples=15, deadline=None)
@given(deeds=DEEDS)
def test_the_latest_mark_of_each_running_timer_is_told_once_and_no_other_is_told_from_then_on(deeds):
    clock = MovableClock()
    desk = Desk(memory_store(clock), clock)
    urgent = Target(Metric.resolution, 2 * HOUR, priority=2, calendar="always", warn_percent=(50,))
    site(desk.store, targets=targets(targets=(SOLVE, urgent)))
    ticket = desk.do(tickets.open_ticket, opened()).id
    before: Counter[tuple[object, ...]] = Counter()
    for deed in deeds:
        clock.forward(minutes=25)
        do(desk, ticket, deed)
        if deed != "look":
            continue
        told, timers = sweep(desk), desk.ask(lambda tx: tx.tickets.timers(ticket))
        due = {(one.metric.value, one.cycle, passed(one, clock())) for one in timers if passed(one, clock())}
        assert set(told - before) <= due <= set(told)
        assert set(told.values()) <= {1}
        before = told
    desk.store.close()
