"""The clipboard: which way is taken from where, and what it sends."""

import base64
import stat
from pathlib import Path

import pytest

from supporttui.tui.clipboard import MOST_ENCODED, Way, copy
from supporttui.tui.terminal import has_windows

TEXT = "T-1042 表示 é"


@pytest.fixture
def programs(tmp_path: Path):
    """Programs that keep their input, by name; ``fails`` ends badly."""

    def make(*names: str, fails: bool = False) -> dict[str, str]:
        for name in names:
            program = tmp_path / name
            program.write_text(f'#!/bin/sh\n/bin/cat > "{tmp_path}/got.${{0##*/}}"\nexit {int(fails)}\n')
            program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return {"PATH": str(tmp_path), "TERM": "xterm"}

    return make


def got(tmp_path: Path, name: str) -> str:
    return (tmp_path / f"got.{name}").read_text()


def sent_by(env: dict[str, str], text: str = TEXT, wish: Way = Way.auto) -> tuple[Way, str]:
    sent: list[str] = []
    return copy(text, env, sent.append, wish=wish), "".join(sent)


def decoded(sequence: str) -> str:
    assert sequence.startswith("\x1b]52;c;")
    assert sequence.endswith("\x07")
    return base64.b64decode(sequence[7:-1]).decode()


def test_inside_tmux_its_own_command_gets_the_text_and_no_sequence_is_sent(programs, tmp_path) -> None:
    way, sent = sent_by({**programs("tmux"), "TMUX": "/tmp/tmux,1,0"})
    assert (way, sent) == (Way.tmux, "")
    assert got(tmp_path, "tmux") == TEXT


def test_else_the_terminal_is_asked(programs) -> None:
    way, sent = sent_by(programs())
    assert way is Way.osc52
    assert decoded(sent) == TEXT


def test_inside_screen_the_sequence_is_wrapped_in_pieces_that_screen_hands_on(programs) -> None:
    way, sent = sent_by({**programs(), "STY": "1.pts"}, text="x" * 1000)
    pieces = sent.split("\x1b\\")[:-1]
    assert way is Way.osc52
    assert len(pieces) > 1
    assert all(piece.startswith("\x1bP") and len(piece) <= 256 for piece in pieces)
    assert decoded("".join(piece[2:] for piece in pieces)) == "x" * 1000


@pytest.mark.parametrize("change", [{"TERM": "linux"}, {"TERM": "vt220"}])
def test_a_terminal_without_a_clipboard_is_not_asked(programs, change) -> None:
    assert sent_by({**programs(), **change}) == (Way.show, "")


def test_what_is_too_long_for_a_terminal_is_not_cut_but_goes_another_way(programs, tmp_path) -> None:
    long = "y" * MOST_ENCODED
    assert sent_by(programs(), text=long) == (Way.show, "")
    env = {**programs("xclip"), "DISPLAY": ":0"}
    assert sent_by(env, text=long) == (Way.native, "")
    assert got(tmp_path, "xclip") == long


@pytest.mark.parametrize(
    ("name", "variable"), [("wl-copy", "WAYLAND_DISPLAY"), ("xclip", "DISPLAY"), ("xsel", "DISPLAY")]
)
def test_programs_of_the_desktop_are_asked_only_where_there_is_one(programs, tmp_path, name, variable) -> None:
    env = {**programs(name), "TERM": "linux"}
    assert sent_by(env)[0] is Way.show
    assert sent_by({**env, variable: ":0"})[0] is Way.native
    assert got(tmp_path, name) == TEXT


def test_a_program_that_fails_or_is_missing_gives_way_to_the_next(programs) -> None:
    env = {**programs("tmux", "xclip", fails=True), "TMUX": "1", "DISPLAY": ":0"}
    assert sent_by(env) == (Way.show, "")
    assert sent_by({"PATH": "/nowhere", "TMUX": "1"}) == (Way.show, "")


@pytest.mark.parametrize("wish", [Way.tmux, Way.native, Way.show])
def test_a_wish_that_cannot_be_fulfilled_shows_the_text(programs, wish) -> None:
    assert sent_by(programs(), wish=wish) == (Way.show, "")


def test_a_wish_is_taken_before_what_would_be_chosen(programs) -> None:
    assert sent_by({**programs("tmux"), "TMUX": "1"}, wish=Way.osc52)[0] is Way.osc52


@pytest.mark.parametrize(
    ("env", "seen"),
    [
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "1 2 3 4"}, False),
        ({}, False),
    ],
)
def test_windows_of_programs_are_never_expected_over_ssh(env, seen, monkeypatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert has_windows(env) is seen
