"""The registry of channels: the ways by which a notice leaves the program.

A new one is a module with an options dataclass and a class that fulfils ``ports.Channel``, and one
line in ``KINDS``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from supporttui.channels.apprise import AppriseChannel, AppriseOptions
from supporttui.channels.command import CommandChannel, CommandOptions
from supporttui.channels.silent import SilentChannel, SilentOptions
from supporttui.channels.smtp import SmtpChannel, SmtpOptions
from supporttui.usecases.ports import Channel


@dataclass(frozen=True, slots=True)
class ChannelKind:
    """How a channel is set, and how it is made from its name and its options."""

    options: type[Any]
    make: Callable[[str, Any], Channel]
    needs: tuple[str, str] | None = None
    """A module that may be missing, and the extra that brings it."""


KINDS: Mapping[str, ChannelKind] = {
    "command": ChannelKind(CommandOptions, CommandChannel),
    "smtp": ChannelKind(SmtpOptions, SmtpChannel),
    "apprise": ChannelKind(AppriseOptions, AppriseChannel, needs=("apprise", "notify")),
    "silent": ChannelKind(SilentOptions, SilentChannel),
}
"""The ``kind`` of a ``[channels.NAME]`` table → the channel behind it."""
DEFAULT_KIND = "command"
