"""The first frame: almost nothing is loaded for it, and it says how old it is."""

import subprocess
import sys
from pathlib import Path

import pytest

from supporttui import early
from supporttui.snapshot import Row
from tests.tui.test_snapshot import frame

MOST_MODULES = 60


def test_at_most_sixty_modules_are_loaded_before_the_first_frame() -> None:
    """The entry point itself, up to where the frame is written."""
    program = "import sys; import supporttui.__main__; from supporttui import early; early.paint(['x'], {}, 0); print(*sorted(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        text=True,
        cwd=Path(early.__file__).parents[1],
    ).stdout.split()
    assert len(found) <= MOST_MODULES, found


def test_nothing_heavy_is_loaded_before_the_desk_stands() -> None:
    """No database library, no dates: they come in the database thread and where people type times."""
    program = "import sys; import supporttui.tui.app; print([m for m in ('sqlalchemy', 'alembic', 'babel', 'arrow', 'psycopg') if m in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True, cwd=Path(early.__file__).parents[1]
    ).stdout
    assert found.strip() == "[]"


def test_every_line_of_the_window_is_there_and_the_first_says_how_old_it_is() -> None:
    lines = early.lines(frame(), 1000 + 150)
    assert len(lines) == 24
    assert "".join(text for _, text in lines[0]).endswith("OLD 2m")
    assert lines[0][-1][0] == "reverse"


def test_the_countdown_is_as_of_now_not_as_of_then() -> None:
    row = Row(1, 1, head="T-1 ", tail="", remaining=1000, anchor=0, until=10**6, running=True, critical=90, at_risk=360)
    assert early.sla_text(row, ("d", "h", "m", "s", "hold"), 400) == "10m"
    assert [early.sign_at(row, now) for now in (0, 640, 910, 1000, 1001)] == [
        "running",
        "at_risk",
        "critical",
        "critical",
        "breached",
    ]


def test_what_is_sent_holds_no_sequence_but_our_own() -> None:
    sent = early.painted(frame(), 1000)
    assert sent.startswith("\x1b[?1049h\x1b[?25l")
    assert sent.endswith("\x1b[0m")
    assert sent.count("\x1b]") == 0


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {}, {"TERM": "xterm", "SUPPORTTUI_RESTRICTED": "1"}])
def test_without_a_real_terminal_nothing_is_painted(env: dict[str, str]) -> None:
    assert not early.paint(["supporttui"], env, 0).painted


def test_before_a_word_is_said_the_terminal_is_given_back() -> None:
    """A fault found after the early frame must not be lost on the other screen."""
    said: list[str] = []

    class Stream:
        def write(self, text: str) -> int:
            said.append(text)
            return len(text)

    class Terminal:
        def restore(self) -> None:
            said.append("restored")

    early.LeavingFirst(Stream(), Terminal()).write("no such file")
    assert said == ["restored", "no such file"]
