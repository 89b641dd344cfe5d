"""L23: the requester is kept informed, and a promise of an update is apart from that of a solution."""

import pytest

from supporttui.domain.events import RequesterWrote
from supporttui.domain.sla.order import Metric
from supporttui.domain.sla.targets import Target
from supporttui.domain.states import State
from supporttui.usecases import tickets
from supporttui.usecases.record import record
from tests.builders import Desk, opened, targets


@pytest.fixture
def waiting(desk: Desk) -> int:
    """A ticket whose requester asked again after it was answered; an update within an hour is promised."""
    promised = (
        Target(Metric.update, 3_600, calendar="always"),
        Target(Metric.resolution, 36_000, calendar="always"),
    )
    with desk.store.write() as tx:
        tx.definitions.put("standard", targets(targets=promised))
    number = desk.do(tickets.open_ticket, opened()).id
    desk.do(tickets.reply, number, None, text="We look at it.")
    desk.clock.forward(minutes=5)
    with desk.store.write() as tx:
        record(desk.call(), tx, tx.tickets.get(number), [RequesterWrote("And?")])
    return number


def test_an_update_that_was_promised_and_missed_is_shown_apart_from_the_solution(shell, desk: Desk, waiting: int):
    desk.clock.forward(hours=2)
    shown = shell("ticket", "show", str(waiting), "--json").json["timers"]
    signs = {one["metric"]: one["shown"] for one in shown if one["stopped"] is None}
    assert signs == {"update": "breached", "resolution": "running"}


def test_what_is_fixed_and_waits_for_its_release_says_so(shell, waiting: int):
    assert shell("wait", str(waiting), "waiting_vendor", "--reason", "release", "--as", "ana").code == 0
    found = shell("ticket", "show", str(waiting))
    assert "fixed, awaiting release" in found.out
    value = shell("ticket", "show", str(waiting), "--json").json["ticket"]
    assert (value["state"], value["hold_reason"]) == (State.waiting_vendor.value, "release")


def test_a_promise_to_the_requester_that_is_missed_is_said_with_the_ticket_and_found(shell, desk: Desk, waiting: int):
    assert shell("promise", str(waiting), "30m", "we call", "--as", "ana").code == 0
    assert "Promised update missed" not in shell("ticket", "show", str(waiting)).out
    assert shell("queue", "is:promise-missed", "--json").json["tickets"] == []
    desk.clock.forward(hours=1)
    assert "Promised update missed: -30m" in shell("ticket", "show", str(waiting)).out
    assert [one["id"] for one in shell("queue", "is:promise-missed", "--json").json["tickets"]] == [waiting]
    shell("reply", str(waiting), "here we are", "--promise", "2h", "--as", "ana")
    assert "Promised update missed" not in shell("ticket", "show", str(waiting)).out
