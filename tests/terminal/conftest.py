"""A database with hostile tickets, and terminals that are closed again."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from supporttui.storage import open_store
from supporttui.usecases import tickets
from tests.builders import Desk, MovableClock, opened
from tests.terminal.pty import Terminal

HOSTILE = (
    "\x1b]0;stolen title\x1b\\", "\x1b[31mred\x1b[0m", "\x9b5n report", "\u202egnp.exe", "[/nope] [@click=app.quit]x[/]",
    "\x00\x07\x08\x0b\x0c\x7f", "漢字ばかりの題名です", "x" * 5000, "a\r\nb\tc", "\u200b\u2066hidden\u2069",
)  # fmt: skip

Starter = Callable[..., Terminal]


@pytest.fixture
def database(site_url: str, clock: MovableClock) -> str:
    """A small desk with a ticket for each way in which a stranger's text can hurt."""
    store = open_store(site_url, clock=clock)
    desk = Desk(store, clock)
    for number, text in enumerate(HOSTILE):
        desk.do(tickets.open_ticket, opened(title=f"No {number} {text}", text=text, requester=text, priority=1))
    store.close()
    return site_url


@pytest.fixture
def start(database: str, tmp_path: Path) -> Iterator[Starter]:
    """Starts the desk on that database, as Ana."""
    running: list[Terminal] = []
    home = tmp_path / "home"
    home.mkdir()

    def starting(*args: str, **options: Any) -> Terminal:
        terminal = Terminal("--db", database, "--as", "ana", *args, home=home, **options)
        running.append(terminal)
        return terminal

    yield starting
    for terminal in running:
        terminal.close()
