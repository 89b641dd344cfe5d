"""What the stories at the desk share."""

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from supporttui.storage import SqlStore, open_store
from supporttui.tui import desk
from supporttui.usecases import tickets
from tests.builders import Desk, MovableClock, opened
from tests.tui.driver import Driven, at_desk

Night = Callable[..., AbstractAsyncContextManager[Driven]]


SIXTY = 60


@pytest.fixture(scope="session")
def filled_template(site_template: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The small desk with its tickets, as bytes."""
    path = tmp_path_factory.mktemp("filled") / "filled.db"
    path.write_bytes(site_template)
    clock = MovableClock()
    opened = open_store(f"sqlite:///{path}", clock=clock)
    fill(opened, clock, SIXTY)
    opened.close()
    return path.read_bytes()


@pytest.fixture
def filled(filled_template: bytes, site_url: str, tmp_path: Path, clock: MovableClock) -> Iterator[SqlStore]:
    """Sixty tickets that came one minute apart; the older, the more pressing."""
    Path(site_url.removeprefix("sqlite:///")).write_bytes(filled_template)
    clock.forward(minutes=SIXTY)
    opened = open_store(site_url, clock=clock)
    yield opened
    opened.close()


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
