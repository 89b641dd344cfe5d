"""A program on a pseudo-terminal: a thread stamps what it writes, an emulator reads it afterwards.

Nothing is parsed between the program's write and the time-stamp, so the emulator costs no measured time.
"""

import contextlib
import fcntl
import itertools
import os
import pty
import queue
import re
import signal
import struct
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte

now = time.perf_counter
_QUERIES = re.compile(
    rb"\x1b\[(?:(?P<da>0?c)|(?P<da2>>0?c)|(?P<pos>6n)|(?P<ok>5n)|\?(?P<mode>\d+)\$p)|\x1b\](?P<osc>1[01]);\?"
)
_DROPPED = re.compile(rb"\x1b\[[<>=][0-9;:]*[ -/]*[@-~]|\x1b\[[?0-9;]*\$[a-z]|\x1b[P_^X][^\x1b]*\x1b\\")
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[P_^X\]][^\x07\x1b]*\x1b?|[()#%]?)\Z")
_ALTERNATE = re.compile(rb"\x1b\[\?1049h")


def _least(line: int, before: str, after: str) -> int:
    """The fewest bytes that turn a line of the screen into another: where each run of changed cells begins, and the run."""
    if before == after:
        return 0
    runs = itertools.groupby(enumerate(zip(before, after, strict=True)), key=lambda cell: cell[1][0] != cell[1][1])
    total = 0
    for changed, cells in runs:
        if changed:
            run = list(cells)
            total += len(f"\x1b[{line + 1};{run[0][0] + 1}H".encode()) + len(
                "".join(new for _, (_, new) in run).encode()
            )
    return total


class Terminal:
    """One program, its screen, and what it sent and when."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str], *, size: tuple[int, int] = (120, 40)) -> None:
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._inbox: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        self._rest = b""
        self.bytes = 0
        self.started = now()
        self.pid, self._fd = pty.fork()
        if not self.pid:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.execvpe(argv[0], list(argv), dict(env))
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._fd, 65536)
            except OSError:
                data = b""
            self._inbox.put((now(), data))
            if not data:
                return
            for query in _QUERIES.finditer(data):
                self._answer(query)

    def _answer(self, query: "re.Match[bytes]") -> None:
        kind = query.lastgroup or ""
        value = query.group(kind)
        replies = {
            "da": b"\x1b[?62;22c",
            "da2": b"\x1b[>1;4600;0c",
            "ok": b"\x1b[0n",
            "pos": b"\x1b[1;1R",
            "mode": b"\x1b[?%b;%d$y" % (value, 2 if value == b"2026" else 0),
            "osc": b"\x1b]%b;rgb:1111/1111/1111\x1b\\" % value,
        }
        self.send(replies[kind])

    def send(self, keys: bytes) -> float:
        """Press keys; gives the moment."""
        moment = now()
        with contextlib.suppress(OSError):
            os.write(self._fd, keys)
        return moment

    def text(self) -> str:
        """The screen as lines of text."""
        return "\n".join(self.screen.display)

    def watch(self, until: Callable[[], bool], *, limit: float = 60.0) -> float:
        """The moment of the bytes after which ``until`` held; raises TimeoutError."""
        end = now() + limit
        while now() < end:
            try:
                moment, data = self._inbox.get(timeout=0.05)
            except queue.Empty:
                continue
            self._feed(data)
            if until():
                return moment
            if not data:
                break
        msg = f"not on the screen in {limit} s:\n{self.text()}"
        raise TimeoutError(msg)

    def settle(self, quiet: float = 0.4, limit: float = 20.0) -> None:
        """Read on until nothing came for ``quiet`` seconds."""
        end = now() + limit
        while now() < end:
            try:
                _, data = self._inbox.get(timeout=quiet)
            except queue.Empty:
                return
            self._feed(data)

    def idle(self, seconds: float) -> tuple[int, int, int]:
        """While nobody types: bytes sent, bytes that what changed would have needed, and writes.

        Needed is a cursor move for each run of changed cells and their characters, colours aside.
        """
        before, needed, writes, end = self.bytes, 0, 0, now() + seconds
        shown = list(self.screen.display)
        while (left := end - now()) > 0:
            try:
                _, data = self._inbox.get(timeout=left)
            except queue.Empty:
                break
            self._feed(data)
            writes += 1
            fresh = list(self.screen.display)
            needed += sum(map(_least, range(len(fresh)), shown, fresh))
            shown = fresh
        return self.bytes - before, needed, writes

    def _feed(self, data: bytes) -> None:
        self.bytes += len(data)
        data = self._rest + data
        cut = _UNFINISHED.search(data)
        data, self._rest = (data[: cut.start()], data[cut.start() :]) if cut else (data, b"")
        self._stream.feed(_ALTERNATE.sub(b"\x1b[2J\x1b[H", _DROPPED.sub(b"", data)))

    def private_mib(self) -> float:
        """Memory that only this process has, in MiB."""
        rollup = Path(f"/proc/{self.pid}/smaps_rollup").read_text(encoding="ascii")
        return sum(int(kib) for kib in re.findall(r"^Private_\w+:\s+(\d+) kB", rollup, re.MULTILINE)) / 1024

    def wakeups(self) -> int:
        """How often its threads have gone to sleep of their own accord."""
        statuses = Path(f"/proc/{self.pid}/task").glob("*/status")
        texts = [status.read_text(encoding="ascii") for status in statuses]
        return sum(
            int(found[1])
            for text in texts
            if (found := re.search(r"^voluntary_ctxt_switches:\s+(\d+)", text, re.MULTILINE))
        )

    def cpu_seconds(self) -> float:
        """Time of all its threads so far, in the kernel too, by the process's own clock."""
        return time.clock_gettime(~self.pid << 3 | 2)

    def close(self) -> None:
        """End the program, whatever it does."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        end = now() + 3
        while now() < end:
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                break
            self.settle(0.05, 0.1)
        else:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._fd)
