"""A sign of life for somebody outside, who calls when it stays away: an address that is asked for, or a program."""

from collections.abc import Mapping, Sequence
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from supporttui.channels.command import CommandChannel, CommandOptions
from supporttui.domain.faults import ChannelFailed
from supporttui.usecases.ports import Channel

NAME = "heartbeat"
SECONDS = 5
"""Longer than this nothing is waited for: no page may be late because of it."""


class UrlBeat:
    """Asks for an address by GET; what comes back is not read."""

    name = NAME

    def __init__(self, url: str) -> None:
        self._url = url

    def send(self, address: str, subject: str, body: str, *, key: str, facts: Mapping[str, str]) -> None:
        """Any answer but success is a failure. Raises ChannelFailed (``channel.refused``)."""
        del address, subject, body, key, facts
        asked = Request(self._url, headers={"User-Agent": "supporttui"})  # noqa: S310  http or https, checked below
        try:
            with urlopen(asked, timeout=SECONDS):  # noqa: S310  the same
                pass
        except (OSError, ValueError) as error:  # URLError is an OSError
            if isinstance(error, HTTPError):
                error.close()
            where = urlsplit(self._url).hostname or "-"  # what follows the host may be a secret
            raise ChannelFailed(
                "channel.refused", retry_after=60, channel=NAME, program=where,
                status=getattr(error, "code", 0), said=type(error).__name__,
            ) from None  # fmt: skip


def heartbeat_of(url: str, argv: Sequence[str]) -> Channel | None:
    """The sign of life that a site has set; ``None``: it has none. An address wins over a program."""
    if urlsplit(url).scheme in ("http", "https"):
        return UrlBeat(url)
    return CommandChannel(NAME, CommandOptions(tuple(argv), timeout=SECONDS)) if argv else None
