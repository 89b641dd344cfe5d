"""What vendors announce stands in a calendar while its ticket is open, and beside the tickets that it concerns."""

import pytest

from supporttui.domain.spans import Instant
from supporttui.usecases import announcements, bonds, queue, tickets
from supporttui.usecases.incoming import messages
from tests.builders import NOW, Desk, opened, refuses

pytestmark = pytest.mark.core
START, END = Instant(NOW + 3600), Instant(NOW + 7200)


@pytest.fixture
def message(desk: Desk) -> int:
    """A vendor's message that became a ticket."""
    return desk.do(tickets.open_ticket, opened(title="Core update")).id


def test_the_calendar_has_what_is_to_come_with_its_tickets_and_who_acknowledged_it(desk: Desk, message: int) -> None:
    later, about = (desk.do(tickets.open_ticket, opened()).id for _ in range(2))
    desk.do(announcements.announce, later, None, start=Instant(END + 60), end=Instant(END + 90))
    desk.do(announcements.announce, message, None, start=START, end=END, text="no logins")
    desk.do(bonds.relate, message, None, other=about)
    desk.do(messages.acknowledge_once, message, by="lea")
    first, second = desk.ask(announcements.calendar, NOW).tickets
    assert (first.id, first.acknowledged_by, [bond.other for bond in first.relations]) == (message, "lea", [about])
    assert [one.id for one in desk.ask(announcements.calendar, END).tickets] == [second.id] == [later]
    desk.do(tickets.close, later, None)
    assert desk.ask(announcements.calendar, END).tickets == ()


@pytest.mark.parametrize(("ahead", "seen"), [(0, True), (6_600, True), (7_200, False), (-90_000, False)])
def test_a_ticket_of_the_service_shows_it_from_a_day_before_to_its_end(
    desk: Desk, message: int, ahead: int, seen: bool
) -> None:
    other = desk.do(tickets.open_ticket, opened()).id
    desk.do(announcements.announce, message, None, start=START, end=END)
    found = desk.ask(queue.detail, other, Instant(NOW + ahead)).beside.announced
    assert [one.id for one in found] == ([message] if seen else [])


def test_neither_itself_nor_another_service_is_told(desk: Desk, message: int) -> None:
    desk.do(announcements.announce, message, None, start=START, end=END)
    assert desk.ask(queue.detail, message, NOW).beside.announced == ()


def test_what_cannot_be_announced_is_refused_with_its_reason(desk: Desk, message: int) -> None:
    for start, end, code in (
        (None, END, "announce.window_missing"), (END, START, "announce.backwards"),
        (Instant(NOW - 60), NOW, "announce.past"),
    ):  # fmt: skip
        with refuses(code):
            desk.do(announcements.announce, message, None, start=start, end=end)
    with refuses("announce.none"):
        desk.do(announcements.retract, message, None)
    desk.do(announcements.announce, message, None, start=START, end=END)
    with refuses("announce.same"):
        desk.do(announcements.announce, message, None, start=START, end=END)
    assert desk.do(announcements.retract, message, None, reason="postponed").announcement is None
