"""A channel by way of apprise: chat, SMS gateways, push services and webhooks, each a URL of its own form.

Apprise runs in a process of its own for each notice. So it can be ended when a service trickles its answer without
end, which no time limit of its own does; and neither desk nor watch ever loads it.
"""

import json
import string
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from supporttui.channels import apprise_apart
from supporttui.channels.patience import Clock, Patience
from supporttui.channels.secret import Secret
from supporttui.domain.faults import BadInput, ChannelFailed

_FACTS = ("address", "key", "ticket")
_APART = "import sys; sys.path[:] = {path!r}; from supporttui.channels.apprise_apart import main; main()"


@dataclass(frozen=True, slots=True)
class AppriseOptions:
    """``[channels.NAME]`` of kind ``apprise``."""

    urls: Sequence[str]
    """URLs of apprise, all of them told; `{address}`, `{key}`, `{ticket}` and `{NAME}` of a secret are filled in."""
    secrets: Mapping[str, Secret] = field(default_factory=dict)
    """Name → where the secret is: `file`, `env` or `command`."""
    timeout: int = 20
    """Seconds until it is given up, its secrets included; keep it below the claim of the watch (25)."""
    retry_after: int = field(default=60, metadata={"least": 1, "most": 86_400})
    """Seconds until the next try after a failure; doubled by the watch each time."""
    longest: int = field(default=1_500, metadata={"least": 0, "most": 100_000})
    """Characters of a message about many tickets; of those for which there is no room it tells how many there are. 0:
    no limit."""

    def __post_init__(self) -> None:
        if not self.urls:
            raise BadInput("channel.no_url")
        for url in self.urls:
            for name in _names_in(url):
                if name not in (*_FACTS, *self.secrets):
                    raise BadInput("channel.placeholder", name=name, allowed=", ".join((*_FACTS, *self.secrets)))


class AppriseChannel:
    """Tells every URL; taken is what all of their services have acknowledged.

    After a failure all of them are told again: give each service that must not hear twice a channel of its own, or
    the key, as ``json://host/?+Idempotency-Key={key}``.
    """

    def __init__(self, name: str, options: AppriseOptions, clock: Clock = time.monotonic) -> None:
        self.name, self.longest = name, options.longest
        self._options = options
        self._clock = clock

    def send(self, address: str, subject: str, body: str, *, key: str, facts: Mapping[str, str]) -> None:
        """Hand over and wait for the services' answers.

        Raises:
            ChannelFailed: ``channel.not_installed``, ``channel.url``, ``channel.rejected``, ``channel.failed``,
                ``channel.late``, ``channel.broken``, ``channel.secret``.
        """
        patience = Patience(self._options.timeout, self._clock)
        told = {"address": address, "key": key, "ticket": facts.get("ticket", ""), **self._secrets(patience)}
        words = {name: quote(value, safe="") for name, value in told.items()}  # each no more than a word of its URL
        urls = [url.format_map(words) for url in self._options.urls]
        answer = self._ask(json.dumps({"urls": urls, "subject": subject, "body": body}), patience)
        why, status = answer.get("why"), answer.get("status", 0)
        if why == apprise_apart.MISSING:
            raise self._failed("channel.not_installed", extra="notify")
        if why == apprise_apart.UNREADABLE:
            raise self._failed("channel.url")
        if why is not None and status:
            raise self._failed("channel.rejected", status=status, said="-")
        if why is not None:
            raise self._failed("channel.failed")

    def _secrets(self, patience: Patience) -> Mapping[str, str]:
        """Those that a URL names; all of them together have no more time than the message."""
        options = self._options
        named = dict.fromkeys(name for url in options.urls for name in _names_in(url) if name in options.secrets)
        return {name: self._secret(options.secrets[name], patience) for name in named}

    def _secret(self, secret: Secret, patience: Patience) -> str:
        if not patience.left:
            raise self._late()
        return secret.read(self.name, retry_after=self._options.retry_after, seconds=patience.left)

    def _ask(self, message: str, patience: Patience) -> Mapping[str, Any]:
        """What the process said. The message goes by its standard input: arguments can be seen by others."""
        argv = (sys.executable, "-P", "-c", _APART.format(path=sys.path))
        try:
            done = subprocess.run(  # noqa: S603  ourselves
                argv, input=message.encode(), check=True, timeout=patience.left,
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise self._late() from None
        except subprocess.CalledProcessError as fault:
            raise self._failed("channel.broken", status=fault.returncode) from None
        answer: Mapping[str, Any] = json.loads(done.stdout)
        return answer

    def _late(self) -> ChannelFailed:
        return self._failed("channel.late", seconds=self._options.timeout)

    def _failed(self, code: str, **params: str | int) -> ChannelFailed:
        return ChannelFailed(code, retry_after=self._options.retry_after, channel=self.name, **params)


def _names_in(url: str) -> tuple[str, ...]:
    """The placeholders of a URL; braces that close nowhere are one, too."""
    try:
        return tuple(name for _, name, _, _ in string.Formatter().parse(url) if name is not None)
    except ValueError:
        return ("{",)
