"""The clipboard of the person's terminal, by the first way that works from here.

Inside tmux its own command, because tmux swallows the escape sequence by default (tried); else the escape sequence,
wrapped inside screen; else a program of the desktop, where there is one; else the text is shown, to be marked by hand.
"""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from shutil import which

TMUX = ("tmux", "load-buffer", "-w", "-")
NATIVE: Sequence[tuple[str, tuple[str, ...]]] = (
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard", "-in")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
)
"""Programs that put their input on the clipboard, each with the variable without which it has none to put it on."""
MOST_ENCODED = 74_994
"""Bytes of base64 in one sequence; terminals drop what is longer."""
SCREEN_PIECE = 240
"""Bytes that GNU screen hands through at a time."""
SECONDS = 2
_WITHOUT = ("linux", "dumb", "vt")
"""Terminals, by the start of their name, that have no clipboard."""


class Way(StrEnum):
    """How a text is copied; as a setting, which way to take."""

    auto = "auto"
    tmux = "tmux"
    osc52 = "osc52"
    native = "native"
    show = "show"


Write = Callable[[str], None]
"""Sends to the terminal."""


def copy(text: str, env: Mapping[str, str], write: Write, *, wish: Way = Way.auto) -> Way:
    """Copy by the way that is wished, or by the first that works; gives the one taken.

    ``Way.show`` says that nothing could be done from here.
    """
    ways = _chain(env) if wish is Way.auto else (wish,)
    return next((way for way in ways if _WAYS[way](text, env, write)), Way.show)


def _chain(env: Mapping[str, str]) -> Iterator[Way]:
    yield Way.tmux if env.get("TMUX") else Way.osc52
    yield Way.native


def _by_tmux(text: str, env: Mapping[str, str], _: Write) -> bool:
    return bool(env.get("TMUX")) and _run(TMUX, text, env)


def _by_sequence(text: str, env: Mapping[str, str], write: Write) -> bool:
    encoded = base64.b64encode(text.encode()).decode()
    if len(encoded) > MOST_ENCODED or env.get("TERM", "dumb").startswith(_WITHOUT):
        return False
    sequence = f"\x1b]52;c;{encoded}\x07"
    write(through_screen(sequence) if env.get("STY") else sequence)
    return True


def through_screen(sequence: str) -> str:
    """GNU screen hands on what is between DCS and ST, a piece at a time."""
    pieces = (sequence[start : start + SCREEN_PIECE] for start in range(0, len(sequence), SCREEN_PIECE))
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


def _by_program(text: str, env: Mapping[str, str], _: Write) -> bool:
    return any(
        _run(argv, text, env) for variable, argv in NATIVE if env.get(variable) and which(argv[0], path=env.get("PATH"))
    )


def _run(argv: Sequence[str], text: str, env: Mapping[str, str]) -> bool:
    """Whether it ended well. Its output goes nowhere: some stay behind, and would hold a pipe open for ever."""
    try:
        done = subprocess.run(  # noqa: S603  the programs named above
            argv, input=text.encode(), env=dict(env), timeout=SECONDS, check=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


_WAYS: Mapping[Way, Callable[[str, Mapping[str, str], Write], bool]] = {
    Way.tmux: _by_tmux,
    Way.osc52: _by_sequence,
    Way.native: _by_program,
    Way.show: lambda *_: False,
}
