"""Where a secret of a channel is: never in the settings themselves, asked anew at each sending, told nowhere."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from supporttui.domain.faults import BadInput, ChannelFailed, Refused
from supporttui.secret_files import secret_lines

_LONGEST = 4.0
"""Seconds that a password safe may take."""


@dataclass(frozen=True, slots=True)
class Secret:
    """One of three ways to a password or token."""

    file: str = ""
    """A file that only you may read, with the secret on its first line."""
    env: str = ""
    """The name of an environment variable."""
    command: Sequence[str] = ()
    """A program with its arguments that prints it on its first line."""

    def __post_init__(self) -> None:
        if sum(map(bool, (self.file, self.env, self.command))) != 1:
            raise BadInput("channel.secret_ways")

    def read(self, channel: str, *, retry_after: int, seconds: float = _LONGEST) -> str:
        """The secret, for a channel that has so many seconds left.

        Raises ChannelFailed (``channel.secret``) with what may be told of it.
        """
        try:
            found = self._find(min(seconds, _LONGEST))
        except (Refused, OSError, ValueError, subprocess.SubprocessError) as fault:
            reason = getattr(fault, "strerror", None) or getattr(fault, "code", None) or type(fault).__name__
            raise self._missing(channel, retry_after, str(reason)) from None
        if not found:
            raise self._missing(channel, retry_after, "-")
        return found

    def _find(self, seconds: float) -> str:
        if self.file:
            return next(iter(secret_lines(Path(self.file).expanduser())), "")
        if self.env:
            return os.environ.get(self.env, "")
        done = subprocess.run(  # noqa: S603  an argv of the site's own configuration, no shell
            self.command, check=True, capture_output=True, text=True, timeout=seconds, stdin=subprocess.DEVNULL
        )
        return next(iter(done.stdout.splitlines()), "")

    def _missing(self, channel: str, retry_after: int, reason: str) -> ChannelFailed:
        where = self.file or self.env or self.command[0]
        return ChannelFailed(
            "channel.secret", retry_after=retry_after, channel=channel, place=where, reason=reason
        )  # fmt: skip
