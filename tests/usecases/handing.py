"""A night whose shift is handed over: Ben gives at eight, Ana takes."""

import pytest

from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.usecases import tickets
from supporttui.usecases.handover import reading, writing
from supporttui.usecases.handover.reading import HandoverView
from tests.builders import NOW, Desk

HANDOFF = Instant(NOW + 16_800)
"""08:00 in Berlin: Ben's night ends, Ana's day begins."""
SOON = Instant(HANDOFF - 600)
"""When it is time to sign and to accept."""
ID = "night-1-20260302T070000Z"


@pytest.fixture
def burning(desk: Desk) -> TicketId:
    """A top priority of Ben's, who is on duty until eight."""
    found = desk.do(tickets.create, title="Mail is down", service="mail", priority=1, by="ben").id
    desk.do(tickets.take, found, None, by="ben")
    return found


def seen(desk: Desk, me: str = "ben", **options) -> HandoverView:
    return desk.ask(reading.show, desk.clock(), me, **options)


def keys(view: HandoverView) -> list[str]:
    return [item.key for item in view.handover.items if not item.key.startswith("fault:")]


def told(desk: Desk) -> set[tuple[str, str]]:
    return {(one.person, one.code) for one in desk.ask(lambda tx: tx.outbox.of_operation(desk.last))}


def given(desk: Desk, ticket: TicketId) -> None:
    desk.do(writing.next_step, ticket=ticket, text="call the bridge", by="ben")
    desk.do(writing.sign, by="ben")
