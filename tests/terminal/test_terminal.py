"""The desk on a real terminal: it starts, follows the window, ends in every way, and leaves the terminal as it was."""

import re
import signal
import time

import pytest

from tests.terminal.conftest import HOSTILE, Starter
from tests.terminal.pty import Terminal

OTHER_SCREEN_ON, OTHER_SCREEN_OFF, CURSOR_ON = b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[?25h"
POINTER = b"\x1b]22;default\x07"
"""Textual's own: the shape of the mouse pointer."""
_SEQUENCES = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[=>78c]")


def standing(terminal: Terminal) -> Terminal:
    return terminal.shows("live", " T-1 ", "No 0")


def expect_restored(terminal: Terminal) -> None:
    """Other screen left, cursor shown, echo on, mouse and paste modes off."""
    assert terminal.sent.rfind(OTHER_SCREEN_OFF) > terminal.sent.rfind(OTHER_SCREEN_ON)
    assert terminal.sent.rfind(CURSOR_ON) > terminal.sent.rfind(b"\x1b[?25l")
    assert terminal.sent.rfind(b"\x1b[?2004l") > terminal.sent.rfind(b"\x1b[?2004h")
    assert terminal.echoes


def test_it_starts_and_q_leaves_it(start: Starter) -> None:
    terminal = standing(start())
    terminal.press("q")
    assert terminal.ended() == 0
    expect_restored(terminal)


def test_it_follows_the_window_and_says_when_that_is_too_small(start: Starter) -> None:
    terminal = standing(start())
    terminal.resize(120, 40).until(lambda: "? more" in terminal.lines[39])
    terminal.resize(60, 15).until(lambda: "? more" in terminal.lines[14])
    terminal.resize(30, 6).shows("too small")
    terminal.resize(80, 24).until(lambda: "? more" in terminal.lines[23])


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_it_within_two_seconds_and_restores_the_terminal(start: Starter, number: int, code: int) -> None:
    terminal = standing(start())
    begun = time.monotonic()
    terminal.child.kill(number)
    assert terminal.ended() == code
    assert time.monotonic() - begun < 3
    expect_restored(terminal)


def test_a_terminal_that_is_gone_ends_it(start: Starter) -> None:
    """The window is closed: no process stays behind and burns the processor."""
    terminal = standing(start())
    terminal.vanish(within=6)


def test_no_text_of_a_stranger_reaches_the_terminal_as_a_command(start: Starter) -> None:
    """Queue, ticket and prompts: nothing but our own sequences, and no control character in between."""
    terminal = standing(start("--lang", "de", size=(160, 45)))
    for number in range(len(HOSTILE)):
        terminal.press("\r").until(lambda number=number: f"T-{number + 1} " in terminal.lines[2])
        terminal.press("q").shows("No 9")
        terminal.press("c").until(lambda: "T-" in terminal.lines[43])
        terminal.press("\x1b").until(lambda: "T-" not in terminal.lines[43])
        terminal.press("j")
    terminal.press("q")
    assert terminal.ended() == 0
    for forbidden in (b"\x1b]0;stolen", b"\x1b]8;", b"\x07", b"\x9b5n", "\u202e".encode(), "\u2066".encode(), b"\x00"):
        assert forbidden not in terminal.sent.replace(POINTER, b"")
    rest = _SEQUENCES.sub(b"", terminal.sent.replace(POINTER, b""))
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", rest)


def test_colours_are_left_out_when_they_are_not_wanted(start: Starter) -> None:
    terminal = standing(start(env={"NO_COLOR": "1"}))
    terminal.press("q")
    terminal.ended()
    colours = re.findall(rb"\x1b\[([0-9;]*)m", terminal.sent)
    used = {number for codes in colours for number in codes.split(b";") if number}
    assert not {number for number in used if 30 <= int(number) <= 49 and int(number) not in (39, 49)}


def test_a_quiet_second_costs_little(start: Starter) -> None:
    """Everything ticks; at most 300 bytes a second, counted over three."""
    terminal = standing(start())
    end = time.monotonic() + 1
    while time.monotonic() < end:
        terminal.read()
    before, end = len(terminal.sent), time.monotonic() + 3
    while time.monotonic() < end:
        terminal.read()
    assert len(terminal.sent) - before <= 900


def test_the_second_start_shows_the_last_view_at_once_and_keys_typed_meanwhile_act(start: Starter) -> None:
    """The first frame is there before anything is loaded, says how old it is, and is the same list."""
    first = standing(start())
    first.press("q")
    assert first.ended() == 0
    second = start()
    second.press("j")
    second.shows("No 0", "OLD ")
    early = len(second.sent)
    # What is typed before the program runs at all is echoed by the terminal.
    assert second.sent.removeprefix(b"j").startswith(b"\x1b[?1049h\x1b[?25l")
    assert early < 10_000
    standing(second)
    second.until(lambda: any(line.startswith(">") and "No 1" in line for line in second.lines))
    second.press("q")
    assert second.ended() == 0
    expect_restored(second)


def test_moves_are_seen_before_the_program_is_loaded_and_other_keys_wait_for_it(start: Starter) -> None:
    """Three down, one up, and an acknowledgement, all typed at once: the right ticket is acknowledged."""
    first = standing(start())
    first.press("q")
    assert first.ended() == 0
    second = start()
    second.press("jj\x1b[Bka")
    second.until(lambda: any(line.startswith(">") and "No 2" in line for line in second.lines))
    assert "OLD " in second.lines[0]
    second.shows("Acknowledged T-3")
    assert any(line.startswith(">") and "No 2" in line for line in second.lines)
    second.press("q")
    assert second.ended() == 0
    expect_restored(second)


PLANTED = """
import sys
from supporttui.tui.queue.screen import QueueScreen
def fails(self):
    secret = "hunter2"
    raise ValueError(secret)
QueueScreen.action_ticket_copy = fails
from supporttui.__main__ import main
sys.exit(main())
"""


def test_a_defect_prints_three_lines_and_no_local_variable(start: Starter) -> None:
    """The terminal is restored, the exit code says so, and neither screen nor log has the secret."""
    terminal = standing(start(program=("-c", PLANTED)))
    terminal.press("y")
    assert terminal.ended() == 70
    expect_restored(terminal)
    said = terminal.sent[terminal.sent.rfind(OTHER_SCREEN_OFF) :]
    assert b"a fault of ours" in said
    assert b"Traceback" not in said
    log = terminal.home / ".local" / "state" / "supporttui" / "supporttui.log"
    assert log.stat().st_mode & 0o777 == 0o600
    assert b"hunter2" not in terminal.sent + log.read_bytes()
