"""A channel that starts a program of the site: an argv, never a shell line.

The program finds the facts in its environment (``SUPPORTTUI_ADDRESS``, ``SUPPORTTUI_KEY``,
``SUPPORTTUI_TICKET`` …) and the text on its standard input. Exit code 0 means handed over; anything
else, or silence beyond the time limit, means it will be tried again under the same key.
"""

import contextlib
import os
import re
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field

from supporttui.domain.faults import ChannelFailed

_TELLABLE = 200
"""Characters of the program's own complaint that are kept."""


@dataclass(frozen=True, slots=True)
class CommandOptions:
    """``[channels.NAME]`` of kind ``command``."""

    argv: tuple[str, ...]
    """Program and arguments, as they are: nothing is expanded in them."""
    timeout: int = 20
    """Seconds until the program is ended; keep it below the claim of the watch (25)."""
    retry_after: int = 60
    """Seconds until the next try after a failure; doubled by the watch each time."""
    env: Mapping[str, str] = field(default_factory=dict)
    """Added to the environment."""
    longest: int = field(default=1_500, metadata={"least": 0, "most": 100_000})
    """Characters of a message about many tickets; of those for which there is no room it tells how many there are. 0:
    no limit."""


class CommandChannel:
    """Hands notices to one program of the site, one process a notice."""

    def __init__(self, name: str, options: CommandOptions) -> None:
        self.name, self.longest = name, options.longest
        self._options = options

    def send(self, address: str, subject: str, body: str, *, key: str, facts: Mapping[str, str]) -> None:
        """Run the program and wait for it.

        Raises:
            ChannelFailed: ``channel.not_started``, ``channel.timeout``, ``channel.refused`` or ``channel.broken``.
        """
        told = {"address": address, "subject": subject, "key": key, "channel": self.name, **facts}
        env = {**os.environ, **self._options.env, **_as_environment(told)}
        try:
            # A group of its own, so that the time limit also ends what the program has started.
            process = subprocess.Popen(  # noqa: S603  an argv of the site's own configuration, no shell
                self._options.argv, env=env, start_new_session=True,
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            )  # fmt: skip
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise self._failed("channel.not_started", reason=reason) from None
        with process:
            self._await(process, body)

    def _await(self, process: "subprocess.Popen[bytes]", body: str) -> None:
        try:
            _, complaint = process.communicate(body.encode(), self._options.timeout)
        except subprocess.TimeoutExpired:
            _end(process)
            raise self._failed("channel.timeout", seconds=self._options.timeout) from None
        if process.returncode != 0:
            said = complaint.decode(errors="replace").strip()[-_TELLABLE:]
            code = "channel.refused" if said else "channel.broken"  # without a word it says no more than its status
            raise self._failed(code, status=process.returncode, said=said)

    def _failed(self, code: str, **params: str | int) -> ChannelFailed:
        return ChannelFailed(
            code,
            retry_after=self._options.retry_after,
            channel=self.name,
            program=self._options.argv[0],
            **params,
        )


def _as_environment(facts: Mapping[str, str]) -> dict[str, str]:
    """Facts under names and with values that an environment can hold."""
    return {
        "SUPPORTTUI_" + re.sub(r"\W", "_", name, flags=re.ASCII).upper(): value.replace("\0", "�")
        for name, value in facts.items()
    }


def _end(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
