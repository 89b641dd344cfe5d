"""A start on a real terminal: what is loaded before it can be used, and that what was shown stays shown."""

import shutil

import pytest

from tests.benchmarks import programs
from tests.benchmarks.programs import DOWN, Rows, environment, warm
from tests.benchmarks.terminal import Terminal
from tests.scale.conftest import FEW

BEGUN = b"\x1b[?2026$p"
"""Asked of the terminal when the desk takes over from the early frame, before its own first one."""
UNWANTED = (b"sqlalchemy", b"alembic", b"psycopg", b"babel", b"arrow", b"click", b"supporttui.storage")
pytestmark = pytest.mark.xdist_group("scale")


class Recorded(Terminal):
    """Keeps every byte, and where the cursor of the list stood after each chunk."""

    def __init__(self, *args, **options):
        self.sent = b""
        self.places = []
        super().__init__(*args, **options)

    def _feed(self, data):
        super()._feed(data)
        self.sent += data
        place = Rows(self).cursor
        if place is not None and place not in self.places[-1:]:
            self.places.append(place)


@pytest.fixture
def started(filled, tmp_path):
    """A second start of the desk with keys typed at once."""
    terminals = []

    def start(keys=b"", **env):
        database, home = tmp_path / "own.sqlite", tmp_path / "home"
        shutil.copy(filled(FEW), database)  # a desk writes: it keeps a watch
        warm(database, home)
        terminals.append(Recorded(programs._command(database), environment(home) | env))
        terminals[-1].send(keys)
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.close()


def test_rows_and_the_first_key_come_before_anything_heavy_is_loaded(started):
    terminal = started(DOWN, PYTHONPROFILEIMPORTTIME="1")
    terminal.watch(lambda: b" live " in terminal.sent)
    frame = terminal.sent.index(b" T-", terminal.sent.index(BEGUN))
    assert b"T-" in terminal.sent[: terminal.sent.index(b"supporttui.cli")]
    assert [name for name in UNWANTED if name in terminal.sent[: terminal.sent.index(BEGUN)]] == []
    # The thread that opens the database starts while the desk's own frame is on its way to the terminal.
    begun = {b"sqlalchemy"}
    assert [name for name in UNWANTED if name in terminal.sent[:frame] and name not in begun] == []


def test_the_cursor_follows_the_keys_typed_at_spawn_and_never_goes_back(started):
    terminal = started(3 * DOWN)
    terminal.watch(lambda: "live" in terminal.screen.display[0])
    terminal.settle()
    lines = [line for line, _ in terminal.places]
    assert lines == sorted(lines)
    assert lines[-1] == lines[0] + 3
