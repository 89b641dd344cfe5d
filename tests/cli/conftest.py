"""Runs commands as a shell would see them: exit code, standard output, standard error."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from supporttui.cli.main import main
from supporttui.storage import SqlStore
from supporttui.usecases import tickets
from tests.builders import Desk, MovableClock, opened


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object on standard output."""
        (line,) = self.out.splitlines()
        return json.loads(line)

    @property
    def fault(self) -> Any:
        """What standard error says to a machine."""
        return json.loads(self.err)["error"]


@dataclass
class Shell:
    """Someone at a shell without a terminal; ``url`` is given by ``--db`` unless the arguments do."""

    capture: pytest.CaptureFixture[str]
    url: str
    clock: MovableClock
    home: Path
    env: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.env = {
            "HOME": str(self.home), "LANG": "en_US.UTF-8", "TZ": "UTC", "TERM": "xterm",
            "XDG_CONFIG_HOME": str(self.home), "XDG_DATA_HOME": str(self.home), "XDG_STATE_HOME": str(self.home),
            "XDG_CONFIG_DIRS": str(self.home / "none"),
        }  # fmt: skip

    def __call__(self, *args: str, db: bool = True, **env: str) -> Result:
        given = ["--db", self.url, *args] if db else list(args)
        self.capture.readouterr()
        code = main(given, {**self.env, **env}, clock=self.clock)
        out, err = self.capture.readouterr()
        return Result(code, out, err)


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], site_url: str, clock: MovableClock, tmp_path: Path) -> Shell:
    """A shell on the small desk."""
    return Shell(capsys, site_url, clock, tmp_path / "home")


@pytest.fixture
def desk(site_store: SqlStore, clock: MovableClock) -> Desk:
    """The same small desk, for what a test prepares and looks at."""
    return Desk(site_store, clock)


@pytest.fixture
def ticket(desk: Desk) -> int:
    """An open ticket of priority 1."""
    return desk.do(tickets.open_ticket, opened(priority=1, title="Mail is down")).id
