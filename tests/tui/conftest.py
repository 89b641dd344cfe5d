"""What the stories at the desk share."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Any

import pytest

from supporttui.storage import SqlStore
from supporttui.tui import desk
from supporttui.usecases import tickets
from tests.builders import Desk, MovableClock, opened
from tests.tui.driver import Driven, at_desk

Night = Callable[..., AbstractAsyncContextManager[Driven]]


@pytest.fixture
def filled(site_store: SqlStore, clock: MovableClock) -> SqlStore:
    """Sixty tickets that came one minute apart; the older, the more pressing."""
    fill(site_store, clock, 60)
    return site_store


def fill(store: SqlStore, clock: MovableClock, count: int, **deviations: Any) -> None:
    """Open tickets, one a minute."""
    other = Desk(store, clock, prefix="fill")
    for number in range(count):
        other.do(
            tickets.open_ticket, opened(title=f"Ticket number {number}", **{"priority": 3, **deviations}), by="ben"
        )
        clock.forward(minutes=1)


@pytest.fixture
def night(filled: SqlStore, clock: MovableClock) -> Night:
    """A desk at a filled database: ``async with night(size=(80, 24)) as desk:``."""
    return partial(at_desk, filled, clock)


@pytest.fixture(autouse=True)
def no_sign_of_life_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk asks its database only when a key or the test wants it: what is on screen stands still."""
    monkeypatch.setattr(desk, "PROBE_SECONDS", 3600.0)
