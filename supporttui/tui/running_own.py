"""A person's own command at work: its program without a shell, with few variables, for a limited time."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from supporttui.domain.faults import Unavailable
from supporttui.domain.text import safe_text
from supporttui.tui.custom import CustomCommand

MOST_BYTES = 1_000_000
"""Of the output; what comes behind is read and left out."""
PASSED_ON = ("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "COLORTERM", "LANG", "LANGUAGE", "TZ", "TMPDIR")
_CHUNK = 65_536
_TELLABLE = 3
"""Lines of the end of its output by which a failure is told."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a program ended, and what it wrote to both of its outputs."""

    code: int
    """Its exit code; 128 + n after a signal."""
    lines: tuple[str, ...] = ()
    """Cleaned."""
    cut: bool = False
    """It wrote more than was kept."""

    @property
    def last(self) -> str:
        """The last lines, on one."""
        return " / ".join(line.strip() for line in self.lines[-_TELLABLE:] if line.strip())


def environment(command: CustomCommand, env: Mapping[str, str], values: Mapping[str, str]) -> Mapping[str, str]:
    """What the program finds: a few names of ours, those that it asks for, and the ticket's values.

    Passwords and tokens that are only meant for the desk stay where they are.
    """
    names = {*PASSED_ON, *command.env, *(name for name in env if name.startswith("LC_"))}
    facts = {f"SUPPORTTUI_{name.upper()}": value for name, value in values.items() if "." not in name}
    kept = {name: value for name, value in env.items() if name in names}
    return {**kept, **{name: str(safe_text(value, one_line=True)) for name, value in facts.items()}}


async def run(command: CustomCommand, argv: Sequence[str], env: Mapping[str, str]) -> Outcome:
    """Run it in the background and keep what it writes.

    Raises:
        Unavailable: ``custom.not_started``, ``custom.timeout``.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *argv, env=dict(env), start_new_session=True,  # the time limit also ends what it has started
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unavailable("custom.not_started", command=command.name, program=argv[0], reason=reason) from None
    try:
        async with asyncio.timeout(command.timeout):
            data, cut = await _read(process)
            code = await process.wait()
    except TimeoutError:
        raise Unavailable("custom.timeout", command=command.name, seconds=command.timeout) from None
    finally:
        await _end(process)
    text = safe_text(data.decode("utf-8", "replace"), one_line=False, limit=MOST_BYTES)
    return Outcome(code if code >= 0 else 128 - code, tuple(text.splitlines()), cut)


async def _read(process: asyncio.subprocess.Process) -> tuple[bytes, bool]:
    assert process.stdout is not None
    kept, cut = bytearray(), False
    while chunk := await process.stdout.read(_CHUNK):
        cut = cut or len(kept) + len(chunk) > MOST_BYTES
        kept += chunk[: MOST_BYTES - len(kept)]
    return bytes(kept), cut


async def _end(process: asyncio.subprocess.Process) -> None:
    """Nothing of it goes on behind the desk's back, not even when the desk is left meanwhile."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
