"""Whoever opens or works on a change at the desk while changes are to wait is told so, beside what was done."""

from datetime import date

import pytest

from supporttui.domain.periods.period import Dates, PeriodKind
from supporttui.domain.states import Kind
from supporttui.storage import SqlStore
from supporttui.tui.asking import describing
from supporttui.usecases import tickets
from supporttui.usecases.definitions.defining import define
from tests.builders import Desk, MovableClock, opened
from tests.domain.periods.making import period
from tests.tui.conftest import Night
from tests.tui.screens import message


@pytest.fixture
def change(filled: SqlStore, clock: MovableClock) -> int:
    """A change of a service whose changes wait."""
    desk = Desk(filled, clock, prefix="freeze")
    days = (Dates(date(2026, 3, 2), date(2026, 3, 2)),)
    desk.do(
        define, "still", period(id="still", name="Accounts", kind=PeriodKind.freeze, hours=None, dates=days), by="zoe"
    )
    return int(desk.do(tickets.open_ticket, opened(kind=Kind.change)).id)


async def test_working_on_a_change_says_that_changes_wait_and_what_was_done(night: Night, change: int) -> None:
    async with night() as desk:
        desk.app.open_ticket(change)
        await desk.settle()
        await desk.press("a")
        told = message(desk)
        assert f"Acknowledged T-{change}." in told
        assert "Accounts: changes wait until" in told
        desk.app.open_ticket(1)
        await desk.settle()
        await desk.press("a")
        assert "changes wait" not in message(desk)


async def test_opening_a_change_says_that_changes_wait(night: Night, change: int) -> None:
    async with night() as desk:
        values = {"title": "New rule", "service": "mail", "kind": "change"}
        describing.create(desk.queue, values, refused=desk.app.refuse)
        await desk.settle()
        told = message(desk)
        assert f"Opened T-{change + 1}." in told
        assert "Accounts: changes wait until" in told
