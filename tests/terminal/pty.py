"""The program on a real pseudo-terminal, read by an emulator."""

import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Thread

import pexpect
import pyte

PATIENCE_SECONDS = 12
ROOT = Path(__file__).parents[2]
_PRIVATE = re.compile(rb"\x1b\[[<>=][0-9;:]*[ -/]*[@-~]|\x1b\[[?0-9;]*\$[a-z]")
"""What the emulator does not know: keyboard protocol, mode requests."""


class Terminal:
    """One run of ``supporttui``; what it sent, and what a person would see of it."""

    def __init__(
        self, *args: str, home: Path, size: tuple[int, int] = (80, 24), env: Mapping[str, str] | None = None,
        program: Sequence[str] = ("-m", "supporttui"),
    ) -> None:  # fmt: skip
        width, height = size
        settings = {
            "HOME": str(home), "PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT),
            "TZ": "UTC", **(env or {}),
        }  # fmt: skip
        self.screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self.screen)
        self.home = home
        self.sent = b""
        self.echoes = False
        """Whether the terminal, when the program had ended, echoed what is typed, as a shell expects it."""
        self.child = pexpect.spawn(
            sys.executable, [*program, *args], env=settings, dimensions=(height, width), cwd=str(home), echo=True, timeout=PATIENCE_SECONDS,
        )  # fmt: skip

    def read(self, seconds: float = 0.05) -> bytes:
        """What comes within a moment."""
        try:
            data = self.child.read_nonblocking(65536, timeout=seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return b""
        self.sent += data
        self._stream.feed(_PRIVATE.sub(b"", data))
        return data

    def until(self, seen: Callable[[], bool]) -> "Terminal":
        """Read on until something is seen."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not seen():
            assert time.monotonic() < end, f"{self.text}\n{self.log}"
            self.read()
        return self

    def shows(self, *parts: str) -> "Terminal":
        """Wait until all of this is on screen."""
        return self.until(lambda: all(part in self.text for part in parts))

    def press(self, keys: str) -> "Terminal":
        """Press keys."""
        self.child.send(keys)
        return self

    def resize(self, width: int, height: int) -> "Terminal":
        """The window changes its size."""
        self.child.setwinsize(height, width)
        self.screen.resize(height, width)
        return self

    def ended(self) -> int:
        """Wait for the end; gives the exit code, 128 + n for a signal that nobody caught."""
        self.until(lambda: not self.child.isalive())
        while self.read():
            pass
        self.echoes = bool(self.child.getecho())
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else 128 + self.child.signalstatus

    def vanish(self, within: float) -> None:
        """The window is closed; the program must be gone in so many seconds."""
        self.child.ptyproc.fileobj.close()
        self.child.closed = self.child.ptyproc.closed = True
        waiting = Thread(target=self.child.ptyproc.wait, daemon=True)
        waiting.start()
        waiting.join(within)
        assert not waiting.is_alive()

    @property
    def lines(self) -> list[str]:
        """What is on screen."""
        return list(self.screen.display)

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines)

    @property
    def log(self) -> str:
        """What the program left for whoever looks for a defect."""
        return "".join(found.read_text(errors="replace") for found in self.home.rglob("supporttui.log"))

    def close(self) -> None:
        """End the program if it still runs."""
        self.child.close(force=True)
