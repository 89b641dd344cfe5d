"""What is typed on a real terminal outlives it: a crash, a lost line, a closed window; and the editor has the terminal."""

import json
import os
import signal
from pathlib import Path

import pytest

from tests.terminal.conftest import Starter
from tests.terminal.pty import Terminal


def standing(terminal: Terminal) -> Terminal:
    return terminal.shows("live", " T-1 ", "No 0")


def kept(terminal: Terminal) -> list[str]:
    """The texts of the drafts on disk."""
    folder = terminal.home / ".local" / "state" / "supporttui" / "drafts"
    return [json.loads(path.read_text())["texts"].get("text", "") for path in folder.glob("*/*.json")]


def asked(terminal: Terminal) -> Terminal:
    terminal.press("c")
    return terminal.shows("Note on T-1:")


def program(folder: Path, *lines: str) -> str:
    path = folder / "editor"
    path.write_text("\n".join(("#!/bin/sh", *lines)))
    path.chmod(0o755)
    return str(path)


def test_a_crash_loses_at_most_the_last_second(start: Starter) -> None:
    """Nothing was saved by a key: killed outright, all that had a second to reach the disk is offered again."""
    terminal = asked(standing(start()))
    terminal.press("first look at it ").until(lambda: kept(terminal) == ["first look at it "])
    terminal.press("日本語").shows("日本語")
    os.kill(terminal.child.pid, signal.SIGKILL)
    assert terminal.ended() == 128 + signal.SIGKILL
    again = asked(standing(start()))
    again.shows("Note on T-1: first look at it")


def test_the_files_of_drafts_are_private(start: Starter) -> None:
    terminal = asked(standing(start()))
    terminal.press("secret").until(lambda: kept(terminal) == ["secret"])
    folder = terminal.home / ".local" / "state" / "supporttui" / "drafts"
    (file,) = folder.glob("*/*.json")
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_loses_no_letter(start: Starter, number: int) -> None:
    terminal = asked(standing(start()))
    terminal.press("every single letter").shows("every single letter")
    terminal.child.kill(number)
    terminal.ended()
    assert kept(terminal) == ["every single letter"]
    asked(standing(start())).shows("Note on T-1: every single letter")


def test_a_window_that_is_closed_loses_no_letter(start: Starter) -> None:
    terminal = asked(standing(start()))
    terminal.press("every single letter").shows("every single letter")
    terminal.vanish(within=6)
    assert kept(terminal) == ["every single letter"]


def test_the_editor_has_the_terminal_and_gives_it_back(start: Starter, tmp_path: Path) -> None:
    editor = program(
        tmp_path, "test -t 0 && test -t 1 && echo HAS A TERMINAL", 'echo "from outside" >> "$1"', "read line"
    )
    terminal = asked(standing(start(env={"EDITOR": editor})))
    terminal.press("inside").shows("inside")
    terminal.press("\x1bOS").shows("HAS A TERMINAL")
    terminal.press("\r").shows("inside", "from outside", "^s saves")
    terminal.press("\x13").shows("Note saved on T-1", " live ")
    assert kept(terminal) == []
    terminal.press("q")
    assert terminal.ended() == 0
    assert not list((terminal.home / ".local" / "state" / "supporttui").glob("text-*"))


def test_an_interrupt_in_the_editor_is_not_the_desks(start: Starter, tmp_path: Path) -> None:
    editor = program(tmp_path, "echo WAITING", "trap 'echo LEFT; exit 1' INT", "while :; do sleep 0.05; done")
    terminal = asked(standing(start(env={"VISUAL": editor})))
    terminal.press("mine").shows("mine")
    terminal.press("\x1bOS").shows("WAITING")
    terminal.press("\x03").shows("ended with 1", "mine")
    terminal.press("\x1b").shows(" live ")
    terminal.press("q").shows("1 draft is not sent")
    terminal.press("y")
    assert terminal.ended() == 0


def test_what_the_editor_has_saved_is_not_lost_with_the_line(start: Starter, tmp_path: Path) -> None:
    """The desk is told to end while the editor has the text."""
    editor = program(tmp_path, 'echo "saved by the editor" > "$1"', "echo WAITING", "sleep 30")
    terminal = asked(standing(start(env={"EDITOR": editor})))
    terminal.press("before").shows("before")
    terminal.press("\x1bOS").shows("WAITING")
    os.kill(terminal.child.pid, signal.SIGTERM)
    terminal.until(lambda: kept(terminal) == ["saved by the editor"])


def test_f3_gives_the_ticket_to_the_pager(start: Starter) -> None:
    terminal = standing(start(env={"PAGER": "less", "LESS": "FRX"}))
    terminal.press("\r").shows("[Timeline]")
    terminal.press("\x1bOR").until(lambda: "T-1" in terminal.text and "[Timeline]" not in terminal.text)
    terminal.press("q").shows("[Timeline]", " live ")
