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
from supporttui.usecases import bonds, tickets, timer_notices
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
